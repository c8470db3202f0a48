"""Between rasa-sdk and the pure functions: what is known, saying a reply, and what to remember of it."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from wegwijs import situation as situations
from wegwijs.message import as_message
from wegwijs.normalise import normalise
from wegwijs.reply import Reply
from wegwijs.situation import Situation


def situation_of(tracker: Tracker) -> Situation:
    """Return what is known at this turn."""
    return situations.situation_of(tracker.slots, tracker.latest_message["entities"])


def plain_text(tracker: Tracker) -> str:
    """Return the latest message in its plain form (wegwijs/normalise.py)."""
    return normalise(tracker.latest_message.get("text") or "")


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Send the reply."""
    dispatcher.utter_message(**as_message(reply))


def remember(reply: Reply, situation: Situation, topic: str | None, **slots: Any) -> list[dict[str, Any]]:
    """Return the events that keep what was said, about what, and to whom; never any words."""
    kept = {
        **situation.settled(),
        "settled": situation.settled(),
        "given": [*situation.given, *reply.items],
        "last": list(reply.items),
        "topic": topic,
        "checking": False,
        **slots,
    }
    return [SlotSet(name, value) for name, value in kept.items()]
