"""The schema of what Wegwijs says: texts, for whom they are, and quick replies (content/README.md)."""

import re
from typing import Any, Literal

from pydantic import Field, PrivateAttr, root_validator, validator

from wegwijs import vocabulary
from wegwijs.normalise import normalise
from wegwijs.schema import Strict

Kind = Literal["opening", "tip", "answer", "question", "lead", "help", "again", "afterwards", "reply"]


Asks = Literal["role", "country", "danger", "intent", "guide"]


BLOCKS = ("paragraph", "heading", "list", "steps")


class Block(Strict):
    """One piece of text: exactly one of the first four fields is set."""

    paragraph: str | None
    heading: str | None
    list: tuple[str, ...] | None
    steps: tuple[str, ...] | None
    country: str | None  # left out for who is known to live in the other one
    school_kind: Literal["primary", "secondary"] | None  # left out at a school that is known to be of the other kind

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


TAGS = ("role", "position", "country", "form", "danger", "escalation", "platform", "school_kind", "school_has")


class Tagged(Strict):
    """What says for whom it is, in the words of labels.yml; a tag that is left out fits everybody."""

    role: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    escalation: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    school_kind: tuple[Literal["primary", "secondary", "unknown"], ...] = ()
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
