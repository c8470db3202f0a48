"""Between rasa-sdk and the pure functions: what is known, saying a reply, and what to remember of it."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from wegwijs import situation as situations
from wegwijs.content import content
from wegwijs.dialogue import Said
from wegwijs.follow_up import FOLLOWS_UP
from wegwijs.message import as_message
from wegwijs.reply import Reply
from wegwijs.situation import Place, Situation, is_chosen


def situation_of(tracker: Tracker) -> Situation:
    """Return what is known at this turn."""
    message = tracker.latest_message
    return situations.situation_of(tracker.slots, message["entities"], message.get("text") or "", content())


def said_in(message: dict[str, Any]) -> Said:
    """Return what the latest message said, before it is known what to answer."""
    ranking = message.get("intent_ranking") or [message["intent"]]
    text = message.get("text") or ""
    told = {entity["entity"]: entity["value"] for entity in message["entities"]}
    return Said(
        ranking=[intent["name"] for intent in ranking],
        confidences=[intent["confidence"] for intent in ranking],
        words=len(text.split()),
        follows_up=bool(message.get(FOLLOWS_UP)),
        chosen=is_chosen(text),
        told=set(told),
        step=told.get("step"),
        answer=told.get("answer"),
    )


def as_slot(place: Place | None) -> dict[str, Any] | None:
    """Return where somebody is in a guide as JSON, ready for a slot."""
    return {"guide": place.guide, "path": list(place.path), "answers": dict(place.answers)} if place else None


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
        "platform": situation.platform,
        "checking": False,
        **slots,
    }
    return [SlotSet(name, value) for name, value in kept.items()]
