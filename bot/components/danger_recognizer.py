"""Recognises danger, by word patterns and by what was learnt, and puts it before everything else.

Stands last in the pipeline, where it sees the intents: a rule of Rasa starts from an intent, so a message with danger
gets its escalation as intent (emergency, police, crisis_line), and one that may have danger gets `danger_maybe`. What
the classifier said stays behind it in the ranking.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.fingerprint import fingerprint_of
from bot.components.linear_intent_classifier import INTENT_CHANCES
from bot.components.recognizer import Recognizer, add_entity, rows_and_labels
from wegwijs import danger, second_look, trees
from wegwijs.danger import DANGER_MAYBE, Thresholds, judge
from wegwijs.linear import LinearModel
from wegwijs.ngrams import Row
from wegwijs.patterns import danger_patterns
from wegwijs.second_look import SecondLook
from wegwijs.training_data import Labels
from wegwijs.vocabulary import NO_ESCALATION

# In what Rasa makes of a message: what must be done; always there when this component has judged.
ESCALATION = "escalation"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True
)
class DangerRecognizer(Recognizer, EntityExtractorMixin):
    """Adds entities `danger` (to act on) or `danger_maybe` (to ask about) and heads the intent ranking."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the thresholds of wegwijs/danger.py, by their names there."""
        return asdict(Thresholds())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Make Rasa train again when the decision changes; the patterns are read when the model is loaded."""
        return super().fingerprint_addon(config) + fingerprint_of(danger, second_look, trees)

    @cached_property
    def _thresholds(self) -> Thresholds:
        return Thresholds(**{field.name: self.config[field.name] for field in fields(Thresholds)})

    def fit(self, rows: list[Row], answers: list[Labels]) -> LinearModel:
        """Learn each danger by itself, whether there is any, and whether it happens now."""
        return LinearModel.fit(rows, [danger.signs_of(labels) for labels in answers], one_of=False)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn to look twice."""
        resource = super().train(training_data)
        self._second_look = SecondLook.learn(*rows_and_labels(training_data))
        with self._model_storage.write_to(resource) as folder:
            self._second_look.save(folder)
        return resource

    def read(self, folder: Path) -> None:
        """Read what was learnt for both looks."""
        super().read(folder)
        self._second_look = SecondLook.load(folder)
        danger_patterns()  # it takes seconds to prepare them: not while somebody waits for a first answer

    def answer(self, message: Message, probabilities: dict[str, float]) -> None:
        """Write the entities, the escalation, and the intent that the rules of danger start from."""
        if probabilities:
            probabilities |= self._second_look.chances(probabilities, message.get(INTENT_CHANCES))
        text = message.get(TEXT)
        verdict = judge(danger_patterns().find(text), probabilities, self._thresholds, len(text.split()))
        for question, words in (("danger", verdict.danger), (DANGER_MAYBE, verdict.danger_maybe)):
            for word in words:
                add_entity(message, question, word, probabilities.get(word, 0.0), type(self).__name__)
        message.set(ESCALATION, verdict.escalation, add_to_output=True)
        if verdict.escalation != NO_ESCALATION:
            _put_first(message, verdict.escalation)
        elif verdict.danger_maybe:
            _put_first(message, DANGER_MAYBE)


def _put_first(message: Message, intent: str) -> None:
    first = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}
    message.set(INTENT, first, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [first, *(message.get(INTENT_RANKING_KEY) or [])], add_to_output=True)
