"""action_answer: answers every intent that is no danger."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_confirm_danger import confirm_or_ask_again
from actions.conversation import as_slot, remember, said_in, say, situation_of
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.dialogue import ask_again, is_vague, take_turn
from wegwijs.situation import settled
from wegwijs.vocabulary import UNKNOWN


class ActionAnswer(Action):
    """Chooses content for the slots at hand, walks through a guide, or asks what the answer depends on."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the reply; remember what was said and about what."""
        said, checking = said_in(tracker.latest_message), bool(tracker.slots.get("checking"))
        if checking and is_vague(said):
            return confirm_or_ask_again(dispatcher, tracker)
        situation = situation_of(tracker)
        answered_as = settled(tracker.slots).get("role", UNKNOWN)
        turn = take_turn(said, situation, answered_as, content(), now())
        again = ask_again(turn, situation, content(), now()) if checking else None
        turn = again or turn
        say(dispatcher, turn.reply)
        situation = situation.but(role=turn.role or situation.role)
        return remember(turn.reply, situation, turn.topic, guide=as_slot(turn.guide), checking=bool(again))
