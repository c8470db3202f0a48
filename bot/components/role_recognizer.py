"""Recognises who is typing: child, parent or teacher."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.one_word_recognizer import OneWordRecognizer
from wegwijs.statements import stated_role


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RoleRecognizer(OneWordRecognizer):
    """Adds an entity `role` where the message tells it; what is said outright goes before what was learnt."""

    question = "role"

    def answer(self, message: Message, probabilities: dict[str, float]) -> None:
        """Add the entity."""
        stated = stated_role(message.get(TEXT))
        super().answer(message, {stated: 1.0} if stated else probabilities)
