"""The word patterns of danger: each does what its own examples say."""

from pathlib import Path
from typing import Any

import pytest

from wegwijs.errors import ContentError
from wegwijs.files import DANGER_PATTERNS, read_yaml
from wegwijs.normalise import normalise
from wegwijs.patterns import Pattern, danger_patterns, load_patterns
from wegwijs.statements import read_statements, stated_role

PATTERNS = danger_patterns().patterns


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_a_pattern_finds_its_examples_and_no_look_alikes(pattern: Pattern) -> None:
    """Each example is found by this very pattern; each look-alike is not."""
    assert pattern.matches
    for example in pattern.matches:
        assert pattern.id in {hit.pattern for hit in danger_patterns().find(example)}, example
    for example in pattern.misses:
        assert pattern.id not in {hit.pattern for hit in danger_patterns().find(example)}, example


@pytest.mark.parametrize("exception", read_yaml(DANGER_PATTERNS)["exceptions"], ids=lambda exception: exception["id"])
def test_an_exception_makes_its_examples_harmless(exception: dict[str, list[str]]) -> None:
    """Figures of speech, games and negations are no danger."""
    for example in exception["examples"]:
        assert danger_patterns().find(example) == (), example


def test_an_exception_speaks_for_its_own_sentence_only() -> None:
    """A joke before it does not silence the danger."""
    assert danger_patterns().find("ik lach me dood. ik wil niet meer leven")


def test_ids_are_unique() -> None:
    """Two patterns never share a name."""
    names = [pattern.id for pattern in PATTERNS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("HELLLLP!!", "help!!"),
        ("één café", "een cafe"),
        ("’k ben  bang\n", "'k ben bang"),
        ("zee-eend 😭 ik", "zee eend ik"),
        ("", ""),
    ],
)
def test_normalising(typed: str, plain: str) -> None:
    """Case, accents, stretched letters and signs make no difference."""
    assert normalise(typed) == plain


def test_a_mistake_in_a_pattern_is_named(tmp_path: Path) -> None:
    """A broken expression names the file and the pattern."""
    file = tmp_path / "patterns.yml"
    file.write_text("patterns: [{id: broken_one, danger: threat, pattern: '('}]")
    with pytest.raises(ContentError, match="broken_one"):
        load_patterns(file)


@pytest.mark.parametrize("statement", read_statements(), ids=lambda statement: statement["role"])
def test_a_role_that_is_stated_is_read(statement: dict[str, Any]) -> None:
    """Who says outright who they are is believed; who speaks of somebody else is not."""
    for example in statement["matches"]:
        assert stated_role(example) == statement["role"], example
    for example in statement["not"]:
        assert stated_role(example) != statement["role"], example


def test_the_last_statement_counts() -> None:
    """A correction in the same message goes before what it corrects."""
    assert stated_role("ik ben 12. nee grapje, ik ben de moeder") == "parent"
