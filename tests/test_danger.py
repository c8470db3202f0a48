"""The decision about danger: act, ask or go on, from what the patterns found and what was learnt."""

import pytest

from wegwijs.danger import ANY, NOW, Thresholds, Verdict, judge
from wegwijs.patterns import Hit

_AT = Thresholds()
_MANY, _FEW = 20, 3
SURE = Hit("threat", emergency=False, pattern="threat_they_kill_me")
WORD = Hit("suicidality", emergency=False, pattern="suicidality_word_suicide", word=True)
UNSURE = Hit("grooming", emergency=False, pattern="grooming_maybe", ask=True)
NOW_HIT = Hit("threat", emergency=True, pattern="threat_now")


def learnt(danger: float, now: float = 0.0) -> dict[str, float]:
    """Return what was learnt of a message that may be extortion."""
    return {"extortion": danger, ANY: danger, NOW: now}


def test_what_was_learnt_decides_without_a_pattern() -> None:
    """Sure enough: act. Less: ask. Little: go on."""
    assert judge((), learnt(_AT.act), _AT, _MANY) == Verdict(danger=("extortion",), escalation="police")
    assert judge((), learnt(_AT.ask), _AT, _MANY) == Verdict(danger_maybe=("extortion",))
    assert judge((), learnt(_AT.ask - 0.01), _AT, _MANY) == Verdict()


def test_a_pattern_needs_less_beside_it() -> None:
    """With some evidence a pattern is acted on; without any it is asked about."""
    assert judge((SURE,), learnt(_AT.act_pattern), _AT, _MANY).danger == ("threat",)
    assert judge((SURE,), learnt(0.0), _AT, _MANY).danger_maybe[0] == "threat"


def test_a_single_word_is_asked_about_only_with_some_evidence() -> None:
    """The word of a lesson raises no alarm; in a long story it is asked about all the same."""
    assert judge((WORD,), learnt(0.01), _AT, _MANY) == Verdict()
    assert judge((WORD,), learnt(_AT.ask_pattern), _AT, _MANY).danger_maybe[0] == "suicidality"
    assert judge((WORD,), learnt(0.01), _AT, _AT.long).danger_maybe[0] == "suicidality"


def test_in_doubt_it_only_asks() -> None:
    """A pattern that says so is never acted on by itself."""
    assert judge((UNSURE,), learnt(_AT.act_pattern), _AT, _MANY).danger == ()
    assert "grooming" in judge((UNSURE,), learnt(_AT.act_pattern), _AT, _MANY).danger_maybe


@pytest.mark.parametrize("probabilities", [{}, learnt(0.0)], ids=["unknown words", "few words"])
def test_without_enough_words_patterns_decide_alone(probabilities: dict[str, float]) -> None:
    """Where nothing can be learnt from the words, a pattern is believed, a single word too."""
    assert judge((SURE, WORD), probabilities, _AT, _FEW).danger == ("threat", "suicidality")


def test_a_few_words_are_not_acted_on_by_what_was_learnt() -> None:
    """An age is no danger, however like one it looks; it may be asked about."""
    assert judge((), learnt(0.99), _AT, _FEW) == Verdict(danger_maybe=("extortion",))


def test_what_may_happen_now_is_acted_on_sooner() -> None:
    """What may be an emergency is not asked about: 112 first."""
    assert judge((), learnt(_AT.ask, _AT.act_now), _AT, _MANY).escalation == "emergency"
    assert judge((), learnt(_AT.act, _AT.now), _AT, _MANY).escalation == "emergency"
    assert judge((NOW_HIT,), learnt(_AT.act), _AT, _MANY).escalation == "emergency"
