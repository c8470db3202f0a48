"""Keeps the running conversations in memory: no words of the person, only the last turns, thirty idle minutes."""

import asyncio
import json
import time
from collections.abc import Callable
from itertools import takewhile
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

IDLE_SECONDS = 30 * 60
_SWEEP_SECONDS = 60
# No rule or story looks further back.
TURNS_KEPT = 4


class SessionTrackerStore(InMemoryTrackerStore):
    """Rasa's store in memory, without the text of messages and with an end to every conversation."""

    def __init__(self, domain: Domain, clock: Callable[[], float] = time.monotonic, **kwargs: Any) -> None:
        """Take the clock (seconds) that decides when a conversation has been idle too long."""
        super().__init__(domain)
        self._clock = clock
        self._saved: dict[str, float] = {}  # the longest idle first

    async def end_idle(self) -> None:
        """End idle conversations, once a minute, for as long as the server runs."""
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self._forget_idle()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation without the words that were typed."""
        self._forget_idle()
        self.store[tracker.sender_id] = _without_words(tracker)
        self._begin_idle_time(tracker.sender_id)

    def touch(self, sender_id: str) -> None:
        """Begin the idle time of a conversation anew; nothing happens when there is none."""
        if sender_id in self._saved:
            self._begin_idle_time(sender_id)

    def _begin_idle_time(self, sender_id: str) -> None:
        self._saved.pop(sender_id, None)
        self._saved[sender_id] = self._clock()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation, or None when there is none (any more)."""
        self._forget_idle()
        return await super().retrieve(sender_id)

    def delete(self, sender_id: str) -> None:
        """Remove everything of a conversation; nothing happens when there is none."""
        self.store.pop(sender_id, None)
        self._saved.pop(sender_id, None)

    def _forget_idle(self) -> None:
        oldest_kept = self._clock() - IDLE_SECONDS
        idle = takewhile(lambda name: self._saved[name] <= oldest_kept, self._saved)
        for sender_id in list(idle):
            self.delete(sender_id)


def _without_words(tracker: DialogueStateTracker) -> str:
    """Serialise a tracker; of a typed message the intent and entities stay, the text does not."""
    dialogue = tracker.as_dialogue().as_dict()
    for event in dialogue["events"]:
        if event["event"] == "user":
            understood = event["parse_data"]
            entities = [{"entity": one["entity"], "value": one["value"]} for one in understood.get("entities", [])]
            # Not even the lengths of the words: only what was understood.
            kept = {"intent": understood["intent"], "entities": entities, "escalation": understood.get("escalation")}
            event |= {"text": "", "parse_data": {**kept, "text": ""}}
    dialogue["events"] = _latest(dialogue["events"])
    return json.dumps(dialogue)


def _latest(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last turns, and before them the slots as they were: Rasa replays every event for every action."""
    begins = [place for place, event in enumerate(events) if event["event"] == "user"][-TURNS_KEPT:]
    cut = max(begins[0] - 1, 0) if len(begins) == TURNS_KEPT else 0  # the event before a message says that Rasa listens
    slots = {event["name"]: event for event in events[:cut] if event["event"] == "slot"}
    return [*slots.values(), *events[cut:]]
