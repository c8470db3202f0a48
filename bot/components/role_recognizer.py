"""Recognises who is typing: child, parent or teacher."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.components.one_word_recognizer import OneWordRecognizer


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RoleRecognizer(OneWordRecognizer):
    """Adds an entity `role` where the message tells it."""

    question = "role"
