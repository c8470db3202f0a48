"""What a message is made of for the recognisers: words, word pairs and pieces of words, weighed by tf-idf."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Vector = npt.NDArray[np.float32]

WORD, PIECE = "w", "p"
_PIECE_LENGTHS = range(2, 6)
# A term must occur in so many training messages: rarer ones are somebody's private spelling.
_LEAST = {WORD: 2, PIECE: 3}


def terms(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield every (kind, term) of a message: words, neighbouring pairs, and pieces of two to five letters."""
    for word in words:
        yield WORD, word
        padded = f" {word} "
        for length in _PIECE_LENGTHS:
            for start in range(len(padded) - length + 1):
                yield PIECE, padded[start : start + length]
    for first, second in pairwise(words):
        yield WORD, f"{first} {second}"


class Ngrams:
    """A fixed list of terms with their weights; turns messages into rows of numbers."""

    def __init__(self, columns: dict[tuple[str, str], int], idf: Vector) -> None:
        """Take the column of every (kind, term) and the inverse document frequency of every column."""
        self._columns = columns
        self._idf = idf

    @classmethod
    def fit(cls, messages: Iterable[Sequence[str]]) -> "Ngrams":
        """Learn the terms and their weights from messages, each a sequence of normalised words."""
        found: Counter[tuple[str, str]] = Counter()
        total = 0
        for words in messages:
            found.update(set(terms(words)))
            total += 1
        kept = sorted(term for term, count in found.items() if count >= _LEAST[term[0]])
        idf = np.array([math.log((1 + total) / (1 + found[term])) + 1 for term in kept], dtype=np.float32)
        return cls({term: column for column, term in enumerate(kept)}, idf)

    def row(self, words: Sequence[str]) -> csr_matrix:
        """Return the message as one row of shape (1, number of terms), words and pieces each of length one."""
        counts = Counter(term for term in terms(words) if term in self._columns)
        columns = np.fromiter((self._columns[term] for term in counts), dtype=np.int32, count=len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self._idf[columns]
        is_word = np.fromiter((kind == WORD for kind, _ in counts), dtype=bool, count=len(counts))
        for part in (is_word, ~is_word):
            length = math.sqrt(float(values[part] @ values[part]))
            if length:
                values[part] /= length
        return csr_matrix((values, columns, [0, len(columns)]), shape=(1, len(self._idf)), dtype=np.float32)

    def knows_a_word(self, words: Sequence[str]) -> bool:
        """Tell whether at least one word of two letters or digits or more occurred in the training messages."""
        return any((WORD, word) in self._columns for word in words if sum(map(str.isalnum, word)) > 1)

    def save(self, folder: Path) -> None:
        """Write the terms and weights into a folder, as JSON and npy (no pickle)."""
        (folder / "terms.json").write_text(json.dumps(list(self._columns), ensure_ascii=False), encoding="utf-8")
        np.save(folder / "idf.npy", self._idf, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Ngrams":
        """Read what `save` wrote."""
        listed = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        columns = {(kind, term): column for column, (kind, term) in enumerate(listed)}
        return cls(columns, np.load(folder / "idf.npy", allow_pickle=False))
