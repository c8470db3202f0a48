"""action_confirm_danger: there is danger, the person says so."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remember, said_in, say, situation_of
from wegwijs import reply
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.dialogue import check_again
from wegwijs.vocabulary import escalation_of, highest

# What the question names that names no danger.
_OPENLY = ("violence",)


class ActionConfirmDanger(Action):
    """Gives the danger answer that was waiting behind the check question."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_confirm_danger"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the help; keep the danger."""
        return confirm_or_ask_again(dispatcher, tracker)


def confirm_or_ask_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Ask once more of who only told where or who one is; no other answer is a no, so else the help comes."""
    situation = situation_of(tracker)
    asked = check_again(said_in(tracker.latest_message), situation, content(), now())
    if asked is None:
        return _confirm(dispatcher, tracker)
    say(dispatcher, asked)
    return remember(asked, situation, situation.topic, checking=True, escalation=situation.escalation)


def _confirm(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Say the help for the danger that was asked about; return what to keep."""
    suspected = tuple(tracker.slots.get("danger_maybe") or ())
    situation = situation_of(tracker)
    if reply.asked_openly(situation, content()):  # a yes to "does somebody hurt you?" is about that first
        suspected = (*_OPENLY, *suspected)
    situation = situation.but(danger=suspected, plain="")
    escalation = escalation_of(suspected)
    said = reply.danger(escalation, situation, content(), now())
    say(dispatcher, said)
    given = highest(escalation, situation.escalation)
    kept = {"escalation": given, "given_escalation": given, "danger": list(suspected)}
    return remember(said, situation, escalation, **kept)
