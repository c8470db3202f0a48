"""Knowledge of words: tags the words of a message with the concepts of bot/data/concepts, such as own_son or weapon.

A word that no training message holds still tells something when it shares a concept with words that do.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import spacy
from pydantic import validator
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from wegwijs.errors import ContentError
from wegwijs.files import CONCEPTS
from wegwijs.normalise import normalise
from wegwijs.schema import Strict, read

_ANY = "*"
# A piece of a word with a star must have so many letters, or it would fit half the language.
_LEAST_LETTERS = 3
# Stands for a word of no phrase: spaCy keeps every word it sees in memory, and must not see what people type.
_OTHER = "-"


class Concept(Strict):
    """Words and phrases that share a meaning, separated by commas; `word*` and `*word` fit any rest of a word."""

    id: str
    means: str
    words: str

    @validator("words")
    def _stars(cls, words: str) -> str:
        for entry in _listed(words):
            letters = entry.strip(_ANY)
            if _ANY in letters or (_ANY in entry and (" " in entry or len(letters) < _LEAST_LETTERS)):
                raise ValueError(f"{entry!r}: a star stands at one end of one word of {_LEAST_LETTERS} letters or more")
        return words


class _File(Strict):
    groups: dict[str, str] = {}
    concepts: tuple[Concept, ...]


class Tag(NamedTuple):
    """The words from `start` up to `end` have this concept."""

    start: int
    end: int
    concept: str


class Lexicon:
    """All concepts with their words."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a concept and an entry: a word, a phrase, `word*` or `*word`, in the plain form."""
        self._words: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        self._endings: dict[str, set[str]] = {}
        phrases: dict[str, list[list[str]]] = {}
        for concept, entry in entries:
            if " " in entry:
                phrases.setdefault(concept, []).append(entry.split())
            elif entry.endswith(_ANY):
                self._beginnings.setdefault(entry.strip(_ANY), set()).add(concept)
            elif entry.startswith(_ANY):
                self._endings.setdefault(entry.strip(_ANY), set()).add(concept)
            else:
                self._words.setdefault(entry, set()).add(concept)
        self._vocab = spacy.blank("nl").vocab
        self._matcher = PhraseMatcher(self._vocab)
        for concept, listed in phrases.items():
            self._matcher.add(concept, [Doc(self._vocab, words=words) for words in listed])
        self._of_phrases = {word for listed in phrases.values() for words in listed for word in words}

    def concepts_of(self, word: str) -> set[str]:
        """Return the concepts of one word."""
        found = set(self._words.get(word, ()))
        for length in range(_LEAST_LETTERS, len(word) + 1):
            found.update(self._beginnings.get(word[:length], ()), self._endings.get(word[-length:], ()))
        return found

    def phrases(self, words: Sequence[str]) -> Iterator[Tag]:
        """Yield the concepts of every phrase of two words or more."""
        doc = Doc(self._vocab, words=[word if word in self._of_phrases else _OTHER for word in words])
        for concept, start, end in self._matcher(doc):
            yield Tag(start, end, self._vocab.strings[concept])


def load_lexicon(folder: Path = CONCEPTS) -> Lexicon:
    """Read all files of concepts.

    Raises:
        ContentError: names the file and the concept that is wrong.
    """
    return Lexicon((concept.id, entry) for concept, entry in _entries(folder))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon of this installation, read once."""
    return load_lexicon()


def _entries(folder: Path) -> Iterator[tuple[Concept, str]]:
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yml")):
        file = read(_File, path)
        groups = {name: _listed(words) for name, words in file.groups.items()}
        for concept in file.concepts:
            if concept.id in seen:
                raise ContentError(f"{path}: {concept.id} stands in {seen[concept.id]} too")
            seen[concept.id] = path
            for entry in _listed(concept.words):
                for plain in _expanded(entry, groups, f"{path}: {concept.id}"):
                    yield concept, plain


def _expanded(entry: str, groups: dict[str, list[str]], where: str) -> Iterator[str]:
    """Yield the entry with every word of the groups that it names: "{my} zoon"."""
    parts = entry.split()
    unknown = [part for part in parts if part.startswith("{") and part.strip("{}") not in groups]
    if unknown:
        raise ContentError(f"{where}: no group {unknown[0]} in this file")
    for choice in product(*(groups.get(part.strip("{}"), [part]) if part[0] == "{" else [part] for part in parts)):
        yield " ".join(_plain(word) for word in choice)


def _plain(word: str) -> str:
    letters = normalise(word.strip(_ANY)) or word.strip(_ANY)  # a picture has no plain form
    return (_ANY if word[0] == _ANY else "") + letters + (_ANY if word[-1] == _ANY else "")


def _listed(words: str) -> list[str]:
    return [" ".join(entry.split()) for entry in words.split(",") if entry.strip()]
