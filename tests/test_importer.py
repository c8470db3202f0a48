"""Training messages that Rasa hashes and copies quickly, and rightly: a stale cache would be a stale model."""

import copy

import pytest

from bot.importer import TrainingMessage
from wegwijs.reading import read_message
from wegwijs.term_counts import learn


def message(text: str = "ik word gepest", **metadata: str) -> TrainingMessage:
    """Return a training message."""
    found: TrainingMessage = TrainingMessage.build(text, "report_bullying", example_metadata=metadata)
    return found


def test_other_labels_or_words_are_another_message() -> None:
    """Whatever is learnt from makes another fingerprint."""
    prints = {
        message().fingerprint(),
        message("ik word geslagen").fingerprint(),
        message(role="child").fingerprint(),
        message(role="parent").fingerprint(),
    }
    assert len(prints) == 4
    assert message(role="child").fingerprint() == message(role="child").fingerprint()


def test_rows_of_other_terms_are_another_message() -> None:
    """When the terms change, what was learnt from the old rows is learnt again."""
    texts = ["ik word gepest", "ik word gepest op school"]
    one, other = (learn(learnt)[0] for learnt in (texts, texts * 2))
    first, second = message(), message()
    first.set("row", one.row(read_message(texts[0])))
    second.set("row", other.row(read_message(texts[0])))
    assert first.fingerprint() != second.fingerprint()


def test_learning_and_reading_make_the_same_row() -> None:
    """What is learnt from is what is judged later: the rows made while learning, and that of the message alone."""
    texts = ["Ik word gepest!", "kwor gepest op school", "wie pest er op school?", "hoi"] * 3
    ngrams, rows = learn(texts)
    for text, row in zip(texts, rows, strict=True):
        alone = ngrams.row(read_message(text))
        assert row.terms == alone.terms
        assert dict(zip(row.columns, row.values, strict=True)) == pytest.approx(
            dict(zip(alone.columns, alone.values, strict=True))
        )


def test_a_copy_is_a_message_of_its_own() -> None:
    """What is added to a copy is not added to the message it was made of."""
    first = message()
    second = copy.deepcopy(first)
    second.set("row", 1)
    assert first.get("row") is None
    assert second.get("text") == first.get("text")
