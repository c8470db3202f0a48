"""Joins what is typed in pieces: "hij heeft" and then "een mes" is a danger that neither message tells by itself."""

import time
from collections.abc import Callable

from wegwijs.patterns import danger_patterns

# Whoever types in pieces sends the next one soon; words are kept no longer, and nowhere else.
_SECONDS = 60
_FEW_WORDS = 4
_MOST_WORDS = 12


class Fragments:
    """The last few short messages of each conversation, for a minute, in memory only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock, in seconds."""
        self._clock = clock
        self._kept: dict[str, tuple[float, str]] = {}  # the oldest first

    def completed(self, conversation: str, text: str) -> str:
        """Return the message, after the pieces before it where these make it a danger."""
        self._forget_old()
        _, before = self._kept.pop(conversation, (0.0, ""))
        joined = f"{before} {text}".strip()
        if len(text.split()) <= _FEW_WORDS and len(joined.split()) <= _MOST_WORDS:
            self._kept[conversation] = self._clock(), joined
        return joined if before and _dangers(joined) - _dangers(text) else text

    def forget(self, conversation: str) -> None:
        """Keep nothing of a conversation."""
        self._kept.pop(conversation, None)

    def _forget_old(self) -> None:
        oldest = self._clock() - _SECONDS
        for conversation in [name for name, (since, _) in self._kept.items() if since < oldest]:
            del self._kept[conversation]


def _dangers(text: str) -> set[str]:
    return {hit.danger for hit in danger_patterns().find(text)}
