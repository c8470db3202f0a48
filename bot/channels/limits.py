"""How often somebody may ask: no person and no class of thirty gets there, a script does."""

import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage  # the other one begins a thread for every message
from limits.aio.strategies import FixedWindowRateLimiter
from sanic import Request

from bot.settings import number

# Messages in a minute, of one conversation and from one address; new conversations in a minute from one address. All
# of a school may come from one address; one worker answers some three thousand messages a minute.
_DEFAULTS = {"WEGWIJS_TALK_PER_MINUTE": 60, "WEGWIJS_ADDRESS_PER_MINUTE": 3000, "WEGWIJS_BEGIN_PER_MINUTE": 600}


class _Counts(MemoryStorage):
    """Forgets at every message what is over; the storage itself looks through all that it has for that.

    All counts last equally long, so those that began first are over first.
    """

    async def incr(self, key: str, expiry: int, elastic_expiry: bool = False, amount: int = 1) -> int:
        now = time.time()
        while (first := next(iter(self.expirations), None)) is not None and self.expirations[first] <= now:
            await self.clear(first)
        await self.get(key)  # forgets it when it is over, also where the clock was put back and it is not the first
        self.storage[key] += amount
        self.expirations.setdefault(key, now + expiry)
        return int(self.storage[key])


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

    async def too_many_messages(self, request: Request, conversation: str) -> bool:
        """Count a message; tell whether it is one too many."""
        of_the_talk = await self._limiter.hit(self._talk, "talk", conversation)
        return not (await self._limiter.hit(self._address, "address", _address(request)) and of_the_talk)


def _address(request: Request) -> str:
    # Behind a proxy that is trusted (WEGWIJS_PROXIES) it says for whom it asks.
    return str(request.remote_addr or request.ip)
