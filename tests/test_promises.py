"""What the documents promise about privacy: each promise has a test, and nothing that is kept is left out."""

import ast
import re
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

import pytest

from bot.channels import pieces
from bot.channels.requests import Said
from bot.talks.records import IDLE_SECONDS
from bot.talks.talk import Talk
from wegwijs.content import Content
from wegwijs.files import BOT, ROOT, read_yaml

PRIVACY, SECURITY = ROOT / "docs" / "nl" / "privacy.md", ROOT / "SECURITY.md"
OPENING = {"country", "role", "school"}  # of POST sessions (docs/http.md)
_TEST = re.compile(r"(tests/\w+\.py)::(test_\w+)")
_PROMISES = "## Elke belofte en haar test"


@lru_cache
def _tests(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.exists():
        return frozenset()
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, functions))


def _rows(text: str) -> list[list[str]]:
    """The rows of the tables of a text, cell by cell, without heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|- ")]


@pytest.mark.parametrize("document", [PRIVACY, SECURITY], ids=lambda path: path.name)
def test_every_test_that_is_named_exists(document: Path) -> None:
    """A promise whose test was removed or renamed is no promise any more."""
    named = _TEST.findall(document.read_text())
    assert len(named) > 10
    assert [f"{path}::{name}" for path, name in named if name not in _tests(path)] == []


def test_every_promise_names_a_test() -> None:
    """No row of the table of promises stands there without one."""
    section = PRIVACY.read_text().partition(_PROMISES)[2].partition("\n## ")[0]
    promises = _rows(section)[1:]
    assert len(promises) > 10
    assert [row[0] for row in promises if not _TEST.search(row[1])] == []


def test_every_slot_and_field_stands_in_the_tables() -> None:
    """What the domain, the record of a talk and the requests have, the tables explain by name."""
    explained = {name for row in _rows(PRIVACY.read_text()) for name in re.findall(r"`(\w+)`", row[0])}
    slots = set(read_yaml(BOT / "domain.yml")["slots"])
    kept = {field.name for field in fields(Talk)}
    asked = {field.name for field in fields(Said)} | OPENING
    assert slots | kept | asked <= explained


def test_the_chat_says_the_same(texts: Content) -> None:
    """The answers about privacy and the document have the terms that the code has, and the button that is there."""
    minutes = str(IDLE_SECONDS // 60)
    wipe = re.search(r'wipe: "(.+)"', (ROOT / "widget" / "strings.js").read_text())
    assert wipe
    assert pieces.SECONDS == 60
    for name in ("child_privacy", "privacy_formal"):
        said = str(texts.by_id[name].text)
        for part in (f"{minutes} minuten", "één minuut", wipe[1]):
            assert part in said, (name, part)
    document = PRIVACY.read_text()
    assert f"{minutes} minuten" in document
    assert wipe[1] in document
