"""Classifies what the person wants with the message."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.components.recognizer import Recognizer
from wegwijs.linear import LinearModel
from wegwijs.ngrams import Row
from wegwijs.training_data import Labels

# On a message: the probability of every intent.
INTENT_CHANCES = "intent_chances"
_RANKING_LENGTH = 10
# Confidence 0, so that the fallback takes the message.
_NOTHING = {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(Recognizer, IntentClassifier):
    """Ranks the intents; a message without one known word gets none."""

    def fit(self, rows: list[Row], answers: list[Labels]) -> LinearModel:
        """Learn the intents of every message, the first and the second alike."""
        return LinearModel.fit(rows, [labels.intent for labels in answers], one_of=True, balanced=True)

    def answer(self, message: Message, probabilities: dict[str, float]) -> None:
        """Write the intent and the ranking, and for the DangerRecognizer all of it."""
        message.set(INTENT_CHANCES, probabilities)
        ranking = [
            {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence} for name, confidence in probabilities.items()
        ][:_RANKING_LENGTH]
        message.set(INTENT, ranking[0] if ranking else _NOTHING, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
