"""action_after_danger: remembers the danger answer that was just uttered."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remember, situation_of
from wegwijs import reply
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.vocabulary import highest


class ActionAfterDanger(Action):
    """Says nothing: the answer itself is a response (bot/content_nlg.py), so that it needs no action code."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_after_danger"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Keep which help was given, so that it stays within reach and is not told twice."""
        situation = situation_of(tracker)
        escalation = tracker.latest_message["intent"]["name"]
        said = reply.danger(escalation, situation, content(), now())
        if said.alert is None:  # it calmed
            return remember(said, situation, situation.topic)
        given = highest(escalation, situation.escalation)
        return remember(said, situation, escalation, escalation=given, given_escalation=given)
