"""One message through Rasa: understood once, slots filled, actions until there is nothing more to do.

Rasa's MessageProcessor.handle_message does the same and serves its own commands (`rasa shell`). For every action it
also copies the whole tracker and asks the policies anew, and it hides an action that fails; this says that it failed.
"""

from copy import copy
from typing import Any

from rasa.core.actions.action import ActionExtractSlots, action_for_name_or_text
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, MAPPING_TYPE, SlotMappingType
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

# No rule has more; it ends a circle of rules.
_MOST_ACTIONS = 5


class Turns:
    """Answers messages with the parts of a processor: its model, its actions, its responses."""

    def __init__(self, processor: MessageProcessor) -> None:
        """Take the processor of an agent that is loaded."""
        self._processor = processor
        self._domain = processor.domain
        self._fillable = _fillable(processor.domain)
        self._fill_slots = ActionExtractSlots(processor.action_endpoint)
        self._steering = [slot.name for slot in self._domain.slots if slot.influence_conversation]
        self._decided: dict[tuple[Any, ...], str] = {}

    async def take(self, tracker: DialogueStateTracker, text: str, output: OutputChannel) -> None:
        """Answer a message; what is said goes to `output`, what is to be remembered into the tracker.

        Args:
            tracker: of a talk that waits for a message (bot/talks/talk.py).
            text: as Rasa wants it: what was typed, or the payload of a quick reply.
            output: takes what is said.

        Raises:
            Exception: whatever a component or an action raises. What was said before has been said.
        """
        domain, nlg = self._domain, self._processor.nlg
        message = UserMessage(text, output, tracker.sender_id, input_channel=output.name())
        understood = self._chosen(text) or self._processor._parse_message_with_graph(message, tracker)
        tracker.update(UserUttered(text, understood["intent"], understood["entities"], understood), domain)
        tracker.update_with_events(await self._fill_slots.run(output, nlg, tracker, self._fillable), domain)
        state = [understood["intent"]["name"], *self._steered(tracker)]
        for _ in range(_MOST_ACTIONS):
            name = self._next(tuple(state), tracker)
            if name == ACTION_LISTEN_NAME:
                return
            action = action_for_name_or_text(name, domain, self._processor.action_endpoint)
            events = await action.run(output, nlg, tracker, domain)
            tracker.update(ActionExecuted(name))
            tracker.update_with_events(events, domain)
            await self._processor.execute_side_effects(events, tracker, output)
            state += [name, *self._steered(tracker)]

    def _chosen(self, text: str) -> dict[str, Any] | None:
        """Return what a quick reply means; Rasa would put its payload through the whole model first."""
        unpacked = YAMLStoryReader.unpack_regex_message(Message({TEXT: text}), self._domain)
        return unpacked.as_dict(only_output_properties=True) if unpacked.get(INTENT) else None

    def _steered(self, tracker: DialogueStateTracker) -> list[Any]:
        return [tracker.get_slot(name) for name in self._steering]

    def _next(self, state: tuple[Any, ...], tracker: DialogueStateTracker) -> str:
        """Ask the policies for the next action, once for each state: nothing else counts for a rule."""
        if state not in self._decided:
            prediction = self._processor._predict_next_with_tracker(tracker)
            self._decided[state] = self._domain.action_names_or_texts[prediction.max_confidence_index]
        return self._decided[state]


def _fillable(domain: Domain) -> Domain:
    """Return a domain with those slots alone that a message may fill; Rasa would try each for every message."""
    found = copy(domain)
    found.slots = [slot for slot in domain.slots if any(map(_fills, slot.mappings))]
    return found


def _fills(mapping: dict[str, Any]) -> bool:
    return mapping[MAPPING_TYPE] != SlotMappingType.CUSTOM.value or "action" in mapping
