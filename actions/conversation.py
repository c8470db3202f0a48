"""Between rasa-sdk and the pure functions: what is known, saying a reply, and what to remember of it."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from wegwijs import situation as situations
from wegwijs.content import content
from wegwijs.message import as_message
from wegwijs.normalise import normalise
from wegwijs.reply import Reply
from wegwijs.situation import Place, Situation
from wegwijs.vocabulary import UNKNOWN


def situation_of(tracker: Tracker) -> Situation:
    """Return what is known at this turn."""
    text = tracker.latest_message.get("text") or ""
    plain = "" if text.startswith("/") else normalise(text)
    situation = situations.situation_of(tracker.slots, tracker.latest_message["entities"], plain)
    profile = content().schools.get(situation.school or "")
    if profile:
        country = profile.country if situation.country == UNKNOWN else situation.country
        situation = situation.but(school_has=profile.has(), country=country)
    return situation.but(platform=content().platform_in(plain) or situation.platform)


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
