"""The standard spelling of chat words: misspelt, Flemish, shortened, stretched, with digits for letters.

It stands beside what was typed and never replaces it: how somebody spells tells who is speaking, and from where.
"""

from functools import lru_cache
from pathlib import Path

from wegwijs.errors import ContentError
from wegwijs.files import SPELLING
from wegwijs.normalise import normalise
from wegwijs.schema import Strict, read

_LETTERS_FOR_DIGITS = str.maketrans("013457", "oieast")
# Shorter ones are classes and scores: 4a, 2-0, b2.
_LEAST_WITH_DIGITS = 4


class _File(Strict):
    misspelt: dict[str, str]
    flemish: dict[str, str]
    short: dict[str, str]


class Spelling:
    """The standard form, of one word or several, of words as typed."""

    def __init__(self, standard: dict[str, str]) -> None:
        """Take the standard form of every plain form as typed."""
        self._standard = standard
        self._words = frozenset(word for form in standard.values() for word in form.split())

    def standard(self, word: str) -> str:
        """Return the standard form of a word in its plain form; the word itself where none is known."""
        found = self._standard.get(word)
        if found:
            return found
        if len(word) >= _LEAST_WITH_DIGITS and not word.isalpha() and not word.isdigit():
            letters = word.translate(_LETTERS_FOR_DIGITS)
            if letters in self._words:
                return letters
            return self._standard.get(letters, word)
        return word


def load_spelling(path: Path = SPELLING) -> Spelling:
    """Read the table: the standard form, and after it all that is typed for it.

    Raises:
        ContentError: names the word that stands for two.
    """
    file = read(_File, path)
    standard: dict[str, str] = {}
    for part in (file.misspelt, file.flemish, file.short):
        for form, typed in part.items():
            for word in typed.split(","):
                plain = normalise(word)
                if standard.setdefault(plain, normalise(form)) != normalise(form):
                    raise ContentError(f"{path}: {plain!r} stands for {standard[plain]!r} and for {form!r}")
    return Spelling(standard)


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """Return the table of this installation, read once."""
    return load_spelling()
