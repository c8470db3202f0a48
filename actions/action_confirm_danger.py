"""action_confirm_danger: there is danger, the person says so."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remember, say, situation_of
from wegwijs import reply
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.vocabulary import escalation_of, highest


class ActionConfirmDanger(Action):
    """Gives the danger answer that was waiting behind the check question."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_confirm_danger"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the help; keep the danger."""
        return confirm_danger(dispatcher, tracker)


def confirm_danger(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Say the help for the danger that was asked about; return what to keep."""
    suspected = tuple(tracker.slots.get("danger_maybe") or ())
    situation = situation_of(tracker).but(danger=suspected, plain="")
    escalation = escalation_of(suspected)
    said = reply.danger(escalation, situation, content(), now())
    say(dispatcher, said)
    given = highest(escalation, situation.escalation)
    kept = {"escalation": given, "given_escalation": given, "danger": list(suspected)}
    return remember(said, situation, escalation, **kept)
