"""Joins what is typed in pieces: "hij heeft" and then "een mes" is a danger that neither message tells by itself."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from wegwijs.patterns import danger_patterns

# Whoever types in pieces sends the next one soon; older ones are not read any more.
_SECONDS = 60
_FEW_WORDS = 4
_MOST_WORDS = 12


class Seal:
    """Closes words so that only who has the token of the conversation can read them: the server keeps none."""

    def __init__(self, token: str) -> None:
        """Take the token."""
        self._key = base64.urlsafe_b64encode(hashlib.sha256(b"pieces" + token.encode()).digest())

    def close(self, text: str) -> str:
        """Return the text, sealed; it holds when it was sealed."""
        return Fernet(self._key).encrypt(text.encode()).decode()

    def open(self, sealed: str | None) -> str:
        """Return what was sealed less than a minute ago, else nothing."""
        try:
            return Fernet(self._key).decrypt(sealed.encode(), ttl=_SECONDS).decode() if sealed else ""
        except InvalidToken:
            return ""


def joined(text: str, before: str) -> tuple[str, str]:
    """Return a message, after the pieces before it where these make it a danger; and the pieces from now on."""
    both = f"{before} {text}".strip()
    pieces = both if len(text.split()) <= _FEW_WORDS and len(both.split()) <= _MOST_WORDS else ""
    return (both if before and _dangers(both) - _dangers(text) else text), pieces


def _dangers(text: str) -> set[str]:
    return {hit.danger for hit in danger_patterns().find(text)}
