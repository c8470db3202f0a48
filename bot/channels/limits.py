"""How often somebody may ask: no person and no class of thirty gets there, a script does."""

import asyncio
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage  # the other one begins a thread for every message
from limits.aio.strategies import FixedWindowRateLimiter
from sanic import Request

from bot.settings import number

# In a minute: messages of one conversation; messages, and whatever else is asked of a conversation, from one address;
# new conversations from it. All of a school may come from one address; one worker answers more than that.
_DEFAULTS = {"WEGWIJS_TALK_PER_MINUTE": 60, "WEGWIJS_ADDRESS_PER_MINUTE": 3000, "WEGWIJS_BEGIN_PER_MINUTE": 600}
_LEAST_WAIT_SECONDS = 0.01


class _Counts(MemoryStorage):
    """Forgets what is over as soon as it is; the storage itself looks through all that it has at every message.

    All counts last equally long, so those that began first are over first.
    """

    _alarm: asyncio.TimerHandle | None = None

    async def incr(self, key: str, expiry: int, elastic_expiry: bool = False, amount: int = 1) -> int:
        if next(iter(self.expirations.values()), 0.0) > time.time() + expiry:
            await self.reset()  # the clock was put back, and what was counted before would never be over
        self._forget()
        self.storage[key] += amount
        self.expirations.setdefault(key, time.time() + expiry)
        self._set_alarm()
        return int(self.storage[key])

    def _forget(self) -> None:
        now = time.time()
        while (first := next(iter(self.expirations), None)) is not None and self.expirations[first] <= now:
            del self.storage[first], self.expirations[first]

    def _set_alarm(self) -> None:
        if self._alarm or not self.expirations:
            return
        wait = next(iter(self.expirations.values())) - time.time()
        self._alarm = asyncio.get_running_loop().call_later(max(wait, _LEAST_WAIT_SECONDS), self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._forget()
        self._set_alarm()


class Limits:
    """Counts in memory, for a minute; of an address nothing else is kept, and it is written nowhere."""

    def __init__(self) -> None:
        """Read the limits from the environment."""
        self._storage = _Counts()  # the limiter itself does not keep it alive
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._talk, self._address, self._begin = (
            RateLimitItemPerMinute(number(name, most)) for name, most in _DEFAULTS.items()
        )

    async def too_many_beginnings(self, request: Request) -> bool:
        """Count a new conversation; tell whether it is one too many."""
        return not await self._limiter.hit(self._begin, "begin", _address(request))

    async def too_many_requests(self, request: Request) -> bool:
        """Count a request that is no message, and tell whether it is one too many."""
        return not await self._limiter.hit(self._address, "address", _address(request))

    async def too_many_messages(self, request: Request, conversation: str) -> bool:
        """Count a message; tell whether it is one too many."""
        of_the_talk = await self._limiter.hit(self._talk, "talk", conversation)
        return not (await self._limiter.hit(self._address, "address", _address(request)) and of_the_talk)


def _address(request: Request) -> str:
    # Behind a proxy that is trusted (WEGWIJS_PROXIES) it says for whom it asks.
    return str(request.remote_addr or request.ip)
