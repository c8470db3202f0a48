"""Dates after a talk as a calendar file (iCalendar, RFC 5545): days and texts of content/, no names, nothing kept."""

from datetime import date, datetime, timedelta, timezone

import icalendar

from wegwijs.guide_schema import Calendar

# An alarm in the morning of the day itself.
_ALARM_AT = timedelta(hours=8)


def as_ics(calendar: Calendar, start: date) -> bytes:
    """Return the file for one's own agenda: an all-day event for each date, with an alarm at eight.

    Args:
        start: the day of the talk.

    Raises:
        OverflowError: a date beyond the year 9999.
    """
    made = icalendar.Calendar()
    made.add("prodid", "-//Wegwijs//NL")
    made.add("version", "2.0")
    made.add("x-wr-calname", calendar.title)
    for number, event in enumerate(calendar.events):
        day = start + timedelta(days=event.days)
        entry = icalendar.Event()
        # The same talk makes the same events, so that a second download replaces the first.
        entry.add("uid", f"{calendar.id}-{start.isoformat()}-{number}@wegwijs")
        entry.add("dtstamp", datetime.combine(start, datetime.min.time(), timezone.utc))
        entry.add("dtstart", day)
        entry.add("dtend", day + timedelta(days=1))
        entry.add("summary", event.title)
        entry.add("description", event.text)
        entry.add("transp", "TRANSPARENT")
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.title)
        alarm.add("trigger", _ALARM_AT)
        entry.add_component(alarm)
        made.add_component(entry)
    return bytes(made.to_ical())
