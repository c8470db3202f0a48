"""Recognises the part of the child concerned: target, bully or bystander."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.components.one_word_recognizer import OneWordRecognizer


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PositionRecognizer(OneWordRecognizer):
    """Adds an entity `position` where the message tells it."""

    question = "position"
