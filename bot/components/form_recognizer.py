"""Recognises how the bullying happens: none, one or more forms."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from bot.components.recognizer import Recognizer, add_entity
from wegwijs.linear import LinearModel
from wegwijs.ngrams import Row
from wegwijs.training_data import Labels

THRESHOLD_KEY = "threshold"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FormRecognizer(Recognizer, EntityExtractorMixin):
    """Adds an entity `form` for every form that is likely enough."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # A form is taken from this probability on; a tip too specific does little harm.
            THRESHOLD_KEY: 0.2,
        }

    def fit(self, rows: list[Row], answers: list[Labels]) -> LinearModel:
        """Learn each form by itself."""
        return LinearModel.fit(rows, [labels.form for labels in answers], one_of=False)

    def answer(self, message: Message, probabilities: dict[str, float]) -> None:
        """Add the entities, the likeliest first."""
        for word, confidence in probabilities.items():
            if confidence >= self.config[THRESHOLD_KEY]:
                add_entity(message, "form", word, confidence, type(self).__name__)
