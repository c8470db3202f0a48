"""action_check_danger: asks whether the danger that Wegwijs may have read is there."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import now, remember, say, situation_of
from wegwijs import reply, vocabulary
from wegwijs.content import content


class ActionCheckDanger(Action):
    """Asks with the help beside the question; the answer decides."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_check_danger"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Ask; remember what the message was about otherwise, for when there is no danger."""
        situation = situation_of(tracker.slots, tracker.latest_message["entities"])
        suspected = situation.but(danger=tuple(tracker.slots.get("danger_maybe") or ()))
        asked = reply.check_danger(suspected, content(), now())
        say(dispatcher, asked)
        return remember(asked, situation, _otherwise(tracker) or situation.topic, checking=True)


def _otherwise(tracker: Tracker) -> str | None:
    """Return what the classifier made of the message."""
    ranking = tracker.latest_message.get("intent_ranking", [])
    return next((one["name"] for one in ranking if one["name"] in vocabulary.labels()["intent"]), None)
