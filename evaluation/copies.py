"""Finds messages that are nearly the same: what is judged must not have been learnt, and nothing is learnt twice."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

# Two messages are near copies when they share more than this of their pieces.
LIMIT = 0.5
_PIECE = 5
_WORDS = 3
# Three words that so many messages share are an expression, and lead to no copy.
_EXPRESSION = 400
_CANDIDATES = 8


class Copies:
    """All messages so far, to find near copies of the next."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """Take the messages to compare with."""
        self._texts: list[tuple[str, frozenset[str]]] = []
        self._by_words: dict[str, list[int]] = defaultdict(list)
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Add one message."""
        plain = _plain(text)
        for key in _keys(plain):
            self._by_words[key].append(len(self._texts))
        self._texts.append((text, _pieces(plain)))

    def of(self, text: str) -> str | None:
        """Return a message that is nearly the same as this one, or None."""
        plain = _plain(text)
        pieces = _pieces(plain)
        shared: Counter[int] = Counter()
        for key in _keys(plain):
            if len(self._by_words[key]) < _EXPRESSION:
                shared.update(self._by_words[key])
        for place, _ in shared.most_common(_CANDIDATES):
            other, others = self._texts[place]
            if len(pieces & others) > LIMIT * len(pieces | others):
                return other
        return None


def near_copies(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield every message that is nearly the same as an earlier one, with that one."""
    copies = Copies()
    for text in texts:
        found = copies.of(text)
        if found is not None:
            yield text, found
        copies.add(text)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", " ", "".join(sign for sign in decomposed if not unicodedata.combining(sign))).strip()


def _keys(plain: str) -> set[str]:
    words = plain.split()
    return {plain, *(" ".join(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1))} - {""}


def _pieces(plain: str) -> frozenset[str]:
    return frozenset(plain[start : start + _PIECE] for start in range(max(1, len(plain) - _PIECE + 1)))
