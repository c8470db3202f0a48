"""What a message is made of for the recognisers: words, pieces of words, concepts and pairs, weighed by tf-idf."""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from wegwijs.lexicon import Tag
from wegwijs.reading import Reading, read_message

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]

_PIECE = 4  # letters; other lengths beside it cost time and tell nothing more
# A concept is paired with the next two that begin within so many words.
_NEXT, _NEAR = 2, 3
# A word is common when one in a thousand training messages has it.
_COMMON = math.log(1000) + 1
_COMMON_SHARE = 0.5
_ENOUGH_WORDS = 3


class Row(NamedTuple):
    """The terms of one message: their columns, and how much each weighs."""

    columns: Places
    values: Numbers
    terms: str  # the fingerprint of the terms

    def fingerprint(self) -> str:
        """Return what Rasa's hash of a training message needs beside its text: with other terms the row is another."""
        return self.terms


def _words(reading: Reading) -> Iterator[str]:
    typed = [word.typed for word in reading.words]
    yield from _alone_and_paired(typed)
    if any(word.standard != word.typed for word in reading.words):
        standard = [part for word in reading.words for part in word.standard.split()]
        have = set(typed)
        yield from (word for word in standard if word not in have)
        yield from (f"{one} {other}" for one, other in pairwise(standard) if one not in have or other not in have)


def _pieces(reading: Reading) -> Iterator[str]:
    for word in reading.words:
        edged = f" {word.typed} "
        yield from (edged[start : start + _PIECE] for start in range(max(len(edged) - _PIECE + 1, 1)))


def _question(reading: Reading) -> Iterator[str]:
    return _alone_and_paired(reading.question)


def _last(reading: Reading) -> Iterator[str]:
    return _alone_and_paired(reading.last)


def _alone_and_paired(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from map(" ".join, pairwise(words))


def _signs(reading: Reading) -> Iterator[str]:
    yield from sorted(reading.signs)
    typed = [word.typed for word in reading.words]
    yield from (f"begins {word}" for word in typed[:3])
    yield from (f"ends {word}" for word in typed[-3:])


def _concepts(reading: Reading) -> Iterator[str]:
    return (tag.concept for tag in reading.tags)


def _pairs(reading: Reading) -> Iterator[str]:
    """Yield each concept with those that follow soon, and with the words at its sides."""
    words, tags = reading.words, reading.tags
    starts: dict[int, list[Tag]] = {}
    for tag in tags:
        starts.setdefault(tag.start, []).append(tag)
    for tag in tags:
        near = (starts[start] for start in range(tag.end, tag.end + _NEAR + 1) if start in starts)
        for others in islice(near, _NEXT):
            yield from (f"{tag.concept}>{other.concept}" for other in others)
        if tag.start:
            yield f"{words[tag.start - 1].typed} {tag.concept}"
        if tag.end < len(words):
            yield f"{tag.concept} {words[tag.end].typed}"


class Kind(NamedTuple):
    """One way to take a message apart."""

    terms: Callable[[Reading], Iterator[str]]
    least: int  # how many training messages must have a term: rarer ones are somebody's private spelling
    length: float  # of the kind in every row, whatever the message, so that a long kind does not drown a short one


# The lengths were chosen on training messages held back.
KINDS = {
    "word": Kind(_words, 2, 1.6),
    "piece": Kind(_pieces, 3, 1.0),
    "question": Kind(_question, 2, 0.7),
    "last": Kind(_last, 2, 0.5),
    "sign": Kind(_signs, 2, 0.6),
    "concept": Kind(_concepts, 2, 1.0),
    "pair": Kind(_pairs, 3, 1.2),
}


class Ngrams:
    """A fixed list of terms with their weights; turns readings into rows of numbers."""

    def __init__(self, terms: dict[str, list[str]], idf: Numbers) -> None:
        """Take the terms of every kind, and the inverse document frequency of all of them, in that order."""
        self._columns: dict[str, dict[str, int]] = {}
        start = 0
        for kind, listed in terms.items():
            self._columns[kind] = {term: column for column, term in enumerate(listed, start)}
            start += len(listed)
        self._idf = idf
        self.fingerprint = hashlib.sha256(json.dumps(terms).encode() + idf.tobytes()).hexdigest()

    def columns_of(self, kind: str, terms: Sequence[str]) -> Places:
        """Return the columns of the terms of a kind, -1 of a term that is not known."""
        columns = self._columns[kind]
        return np.array([columns.get(term, -1) for term in terms], dtype=np.int32)

    def rows(self, texts: Sequence[str]) -> list[Row]:
        """Read several messages and return their known terms."""
        return [self.row(read_message(text)) for text in texts]

    def row(self, reading: Reading) -> Row:
        """Return the known terms of a message."""
        parts = [self._part(columns, kind, reading) for kind, columns in self._columns.items()]
        columns, values = zip(*parts, strict=True)
        return Row(np.concatenate(columns), np.concatenate(values), self.fingerprint)

    def _part(self, columns: dict[str, int], kind: str, reading: Reading) -> tuple[Places, Numbers]:
        counts = Counter(map(columns.get, KINDS[kind].terms(reading)))
        counts.pop(None, None)
        places = np.fromiter(counts, dtype=np.int32, count=len(counts))
        return places, self.weights(kind, places, np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))

    def weights(self, kind: str, columns: Places, times: Numbers) -> Numbers:
        """Return how much the terms of one kind weigh in a message that has each of them so many times."""
        values: Numbers = (1 + np.log(times)) * self._idf[columns]
        length = math.sqrt(float(values @ values))
        return values * (KINDS[kind].length / length) if length else values

    def is_dutch(self, reading: Reading) -> bool:
        """Tell whether a message is in the language of the training messages, and no other language or nonsense.

        Of one or two words all must be known, of more words most must be common ones.
        """
        words = [word for word in reading.words if any(map(str.isalpha, word.typed))]
        if not any(len(word.typed) > 1 for word in words):
            return False
        if len(words) < _ENOUGH_WORDS:
            return all(word.concepts or word.typed in self._columns["word"] for word in words)
        common = sum(word.typed != word.standard or self._is_common(word.typed) for word in words)
        return common > len(words) * _COMMON_SHARE

    def _is_common(self, word: str) -> bool:
        column = self._columns["word"].get(word)
        return column is not None and bool(self._idf[column] <= _COMMON)

    def save(self, folder: Path) -> None:
        """Write the terms and weights into a folder, as JSON and npy (no pickle)."""
        terms = {kind: list(columns) for kind, columns in self._columns.items()}
        (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        np.save(folder / "idf.npy", self._idf, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Ngrams":
        """Read what `save` wrote."""
        terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        return cls(terms, np.load(folder / "idf.npy", allow_pickle=False))
