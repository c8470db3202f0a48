"""What an operator sets in the environment, checked when the server starts."""

import os
from collections.abc import Collection

from wegwijs.errors import SetupError


def number(name: str, default: int, most: int | None = None) -> int:
    """Return the whole number of a setting.

    Raises:
        SetupError: it is set to something else, or to more than it may be.
    """
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise SetupError(f"{name}: {text!r} is no whole number")
    if most is not None and int(text) > most:
        raise SetupError(f"{name}: {text} is more than {most}")
    return int(text)


def one_of(name: str, words: Collection[str], default: str) -> str:
    """Return the word of a setting.

    Raises:
        SetupError: it is set to a word that is not among these.
    """
    word = os.environ.get(name, default)
    if word not in words:
        raise SetupError(f"{name}: {word!r} is none of {', '.join(words)}")
    return word
