"""Words for Rasa's own responses (utter_...): the danger answers, from content/, without any action code."""

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from wegwijs import reply
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.message import as_message
from wegwijs.situation import situation_of
from wegwijs.vocabulary import ESCALATIONS

_PREFIX = "utter_"


class ContentNLG(NaturalLanguageGenerator):
    """Generates utter_emergency, utter_police and utter_crisis_line for the slots at hand."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """Read the content now, so that a mistake in it stops the start and not a conversation."""
        content()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return the response as a Rasa message, or None for a name that is no escalation."""
        escalation = utter_action.removeprefix(_PREFIX)
        if escalation not in ESCALATIONS:
            return None
        message = tracker.latest_message
        situation = situation_of(tracker.current_slot_values(), message.entities, message.text or "", content())
        return as_message(reply.danger(escalation, situation, content(), now()))
