"""The content: read from content/, checked as a whole, every name that is used exists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from wegwijs.content_schema import Choice, ContentFile, Failsafe, Helpline, Item, SourceText, Words
from wegwijs.errors import ContentError
from wegwijs.files import CONTENT
from wegwijs.schema import read

PLACEHOLDER = re.compile(r"\{(\w+)\.(phone|name|url)\}")
_TYPED_NUMBER = re.compile(r"\b(?:0800|0900|088|030)[- ]?\d|\b(?:112|113|1813|116 ?000|1712)\b")


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
    files = [read(ContentFile, path) for path in paths]
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


def _only_one(folder: Path, field: str, files: Iterable[ContentFile]) -> Any:
    found = [getattr(file, field) for file in files if getattr(file, field)]
    if len(found) != 1:
        raise ContentError(f"{folder}: there must be one {field}, found {len(found)}")
    return found[0]


def _doubles(paths: Iterable[Path], files: Iterable[ContentFile]) -> Iterator[str]:
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
