"""The page /veiligheid: how well this Wegwijs sees danger, as `make safety` measured it, for a school board."""

import json
from datetime import date
from pathlib import Path

from wegwijs.files import SAFETY_PAGE, SAFETY_RESULTS
from wegwijs.html_page import render

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def safety_page(model: str, results: Path = SAFETY_RESULTS, template: Path = SAFETY_PAGE) -> str:
    """Return the page as HTML.

    Args:
        model: the fingerprint of the model that runs; the page says so when another one was measured.
    """
    found = json.loads(results.read_text("utf-8")) if results.exists() else None
    return render(template, {"percent": _percent, "day": _day}, found=found, running=model)


def _percent(share: float) -> str:
    """Return 0.946 as "95 %"."""
    return f"{100 * share:.0f} %"


def _day(iso: str) -> str:
    """Return 2026-11-26 as "26 november 2026"."""
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
