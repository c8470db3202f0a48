"""action_deny_danger: there is no danger after all."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remember, say, situation_of
from wegwijs import reply
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.dialogue import respond
from wegwijs.vocabulary import NO_ESCALATION


class ActionDenyDanger(Action):
    """Takes the correction kindly and answers what the message was about otherwise."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_deny_danger"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Go on with what waited behind the check question."""
        before = tuple(tracker.slots.get("danger") or ())
        given = tracker.slots.get("given_escalation") or NO_ESCALATION
        situation = situation_of(tracker).but(danger=before, escalation=given)
        said = reply.danger_denied(situation, content(), now())
        if situation.topic and situation.topic not in reply.SMALL_TALK:
            said = reply.together(said, respond(situation.topic, situation, content(), now()))
        say(dispatcher, said)
        return remember(said, situation, situation.topic, danger_maybe=None, escalation=situation.escalation)
