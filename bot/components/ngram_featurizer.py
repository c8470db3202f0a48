"""Turns the reading of a message into one row of weighed words, pieces of words, concepts and pairs of them."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.chat_reader import ChatReader, reading_of
from bot.components.fingerprint import fingerprint_of
from bot.components.recognizer import NOT_DUTCH, ROW
from wegwijs import lexicon, ngrams, normalise, reading, spelling, term_counts
from wegwijs.files import CONCEPTS, SPELLING
from wegwijs.parallel import on_all_cores

KINDS_KEY = "kinds"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(GraphComponent):
    """Learns the terms of the training messages; adds the row of a message.

    The row is no Features object of Rasa: those are copied, deeply, by every component that reads them.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Name what must stand before this component."""
        return [ChatReader]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Make Rasa train again when code or words change on which the terms rest (it only looks at this class)."""
        ours = (lexicon, ngrams, normalise, reading, spelling, term_counts)
        return fingerprint_of(*ours, SPELLING, *sorted(CONCEPTS.glob("*.yml")))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the kinds of terms that are used: all of wegwijs/ngrams.py."""
        return {KINDS_KEY: list(ngrams.KINDS)}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        terms: ngrams.Ngrams | None = None,
    ) -> None:
        """Take the settings, the place to keep the terms, and the terms when they were learnt before."""
        self._kinds = config[KINDS_KEY]
        self._model_storage = model_storage
        self._resource = resource
        self._terms = terms

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        """Make a component that knows nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the terms and keep them; what was read for it stays on the messages, so that each is read once."""
        messages = training_data.training_examples
        self._terms, rows = term_counts.learn(_texts(messages), self._kinds)
        _keep(messages, rows)
        with self._model_storage.write_to(self._resource) as folder:
            self._terms.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        """Read the terms from the model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, ngrams.Ngrams.load(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the row to every message."""
        assert self._terms is not None, "process before train or load"
        for message in messages:
            read = reading_of(message)
            message.set(ROW, self._terms.row(read))
            message.set(NOT_DUTCH, not self._terms.is_dutch(read))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the rows to the training messages, where `train` has not."""
        assert self._terms is not None, "process before train or load"
        bare = [message for message in training_data.training_examples if message.get(ROW) is None]
        _keep(bare, on_all_cores(self._terms.rows, _texts(bare)))
        return training_data


def _texts(messages: list[Message]) -> list[str]:
    return [message.get(TEXT) or "" for message in messages]


def _keep(messages: list[Message], rows: list[ngrams.Row]) -> None:
    for message, row in zip(messages, rows, strict=True):
        message.set(ROW, row)
