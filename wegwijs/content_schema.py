"""The schema of content/: what an item, a quick reply, a helpline and a ready reply are (content/README.md)."""

import re
from datetime import date
from typing import Any, Literal, get_args

from pydantic import Field, root_validator, validator

from wegwijs import vocabulary
from wegwijs.schema import Strict

Kind = Literal["opening", "tip", "answer", "question", "lead", "help", "again", "afterwards", "reply"]
Asks = Literal["role", "country", "danger", "intent"]
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
_HOURS = re.compile(r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Block(Strict):
    """One piece of text: exactly one of the four fields is set."""

    paragraph: str | None
    heading: str | None
    list: tuple[str, ...] | None
    steps: tuple[str, ...] | None

    @root_validator
    def _exactly_one(cls, values: dict[str, Any]) -> dict[str, Any]:
        if sum(bool(value) for value in values.values()) != 1:
            raise ValueError("a block is one of paragraph, heading, list or steps")
        return values

    def texts(self) -> tuple[str, ...]:
        """Return the sentences of this block as they stand in the file."""
        return self.list or self.steps or (self.paragraph or self.heading or "",)


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


class Item(Strict):
    """Something Wegwijs can say, with for whom it is and where it comes from (content/README.md)."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    kind: Kind
    asks: Asks | None
    intent: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    escalation: tuple[str, ...] = ()
    priority: int = Field(5, ge=1, le=9)
    heard: re.Pattern | None  # type: ignore[type-arg] # pydantic knows it only so
    examples: tuple[str, ...] = ()
    text: tuple[Block, ...]
    contacts: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    source: Source

    _check_intent = _in_vocabulary("intent")
    _check_role = _in_vocabulary("role")
    _check_position = _in_vocabulary("position")
    _check_country = _in_vocabulary("country")
    _check_form = _in_vocabulary("form")
    _check_danger = _in_vocabulary("danger")
    _check_escalation = _in_vocabulary("escalation")

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
            "answer": () if values["asks"] else ("intent",),
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


Hours = Literal["24/7"] | dict[str, tuple[str, ...]] | None


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
    hours: Hours
    chat_hours: Hours
    hours_sure: bool
    cost: str | None
    note: str | None
    recommend: Literal["yes", "link_only", "mention", "with_care", "check_first", "only_if_asked"]
    checked: date
    sure: Literal["high", "medium", "low"]
    source: str

    @validator("hours", "chat_hours")
    def _days_and_times(cls, hours: Hours) -> Hours:
        if isinstance(hours, dict):
            for day, spans in hours.items():
                if day not in DAYS or not all(_HOURS.match(span) for span in spans):
                    raise ValueError(f'{day}: {spans} is not a day with spans such as "11:00-21:00"')
        return hours


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


class Words(Strict):
    """The words between the facts: how opening hours are said."""

    always: str
    open_today: str
    closed_today: str
    see_site: str
    by_phone: str


class ContentFile(Strict):
    """One YAML file under content/; any file may hold any of these."""

    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    sources: tuple[SourceText, ...] = ()
    failsafe: Failsafe | None
    words: Words | None
