"""What a child reads is easy, and everybody is addressed as they should be: measured, and named when not."""

import shutil
from pathlib import Path

import pytest

from wegwijs.address_form import wrong_address
from wegwijs.content import Content, load_content
from wegwijs.files import CONTENT
from wegwijs.reading_level import douma, too_hard

ITEM = """
items:
- id: one
  kind: answer
  intent: [ask_tips]
  role: [{role}]
  text:
  - paragraph: "{text}"
  source: {{doc: wegwijs, section: Vragen}}
"""
EASY = "Je mag het altijd zeggen. Ga naar iemand die je kent. " * 3
LONG = "Je " + "en je " * 10 + "mag het zeggen."
HARD = "Onmiddellijke communicatie met vertrouwenspersonen vermindert psychologische belasting. " * 4


def with_text(tmp_path: Path, role: str, text: str) -> Content:
    """All content, and one text more."""
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "new.yml").write_text(ITEM.format(role=role, text=text), "utf-8")
    return load_content(tmp_path)


def test_all_texts_for_children_are_easy_to_read(texts: Content) -> None:
    """No text for a child is harder than what ten-year-olds read, but for those with a reason beside them."""
    assert list(too_hard(texts)) == []
    assert len(texts.reading_exceptions) <= 5


def test_everybody_is_addressed_as_they_should_be(texts: Content) -> None:
    """A child is je, a parent or teacher u."""
    assert list(wrong_address(texts)) == []


@pytest.mark.parametrize(("text", "named"), [(LONG, "a sentence of 24 words"), (HARD, "Flesch-Douma")])
def test_a_hard_text_is_named(tmp_path: Path, text: str, named: str) -> None:
    """A sentence that is too long, or words that are, are found; the same text may be read by an adult."""
    assert any(line.startswith("one: ") and named in line for line in too_hard(with_text(tmp_path, "child", text)))
    assert list(too_hard(with_text(tmp_path, "teacher", text))) == []


def test_an_easy_text_passes(tmp_path: Path) -> None:
    """Short sentences of short words are what we ask for."""
    assert list(too_hard(with_text(tmp_path, "child", EASY))) == []


def test_the_formula_is_that_of_douma() -> None:
    """206.84 - 0.93 words a sentence - 77 syllables a word: four words of one syllable score 126.1."""
    assert douma([["ik", "ga", "naar", "huis"]]) == pytest.approx(206.84 - 0.93 * 4 - 77)


@pytest.mark.parametrize(
    ("role", "text", "wrong"),
    [
        ("teacher", "Vertel je leerling dat het mag.", True),
        ("teacher", "Vraag: 'Wat wil je dat ik doe?' Noteer het.", False),
        ("parent", "U kunt het zeggen.", False),
        ("child", "U mag het zeggen.", True),
        ("child", "Je mag het zeggen.", False),
    ],
)
def test_a_wrong_address_is_named(tmp_path: Path, role: str, text: str, wrong: bool) -> None:
    """Je to an adult and u to a child are found; words that somebody else says are not."""
    assert any(line.startswith("one: ") for line in wrong_address(with_text(tmp_path, role, text))) is wrong


def test_an_exception_that_is_none_any_more_is_named(tmp_path: Path) -> None:
    """The list of exceptions does not outlive its reasons."""
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "new.yml").write_text("reading_exceptions: {child_target_tell_somebody: no reason}", "utf-8")
    assert any("child_target_tell_somebody" in line for line in too_hard(load_content(tmp_path)))
