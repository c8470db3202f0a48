"""What is recognised by its words: found quickly, and never less than each expression finds by itself."""

import re
from collections.abc import Iterator

import pytest

from evaluation.messages import read_messages
from wegwijs.content import content
from wegwijs.content_schema import Heard
from wegwijs.listener import Listener, places
from wegwijs.needed import needed
from wegwijs.normalise import normalise


@pytest.mark.parametrize(
    ("expression", "pieces"),
    [
        (r"\bmeldknop(\.nl)?\b", {"meldknop"}),
        (r"\b(juf|meester|mentor)\b.{0,20}\bweet het\b", {"weet het"}),
        (r"^(?=.*\b(kinderrechter|kindermishandeling)\b).*", {"kinderrechter", "kindermishandeling"}),
        (r"(pest|treiter)+en", {"pest", "treiter"}),
        (r"(pesten)?", set()),
        (r"pesten|ja", set()),
        (r"^(?!.*pesten)", set()),
        (r"[a-z]+", set()),
    ],
)
def test_what_a_text_must_contain(expression: str, pieces: set[str]) -> None:
    """One of the pieces stands in each text where the expression is found; what may be missing is no such piece."""
    assert needed(expression) == pieces


def _all_heard() -> Iterator[Heard]:
    yield from (entry for entry in (*content().items, *content().guides.values()) if entry.heard)
    yield from (entry for entry in content().platforms.values() if entry.heard)


@pytest.mark.parametrize("apps", [False, True], ids=["all", "apps and games"])
def test_nothing_is_overheard(apps: bool) -> None:
    """Whatever is heard in one of its examples, or in a message that people wrote, may be heard for the listener."""
    entries = list(content().platforms.values() if apps else _all_heard())
    listener, found = Listener(entries, whole=apps), 0
    texts = [example for entry in entries for example in entry.examples]
    for plain in map(normalise, [*texts, *(message.text for message in read_messages()[::10])]):
        may = set(places(listener.may_hear(plain)))
        heard = {place for place, entry in enumerate(entries) if entry.heard and entry.heard.search(plain)}
        assert heard <= may, plain
        found += len(heard)
    assert found > (100 if apps else 1000)


def test_little_is_listened_for() -> None:
    """Of the expressions of the content less than a third is searched in a message: the others cannot be in it."""
    entries, messages = list(_all_heard()), read_messages()[::10]
    listener = Listener(entries)
    searched = sum(len(list(places(listener.may_hear(normalise(message.text))))) for message in messages)
    assert searched < len(entries) * len(messages) / 3


def test_who_has_no_words_is_always_heard() -> None:
    """An entry without words of its own fits any message."""
    bullying = Heard(heard=re.compile("pesten"), examples=("pesten",))
    listener = Listener([Heard(), bullying])
    assert list(places(listener.may_hear("hoi"))) == [0]
    assert list(places(listener.may_hear("ze pesten mij"))) == [0, 1]


def test_of_a_few_only_what_is_there_may_be_heard() -> None:
    """Whole expressions are searched for, where a piece alone would do; those that cannot be by their pieces."""
    bullying = Heard(heard=re.compile(r"\bpesten met appen\b"), examples=("pesten met appen",))
    inside = Heard(heard=re.compile(r"met (^|\s*)app"), examples=("met app",))  # more than Hyperscan can do
    listener = Listener([bullying, inside], whole=True)
    assert list(places(listener.may_hear("pesten met woorden"))) == [1]
    assert list(places(listener.may_hear("pesten met appen"))) == [0, 1]
    assert list(places(Listener([bullying]).may_hear("appen, pesten met appen"))) == [0]
