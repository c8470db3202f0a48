"""What a message is made of for the recognisers: words, pieces of words, concepts and pairs, weighed by tf-idf."""

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.strings import hash_string  # type: ignore[attr-defined] # its stubs leave it out

from wegwijs.lexicon import Tag
from wegwijs.reading import Reading, read_message

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint64]

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
# A term is known by a number: its kind, and 60 bits that its letters give. That half a million terms hold a stranger's
# number by chance happens once in two million million terms, and costs less than a spelling mistake.
_KIND_BITS = np.uint64(4)
_SHIFT = np.uint64(64) - _KIND_BITS
_NUMBERS = {kind: np.uint64(number) << _SHIFT for number, kind in enumerate(KINDS)}
_LENGTHS = np.array([kind.length for kind in KINDS.values()], dtype=np.float32)


def keys_of(kind: str, terms: Iterable[str]) -> Keys:
    """Return the numbers of the terms of a kind."""
    keys: Keys = np.fromiter(map(hash_string, terms), dtype=np.uint64)
    keys >>= _KIND_BITS
    keys |= _NUMBERS[kind]
    return keys


def counted(reading: Reading, kinds: Sequence[str]) -> tuple[Keys, Numbers]:
    """Return every term of a message once, by its number and in that order, and how often the message has it."""
    found = np.concatenate([keys_of(kind, KINDS[kind].terms(reading)) for kind in kinds])
    keys, times = np.unique(found, return_counts=True)
    return keys, times.astype(np.float32)


def kinds_of(keys: Keys) -> npt.NDArray[np.intp]:
    """Return the kinds of terms, as places in KINDS."""
    return (keys >> _SHIFT).astype(np.intp)


class Ngrams:
    """A fixed list of terms with their weights; turns readings into rows of numbers."""

    def __init__(self, keys: Keys, idf: Numbers) -> None:
        """Take the numbers of the terms (one or more), the lowest first, and their inverse document frequencies."""
        self._keys = keys
        self._idf = idf
        used = set(kinds_of(keys).tolist())
        self._kinds = [kind for place, kind in enumerate(KINDS) if place in used]
        self.fingerprint = hashlib.sha256(keys.tobytes() + idf.tobytes()).hexdigest()

    def rows(self, texts: Sequence[str]) -> list[Row]:
        """Read several messages and return their known terms."""
        return [self.row(read_message(text)) for text in texts]

    def row(self, reading: Reading) -> Row:
        """Return the known terms of a message."""
        return self.weighed(*counted(reading, self._kinds))

    def weighed(self, keys: Keys, times: Numbers) -> Row:
        """Return how much the known ones of these terms weigh in a message that has each of them so many times."""
        places = self._places(keys)
        known = places >= 0
        columns = places[known]
        values = (1 + np.log(times[known])) * self._idf[columns]
        kinds = kinds_of(keys[known])
        lengths = np.sqrt(np.bincount(kinds, weights=values * values, minlength=len(KINDS)))
        scales = _LENGTHS / np.maximum(lengths, np.finfo(np.float32).tiny)
        return Row(columns, (values * scales[kinds]).astype(np.float32), self.fingerprint)

    def _places(self, keys: Keys) -> Places:
        """Return the columns of terms, -1 of a term that is not known."""
        places = np.searchsorted(self._keys, keys).astype(np.int32)
        places[places == len(self._keys)] = 0
        return np.where(self._keys[places] == keys, places, np.int32(-1))

    def is_dutch(self, reading: Reading) -> bool:
        """Tell whether a message is in the language of the training messages, and no other language or nonsense.

        Of one or two words all must be known, of more words most must be common ones.
        """
        words = [word for word in reading.words if any(map(str.isalpha, word.typed))]
        if not any(len(word.typed) > 1 for word in words):
            return False
        places = self._places(keys_of("word", [word.typed for word in words]))
        if len(words) < _ENOUGH_WORDS:
            return all(word.concepts or place >= 0 for word, place in zip(words, places, strict=True))
        common = (places >= 0) & (self._idf[places] <= _COMMON)
        listed = sum(word.typed != word.standard or bool(one) for word, one in zip(words, common, strict=True))
        return listed > len(words) * _COMMON_SHARE

    def save(self, folder: Path) -> None:
        """Write the terms and weights into a folder, as npy (no pickle)."""
        np.save(folder / "keys.npy", self._keys, allow_pickle=False)
        np.save(folder / "idf.npy", self._idf, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Ngrams":
        """Read what `save` wrote."""
        return cls(*(np.load(folder / f"{name}.npy", allow_pickle=False) for name in ("keys", "idf")))
