"""The content: the schema of content/ and the loader that names the file, the item and the field that is wrong."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field, root_validator, validator

from wegwijs import vocabulary
from wegwijs.errors import ContentError
from wegwijs.files import CONTENT
from wegwijs.schema import Strict, read

Kind = Literal["opening", "tip", "answer", "question", "lead", "help", "again"]
Asks = Literal["role", "country", "danger"]
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
PLACEHOLDER = re.compile(r"\{(\w+)\.(phone|name|url)\}")
_TYPED_NUMBER = re.compile(r"\b(?:0800|0900|088|030)[- ]?\d|\b(?:112|113|1813|116 ?000|1712)\b")
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


class _File(Strict):
    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    sources: tuple[SourceText, ...] = ()
    failsafe: Failsafe | None
    words: Words | None


@dataclass(frozen=True)
class Content:
    """All of content/, checked: every name that an item uses exists."""

    items: tuple[Item, ...]
    choices: dict[str, Choice]
    helplines: dict[str, Helpline]
    sources: dict[str, SourceText]
    failsafe: Failsafe
    words: Words

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """The items by their ids."""
        return {item.id: item for item in self.items}

    def fill_in(self, text: str) -> str:
        """Replace placeholders such as {kindertelefoon.phone} by what the helpline file has."""
        return PLACEHOLDER.sub(lambda found: str(getattr(self.helplines[found[1]], found[2])), text)


def load_content(folder: Path = CONTENT) -> Content:
    """Read and check every YAML file under a folder.

    Raises:
        ContentError: names the file, the item and the field of everything that is wrong.
    """
    paths = sorted(folder.rglob("*.yml"))
    files = [read(_File, path) for path in paths]
    problems = list(_doubles(paths, files))
    content = Content(
        items=tuple(item for file in files for item in file.items),
        choices={choice.id: choice for file in files for choice in file.choices},
        helplines={line.id: line for file in files for line in file.helplines},
        sources={text.id: text for file in files for text in file.sources},
        failsafe=_only_one(folder, "failsafe", files),
        words=_only_one(folder, "words", files),
    )
    for path, file in zip(paths, files, strict=True):
        for item in file.items:
            problems += [f"{path}: {item.id}: {problem}" for problem in _loose_ends(item, content)]
    for ready in (content.failsafe.reply, content.failsafe.danger):
        texts = [text for block in ready.text for text in block.texts()]
        problems += [f"{folder}: failsafe: {problem}" for problem in _loose_contacts(ready.contacts, content)]
        problems += [f"{folder}: failsafe: {problem}" for problem in _loose_texts(texts, content)]
    sentences = [text.replace("{limit}", "") for text in content.failsafe.errors.values()]
    problems += [f"{folder}: failsafe: {problem}" for problem in _loose_texts(sentences, content)]
    if problems:
        raise ContentError("\n".join(problems))
    return content


@lru_cache(maxsize=1)
def content() -> Content:
    """Return the content of this installation, read once."""
    return load_content()


def _only_one(folder: Path, field: str, files: Iterable[_File]) -> Any:
    found = [getattr(file, field) for file in files if getattr(file, field)]
    if len(found) != 1:
        raise ContentError(f"{folder}: there must be one {field}, found {len(found)}")
    return found[0]


def _doubles(paths: Iterable[Path], files: Iterable[_File]) -> Iterator[str]:
    seen: dict[tuple[str, str], Path] = {}
    for path, file in zip(paths, files, strict=True):
        for kind in ("items", "choices", "helplines", "sources"):
            for entry in getattr(file, kind):
                if (kind, entry.id) in seen:
                    yield f"{path}: {entry.id}: this id also stands in {seen[kind, entry.id]}"
                seen[kind, entry.id] = path


def _loose_ends(item: Item, content: Content) -> Iterator[str]:
    yield from _loose_contacts(item.contacts, content)
    for name in item.next:
        if name not in content.choices:
            yield f"next: {name!r} is no choice"
    if item.source.doc not in content.sources:
        yield f"source: {item.source.doc!r} does not stand in sources.yml"
    yield from _loose_texts((text for block in item.text for text in block.texts()), content)


def _loose_contacts(names: Iterable[str], content: Content) -> Iterator[str]:
    for name in names:
        if name not in content.helplines:
            yield f"contacts: {name!r} does not stand in helplines.yml"


def _loose_texts(texts: Iterable[str], content: Content) -> Iterator[str]:
    for text in texts:
        for name, field in PLACEHOLDER.findall(text):
            if not getattr(content.helplines.get(name), field, None):
                yield f"text: {{{name}.{field}}} does not stand in helplines.yml"
        without = PLACEHOLDER.sub("", text)
        if "{" in without or "}" in without:
            yield f"text: {text!r} has a brace that is no placeholder such as {{kindertelefoon.phone}}"
        if _TYPED_NUMBER.search(without):
            yield f"text: {text!r} has a typed phone number; write {{id.phone}}"
