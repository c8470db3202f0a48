"""action_answer: answers every intent that is no danger."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import plain_text, remember, say, situation_of
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.dialogue import Said, close_readings, intent_to_answer, respond, topic_after
from wegwijs.follow_up import FOLLOWS_UP
from wegwijs.reply import to_what_was_heard, which
from wegwijs.situation import settled
from wegwijs.vocabulary import UNKNOWN


class ActionAnswer(Action):
    """Chooses content for the slots at hand, or asks what the answer depends on."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the reply; remember what was said and about what."""
        situation = situation_of(tracker)
        answered_as = settled(tracker.slots).get("role", UNKNOWN)
        said = _said(tracker.latest_message)
        intent = intent_to_answer(said, situation, answered_as, content())
        topic = topic_after(intent, situation)
        doubtful = close_readings(said, situation)
        heard = None if said.chosen else to_what_was_heard(plain_text(tracker), situation, content(), now())
        asked = which(doubtful, situation, content(), now()) if intent in doubtful else None
        reply = heard or asked or respond(intent, situation.but(topic=topic), content(), now())
        say(dispatcher, reply)
        return remember(reply, situation, situation.topic if heard else topic)


def _said(message: dict[str, Any]) -> Said:
    ranking = message.get("intent_ranking") or [message["intent"]]
    text = message.get("text") or ""
    return Said(
        ranking=[intent["name"] for intent in ranking],
        confidences=[intent["confidence"] for intent in ranking],
        words=len(text.split()),
        follows_up=bool(message.get(FOLLOWS_UP)),
        chosen=text.startswith("/"),
        told={entity["entity"] for entity in message["entities"]},
    )
