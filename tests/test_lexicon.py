"""The lexicon of concepts and the table of spellings, as an editor changes them."""

from pathlib import Path

import pytest

from evaluation.messages import read_messages
from wegwijs.errors import ContentError
from wegwijs.lexicon import Lexicon, load_lexicon
from wegwijs.reading import read_message
from wegwijs.spelling import load_spelling, spelling

_GOOD = """
groups:
  my: mijn, m'n
concepts:
- id: own_child
  means: a child of the writer
  words: "{my} zoon, puberzoon*"
"""


def written(folder: Path, text: str, name: str = "one.yml") -> Path:
    """Write a file of concepts and return its folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def concepts(text: str) -> set[str]:
    """Return the concepts of a message."""
    return {tag.concept for tag in read_message(text).tags}


def test_groups_and_stars_are_spread_out(tmp_path: Path) -> None:
    """An entry holds for every word of the group that it names, and a star for any rest of a word."""
    found = load_lexicon(written(tmp_path, _GOOD))
    assert {tag.concept for tag in found.phrases(["hier", "is", "m'n", "zoon"])} == {"own_child"}
    assert found.concepts_of("puberzoontje") == {"own_child"}
    assert found.concepts_of("zoontje") == set()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (_GOOD.replace("{my}", "{our}"), "{our}"),
        (_GOOD.replace("puberzoon*", "z*"), "z*"),
        (_GOOD.replace("puberzoon*", "pu*zoon"), "pu*zoon"),
        (_GOOD.replace("means", "meaning"), "meaning"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, wrong: str, named: str) -> None:
    """An editor reads in which file and concept the mistake is."""
    with pytest.raises(ContentError) as caught:
        load_lexicon(written(tmp_path, wrong))
    assert "one.yml" in str(caught.value)
    assert named in str(caught.value)


def test_a_concept_stands_in_one_file_only(tmp_path: Path) -> None:
    """The same id in two files is a mistake, not two halves."""
    written(tmp_path, _GOOD)
    with pytest.raises(ContentError, match="own_child"):
        load_lexicon(written(tmp_path, _GOOD, "two.yml"))


def test_words_that_people_type_are_not_kept() -> None:
    """No word of a message stays behind in the memory of spaCy."""
    found = Lexicon([("greeting", "goeie morgen")])
    list(found.phrases(["goeie", "morgen", "geheimwoord"]))
    assert "geheimwoord" not in found._vocab.strings


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("mijn dochter wil niet meer naar school", "own_daughter"),
        ("hij heeft een mes bij", "weapon"),
        ("ze hebben me uit de groep gegooid", "removed_from_group"),
        ("kweet nie wa doen", "social_dont_know_unclear"),
        ("we zaten op de speelplaats", "school_things_be"),
    ],
)
def test_the_lexicon_knows_the_words_of_the_domain(text: str, concept: str) -> None:
    """Typed as people type, a message gets the concepts that it is about."""
    assert concept in concepts(text)


def test_the_lexicon_is_broad() -> None:
    """Of the words of messages that nobody looked at when it was written, most have a concept."""
    words = [word for message in read_messages() for word in read_message(message.text).words]
    assert sum(bool(word.concepts) for word in words) > len(words) / 3


@pytest.mark.parametrize(
    ("typed", "standard"),
    [("gepesd", "gepest"), ("kheb", "ik heb"), ("idk", "ik weet het niet"), ("nie", "niet"), ("sch00l", "school")],
)
def test_chat_words_get_their_standard_form(typed: str, standard: str) -> None:
    """Misspelt, glued, shortened, Flemish, and digits for letters."""
    assert spelling().standard(typed) == standard


@pytest.mark.parametrize(
    "word", ["slagen", "me", "dak", "eik", "mes", "das", "gewist", "4a", "2b", "b2", "groep6", "112"]
)
def test_real_words_are_left_alone(word: str) -> None:
    """A word with a meaning of its own, a class or a number is not turned into another."""
    assert spelling().standard(word) == word


def test_one_word_stands_for_one_thing(tmp_path: Path) -> None:
    """A word as typed with two standard forms is a mistake that is named."""
    path = tmp_path / "spelling.yml"
    path.write_text('misspelt: {"wand": "want"}\nflemish: {"muur": "want"}\nshort: {}\n', encoding="utf-8")
    with pytest.raises(ContentError, match="want"):
        load_spelling(path)


def test_the_question_is_found_in_the_middle() -> None:
    """The sentence with the question mark is the question, wherever it stands."""
    read = read_message("Ze pesten me al een jaar. Bij wie moet ik zijn? Ik zit in groep 8")
    assert read.question == ("bij", "wie", "moet", "ik", "zijn")
    assert read.last == ("ik", "zit", "in", "groep", "8")


@pytest.mark.parametrize("text", ["", " ", "?!", "😂", "\u202e"])
def test_nothing_can_be_read(text: str) -> None:
    """An empty reading is a reading too."""
    assert read_message(text).question == ()
