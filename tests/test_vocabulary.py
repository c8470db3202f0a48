"""The vocabulary and what follows from it."""

import pytest

from wegwijs.files import BOT, read_yaml
from wegwijs.training_data import read_examples
from wegwijs.vocabulary import FALLBACK_INTENT, escalation_of, labels


@pytest.mark.parametrize(
    ("dangers", "now", "escalation"),
    [
        ([], False, "none"),
        (["threat"], False, "police"),
        (["suicidality"], False, "crisis_line"),
        (["suicidality"], True, "emergency"),
        (["immediate_danger", "threat"], False, "emergency"),
        (["self_harm", "extortion"], False, "police"),
        ([], True, "none"),
    ],
)
def test_the_highest_escalation_applies(dangers: list[str], now: bool, escalation: str) -> None:
    """Emergency before police before crisis line; nothing without a danger."""
    assert escalation_of(dangers, now) == escalation


def test_the_domain_uses_the_words_of_the_vocabulary() -> None:
    """Every intent and entity of Rasa stands in labels.yml, or is one that the pipeline or a quick reply makes."""
    domain = read_yaml(BOT / "domain.yml")
    intents = {name for entry in domain["intents"] for name in entry}
    made = {FALLBACK_INTENT, "emergency", "police", "crisis_line", "danger_maybe", "guide"}
    assert intents == set(labels()["intent"]) | made
    assert set(domain["entities"]) - {"danger_maybe", "step", "answer", "school"} <= set(labels())


def test_every_intent_has_a_rule() -> None:
    """There is no message that Rasa has no action for."""
    rules = read_yaml(BOT / "data" / "rules.yml")["rules"]
    steps = [step for rule in rules for step in rule["steps"]]
    alternatives = [one for step in steps for one in step.get("or", [step])]
    ruled = {one["intent"] for one in alternatives if "intent" in one}
    assert ruled == {name for entry in read_yaml(BOT / "domain.yml")["intents"] for name in entry}


def test_the_training_messages_cover_the_vocabulary() -> None:
    """Every word of every question has training messages, and no message stands there twice."""
    examples = read_examples()
    texts = [example.text.lower() for example in examples]
    assert len(texts) == len(set(texts))
    for question in ("intent", "role", "position", "country", "form", "danger", "escalation"):
        used = set()
        for example in examples:
            value = getattr(example.labels, question)
            used |= {value} if isinstance(value, str) else set(value)
        assert used == set(labels()[question])
