"""What is kept of a conversation between two messages: what was understood and answered, never what was typed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker


@dataclass
class Talk:
    """A conversation as it is between two messages."""

    slots: dict[str, Any] = field(default_factory=dict)  # of bot/domain.yml, those that are filled
    answers: list[dict[str, Any]] = field(default_factory=list)  # to the last message
    said: str | None = None  # the id that the client gave the last message
    pieces: str | None = None  # the last few short messages, sealed (bot/channels/pieces.py)
    counted: list[str] = field(default_factory=list)  # for what, where the school has a barometer (bot/barometer.py)

    @classmethod
    def loads(cls, record: str) -> Talk:
        """Read what `dumps` wrote."""
        return cls(**json.loads(record))

    def dumps(self) -> str:
        """Return the talk as JSON."""
        return json.dumps(vars(self), ensure_ascii=False)

    def tracker(self, conversation: str, domain: Domain) -> DialogueStateTracker:
        """Return the talk as Rasa wants it, waiting for a message: the slots, without what led to them.

        Rasa replays all events for every action, so a tracker with the whole talk would make each turn dearer.
        """
        slots = [SlotSet(name, value) for name, value in self.slots.items()]
        return DialogueStateTracker.from_events(
            conversation, [*slots, ActionExecuted(ACTION_LISTEN_NAME)], domain.slots, domain=domain
        )

    def remember(self, tracker: DialogueStateTracker) -> None:
        """Take over the slots as they are after a turn."""
        self.slots = {name: value for name, value in tracker.current_slot_values().items() if value is not None}
