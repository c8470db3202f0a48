"""The content: read from content/, checked as a whole, every name that is used exists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_args

from wegwijs.content_file import ContentFile, Failsafe, Words
from wegwijs.content_schema import Block, Choice, Item, Kind
from wegwijs.directory_schema import Helpline, Platform, School, SourceText
from wegwijs.errors import ContentError
from wegwijs.files import CONTENT
from wegwijs.guide_schema import BALANCED, Calendar, Guide, Sheet, Step
from wegwijs.listener import Listener
from wegwijs.schema import read
from wegwijs.shelf import Shelf
from wegwijs.vocabulary import UNKNOWN

PLACEHOLDER = re.compile(r"\{(?!school\.)(\w+)\.(phone|name|url)\}")
_OF_THE_SCHOOL = re.compile(r"\{school\.(\w+)\}")
_FIELD = re.compile(r"\{(\w+)\}")
# What a file may hold that is looked up by its id; the fields of Content of the same name.
_BY_ID = ("choices", "helplines", "sources", "guides", "sheets", "platforms", "calendars", "schools")
_TYPED_NUMBER = re.compile(r"\b(?:0800|0900|088|030)[- ]?\d|\b(?:112|113|1813|116 ?000|1712)\b")


@dataclass(frozen=True)
class Content:
    """All of content/, checked: every name that an item uses exists."""

    items: tuple[Item, ...]
    choices: dict[str, Choice]
    helplines: dict[str, Helpline]
    sources: dict[str, SourceText]
    guides: dict[str, Guide]
    sheets: dict[str, Sheet]
    platforms: dict[str, Platform]
    calendars: dict[str, Calendar]
    schools: dict[str, School]
    reading_exceptions: dict[str, str]
    address_exceptions: dict[str, str]
    failsafe: Failsafe
    words: Words

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """The items by their ids."""
        return {item.id: item for item in self.items}

    def everything_said(self) -> Iterator[tuple[str, tuple[str, ...], list[Block]]]:
        """Yield the id, the roles it is for and the text of every item, and of every step of a guide."""
        for item in self.items:
            yield item.id, item.role, list(item.text)
        for guide in self.guides.values():
            for step in guide.steps:
                yield f"{guide.id}.{step.id}", step.role or guide.role, step.whole_text()

    @cached_property
    def of_kind(self) -> dict[Kind, Shelf]:
        """The items by their kinds."""
        return {kind: Shelf(item for item in self.items if item.kind == kind) for kind in get_args(Kind)}

    @cached_property
    def to_intents(self) -> Shelf:
        """The answers that say which intents they answer."""
        return Shelf(item for item in self.of_kind["answer"] if item.intent)

    @cached_property
    def by_name(self) -> Shelf:
        """The answers about one thing that a message names: an app, an organisation, a word."""
        return Shelf(item for item in self.of_kind["answer"] if item.platform or item.heard)

    def platform_in(self, plain: str) -> str | None:
        """Return the app, game or school system that a message in its plain form names last."""
        named = [
            (found.start(), platform.id)
            for platform in self._platform_listener.candidates(plain)
            if platform.heard
            for found in platform.heard.finditer(plain)
        ]
        return max(named)[1] if named else None

    def guides_in(self, plain: str) -> list[Guide]:
        """Return the guides that a message in its plain form asks for."""
        may = self._guide_listener.candidates(plain)
        return [guide for guide in may if guide.heard and guide.heard.search(plain)]

    @cached_property
    def _platform_listener(self) -> Listener[Platform]:
        return Listener(self.platforms.values(), whole=True)

    @cached_property
    def _guide_listener(self) -> Listener[Guide]:
        return Listener(self.guides.values())

    def fill_in(self, text: str, school: str | None = None) -> str:
        """Replace {kindertelefoon.phone} by what the helpline file has, and {school.confidant} by who it is there.

        Args:
            text: a sentence of the content.
            school: the id of a school; without a profile its people are called by their function.
        """
        profile = self.schools.get(school or "")
        there = _OF_THE_SCHOOL.sub(lambda found: getattr(profile, found[1], None) or self.words.school[found[1]], text)
        return PLACEHOLDER.sub(lambda found: str(getattr(self.helplines[found[1]], found[2])), there)


def load_content(folder: Path = CONTENT) -> Content:
    """Read and check every YAML file under a folder.

    Raises:
        ContentError: names the file, the item and the field of everything that is wrong.
    """
    paths = sorted(folder.rglob("*.yml"))
    files = [read(ContentFile, path) for path in paths]
    problems = list(_doubles(paths, files))
    content = Content(
        items=tuple(item for file in files for item in file.items),
        **{field: _by_id(field, files) for field in _BY_ID},
        reading_exceptions={name: why for file in files for name, why in file.reading_exceptions.items()},
        address_exceptions={name: why for file in files for name, why in file.address_exceptions.items()},
        failsafe=_only_one(folder, "failsafe", files),
        words=_only_one(folder, "words", files),
    )
    for path, file in zip(paths, files, strict=True):
        for entry in (*file.items, *file.guides, *file.choices, *file.sheets):
            problems += [f"{path}: {entry.id}: {problem}" for problem in _loose_ends(entry, content)]
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


def _only_one(folder: Path, field: str, files: Iterable[ContentFile]) -> Any:
    found = [getattr(file, field) for file in files if getattr(file, field)]
    if len(found) != 1:
        raise ContentError(f"{folder}: there must be one {field}, found {len(found)}")
    return found[0]


def _by_id(field: str, files: Iterable[ContentFile]) -> dict[str, Any]:
    return {entry.id: entry for file in files for entry in getattr(file, field)}


def _doubles(paths: Iterable[Path], files: Iterable[ContentFile]) -> Iterator[str]:
    seen: dict[tuple[str, str], Path] = {}
    for path, file in zip(paths, files, strict=True):
        for kind in ("items", *_BY_ID):
            for entry in getattr(file, kind):
                if (kind, entry.id) in seen:
                    yield f"{path}: {entry.id}: this id also stands in {seen[kind, entry.id]}"
                seen[kind, entry.id] = path


def _loose_ends(entry: Item | Guide | Choice | Sheet, content: Content) -> Iterator[str]:
    match entry:
        case Item():
            yield from _loose_message(entry, entry.text, content)
            yield from _loose_source(entry, content)
            yield from _foreign_numbers(entry, content)
        case Guide():
            yield from _loose_source(entry, content)
            names = [step.id for step in entry.steps]
            yield from (f"steps: {name!r} stands there twice" for name in names if names.count(name) > 1)
            for step in entry.steps:
                yield from (f"{step.id}: {problem}" for problem in _loose_step(step, entry, content))
        case Choice() if entry.guide and entry.guide not in content.guides:
            yield f"guide: {entry.guide!r} is no guide"
        case Sheet():
            fields = {field.id for field in entry.fields}
            for name in (name for line in entry.text for name in _FIELD.findall(line)):
                if name not in fields:
                    yield f"text: {{{name}}} is no field of this sheet"


def _loose_step(step: Step, guide: Guide, content: Content) -> Iterator[str]:
    yield from _loose_message(step, step.whole_text(), content)
    answers = {one.id: {answer.id for answer in one.answers} for one in guide.steps}
    for answer in step.answers:
        if answer.to and answer.to not in answers:
            yield f"answers: {answer.to!r} is no step of this guide"
    if step.calendar and step.calendar not in content.calendars:
        yield f"calendar: {step.calendar!r} is no calendar"
    outcomes = {answer.speaks_for for one in guide.steps for answer in one.answers} | {None, BALANCED}
    for part in step.parts():
        if part.most not in outcomes:
            yield f"most: {part.most!r}: no answer of this guide speaks for it"
    for asked, said in ((asked, said) for part in step.parts() for asked, said in part.when.items()):
        if not set(said) <= answers.get(asked, set()):
            yield f"when: {asked}: {list(said)} are no answers of that step"


def _loose_message(entry: Item | Step, text: Iterable[Block], content: Content) -> Iterator[str]:
    yield from _loose_contacts(entry.contacts, content)
    yield from (f"next: {name!r} is no choice" for name in entry.next if name not in content.choices)
    yield from (f"school_has: {name!r} is no field" for name in entry.school_has if name not in content.words.school)
    yield from (f"platform: {name!r} is no platform" for name in entry.platform if name not in content.platforms)
    if entry.sheet and entry.sheet not in content.sheets:
        yield f"sheet: {entry.sheet!r} is no sheet"
    yield from _loose_texts((line for block in text for line in block.texts()), content)


def _foreign_numbers(item: Item, content: Content) -> Iterator[str]:
    """Yield texts that give somebody a number that is of use in the other country only."""
    if item.heard:
        return  # who asks for a line by its name is told of it
    called = {block: _countries_called(block, content) for block in item.text}
    if {"nl", "be"} <= set().union(*called.values()):
        return
    for block, countries in called.items():
        readers = ({block.country} if block.country else set(item.country) or {"nl", "be"}) - {UNKNOWN}
        if countries and readers - countries:
            yield f"text: {block.texts()[0]!r} has a number of {countries.pop()} only; say so with `country`"


def _countries_called(block: Block, content: Content) -> set[str]:
    found = PLACEHOLDER.findall(" ".join(block.texts()))
    lines = [content.helplines[name] for name, field in found if field == "phone" and name in content.helplines]
    return {str(line.country) for line in lines} - {"both"}


def _loose_source(entry: Item | Guide, content: Content) -> Iterator[str]:
    if entry.source.doc not in content.sources:
        yield f"source: {entry.source.doc!r} does not stand in sources.yml"


def _loose_contacts(names: Iterable[str], content: Content) -> Iterator[str]:
    for name in names:
        if name not in content.helplines:
            yield f"contacts: {name!r} does not stand in helplines.yml"


def _loose_texts(texts: Iterable[str], content: Content) -> Iterator[str]:
    for text in texts:
        for name, field in PLACEHOLDER.findall(text):
            if not getattr(content.helplines.get(name), field, None):
                yield f"text: {{{name}.{field}}} does not stand in helplines.yml"
        yield from (
            f"text: {{school.{name}}}: no such field"
            for name in _OF_THE_SCHOOL.findall(text)
            if name not in content.words.school
        )
        without = _OF_THE_SCHOOL.sub("", PLACEHOLDER.sub("", text))
        if "{" in without or "}" in without:
            yield f"text: {text!r} has a brace that is no placeholder such as {{kindertelefoon.phone}}"
        if _TYPED_NUMBER.search(without):
            yield f"text: {text!r} has a typed phone number; write {{id.phone}}"
