"""The search for many expressions at once: prepared once, found again, never trusted when it is broken."""

from pathlib import Path

import pytest

from wegwijs.quick_search import QuickSearch, Unsearchable

EXPRESSIONS = [r"\bmes\b", r"ik wil (?:niet meer|dood)", r"dood(?! spel)"]


def test_it_names_what_may_be_found() -> None:
    """All that Python finds is named; what no expression has anything of is not."""
    search = QuickSearch(EXPRESSIONS)
    assert search.candidates("ik wil dood") == [1, 2]
    assert search.candidates("hij heeft een mes") == [0]
    assert search.candidates("hoi") == []


def test_what_was_prepared_is_found_again(tmp_path: Path) -> None:
    """The second start reads what the first one has prepared, and finds the same."""
    QuickSearch(EXPRESSIONS, tmp_path)
    [kept] = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o644, "made by root, read by nobody in particular"
    written = kept.stat().st_mtime_ns
    assert QuickSearch(EXPRESSIONS, tmp_path).candidates("ik wil dood") == [1, 2]
    assert kept.stat().st_mtime_ns == written


def test_other_expressions_are_prepared_anew(tmp_path: Path) -> None:
    """An expression that was changed is never searched as it was, and what is out of date goes."""
    QuickSearch(EXPRESSIONS, tmp_path)
    assert QuickSearch(["pistool"], tmp_path).candidates("een pistool en een mes") == [0]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "spoil", [lambda whole: b"", lambda whole: whole[:100], lambda whole: whole[:-9] + b"nonsense!"]
)
def test_what_is_broken_is_prepared_anew(tmp_path: Path, spoil) -> None:
    """A file that was cut off or changed finds no less; it is replaced."""
    QuickSearch(EXPRESSIONS, tmp_path)
    [kept] = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(spoil(whole))
    assert QuickSearch(EXPRESSIONS, tmp_path).candidates("ik wil dood") == [1, 2]
    assert kept.read_bytes() == whole


def test_where_nothing_can_be_written_it_still_searches() -> None:
    """A container that may not write prepares the search in memory."""
    assert QuickSearch(EXPRESSIONS, Path("/proc/nowhere")).candidates("ik wil dood") == [1, 2]


def test_an_expression_that_cannot_be_searched_is_named() -> None:
    """The mistake is found at the start, with the place of the expression."""
    with pytest.raises(Unsearchable) as caught:
        QuickSearch(["goed", "(fout"])
    assert caught.value.place == 1
