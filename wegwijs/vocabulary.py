"""The one vocabulary of the project, read from labels.yml, and what follows from it."""

from collections.abc import Iterable
from functools import lru_cache

from wegwijs.files import LABELS, read_yaml

UNKNOWN = "unknown"
NO_ESCALATION = "none"
# Rasa's own name for "I did not understand".
FALLBACK_INTENT = "nlu_fallback"
# What a quick reply of a guide tells Rasa; nobody can type it.
GUIDE_INTENT = "guide"

EMERGENCY, POLICE, CRISIS_LINE = "emergency", "police", "crisis_line"
ESCALATIONS = (EMERGENCY, POLICE, CRISIS_LINE)  # the highest first
_CRISIS_LINE_DANGERS = frozenset({"suicidality", "self_harm", "abuse_at_home"})


@lru_cache(maxsize=1)
def labels() -> dict[str, tuple[str, ...]]:
    """Return every question (role, intent, ...) with its allowed words, in the order of labels.yml."""
    text = read_yaml(LABELS)
    return {question: tuple(words) for question, words in text.items() if question != "annotation"}


def is_word(question: str, word: str) -> bool:
    """Tell whether labels.yml allows this word as an answer to this question (Rasa's fallback intent included)."""
    return word in labels()[question] or (question == "intent" and word == FALLBACK_INTENT)


def highest(*escalations: str) -> str:
    """Return the highest of these escalations."""
    return min(escalations, key=(*ESCALATIONS, NO_ESCALATION).index)


def escalation_of(dangers: Iterable[str], now: bool = False) -> str:
    """Return what the reply must lead with: the highest escalation that applies to these dangers.

    Args:
        dangers: words of the question `danger`.
        now: it happens now or is about to.
    """
    found = set(dangers)
    if "immediate_danger" in found or (now and found):
        return EMERGENCY
    if found - _CRISIS_LINE_DANGERS:
        return POLICE
    return CRISIS_LINE if found else NO_ESCALATION
