"""action_answer: answers every intent that is no danger."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_confirm_danger import confirm_danger
from actions.conversation import as_slot, remember, say, situation_of
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.dialogue import Said, ask_again, is_vague, take_turn
from wegwijs.follow_up import FOLLOWS_UP
from wegwijs.situation import is_chosen, settled
from wegwijs.vocabulary import UNKNOWN


class ActionAnswer(Action):
    """Chooses content for the slots at hand, walks through a guide, or asks what the answer depends on."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say the reply; remember what was said and about what."""
        said, checking = _said(tracker.latest_message), bool(tracker.slots.get("checking"))
        if checking and is_vague(said):
            return confirm_danger(dispatcher, tracker)  # no clear answer is no no, so help first
        situation = situation_of(tracker)
        answered_as = settled(tracker.slots).get("role", UNKNOWN)
        turn = take_turn(said, situation, answered_as, content(), now())
        again = ask_again(turn, situation, content(), now()) if checking else None
        turn = again or turn
        say(dispatcher, turn.reply)
        situation = situation.but(role=turn.role or situation.role)
        return remember(turn.reply, situation, turn.topic, guide=as_slot(turn.guide), checking=bool(again))


def _said(message: dict[str, Any]) -> Said:
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
