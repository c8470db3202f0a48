"""action_answer: answers every intent that is no danger."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remember, say, situation_of
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.dialogue import Said, intent_to_answer, respond, topic_after
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
        intent = intent_to_answer(_said(tracker.latest_message), situation, answered_as, content())
        topic = topic_after(intent, situation)
        reply = respond(intent, situation.but(topic=topic), content(), now())
        say(dispatcher, reply)
        return remember(reply, situation, topic)


def _said(message: dict[str, Any]) -> Said:
    ranking = [one["name"] for one in message.get("intent_ranking", [])] or [message["intent"]["name"]]
    text = message.get("text") or ""
    told = {entity["entity"] for entity in message["entities"]}
    return Said(ranking, words=len(text.split()), chosen=text.startswith("/"), told=told)
