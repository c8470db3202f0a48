"""spaCy for Dutch: the trained model when it is installed, else the tokenizer with lemmas from a word list."""

from __future__ import annotations

import logging
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from spacy.language import Language

logger = logging.getLogger(__name__)

# nl_core_news_sm stands on no package index, so it cannot be a locked dependency: used when it is there.
MODEL_KEY = "model"
_PARTS_NOT_USED = ["parser", "ner", "senter"]


def load_dutch(model: str) -> tuple[Language, str]:
    """Return the spaCy pipeline and a line that says which one it is.

    Args:
        model: name of a spaCy package or path of a saved pipeline.
    """
    try:
        nlp = spacy.load(model, exclude=_PARTS_NOT_USED)
        return nlp, f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    except OSError:
        nlp = spacy.blank("nl")
        nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
        nlp.initialize()
        return nlp, f"blank nl with lookup lemmas ({model} is not installed)"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="DutchSpacyNLP",
)
class DutchSpacyNLP(SpacyNLP):
    """Rasa's SpacyNLP that does without a trained model when there is none."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: the small Dutch model; text is lower-cased, as people write in a chat."""
        return {**SpacyNLP.get_default_config(), MODEL_KEY: "nl_core_news_sm"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DutchSpacyNLP:
        """Load the pipeline and say which one it is."""
        nlp, name = load_dutch(config[MODEL_KEY])
        logger.info("spaCy for Dutch: %s", name)
        return cls(SpacyModel(model=nlp, model_name=name), config)
