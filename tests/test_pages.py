"""The pages beside the chat: a guide to print and dates for the agenda, as a browser and a calendar read them."""

from datetime import date, timedelta

import icalendar
import pytest

from tests.chat import Chat, call, everything
from wegwijs.content import Content


def test_dates_for_the_agenda(server: str, texts: Content) -> None:
    """Each calendar is a file that a calendar program reads: all its dates, counted from the day of the talk."""
    assert texts.calendars
    for calendar in texts.calendars.values():
        answer = call(f"{server}/agenda/{calendar.id}.ics?vanaf=2026-12-30")
        assert answer.status == 200
        assert {name.lower(): value for name, value in answer.headers.items()}["content-type"].startswith(
            "text/calendar"
        )
        events = icalendar.Calendar.from_ical(answer.body).walk("VEVENT")
        days = [date(2026, 12, 30) + timedelta(days=event.days) for event in calendar.events]
        assert [event["DTSTART"].dt for event in events] == days
        assert [str(event["SUMMARY"]) for event in events] == [event.title for event in calendar.events]
        assert len({str(event["UID"]) for event in events}) == len(events)


@pytest.mark.parametrize("day", ["", "?vanaf=morgen", "?vanaf=2026-13-01", "?vanaf=9999-12-31", "?vanaf=<script>"])
def test_a_day_that_is_none_is_refused(server: str, texts: Content, day: str) -> None:
    """A day that cannot be read gets a 400 and a Dutch sentence."""
    answer = call(f"{server}/agenda/{next(iter(texts.calendars))}.ics{day}")
    assert answer.status == 400
    assert answer.body["error"]["code"] == "bad_request"


@pytest.mark.parametrize("path", ["/agenda/nothing.ics?vanaf=2026-12-30", "/gids/nothing", "/gids/tell_note"])
def test_what_is_not_there_is_not_found(server: str, path: str) -> None:
    """A calendar or guide that does not exist, or is not to be printed, is a 404."""
    assert call(f"{server}{path}").status == 404


def test_guides_to_print(server: str, texts: Content) -> None:
    """Each printable guide is a page with all its steps, and nothing of it is markup from the content."""
    printable = [guide for guide in texts.guides.values() if guide.printable]
    assert printable
    for guide in printable:
        answer = call(f"{server}/gids/{guide.id}")
        assert answer.status == 200
        assert answer.body.count("<li>\n") == len(guide.steps), guide.id
        assert "{" not in answer.body.split("<body>")[1]


def test_a_school_names_its_own_people(server: str) -> None:
    """Where the page is of a school with a profile, its people are named, and its country is known."""
    at_school = Chat(server, {"school": "regenboog", "role": "child"})
    said = everything(at_school.say("bij wie moet ik zijn op school als ik gepest word?"))
    assert "juf Samira" in said
    elsewhere = Chat(server, {"role": "child"})
    assert "juf Samira" not in everything(elsewhere.say("bij wie moet ik zijn op school als ik gepest word?"))


def test_two_schools_on_one_server(server: str) -> None:
    """Each school sees its own people only."""
    flemish = Chat(server, {"school": "de_brug", "role": "child"})
    said = everything(flemish.say("bij wie moet ik zijn op school als ik gepest word?"))
    assert "mevrouw Peeters" in said
    assert "Samira" not in said


def test_a_school_without_a_profile_is_served_like_any(server: str) -> None:
    """A typing mistake of a web master is no reason to refuse a child, and is never shown."""
    said = everything(Chat(server, {"school": "regenbog", "role": "child"}).say("bij wie moet ik zijn op school?"))
    assert said
    assert "regenbog" not in said
    assert "{school" not in said
