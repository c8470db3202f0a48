"""Recognises the part of the child concerned: target, bully or bystander."""

from collections import defaultdict
from collections.abc import Mapping

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.components.one_word_recognizer import OneWordRecognizer
from wegwijs.linear import LinearModel
from wegwijs.ngrams import Row
from wegwijs.training_data import Labels


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PositionRecognizer(OneWordRecognizer):
    """Adds an entity `position` where the message tells it.

    "He laughs along" is another position when a parent tells it than when a child does, so the position is learnt
    twice: by itself, and together with the role. The mean of both is right more often than either.
    """

    question = "position"

    def fit(self, rows: list[Row], answers: list[Labels]) -> LinearModel:
        """Learn the words `bully` and `parent bully`."""
        return LinearModel.fit(
            rows, [(labels.position, f"{labels.role} {labels.position}") for labels in answers], one_of=False
        )

    def answer(self, message: Message, probabilities: dict[str, float]) -> None:
        """Add the entity."""
        alone = {word: chance for word, chance in probabilities.items() if " " not in word}
        with_role = {word: chance for word, chance in probabilities.items() if " " in word}
        chances: dict[str, float] = defaultdict(float)
        for part in (alone, with_role):
            for word, share in _shares(part).items():
                chances[word.split()[-1]] += share / 2
        super().answer(message, dict(sorted(chances.items(), key=lambda chance: -chance[1])))


def _shares(chances: Mapping[str, float]) -> dict[str, float]:
    total = sum(chances.values()) or 1.0
    return {word: chance / total for word, chance in chances.items()}
