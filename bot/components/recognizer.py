"""What all recognisers share: learn one question from the metadata of the training messages, and answer it."""

from __future__ import annotations

import abc
import sys
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self

from bot.components.fingerprint import fingerprint_of
from wegwijs import linear
from wegwijs import training_data as labelling
from wegwijs.linear import LinearModel
from wegwijs.ngrams import Row
from wegwijs.training_data import Labels, labels_of

# On a message: its row of features (a Row).
ROW = "row"
# True on a message that is nonsense, in another language, or only signs.
NOT_DUTCH = "not_dutch"
_FILE = "model.npz"


class Recognizer(GraphComponent, abc.ABC):
    """A linear model over the row of a message, kept in the model of the bot."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Make Rasa train again when the code that does the work changes (it only looks at this class)."""
        ours = [sys.modules[base.__module__] for base in cls.__mro__ if base.__module__.startswith("bot.")]
        return fingerprint_of(linear, labelling, *ours)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
    ) -> None:
        """Take the settings, and the place to keep what is learnt."""
        self.config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: LinearModel | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Make a component that knows nothing yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the messages that have a text and an intent, and keep what was learnt."""
        self._model = self.fit(*rows_and_labels(training_data))
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Read what was learnt from the model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.read(folder)
        return component

    def read(self, folder: Path) -> None:
        """Read what `train` kept in a folder."""
        self._model = LinearModel.load(folder / _FILE)

    def process(self, messages: list[Message]) -> list[Message]:
        """Answer the question for every message."""
        assert self._model is not None, "process before train or load"
        for message in messages:
            # Where the words are not known, the weights of the classes would speak for nothing.
            self.answer(message, {} if message.get(NOT_DUTCH) else self._model.probabilities(row_of(message)))
        return messages

    @abc.abstractmethod
    def fit(self, rows: list[Row], answers: list[Labels]) -> LinearModel:
        """Learn the question from the rows of the training messages and their labels."""

    @abc.abstractmethod
    def answer(self, message: Message, probabilities: dict[str, float]) -> None:
        """Write the answer into the message; add to what others wrote, never replace it.

        Args:
            probabilities: of every word, the likeliest first; empty when the message is not Dutch.
        """


def rows_and_labels(training_data: TrainingData) -> tuple[list[Row], list[Labels]]:
    """Return the rows and the labels of the training messages that have a text and an intent."""
    messages = [message for message in training_data.intent_examples if message.get(TEXT)]
    return [row_of(message) for message in messages], [labels(message) for message in messages]


def labels(message: Message) -> Labels:
    """Return what the metadata of a training message says."""
    metadata = message.get(METADATA) or {}
    return labels_of(message.get(INTENT), metadata.get(METADATA_EXAMPLE))


def row_of(message: Message) -> Row:
    """Return what the NgramFeaturizer made of a message."""
    row: Row = message.get(ROW)
    return row


def add_entity(message: Message, question: str, word: str, confidence: float, extractor: str) -> None:
    """Add an answer as an entity over the whole message, so that Rasa fills the slot of that name."""
    entity = {
        "entity": question,
        "value": word,
        "start": 0,
        "end": len(message.get(TEXT)),
        "confidence_entity": confidence,
        "extractor": extractor,
    }
    message.set(ENTITIES, [*(message.get(ENTITIES) or []), entity], add_to_output=True)
