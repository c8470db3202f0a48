"""Whom to call: which helplines a reply shows, and whether they are open now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wegwijs.content import Content
from wegwijs.content_schema import DAYS, Helpline, Hours
from wegwijs.situation import Situation
from wegwijs.vocabulary import UNKNOWN

# The Netherlands and Belgium keep the same time.
TIME_ZONE = ZoneInfo("Europe/Amsterdam")
AT_MOST, AT_MOST_IN_DANGER = 2, 4
_ALWAYS = "24/7"


def now() -> datetime:
    """Return this moment, with its time zone."""
    return datetime.now(TIME_ZONE)


def pick(names: Iterable[str], situation: Situation, content: Content, at_most: int = AT_MOST) -> list[Helpline]:
    """Return the helplines of the person's country and role, in the order named, each once.

    Who has not said the country gets those of both; who has not said the role gets those for any role.
    """
    found = [content.helplines[name] for name in dict.fromkeys(names)]
    return [
        line
        for line in found
        if (situation.country == UNKNOWN or line.country in (situation.country, "both"))
        and (situation.role == UNKNOWN or situation.role in line.audience)
    ][:at_most]


def as_contact(line: Helpline, content: Content, now: datetime) -> dict[str, Any]:
    """Return a helpline as the web chat shows it; hours only where they are sure, and those of the phone."""
    return {
        "id": line.id,
        "name": line.name,
        "phone": line.phone,
        "chat_url": line.chat_url,
        "url": line.url,
        "open_now": is_open(line.hours, now) if line.hours_sure else None,
        "hours": _hours_text(line, content, now),
    }


def is_open(hours: Hours, now: datetime) -> bool | None:
    """Tell whether a line with these hours is open; None when the hours are not known.

    Args:
        hours: as in helplines.yml, in local time.
        now: a moment with a time zone.
    """
    if hours is None:
        return None
    local = now.astimezone(TIME_ZONE)
    clock = local.strftime("%H:%M")
    return hours == _ALWAYS or any(
        opening <= clock < closing for opening, closing in (span.split("-") for span in _spans(hours, local))
    )


def _spans(hours: Hours, local: datetime) -> tuple[str, ...]:
    return hours.get(DAYS[local.weekday()], ()) if isinstance(hours, dict) else ()


def _hours_text(line: Helpline, content: Content, now: datetime) -> str | None:
    if not line.hours_sure or line.hours is None:
        return content.words.see_site if line.phone or line.chat_url else None
    spans = _spans(line.hours, now.astimezone(TIME_ZONE))
    text = content.words.open_today.format(spans=", ".join(spans)) if spans else content.words.closed_today
    if line.hours == _ALWAYS:
        text = content.words.always
    differs = line.chat_hours is not None and line.chat_hours != line.hours
    return content.words.by_phone.format(hours=text) if differs else text
