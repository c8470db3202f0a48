"""Reads the message as chat language: words, standard spelling, concepts. The recognisers see this, not the text."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from wegwijs.follow_up import FOLLOWS_UP, follows_up
from wegwijs.reading import Reading, read_message

_READING = "reading"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ChatReader(GraphComponent):
    """Adds the reading of a message; no tokens of Rasa, which no part here wants."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ChatReader:
        """Make a component; it has no settings."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages."""
        for message in messages:
            reading = read_message(message.get(TEXT))
            message.set(_READING, reading)
            message.set(FOLLOWS_UP, follows_up(reading), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training messages: the featurizer reads them, on all cores."""
        return training_data


def reading_of(message: Message) -> Reading:
    """Return the reading of a message."""
    reading: Reading = message.get(_READING)
    return reading
