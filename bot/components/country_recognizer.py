"""Recognises which country's help applies: nl or be."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.components.one_word_recognizer import OneWordRecognizer


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class CountryRecognizer(OneWordRecognizer):
    """Adds an entity `country` where the message tells it."""

    question = "country"
