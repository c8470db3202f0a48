"""Numbers that an operator sets in the environment."""

import os

from wegwijs.errors import SetupError


def number(name: str, default: int) -> int:
    """Return the whole number of a setting.

    Raises:
        SetupError: it is set to something else.
    """
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise SetupError(f"{name}: {text!r} is no whole number")
    return int(text)
