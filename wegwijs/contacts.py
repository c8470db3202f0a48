"""Whom to call: which helplines a reply shows, and until when they are open."""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from wegwijs.content import Content
from wegwijs.content_file import Words
from wegwijs.directory_schema import Helpline
from wegwijs.situation import Situation
from wegwijs.vocabulary import UNKNOWN

# The Netherlands and Belgium keep the same time.
TIME_ZONE = ZoneInfo("Europe/Amsterdam")
AT_MOST, AT_MOST_IN_DANGER = 2, 4
# What was checked longer ago is shown without its hours.
STALE_AFTER = timedelta(days=365)
# Whose public holidays count; those of both countries only where a line serves both.
_CALENDAR = {"nl": "NL", "be": "BE", "both": "NL"}
_ALWAYS = "24/7"


def now() -> datetime:
    """Return this moment, with its time zone."""
    return datetime.now(TIME_ZONE)


def pick(names: Iterable[str], situation: Situation, content: Content, at_most: int = AT_MOST) -> list[Helpline]:
    """Return the helplines of the person's country and role, in the order named, each once.

    Who has not said the country gets those of both; who has not said the role gets those for any role.
    """
    found = [content.helplines[name] for name in dict.fromkeys(names)]
    return [line for line in found if _is_for(line, situation)][:at_most]


def with_one_open(picked: list[Helpline], situation: Situation, content: Content, at: datetime) -> list[Helpline]:
    """Put a line that is open in the place of the last, when all that were picked are closed; open ones come first.

    It has a topic with the first in common. A line of which the hours are not sure may be open.
    """
    closed = [line for line in picked if is_open(line, at) is False]
    if picked and len(closed) == len(picked):
        others = (line for line in content.helplines.values() if line.recommend == "yes" and line not in picked)
        stands_in = next(
            (
                line
                for line in others
                if _is_for(line, situation)
                and line.topics[0] in picked[0].topics
                and line.country in (picked[0].country, "both")
                and is_open(line, at)
            ),
            None,
        )
        if stands_in:
            picked = [*picked[: AT_MOST - 1], stands_in]
    return sorted(picked, key=lambda line: is_open(line, at) is False)


def as_contact(line: Helpline, content: Content, at: datetime) -> dict[str, Any]:
    """Return a helpline as the web chat shows it; hours only where they are sure, and those of the phone."""
    return {
        "id": line.id,
        "name": line.name,
        # Of what is only linked (a site, no helpline) only the site is shown.
        "phone": line.phone if line.recommend == "yes" else None,
        "chat_url": line.chat_url if line.recommend == "yes" else None,
        "url": line.url,
        "open_now": is_open(line, at),
        "hours": _hours_text(line, content.words, at),
        "cost": line.cost,
    }


def is_open(line: Helpline, at: datetime) -> bool | None:
    """Tell whether somebody answers at this moment; None when that is not sure."""
    if line.hours is None or not _is_sure(line, at):
        return None
    state = _read(line.hours, line.country).state(_local(at))[0]
    return None if state == State.UNKNOWN else bool(state == State.OPEN)


def is_stale(line: Helpline, at: datetime) -> bool:
    """Tell whether nobody has checked this line for a year."""
    return at.date() - line.checked > STALE_AFTER


def _is_for(line: Helpline, situation: Situation) -> bool:
    return (situation.country == UNKNOWN or line.country in (situation.country, "both")) and (
        situation.role == UNKNOWN or situation.role in line.audience
    )


def _is_sure(line: Helpline, at: datetime) -> bool:
    return line.hours_sure and not is_stale(line, at)


def _hours_text(line: Helpline, words: Words, at: datetime) -> str | None:
    if line.hours is None or not _is_sure(line, at):
        return words.see_site if line.phone or line.chat_url else None
    text = _said(line.hours, line.country, words, at)
    # Hours of a chat that differ are less sure.
    differs = line.chat_hours is not None and line.chat_hours != line.hours
    return words.by_phone.format(hours=text) if differs else text


def _said(hours: str, country: str, words: Words, at: datetime) -> str:
    """Say until when it is open, or when it opens; not beyond what is known."""
    if hours == _ALWAYS:
        return words.always
    local = _local(at)
    read = _read(hours, country)
    state, change = read.state(local)[0], read.next_change(local)
    if state == State.UNKNOWN or change is None or read.state(change)[0] == State.UNKNOWN:
        return words.see_site
    if state == State.OPEN:
        return words.open_until.format(time=f"{change:%H:%M}")
    ahead = (change.date() - local.date()).days
    when = words.opens["today" if ahead == 0 else "tomorrow" if ahead == 1 else "later"]
    return when.format(time=f"{change:%H:%M}", day=words.days[change.weekday()])


def _local(at: datetime) -> datetime:
    """Return a moment in local time; by way of UTC, so that it exists in the night that the clock goes forward."""
    return at.astimezone(timezone.utc).astimezone(TIME_ZONE)


@lru_cache(maxsize=256)
def _read(hours: str, country: str) -> OpeningHours:
    return OpeningHours(hours, timezone=TIME_ZONE, country=_CALENDAR[country])
