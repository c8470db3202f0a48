"""Where talks are kept: one text for each, held by one message at a time, gone after thirty idle minutes."""

from __future__ import annotations

import abc
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

_Kept = TypeVar("_Kept")
IDLE_SECONDS = 30 * 60
# A turn that takes longer is given up: it waits for something that does not answer.
LONGEST_TURN_SECONDS = 4.0
# So long a message waits for the one before it; who waits longer is answered without the talk.
PATIENCE_SECONDS = 2.0


class Unavailable(Exception):
    """The talk cannot be had now: the store is away, or another message holds the talk for too long."""


@dataclass
class Held(Generic[_Kept]):
    """What is kept of a talk, while a message is being answered; what stands here at the end is kept, None is not."""

    kept: _Kept | None


class Records(abc.ABC):
    """A record for each talk."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        """Take after how long a talk ends by itself."""
        self._idle_seconds = idle_seconds
        # A lock is there for as long as somebody holds or wants it. It wakes who waits, in the order of coming.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[Held[str]]:
        """Keep everybody else away from a talk; keep what stands in it at the end, unless an error ends it.

        Raises:
            Unavailable: at the start, or at the end when it could not be kept.
        """
        lock = self._locks.setdefault(name, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), PATIENCE_SECONDS)
        except asyncio.TimeoutError as error:
            raise Unavailable("busy") from error
        try:
            before = await self._open(name)
            held = Held(before)
            try:
                yield held
            except BaseException:
                await self._let_go(name)
                raise
            await self._close(name, held.kept, before)
        finally:
            lock.release()

    @abc.abstractmethod
    async def why_not(self) -> str | None:
        """Say why no talk can be had, if so."""

    @abc.abstractmethod
    async def _open(self, name: str) -> str | None:
        """Return the record, and keep other processes away from it."""

    @abc.abstractmethod
    async def _close(self, name: str, record: str | None, before: str | None) -> None:
        """Keep the record in the place of the one before, or remove it when there is none; let others in."""

    @abc.abstractmethod
    async def _let_go(self, name: str) -> None:
        """Let others in, and leave the record as it was."""
