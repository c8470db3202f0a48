"""The evaluation: what it judges was never learnt, and its figures mean what they say."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from evaluation.copies import Copies, near_copies
from evaluation.garbage import garbage
from evaluation.measures import Pair, calibration, confusions, figures, judgement_of, score_of, worst
from evaluation.messages import read_messages, read_readings
from evaluation.noise import NOISES, noisy
from evaluation.report import Measured, write
from evaluation.safety import MISLEADING, ORDINARY, Share, read_suite
from wegwijs import vocabulary
from wegwijs.training_data import Labels, read_examples

_ENOUGH_TRAINING, _ENOUGH_JUDGED = 15_000, 1_000


def judged(**changes: Any) -> dict[str, Any]:
    """Return a judgement of somebody of whom nothing is known, with changes."""
    nothing = dict.fromkeys(("role", "position", "country"), vocabulary.UNKNOWN)
    intent = [{"name": "greet", "confidence": 0.9}, {"name": "thank", "confidence": 0.1}]
    return {**nothing, "form": [], "danger": [], "danger_maybe": [], "intent": intent, **changes}


def right(**changes: Any) -> Labels:
    """Return labels of somebody of whom nothing is known, with changes."""
    nothing = dict.fromkeys(("role", "position", "country"), vocabulary.UNKNOWN)
    return Labels(**{**nothing, "intent": ("greet",), "form": (), "danger": (), "escalation": "none", **changes})


def test_no_evaluation_message_was_learnt() -> None:
    """No message that is judged, nor a near copy of it, stands in the training data."""
    learnt = Copies(example.text for example in read_examples())
    texts = [one.text for one in read_messages()] + [case["text"] for case in read_suite()]
    assert [(text, learnt.of(text)) for text in texts if learnt.of(text)] == []


def test_no_training_message_stands_there_twice() -> None:
    """Each of the many training messages is written by itself: no templates, no near copies."""
    texts = [example.text for example in read_examples()]
    assert len(texts) >= _ENOUGH_TRAINING
    assert list(near_copies(texts)) == []


def test_near_copies_are_found() -> None:
    """A changed name is a copy; another story in the same tone is none."""
    told = "Mijn dochter Lotte wordt elke pauze uitgelachen om haar bril en wil niet meer naar school"
    assert Copies([told]).of(told.replace("Lotte", "Fien")) == told
    assert Copies([told]).of("Mijn zoon wordt elke gymles als laatste gekozen en heeft buikpijn op dinsdag") is None


def test_the_evaluation_set_covers_the_vocabulary() -> None:
    """Every word of labels.yml can be judged: there are some messages of each intent, form, danger and role."""
    messages = read_messages()
    assert len(messages) >= _ENOUGH_JUDGED
    found = Counter(word for one in messages for word in (*one.labels.intent, *one.labels.form, *one.labels.danger))
    found.update(one.labels.role for one in messages)
    for question in ("intent", "form", "danger", "role"):
        for word in vocabulary.labels()[question]:
            assert found[word] >= 8, word


def test_either_of_two_right_intents_counts() -> None:
    """An intent is right when it is one of the accepted ones; among two, when one of the first two is."""
    pairs = [
        Pair(right(intent=("ask_tips", "greet")), judged()),
        Pair(right(intent=("thank",)), judged()),
        Pair(right(intent=("deny",)), judged()),
    ]
    assert figures(pairs)["intent"] == pytest.approx(1 / 3)
    assert figures(pairs)["intent among two"] == pytest.approx(2 / 3)
    assert [pair.right.intent for pair in worst(pairs)] == [("thank",), ("deny",)]


def test_asserting_a_wrong_role_is_worse_than_saying_nothing() -> None:
    """Where the text tells, silence is a miss; where it does not, a role is an assertion without ground."""
    pairs = [
        Pair(right(role="child"), judged(role="child")),
        Pair(right(role="child"), judged()),
        Pair(right(), judged(role="parent")),
        Pair(right(), judged()),
    ]
    found = figures(pairs)
    assert found["role where told"] == 0.5
    assert found["role wrongly asserted"] == 0.25
    assert confusions(pairs, "role")["unknown", "parent"] == 1


def test_forms_are_scored_one_by_one() -> None:
    """F1 over all forms that were given and due; a label has its own precision and recall."""
    pairs = [Pair(right(form=("insult", "images")), judged(form=["insult"])), Pair(right(), judged(form=["images"]))]
    assert figures(pairs)["form F1"] == 0.5
    assert score_of(pairs, "form", "insult").recall == 1
    assert score_of(pairs, "form", "images").precision == 0


def test_asking_about_a_danger_is_counted_apart_from_acting() -> None:
    """A question is help too, and a false alarm too."""
    pairs = [
        Pair(right(danger=("threat",)), judged(danger=["threat"])),
        Pair(right(danger=("threat",)), judged(danger_maybe=["threat"])),
        Pair(right(), judged(danger_maybe=["stalking"])),
    ]
    found = figures(pairs)
    assert (found["danger: acts"], found["danger: acts or asks"]) == (0.5, 1)
    assert (found["false alarm: acts"], found["false alarm: acts or asks"]) == (0, 1)


def test_calibration_compares_confidence_with_what_is_right() -> None:
    """Nine in ten sure and never right is one bin far from the line."""
    assert calibration([Pair(right(intent=("deny",)), judged())]) == [(0.9, 0, 1)]


@pytest.mark.parametrize("name", NOISES)
def test_noise_is_the_same_each_time_and_changes_something(name: str) -> None:
    """The robustness suite repeats itself, or its figures would not."""
    texts = [message.text for message in read_messages()[:50]]
    assert noisy(name, texts) == noisy(name, texts)
    assert noisy(name, texts) != texts
    assert all(noisy(name, texts))


def test_there_are_a_thousand_pieces_of_garbage() -> None:
    """The same thousand each time, with silence among them."""
    assert len(garbage()) == 1000
    assert garbage() == garbage()
    assert "" in garbage()


def test_the_report_and_its_picture_are_written(tmp_path: Path) -> None:
    """The report names every figure with its goal and those that miss it; the picture is there."""
    pairs = [Pair(one.labels, judged(), one.text) for one in read_messages()[:20]]
    readers = figures([Pair(first, judgement_of(second)) for first, second in read_readings()])
    measured = Measured(
        training=1,
        pairs=pairs,
        readers=readers,
        crossed=readers,
        plain=readers,
        few=1,
        few_pairs=pairs,
        stock_pairs=pairs,
        stock_epochs=1,
        noises={"typos": readers},
        left_out={"nothing": readers, "concepts": readers},
        garbage=(1, 1),
        cost={"reader": 0.1},
        plain_cost=1.0,
        stock_cost=10.0,
        minutes=1.0,
        notes=["tried"],
    )
    write(measured, tmp_path / "report.md", tmp_path / "picture.svg")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert f"{readers['intent']:.3f}" in text
    assert "Missing their goal: intent" in text
    assert "<svg" in (tmp_path / "picture.svg").read_text(encoding="utf-8")


def test_every_group_of_the_safety_suite_is_large_enough() -> None:
    """At least thirty messages of each group and each danger; a harmless group holds no danger."""
    suite = read_suite()
    groups = Counter(case["group"] for case in suite)
    dangers = Counter(danger for case in suite for danger in case["danger"])
    assert min(groups.values()) >= 30
    assert min(dangers[word] for word in vocabulary.labels()["danger"]) >= 30
    assert not [case for case in suite if bool(case["danger"]) == (case["group"] in (*MISLEADING, *ORDINARY))]


def test_a_share_comes_with_its_interval() -> None:
    """Few messages prove little: the interval is wide, and holds the share."""
    low, high = Share(9, 10).interval()
    assert 0.55 < low < 0.9 < high < 1
    assert Share(0, 0).interval() == (0.0, 1.0)
