"""Talks in the memory of the one process: a restart ends them."""

import asyncio
import time
from collections.abc import Callable
from itertools import takewhile

from bot.talks.records import IDLE_SECONDS, Records


class InMemory(Records):
    """Records in a dict, the longest idle first."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock, in seconds."""
        super().__init__(idle_seconds)
        self._clock = clock
        self._records: dict[str, tuple[float, str]] = {}
        self._alarm: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """Return how many talks are kept."""
        self.end_idle()
        return len(self._records)

    def end_idle(self) -> None:
        """Remove what has been idle for too long; come back when the next one will be."""
        oldest_kept = self._clock() - self._idle_seconds
        idle = takewhile(lambda name: self._records[name][0] <= oldest_kept, self._records)
        for name in list(idle):
            del self._records[name]
        self._set_alarm()

    async def why_not(self) -> str | None:
        """Memory is always there."""
        return None

    async def _open(self, name: str) -> str | None:
        self.end_idle()
        return self._records.get(name, (0.0, None))[1]

    async def _close(self, name: str, record: str | None, before: str | None) -> None:
        self._records.pop(name, None)
        if record is not None:
            self._records[name] = self._clock(), record
        self._set_alarm()

    def _set_alarm(self) -> None:
        if self._alarm or not self._records:
            return  # it may ring too early, and is set again then
        since, _ = next(iter(self._records.values()))
        wait = max(since + self._idle_seconds - self._clock(), 0.0)
        self._alarm = asyncio.get_running_loop().call_later(wait, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self.end_idle()

    async def _let_go(self, name: str) -> None:
        pass
