"""The barometer: how many talks at a school were about what in a school year, so coarsely that nobody stands out.

A count is shown as the ten that it lies in (40 to 49), and one below ten as just that. So no total gives a smaller
count away: a total that was rounded down leaves room for any of the ten values of each count beside it. Only a year
that is over is shown, and only as a whole: two reports with a week between would tell what happened in that week.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from wegwijs import vocabulary
from wegwijs.content import Content
from wegwijs.directory_schema import School
from wegwijs.errors import WegwijsError
from wegwijs.files import CONTENT
from wegwijs.html_page import render

PAGE = CONTENT / "barometer.html"
FILES = "*.jsonl"
AT_LEAST = 10  # talks; a smaller count is not shown
TALKS = "talks"  # the question and the word under which every talk is counted
_BEGINS_IN = 8  # August, in both countries: hardly anybody asks then
_YEAR = re.compile(r"(\d{4})-(\d{4})")
# What a person wants, apart from greetings and the like.
TOPICS = tuple(word for word in vocabulary.labels()["intent"] if word.startswith(("ask_", "report_", "express_")))


class Cell(NamedTuple):
    """What a number of talks is about: a word of labels.yml, or a helpline that was shown."""

    year: str
    school: str
    question: str
    word: str


Sums = Counter[Cell]


def school_year(day: date) -> str:
    """Return the school year of a day, such as 2026-2027."""
    begins = day.year if day.month >= _BEGINS_IN else day.year - 1
    return f"{begins}-{begins + 1}"


def last_year(today: date) -> str:
    """Return the school year that was over last."""
    yesterday = today - timedelta(days=1)
    return school_year(yesterday.replace(year=yesterday.year - 1, day=1))


def as_lines(sums: Sums) -> str:
    """Return the sums as lines of JSON."""
    return "".join(json.dumps({**cell._asdict(), TALKS: talks}) + "\n" for cell, talks in sorted(sums.items()))


def read(folder: Path) -> tuple[Sums, list[str]]:
    """Add up the files of all workers.

    Returns:
        The sums, and the places of the lines that could not be read: a disk that was full leaves such.
    """
    sums, wrong = Counter[Cell](), []
    for path in sorted(folder.glob(FILES)):
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            found = _sum_of(line)
            if found is None:
                wrong.append(f"{path}:{number}")
            else:
                sums[found[0]] += found[1]
    return sums, wrong


def shown(talks: int) -> int:
    """Return the number of tens as which a count is shown; 0 stands for anything below ten."""
    return talks - talks % AT_LEAST


def figures(sums: Sums, school: str, year: str, content: Content) -> dict[str, dict[str, int]]:
    """Return all that is shown, by question and word: every word, whether it was counted or not."""
    labels = vocabulary.labels()
    words: dict[str, Iterable[str]] = {
        TALKS: (TALKS,),
        "role": (word for word in labels["role"] if word != vocabulary.UNKNOWN),
        "form": labels["form"],
        "danger": labels["danger"],
        "intent": TOPICS,
        "contact": content.helplines,
    }
    return {
        question: {word: shown(sums[Cell(year, school, question, word)]) for word in words[question]}
        for question in words
    }


def barometer_page(folder: Path, school: str, year: str, today: date, content: Content) -> tuple[str, list[str]]:
    """Return the page for the head of a school, and the places of the lines that could not be read.

    Raises:
        WegwijsError: no such school, or a year that is none or not over yet.
    """
    profile = _profile(school, content)
    if not is_over(year, today):
        raise WegwijsError(f"{year}: is no school year that is over; the last one is {last_year(today)}")
    sums, wrong = read(folder)
    found = figures(sums, school, year, content)
    names = {line.id: line.name for line in content.helplines.values()}
    page = render(PAGE, {"tens": _tens}, school=profile, year=year, figures=found, helplines=names, at_least=AT_LEAST)
    return page, wrong


def is_over(year: str, today: date) -> bool:
    """Tell whether this is a school year that is over, and all workers have written what they counted in it."""
    found = _YEAR.fullmatch(year)
    if not found or int(found[2]) != int(found[1]) + 1:
        return False
    return today > date(int(found[2]), _BEGINS_IN, 1)


def _profile(school: str, content: Content) -> School:
    if school not in content.schools:
        raise WegwijsError(f"{school}: no such school; there are {', '.join(content.schools)}")
    return content.schools[school]


def _tens(low: int) -> str:
    """Return 40 as "40 tot 49"."""
    return f"{low} tot {low + AT_LEAST - 1}" if low else f"minder dan {AT_LEAST}"


def _sum_of(line: bytes) -> tuple[Cell, int] | None:
    try:
        fields: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or set(fields) != {*Cell._fields, TALKS}:
        return None
    talks = fields.pop(TALKS)
    if type(talks) is not int or talks < 1 or not all(isinstance(value, str) for value in fields.values()):
        return None
    return Cell(**fields), talks
