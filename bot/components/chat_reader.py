"""Reads the message as chat language: words, standard spelling, concepts. The recognisers see this, not the text."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from wegwijs.follow_up import FOLLOWS_UP, follows_up
from wegwijs.reading import Reading, read_message

_READING = "reading"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ChatReader(Tokenizer):
    """Adds the reading of a message, and its words as tokens for those parts of Rasa that want some."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of Rasa's tokenizers."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return what stands between blanks, in its place in the text as typed."""
        text = message.get(attribute)
        tokens: list[Token] = self._convert_words_to_tokens(text.split(), text)
        return tokens

    def process(self, messages: list[Message]) -> list[Message]:
        """Read the messages."""
        for message in messages:
            reading = read_message(message.get(TEXT))
            message.set(_READING, reading)
            message.set(FOLLOWS_UP, follows_up(reading), add_to_output=True)
        super().process(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training messages: the featurizer reads them, on all cores, and nobody wants their tokens."""
        return training_data


def reading_of(message: Message) -> Reading:
    """Return the reading of a message."""
    reading: Reading = message.get(_READING)
    return reading
