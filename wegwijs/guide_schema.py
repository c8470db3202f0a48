"""The schema of guides in steps, and of the sheets and calendars that go with them (content/README.md)."""

import re

from pydantic import Field

from wegwijs.content_schema import Block, Heard, Source, Tagged
from wegwijs.schema import Strict

# What most answers of a guide speak for when two outcomes are even.
BALANCED = "balanced"


class Part(Strict):
    """What a step of a guide says only after certain answers."""

    when: dict[str, tuple[str, ...]] = {}  # ids of answers by the step that asked; all must fit; none: always
    most: str | None  # for what most answers so far speak, see Answer; "balanced" where two are even
    text: tuple[Block, ...]


class Answer(Strict):
    """A quick reply inside a guide: where it leads, and what it tells a later step."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    label: str = Field(..., max_length=40)
    to: str | None  # a step of this guide; left out: the next one
    speaks_for: str | None  # an outcome that this answer speaks for
    heard: re.Pattern | None  # type: ignore[type-arg] # in what is typed instead


class Step(Tagged, Heard):
    """One message of a guide. A typed text in which it is `heard` leads to it."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    text: tuple[Block, ...]
    first_of: tuple[Part, ...] = ()  # after the text, the first that fits the answers so far
    each_of: tuple[Part, ...] = ()  # after that, each that fits
    answers: tuple[Answer, ...] = ()
    contacts: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    sheet: str | None
    calendar: str | None  # dates for the own agenda
    ends: bool = False  # nothing follows, though there are steps after it in the file

    def parts(self) -> tuple[Part, ...]:
        """Return all that it may say after certain answers."""
        return (*self.first_of, *self.each_of)

    def whole_text(self) -> list[Block]:
        """Return all that it may say."""
        return [*self.text, *(block for part in self.parts() for block in part.text)]


class Guide(Tagged, Heard):
    """A walk in steps: a check, a conversation to prepare, a ladder (content/README.md)."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    title: str = Field(..., max_length=40)
    printable: bool = False  # there is a page with all steps, to be printed
    steps: tuple[Step, ...]
    source: Source


class SheetField(Strict):
    """What the person fills in."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    label: str
    hint: str | None
    lines: int = Field(1, ge=1, le=8)


class Sheet(Strict):
    """A note, list or letter that is filled in and copied on the own device: nothing of it comes to the server."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    title: str
    fields: tuple[SheetField, ...]
    # Lines with {names of fields}; one of which no field was filled in is left out.
    text: tuple[str, ...]


class CalendarEvent(Strict):
    """What is to be done some days after a talk."""

    days: int = Field(..., ge=0, le=730)
    title: str
    text: str


class Calendar(Strict):
    """Dates after a talk, for the own agenda: no names, nothing kept."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    title: str
    events: tuple[CalendarEvent, ...]
