"""Whom to call: the right country and role, and hours only where they are sure."""

from datetime import datetime

import pytest

from wegwijs import contacts
from wegwijs.contacts import TIME_ZONE
from wegwijs.content import Content
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


@pytest.mark.parametrize(
    ("hour", "minute", "is_open"), [(10, 59, False), (11, 0, True), (20, 59, True), (21, 0, False)]
)
def test_open_from_the_first_minute_to_the_last(hour: int, minute: int, is_open: bool) -> None:
    """The closing time itself is closed."""
    hours = {"thu": ("11:00-21:00",)}
    assert contacts.is_open(hours, THURSDAY_NOON.replace(hour=hour, minute=minute)) is is_open


def test_a_day_that_is_absent_is_closed() -> None:
    """No hours on a Friday means closed on Friday."""
    assert contacts.is_open({"thu": ("11:00-21:00",)}, THURSDAY_NOON.replace(day=27)) is False


def test_a_moment_elsewhere_is_read_in_local_time() -> None:
    """A server that runs in UTC knows that it is noon in Amsterdam."""
    in_utc = datetime.fromisoformat("2026-11-26T10:30:00+00:00")
    assert contacts.is_open({"thu": ("11:00-21:00",)}, in_utc) is True


def test_hours_that_are_not_sure_are_not_shown(texts: Content) -> None:
    """A line with unsure hours says to look at the site, and nothing about now."""
    for line in texts.helplines.values():
        shown = contacts.as_contact(line, texts, THURSDAY_NOON)
        if not line.hours_sure:
            assert shown["open_now"] is None, line.id
            assert shown["hours"] in (None, texts.words.see_site), line.id
