"""The conversations as Rasa's tracker store, without words: in memory, or in the Redis of WEGWIJS_REDIS."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.settings import number
from bot.talks.in_memory import InMemory
from bot.talks.records import IDLE_SECONDS, Held, Records
from bot.talks.talk import Talk

REDIS, IDLE = "WEGWIJS_REDIS", "WEGWIJS_IDLE_SECONDS"


class SessionTrackerStore(TrackerStore):
    """Keeps talks for the web chat (`hold`) and for Rasa's own commands (`save`, `retrieve`)."""

    def __init__(self, domain: Domain, records: Records | None = None, **kwargs: Any) -> None:
        """Take where the records are; else the environment says it."""
        super().__init__(domain)
        self.records = _records() if records is None else records

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[Held[Talk]]:
        """Keep others away from a talk; what stands in it at the end is kept, and lasts thirty minutes from then.

        Raises:
            Unavailable: at the start, or at the end when it could not be kept.
        """
        async with self.records.hold(conversation) as record:
            talk = Held(Talk.loads(record.kept) if record.kept else None)
            yield talk
            record.kept = talk.kept.dumps() if talk.kept else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots of a tracker."""
        async with self.hold(tracker.sender_id) as held:
            held.kept = held.kept or Talk()
            held.kept.remember(tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation, waiting for a message; None when there is none."""
        async with self.hold(sender_id) as held:
            return held.kept.tracker(sender_id, self.domain) if held.kept else None


def idle_seconds() -> int:
    """Return after how long a talk ends by itself.

    Raises:
        SetupError: it is set to no number, or to more than people are told.
    """
    return number(IDLE, IDLE_SECONDS, most=IDLE_SECONDS)


def _records() -> Records:
    idle = idle_seconds()
    url = os.environ.get(REDIS)
    if not url:
        return InMemory(idle)
    from bot.talks.in_redis import InRedis  # only who has a Redis waits for its client

    return InRedis(url, idle)
