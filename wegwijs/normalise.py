"""One plain form of a chat message, for patterns and features: lower case, no accents, no stretched letters."""

import re
import unicodedata

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "`": "'", "\u00b4": "'", "\n": "."})
# Letters that do not come apart into a plain one and a mark.
_LETTERS = str.maketrans({"\u0131": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
# Accents and other marks, apart from their letter.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_OTHER = re.compile(r"[^a-z0-9'.,?!]+")


def normalise(text: str) -> str:
    """Return the message in lower case without accents, "hellllp" as "help", other signs as one space.

    A letter that stands three times or more becomes one; a line ends like a sentence.
    """
    return _plain(_bare(text), r"\1")


def readings(text: str) -> set[str]:
    """Return the plain forms that a message may have: "dooood" is "dod" or "dood", and only one is a word."""
    bare = _bare(text)
    return {_plain(bare, stretched) for stretched in ((r"\1", r"\1\1") if _STRETCHED.search(bare) else (r"\1",))}


def _bare(text: str) -> str:
    lower = text.translate(_QUOTES).lower()
    return lower if lower.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", lower)).translate(_LETTERS)


def _plain(bare: str, stretched: str) -> str:
    return _OTHER.sub(" ", _STRETCHED.sub(stretched, bare)).strip()
