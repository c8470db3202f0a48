"""The schema of content/: what an item, a quick reply, a helpline and a ready reply are (content/README.md)."""

import re
from datetime import date
from typing import Any, Literal, get_args

import opening_hours
from pydantic import Field, PrivateAttr, root_validator, validator

from wegwijs import vocabulary
from wegwijs.normalise import normalise
from wegwijs.schema import Strict

Kind = Literal["opening", "tip", "answer", "question", "lead", "help", "again", "afterwards", "reply"]
Asks = Literal["role", "country", "danger", "intent", "guide"]
# Why the server refuses or cannot answer; each has a sentence in failsafe.yml.
ErrorCode = Literal[
    "bad_json",
    "bad_request",
    "empty_text",
    "too_long",
    "unknown_session",
    "unknown_choice",
    "not_found",
    "method_not_allowed",
    "payload_too_large",
    "server_error",
]


# What most answers of a guide speak for when two outcomes are even.
BALANCED = "balanced"
BLOCKS = ("paragraph", "heading", "list", "steps")


class Block(Strict):
    """One piece of text: exactly one of the first four fields is set."""

    paragraph: str | None
    heading: str | None
    list: tuple[str, ...] | None
    steps: tuple[str, ...] | None
    country: str | None  # left out for who is known to live in the other one

    @root_validator
    def _exactly_one(cls, values: dict[str, Any]) -> dict[str, Any]:
        if sum(bool(values.get(kind)) for kind in BLOCKS) != 1:
            raise ValueError("a block is one of paragraph, heading, list or steps")
        return values

    def texts(self) -> tuple[str, ...]:
        """Return the sentences of this block as they stand in the file."""
        return self.list or self.steps or (self.paragraph or self.heading or "",)

    @validator("country")
    def _known_country(cls, country: str | None) -> str | None:
        if country is not None and not vocabulary.is_word("country", country):
            raise ValueError(f"{country!r} is no country of labels.yml")
        return country


class Source(Strict):
    """The text on which an item rests, and the section of it."""

    doc: str
    section: str


def _in_vocabulary(question: str) -> Any:
    def check(cls: type, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            if not vocabulary.is_word(question, word):
                raise ValueError(f"{word!r} is no {question} of labels.yml")
        return words

    return validator(question, allow_reuse=True)(check)


TAGS = ("role", "position", "country", "form", "danger", "escalation", "platform", "school_has")


class Tagged(Strict):
    """What says for whom it is, in the words of labels.yml; a tag that is left out fits everybody."""

    role: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    escalation: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    school_has: tuple[str, ...] = ()  # fields of the profile of the school, see School

    _tags: tuple[tuple[str, frozenset[str]], ...] = PrivateAttr(())

    def __init__(self, **fields: Any) -> None:
        """Read the fields, and keep the tags at hand: they are looked at many times in every turn."""
        super().__init__(**fields)
        tags = ((tag, frozenset(getattr(self, tag))) for tag in TAGS)
        object.__setattr__(self, "_tags", tuple((tag, words) for tag, words in tags if words))

    def tags(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return the tags that are there, each with the values that it names."""
        return self._tags

    _check_role = _in_vocabulary("role")
    _check_position = _in_vocabulary("position")
    _check_country = _in_vocabulary("country")
    _check_form = _in_vocabulary("form")
    _check_danger = _in_vocabulary("danger")
    _check_escalation = _in_vocabulary("escalation")


class Heard(Strict):
    """What is recognised by its words: a regular expression over the plain message, with examples to prove it."""

    heard: re.Pattern | None  # type: ignore[type-arg] # pydantic knows it only so
    examples: tuple[str, ...] = ()
    not_heard: tuple[str, ...] = ()

    @root_validator(skip_on_failure=True)
    def _examples_prove_it(cls, values: dict[str, Any]) -> dict[str, Any]:
        heard = values["heard"]
        if bool(heard) != bool(values["examples"]):
            raise ValueError("heard needs examples, and examples need heard")
        for example in values["examples"]:
            if not heard.search(normalise(example)):
                raise ValueError(f"{example!r} is not heard")
        for example in values["not_heard"]:
            if heard and heard.search(normalise(example)):
                raise ValueError(f"{example!r} is heard")
        return values


class Item(Tagged, Heard):
    """Something Wegwijs can say, with for whom it is and where it comes from (content/README.md)."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    kind: Kind
    asks: Asks | None
    intent: tuple[str, ...] = ()
    priority: int = Field(5, ge=1, le=9)
    text: tuple[Block, ...]
    contacts: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    sheet: str | None  # that the person fills in on the own device
    calms: bool = False  # of a reply: a few words in which it is heard are no new danger
    source: Source

    _check_intent = _in_vocabulary("intent")

    @root_validator(skip_on_failure=True)
    def _fields_fit_the_kind(cls, values: dict[str, Any]) -> dict[str, Any]:
        needed = {
            "opening": ("intent",),
            "tip": ("intent",),
            "question": ("asks", "next"),
            "lead": ("escalation",),
            "help": ("danger",),
            "again": (),
            "afterwards": ("escalation",),
            "reply": ("heard", "examples"),
            "answer": () if values["asks"] or values["heard"] else ("intent",),
        }
        for field in ("text", *needed[values["kind"]]):
            if not values[field]:
                raise ValueError(f"an item of kind {values['kind']} needs {field}")
        return values


class Choice(Strict):
    """A quick reply: what it says, and what choosing it means."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    label: str = Field(..., max_length=40)
    intent: str | None
    guide: str | None  # it begins this guide
    sets: dict[str, str] = {}

    @root_validator(skip_on_failure=True)
    def _known_words(cls, values: dict[str, Any]) -> dict[str, Any]:
        said = dict(values["sets"])
        if values["intent"]:
            said["intent"] = values["intent"]
        for question, word in said.items():
            if question not in vocabulary.labels() or not vocabulary.is_word(question, word):
                raise ValueError(f"{question}: {word!r} does not stand in labels.yml")
        return values


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


class Platform(Heard):
    """An app, game or school system, known by its names and nicknames."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    name: str


class Helpline(Strict):
    """An organisation that helps. Phone numbers, addresses and hours stand here and nowhere else."""

    id: str = Field(regex=r"^[a-z0-9_]+$")
    name: str
    country: Literal["nl", "be", "both"]
    audience: tuple[Literal["child", "parent", "teacher"], ...]
    topics: tuple[str, ...]
    phone: str | None
    chat_url: str | None = Field(regex=r"^https?://")
    url: str | None = Field(regex=r"^https?://")
    hours: str | None  # of the phone, or the only ones, as in OpenStreetMap: "Mo-Fr 09:00-17:00; PH off"
    chat_hours: str | None  # where they differ, or are known by themselves
    hours_sure: bool
    cost: str | None
    note: str | None
    recommend: Literal["yes", "link_only", "mention", "with_care", "check_first", "only_if_asked"]
    checked: date
    sure: Literal["high", "medium", "low"]
    source: str

    @validator("hours", "chat_hours")
    def _can_be_read(cls, hours: str | None) -> str | None:
        if hours is not None and not opening_hours.validate(hours):
            raise ValueError(f'{hours!r} is not written like "Mo-Fr 09:00-17:00; PH off"')
        return hours


class School(Strict):
    """What is particular to one school: who is there, as children and parents call them. Any of it may be left out."""

    id: str = Field(regex=r"^[a-z0-9_-]+$")
    name: str
    country: Literal["nl", "be"]
    kind: Literal["primary", "secondary"]
    confidant: str | None
    coordinator: str | None  # against bullying
    mentor: str | None
    care_team: str | None
    management: str | None
    mailbox: str | None
    complaint_route: str | None
    police_contact: str | None
    protocol_url: str | None = Field(regex=r"^https://")

    def has(self) -> tuple[str, ...]:
        """Return the fields that are filled in."""
        return tuple(name for name, value in self if value)


class SourceText(Strict):
    """One of the texts that `source: {doc: ...}` may name."""

    id: str
    title: str
    publisher: str
    country: Literal["nl", "be", "both"]


class FailsafeReply(Strict):
    """A ready reply that needs no choice."""

    text: tuple[Block, ...]
    contacts: tuple[str, ...]


class Failsafe(Strict):
    """What the server says by itself: when something broke, and with every 4xx."""

    reply: FailsafeReply
    danger: FailsafeReply
    errors: dict[ErrorCode, str]

    @validator("errors")
    def _none_is_missing(cls, errors: dict[str, str]) -> dict[str, str]:
        missing = set(get_args(ErrorCode)) - set(errors)
        if missing:
            raise ValueError(f"no sentence for {', '.join(sorted(missing))}")
        return errors


class Navigation(Heard):
    """A quick reply that stands under every step of a guide, and the words that mean the same."""

    label: str


class Words(Strict):
    """The words between the facts: how opening hours are said, and how one walks through a guide."""

    always: str
    open_until: str
    opens: dict[Literal["today", "tomorrow", "later"], str]
    days: tuple[str, str, str, str, str, str, str]  # from Monday
    see_site: str
    by_phone: str
    greeting: Navigation  # its words tell a hello from an age or a place
    school: dict[str, str]  # what a field of a profile is called where there is no profile, or it is empty
    resume_guide: Navigation  # its label has the {title} of the guide
    print_guide: str
    next_step: Navigation
    previous_step: Navigation
    leave_guide: Navigation


class ContentFile(Strict):
    """One YAML file under content/; any file may hold any of these."""

    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    sources: tuple[SourceText, ...] = ()
    guides: tuple[Guide, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    platforms: tuple[Platform, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    schools: tuple[School, ...] = ()
    # Texts for children that are harder to read than they should be, with the reason.
    reading_exceptions: dict[str, str] = {}
    # Texts that hold words for somebody else to say, so that je stands in a text for adults.
    address_exceptions: dict[str, str] = {}
    failsafe: Failsafe | None
    words: Words | None
