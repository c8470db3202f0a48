"""action_check_danger: asks whether the danger that Wegwijs may have read is there."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remember, say, situation_of
from wegwijs import reply, vocabulary
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.danger import DANGER_MAYBE

# From this chance on (0 to 1) a danger is named.
_LIKELY = 0.25


class ActionCheckDanger(Action):
    """Asks with the help beside the question; the answer decides."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_check_danger"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Ask; remember what the message was about otherwise, for when there is no danger."""
        suspected = tuple(tracker.slots.get("danger_maybe") or ())
        before = situation_of(tracker)
        if before.topic in vocabulary.ESCALATIONS:  # a doubt about the next sentence does not change the subject
            heard = reply.to_what_was_heard(before, content(), now())
            stayed = heard or reply.stay(before, content(), now())
            say(dispatcher, stayed)
            return remember(stayed, before, before.topic)
        situation = before.but(danger=suspected)
        asked = reply.check_danger(situation if _named(tracker) else before.but(danger=()), content(), now())
        topic = _otherwise(tracker) or situation.topic
        # A question about one thing by name is answered beside ours: the danger may be none.
        named = reply.specific(topic, before, content(), now()) if topic else None
        asked = reply.together(asked, replace(named, choices=())) if named else asked
        say(dispatcher, asked)
        # Until somebody says no, the help stays within reach.
        reach = vocabulary.highest(vocabulary.escalation_of(suspected), situation.escalation)
        return remember(asked, situation, topic, checking=True, escalation=reach)


def _named(tracker: Tracker) -> bool:
    """Tell whether it is likely enough which danger it is: asked about a wrong one, people feel misread.

    Immediate danger is always asked about as such.
    """
    found = [one for one in tracker.latest_message["entities"] if one["entity"] == DANGER_MAYBE]
    return any(one["value"] == "immediate_danger" or one.get("confidence_entity", 1.0) >= _LIKELY for one in found)


def _otherwise(tracker: Tracker) -> str | None:
    """Return what the classifier made of the message, or None where it was not sure."""
    behind = [one["name"] for one in tracker.latest_message.get("intent_ranking", []) if one["name"] != DANGER_MAYBE]
    return behind[0] if behind and behind[0] != vocabulary.FALLBACK_INTENT else None
