"""Talks in a Redis, so that any of many workers can answer any message."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis import asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Disconnected
from redis.exceptions import RedisError

from bot.talks.records import IDLE_SECONDS, PATIENCE_SECONDS, Records, Unavailable

TALK, LOCK, WAKE = "wegwijs:talk:", "wegwijs:lock:", "wegwijs:wake:"
# A worker that dies in the middle of a turn leaves its lock behind for so long; no turn takes longer.
LOCK_SECONDS = 6.0
_CONNECTIONS = 64
_ANSWERS_WITHIN = 1.0  # seconds, or Redis counts as away
_LOOKS_AGAIN_AFTER = 0.5  # seconds, if nobody wakes it: the lock of a dead worker has only an end

# In one worker only one message at a time gets this far (Records.hold): a lock of its own is one whose answer got lost.
_OPEN = """
local holder = redis.call('get', KEYS[2])
if holder and holder ~= ARGV[1] then return {0, false} end
redis.call('set', KEYS[2], ARGV[1], 'PX', ARGV[2])
return {1, redis.call('get', KEYS[1])}
"""
# Only who still has the lock may write; after its end, only if nobody wrote meanwhile: somebody has the answer of the
# worker that stood still for so long, and the next answer must follow from it.
_CLOSE = """
local holder = redis.call('get', KEYS[2])
if holder ~= ARGV[1] and (holder or redis.sha1hex(redis.call('get', KEYS[1]) or '') ~= ARGV[6]) then return 0 end
if ARGV[2] == 'keep' then redis.call('set', KEYS[1], ARGV[3], 'PX', ARGV[4])
elseif ARGV[2] == 'remove' then redis.call('del', KEYS[1]) end
redis.call('del', KEYS[2], KEYS[3])
redis.call('rpush', KEYS[3], 1)
redis.call('pexpire', KEYS[3], ARGV[5])
return 1
"""


class InRedis(Records):
    """Records with an expiry, and a lock beside each, in two calls a message."""

    def __init__(self, url: str, idle_seconds: float = IDLE_SECONDS) -> None:
        """Take the address: redis://:password@host:port/0."""
        super().__init__(idle_seconds)
        pool = redis.BlockingConnectionPool.from_url(
            url,
            decode_responses=True,
            max_connections=_CONNECTIONS,
            timeout=_ANSWERS_WITHIN,
            socket_timeout=_ANSWERS_WITHIN,
            socket_connect_timeout=_ANSWERS_WITHIN,
            # A connection from before Redis was started again tells so only when it is used.
            retry=Retry(NoBackoff(), 1),
            retry_on_error=[Disconnected],
        )
        self._redis = redis.Redis(connection_pool=pool)
        self._run_open = self._redis.register_script(_OPEN)
        self._run_close = self._redis.register_script(_CLOSE)
        self._me = secrets.token_hex(8)

    async def why_not(self) -> str | None:
        """Say whether Redis is away."""
        try:
            async with _or_unavailable():
                await self._redis.ping()
        except Unavailable:
            return "Redis does not answer"
        return None

    async def _open(self, name: str) -> str | None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        async with _or_unavailable():
            while time.monotonic() < deadline:
                mine, record = await self._run_open(_keys(name), [self._me, _milliseconds(LOCK_SECONDS)])
                if mine:
                    return str(record) if record is not None else None
                await self._redis.blpop([WAKE + name], timeout=_LOOKS_AGAIN_AFTER)
        raise Unavailable("busy")

    async def _close(self, name: str, record: str | None, before: str | None) -> None:
        await self._end(name, "remove" if record is None else "keep", record or "", before or "")

    async def _let_go(self, name: str) -> None:
        await self._end(name, "leave", "")

    async def _end(self, name: str, what: str, record: str, before: str = "") -> None:
        seen = hashlib.sha1(before.encode(), usedforsecurity=False).hexdigest()
        idle, lock = _milliseconds(self._idle_seconds), _milliseconds(LOCK_SECONDS)
        async with _or_unavailable():
            if not await self._run_close(_keys(name), [self._me, what, record, idle, lock, seen]):
                raise Unavailable("the lock was lost")


def _keys(name: str) -> list[str]:
    return [TALK + name, LOCK + name, WAKE + name]


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


@asynccontextmanager
async def _or_unavailable() -> AsyncIterator[None]:
    try:
        yield
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        raise Unavailable(type(error).__name__) from error
