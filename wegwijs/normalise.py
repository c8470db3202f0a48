"""One plain form of a chat message, for patterns and features: lower case, no accents, no stretched letters."""

import re
import unicodedata

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "`": "'", "\u00b4": "'"})
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_OTHER = re.compile(r"[^a-z0-9'.,?!]+")


def normalise(text: str) -> str:
    """Return the message in lower case without accents, "hellllp" as "help", other signs as one space.

    A letter that stands three times or more becomes one letter, so that no Dutch double vowel is lost.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES).lower())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _OTHER.sub(" ", _STRETCHED.sub(r"\1", bare)).strip()
