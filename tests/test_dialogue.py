"""What Wegwijs does when it is not sure, or when a message leans on what was said before."""

from datetime import datetime

import pytest

from wegwijs.content import Content
from wegwijs.dialogue import Said, close_readings, intent_to_answer
from wegwijs.follow_up import follows_up
from wegwijs.reading import read_message
from wegwijs.reply import check_danger, which
from wegwijs.situation import Situation

_NOW = datetime(2026, 11, 26, 12, 0)
_CHILD = Situation(role="child", position="target", country="nl")


def said(*ranking: tuple[str, float], words: int = 9, follows: bool = False, chosen: bool = False) -> Said:
    """Return a message with these intents."""
    return Said([name for name, _ in ranking], [sure for _, sure in ranking], words, follows, chosen, told=())


def test_two_close_readings_are_asked_about() -> None:
    """Where neither of two intents is likely enough, both are offered; where one is clear, none."""
    close = said(("ask_talk", 0.31), ("ask_school", 0.29))
    assert close_readings(close, _CHILD) == ("ask_talk", "ask_school")
    assert close_readings(said(("ask_talk", 0.8), ("ask_school", 0.1)), _CHILD) == ()
    assert close_readings(said(("ask_talk", 0.31), ("ask_school", 0.1)), _CHILD) == ()


def test_nobody_in_danger_is_asked_what_is_meant() -> None:
    """After a danger the help goes before the question; a quick reply means what it says."""
    ranking = (("ask_talk", 0.31), ("ask_school", 0.29))
    assert close_readings(said(*ranking), _CHILD.but(escalation="police")) == ()
    assert close_readings(said(*ranking, chosen=True), _CHILD) == ()
    assert close_readings(said(*ranking, words=2), _CHILD) == ()


def test_the_question_offers_both_readings_and_something_else(texts: Content) -> None:
    """Two quick replies in plain words, and a way out."""
    reply = which(("ask_talk", "ask_school"), _CHILD, texts, _NOW)
    assert reply is not None
    assert {choice.intent for choice in reply.choices} == {"ask_talk", "ask_school", "nlu_fallback"}


def test_it_does_not_ask_twice_in_a_row_nor_without_words(texts: Content) -> None:
    """A second question, or one without plain words for a reading, is no help."""
    reply = which(("ask_talk", "ask_school"), _CHILD, texts, _NOW)
    assert reply is not None
    assert which(("ask_talk", "ask_school"), _CHILD.but(last=reply.items), texts, _NOW) is None
    assert which(("ask_talk", "report_bullying"), _CHILD, texts, _NOW) is None


def test_a_follow_up_goes_on_with_the_topic(texts: Content) -> None:
    """What leans on the last answer is answered about the same."""
    situation = _CHILD.but(topic="ask_evidence")
    follow = said(("deny", 0.6), ("ask_tips", 0.2), words=5, follows=True)
    assert intent_to_answer(follow, situation, "child", texts) == "ask_evidence"


@pytest.mark.parametrize("text", ["en als dat niet helpt?", "nog meer tips", "heb ik al geprobeerd", "en dan?"])
def test_follow_ups_are_told_from_stories(text: str) -> None:
    """A few words that point back, not a story that holds such words."""
    assert follows_up(read_message(text))
    assert not follows_up(read_message(f"{text} want gisteren hebben ze weer mijn tas in de sloot gegooid"))


@pytest.mark.parametrize("text", ["ik word gepest", "hoe blokkeer ik iemand", "hallo", ""])
def test_a_new_question_is_no_follow_up(text: str) -> None:
    """What stands by itself is taken by itself."""
    assert not follows_up(read_message(text))


def test_who_works_at_school_is_asked_about_the_own_safety(texts: Content) -> None:
    """A doubt about danger for a member of staff is asked in that person's own words, not about a pupil."""
    teacher = Situation(role="teacher", country="nl", plain="iemand stuurt mij honderden mails")
    asked = check_danger(teacher, texts, _NOW)
    assert asked.items == ("check_staff_self",)
    assert "emergency_112" in [contact["id"] for contact in asked.contacts]
