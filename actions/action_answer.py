"""action_answer: answers every intent that is no danger."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remember, say, situation_of
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.dialogue import intent_to_answer, respond
from wegwijs.reply import SMALL_TALK
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
        intent = intent_to_answer(
            tracker.latest_message["intent"]["name"],
            situation,
            settled(tracker.slots).get("role", UNKNOWN),
            {entity["entity"] for entity in tracker.latest_message["entities"]},
            content(),
        )
        topic = situation.topic if intent in SMALL_TALK else intent
        reply = respond(intent, situation.but(topic=topic), content(), now())
        say(dispatcher, reply)
        return remember(reply, situation, topic)
