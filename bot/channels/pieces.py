"""Joins what is typed in pieces: "hij heeft" and then "een mes" is a danger that neither message tells by itself."""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken

from wegwijs.patterns import danger_patterns

# Whoever types in pieces sends the next one soon; older ones are not read any more.
SECONDS = 60
_SKEW_SECONDS = 5  # by which the clocks of two machines may differ
_FEW_WORDS = 4
_MOST_WORDS = 12


class Piece(NamedTuple):
    """A short message."""

    typed_at: float  # seconds since 1970
    text: str


class Seal:
    """Closes words so that only who has the token of the conversation can read them: the server keeps none."""

    def __init__(self, token: str) -> None:
        """Take the token."""
        self._key = base64.urlsafe_b64encode(hashlib.sha256(b"pieces" + token.encode()).digest())

    def close(self, pieces: Sequence[Piece]) -> str | None:
        """Return the pieces, sealed; None where there are none."""
        return Fernet(self._key).encrypt(json.dumps(pieces).encode()).decode() if pieces else None

    def open(self, sealed: str | None, now: float) -> tuple[Piece, ...]:
        """Return which of the sealed pieces were typed less than a minute ago."""
        try:
            pieces = [Piece(*one) for one in json.loads(Fernet(self._key).decrypt(sealed.encode()))] if sealed else []
        except (InvalidToken, ValueError, TypeError):  # sealed with another key, or by another version
            return ()
        return tuple(piece for piece in pieces if -_SKEW_SECONDS < now - piece.typed_at < SECONDS)


def joined(text: str, before: Sequence[Piece], now: float) -> tuple[str, tuple[Piece, ...]]:
    """Return a message, after those of the pieces before it that make it a danger; and the pieces from now on.

    Of several ways to join them the one that is surest counts, and of those the shortest: what came before can hide it.

    Args:
        text: the message.
        before: the pieces before it, the oldest first.
        now: seconds since 1970.
    """
    texts = [*(piece.text for piece in before), text]
    pieces = _latest([*before, Piece(now, text)]) if len(text.split()) <= _FEW_WORDS else ()
    together = [" ".join(texts[place:]) for place in reversed(range(len(before)))]
    dangers = _dangers(text) if together else set()
    return max((one for one in together if _dangers(one) - dangers), key=_sureness, default=text), pieces


def _latest(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the latest pieces, as many as have few words together."""
    words = [len(piece.text.split()) for piece in pieces]
    return tuple(piece for place, piece in enumerate(pieces) if sum(words[place:]) <= _MOST_WORDS)


def _sureness(text: str) -> tuple[bool, bool]:
    hits = danger_patterns().find(text)
    return any(hit.emergency for hit in hits), any(not hit.ask for hit in hits)


def _dangers(text: str) -> set[str]:
    return {hit.danger for hit in danger_patterns().find(text)}
