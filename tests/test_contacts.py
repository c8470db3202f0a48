"""Whom to call: the right country and role, and hours only where they are sure."""

from datetime import datetime, timedelta

import pytest

from wegwijs import contacts
from wegwijs.contacts import TIME_ZONE
from wegwijs.content import Content
from wegwijs.directory_schema import Helpline
from wegwijs.situation import Situation

THURSDAY_NOON = datetime(2026, 11, 26, 12, 0, tzinfo=TIME_ZONE)
BOTH = ["kindertelefoon", "awel"]


@pytest.mark.parametrize(("country", "names"), [("nl", BOTH[:1]), ("be", BOTH[1:]), ("unknown", BOTH)])
def test_lines_of_the_country(texts: Content, country: str, names: list[str]) -> None:
    """Who has not said the country sees both."""
    picked = contacts.pick(BOTH, Situation(role="child", country=country), texts)
    assert [line.id for line in picked] == names


def test_lines_for_children_are_not_shown_to_parents(texts: Content) -> None:
    """A parent is not sent to the Kindertelefoon as its own helpline."""
    assert contacts.pick(BOTH, Situation(role="parent"), texts) == []


def test_at_most_two_and_none_twice(texts: Content) -> None:
    """An answer names two lines at most."""
    picked = contacts.pick(["awel", "awel", "kindertelefoon", "emergency_112"], Situation(), texts)
    assert [line.id for line in picked] == ["awel", "kindertelefoon"]


def at(moment: str, fold: int = 0) -> datetime:
    """A moment in local time."""
    return datetime.fromisoformat(moment).replace(tzinfo=TIME_ZONE, fold=fold)


def line(texts: Content, hours: str, country: str = "nl", **changes: object) -> Helpline:
    """A line that was checked today and keeps these hours."""
    kept = {"hours": hours, "chat_hours": None, "country": country, "hours_sure": True, **changes}
    return texts.helplines["kindertelefoon"].copy(update=kept)


WEEK = "Mo-Fr 16:00-22:00; We,Sa 14:00-22:00; PH off"


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-26T15:59", False),
        ("2026-11-26T16:00", True),
        ("2026-11-26T21:59", True),
        ("2026-11-26T22:00", False),
        ("2026-11-25T14:00", True),  # a Wednesday
        ("2026-11-26T03:00", False),
        ("2026-11-29T18:00", False),  # a Sunday
    ],
)
def test_open_from_the_first_minute_to_the_last(texts: Content, moment: str, is_open: bool) -> None:
    """The closing time itself is closed, and so is a day that is not named."""
    assert contacts.is_open(line(texts, WEEK), at(moment)) is is_open


@pytest.mark.parametrize(
    ("country", "moment", "is_open"),
    [
        ("nl", "2026-12-25T18:00", False),
        ("be", "2026-12-25T18:00", False),
        ("be", "2026-07-21T18:00", False),  # the national day of Belgium
        ("nl", "2026-07-21T18:00", True),
        ("nl", "2026-04-27T18:00", False),  # the king's birthday
        ("be", "2026-04-27T18:00", True),
        ("be", "2026-11-11T18:00", False),  # the armistice
        ("nl", "2026-11-11T18:00", True),
    ],
)
def test_public_holidays_of_the_country(texts: Content, country: str, moment: str, is_open: bool) -> None:
    """Each country keeps its own public holidays."""
    assert contacts.is_open(line(texts, WEEK, country), at(moment)) is is_open


def test_what_is_not_known_of_a_holiday_is_not_said(texts: Content) -> None:
    """At Christmas a line of which nobody knows says to look at the site; the evening before, it does not say when."""
    unknown = line(texts, "Mo-Su 11:00-21:00; PH unknown")
    christmas = contacts.as_contact(unknown, texts, at("2026-12-25T12:00"))
    assert (christmas["open_now"], christmas["hours"]) == (None, texts.words.see_site)
    assert contacts.as_contact(unknown, texts, at("2026-12-24T22:00"))["hours"] == texts.words.see_site
    assert contacts.is_open(unknown, at("2026-12-24T12:00")) is True


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-26T17:00", "nu open, tot 22:00 uur"),
        ("2026-11-26T03:00", "nu dicht, open vanaf 16:00 uur"),
        ("2026-11-26T23:00", "nu dicht, morgen open vanaf 16:00 uur"),
        ("2026-11-28T23:00", "nu dicht, maandag open vanaf 16:00 uur"),
        ("2026-12-31T23:00", "nu dicht, zaterdag open vanaf 14:00 uur"),
        # The clock goes forward, and back: the hours on the wall count.
        ("2026-03-29T02:30", "nu dicht, morgen open vanaf 16:00 uur"),
        ("2026-10-25T02:30", "nu dicht, morgen open vanaf 16:00 uur"),
    ],
)
def test_it_says_until_when_or_from_when(texts: Content, moment: str, said: str) -> None:
    """In the night, on a Sunday, before Christmas and when the clock changes."""
    for country in ("nl", "be"):
        for fold in (0, 1):
            assert contacts.as_contact(line(texts, WEEK, country), texts, at(moment, fold))["hours"] == said


def test_a_moment_elsewhere_is_read_in_local_time(texts: Content) -> None:
    """A server that runs in UTC knows that it is summer time in Amsterdam."""
    in_utc = datetime.fromisoformat("2026-07-01T14:30:00+00:00")
    assert contacts.is_open(line(texts, WEEK), in_utc) is True
    assert contacts.is_open(line(texts, WEEK), in_utc.replace(month=12)) is False


def test_who_writes_at_night_is_offered_somebody_who_is_awake(texts: Content) -> None:
    """A child that chats at three is shown a line that is open, first; by day the children's line alone."""
    child = Situation(role="child", country="nl")
    picked = contacts.pick(BOTH, child, texts)
    at_night = contacts.with_one_open(picked, child, texts, at("2026-11-26T03:00"))
    assert contacts.is_open(at_night[0], at("2026-11-26T03:00")) is True
    assert "kindertelefoon" in [one.id for one in at_night]
    assert contacts.with_one_open(picked, child, texts, THURSDAY_NOON) == picked


def test_hours_checked_too_long_ago_are_not_shown(texts: Content) -> None:
    """After a year without a check there is the number, and no word about now."""
    old = line(texts, WEEK, checked=THURSDAY_NOON.date() - timedelta(days=366))
    shown = contacts.as_contact(old, texts, THURSDAY_NOON)
    assert (shown["open_now"], shown["hours"]) == (None, texts.words.see_site)
    assert contacts.is_stale(old, THURSDAY_NOON)
    assert not contacts.is_stale(line(texts, WEEK), THURSDAY_NOON)


def test_hours_that_are_not_sure_are_not_shown(texts: Content) -> None:
    """A line with unsure hours says to look at the site, and nothing about now."""
    for line in texts.helplines.values():
        shown = contacts.as_contact(line, texts, THURSDAY_NOON)
        if not line.hours_sure:
            assert shown["open_now"] is None, line.id
            assert shown["hours"] in (None, texts.words.see_site), line.id


def test_of_a_site_that_is_no_helpline_only_the_site_is_shown(texts: Content) -> None:
    """What may only be linked has no number and no chat beside it."""
    linked = [line for line in texts.helplines.values() if line.recommend == "link_only"]
    assert any(line.phone for line in linked)
    for line in linked:
        shown = contacts.as_contact(line, texts, THURSDAY_NOON)
        assert (shown["phone"], shown["chat_url"]) == (None, None)
