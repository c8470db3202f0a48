"""Between Rasa's slots and the pure functions: what is known, and what to remember after a reply."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from wegwijs.contacts import TIME_ZONE
from wegwijs.message import as_message
from wegwijs.reply import Reply
from wegwijs.situation import Situation
from wegwijs.vocabulary import NO_ESCALATION, UNKNOWN

# The confidence of a role that was stated in so many words, or chosen; a learnt one stays below.
_SURE = 1.0


def situation_of(slots: Mapping[str, Any], entities: Sequence[Mapping[str, Any]]) -> Situation:
    """Return what the slots tell; a slot that was never filled is unknown, or empty.

    Args:
        slots: of the tracker.
        entities: of the latest message.

    """
    return Situation(
        role=_role(slots, entities),
        position=slots.get("position") or UNKNOWN,
        country=slots.get("country") or UNKNOWN,
        form=_words(slots.get("form")),
        danger=_words(slots.get("danger")),
        escalation=slots.get("escalation") or NO_ESCALATION,
        topic=slots.get("topic"),
        given=_words(slots.get("given")),
        last=_words(slots.get("last")),
    )


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Send the reply."""
    dispatcher.utter_message(**as_message(reply))


def remember(reply: Reply, situation: Situation, topic: str | None, **slots: Any) -> list[dict[str, Any]]:
    """Return the events that keep what was said, about what, and to whom; never any words."""
    kept = {
        "given": [*situation.given, *reply.items],
        "last": list(reply.items),
        "topic": topic,
        "role": situation.role,
        "answered_as": situation.role,
        "checking": False,
        **slots,
    }
    return [SlotSet(name, value) for name, value in kept.items()]


def now() -> datetime:
    """Return this moment, with the time zone of both countries."""
    return datetime.now(TIME_ZONE)


def _role(slots: Mapping[str, Any], entities: Sequence[Mapping[str, Any]]) -> str:
    """Return who is speaking: a guess never goes against the role that was answered before, a statement does."""
    before, now = slots.get("answered_as") or UNKNOWN, slots.get("role") or UNKNOWN
    sure = any(
        entity["entity"] == "role" and entity["value"] == now and entity.get("confidence_entity", _SURE) >= _SURE
        for entity in entities
    )
    return now if sure or before == UNKNOWN else before


def _words(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
