"""The word patterns of danger: each does what its own examples say."""

from pathlib import Path

import pytest

from evaluation.messages import read_messages
from wegwijs.errors import ContentError
from wegwijs.normalise import normalise, readings
from wegwijs.patterns import Pattern, PatternException, danger_patterns, load_patterns
from wegwijs.quick_search import QuickSearch
from wegwijs.statements import Statement, read_statements, stated

PATTERNS = danger_patterns().patterns


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_a_pattern_finds_its_examples_and_no_look_alikes(pattern: Pattern) -> None:
    """Each example is found by this very pattern; each look-alike is not."""
    assert pattern.matches
    for example in pattern.matches:
        assert pattern.id in {hit.pattern for hit in danger_patterns().find(example)}, example
    for example in pattern.misses:
        assert pattern.id not in {hit.pattern for hit in danger_patterns().find(example)}, example


@pytest.mark.parametrize("exception", danger_patterns().exceptions, ids=lambda exception: exception.id)
def test_an_exception_makes_its_examples_harmless(exception: PatternException) -> None:
    """Figures of speech, games and negations are no danger."""
    for example in exception.examples:
        assert danger_patterns().find(example) == (), example


def test_an_exception_speaks_for_its_own_sentence_only() -> None:
    """A joke before it does not silence the danger, with or without a full stop or on a line of its own."""
    for between in (". ", " maar ", "\n"):
        assert danger_patterns().find(f"ik lach me dood{between}ik wil niet meer leven")


def test_stretched_letters_hide_nothing() -> None:
    """Whether one or two letters are left of the stretched ones, the danger is found."""
    assert danger_patterns().find("ik wil dooooood")
    assert danger_patterns().find("ik wil nieeeet meer leven")


def test_searching_all_at_once_overlooks_nothing() -> None:
    """What one expression finds by itself is found when all are searched together."""
    found, search = 0, QuickSearch([one.pattern.pattern for one in PATTERNS])
    for message in read_messages():
        for plain in readings(message.text):
            alone = {one.id for one in PATTERNS if one.pattern.search(plain)}
            together = {PATTERNS[place].id for place in search.candidates(plain)} if alone else set()
            assert alone <= together, plain
            found += len(alone)
    assert found > 100


def test_ids_are_unique() -> None:
    """Two patterns never share a name."""
    names = [pattern.id for pattern in PATTERNS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("HELLLLP!!", "help!!"),
        ("één café", "een cafe"),
        ("’k ben  bang", "'k ben bang"),
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
    file.write_text("patterns: [{id: broken_one, danger: threat, pattern: '(', matches: [x]}]")
    with pytest.raises(ContentError, match="broken_one: pattern"):
        load_patterns(file)


def test_a_field_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """A mistyped `emergency` stops the start instead of making an emergency of it no more."""
    file = tmp_path / "patterns.yml"
    file.write_text("patterns: [{id: mistyped, danger: threat, pattern: 'x', matches: [x], emergancy: true}]")
    with pytest.raises(ContentError, match="mistyped: emergancy"):
        load_patterns(file)


def test_a_pattern_that_slows_the_others_is_named(tmp_path: Path) -> None:
    """An end of the text in the middle of an expression cannot be searched together with the others."""
    file = tmp_path / "patterns.yml"
    file.write_text("patterns: [{id: ends_inside, danger: threat, pattern: '(nu$)x', matches: [x]}]")
    with pytest.raises(ContentError, match="ends_inside"):
        load_patterns(file)


@pytest.mark.parametrize("statement", read_statements(), ids=lambda one: one.word)
def test_what_is_stated_is_read(statement: Statement) -> None:
    """Who says outright who or where they are is believed; who speaks of somebody else is not."""
    for example in statement.matches:
        assert stated(statement.question, normalise(example)) == statement.word, example
    for example in statement.misses:
        assert stated(statement.question, normalise(example)) != statement.word, example


def test_the_last_statement_counts() -> None:
    """A correction in the same message goes before what it corrects."""
    assert stated("role", "ik ben 12. nee grapje, ik ben de moeder") == "parent"
