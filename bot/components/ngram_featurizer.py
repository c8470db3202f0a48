"""Turns the tokens of a message into one sparse row of weighed words, pairs and pieces of words."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.fingerprint import fingerprint_of
from bot.components.recognizer import NO_KNOWN_WORD
from wegwijs import ngrams, normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Learns the terms of the training messages; adds one sentence feature per message."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Name what must stand before this component."""
        return [Tokenizer]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Make Rasa train again when the code that does the work changes (it only looks at this class)."""
        return fingerprint_of(ngrams, normalise)

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        terms: ngrams.Ngrams | None = None,
    ) -> None:
        """Take the place to keep the terms, and the terms when they were learnt before."""
        super().__init__(name, config)
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
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any settings: there are none."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the terms and keep them."""
        self._terms = ngrams.Ngrams.fit(words_of(message) for message in training_data.training_examples)
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
            return cls(config, execution_context.node_name, model_storage, resource, ngrams.Ngrams.load(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the row to every message."""
        assert self._terms is not None, "process before train or load"
        for message in messages:
            words = words_of(message)
            row = self._terms.row(words)
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
            message.set(NO_KNOWN_WORD, not self._terms.knows_a_word(words))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the rows to the training messages."""
        self.process(training_data.training_examples)
        return training_data


def words_of(message: Message) -> list[str]:
    """Return the normalised words of a message, each followed by its lemma where spaCy knows another one."""
    words = []
    for token in message.get(TOKENS_NAMES[TEXT]) or []:
        word, lemma = normalise.normalise(token.text), normalise.normalise(token.lemma or "")
        words += [part for part in (word, lemma if lemma != word else "") if part]
    return words
