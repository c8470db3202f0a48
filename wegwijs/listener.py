"""Tells quickly which of many entries with words of their own may be heard in a message, never too few.

A set of entries is a whole number with a bit for each, the first entry the lowest.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Generic, TypeVar

from wegwijs.content_schema import Heard
from wegwijs.needed import needed
from wegwijs.quick_search import QuickSearch, is_searchable

_ALL = -1  # every bit
_Entry = TypeVar("_Entry", bound=Heard)


class Listener(Generic[_Entry]):
    """Some entries, and the pieces of a text of which each needs one."""

    def __init__(self, entries: Iterable[_Entry], whole: bool = False) -> None:
        """Take the entries; what has no words of its own, or needs no piece, may be heard in any text.

        Args:
            whole: search for whole expressions, not for pieces: fewer entries may be heard then. It is for few of
                them: to prepare one takes milliseconds, and some take seconds.
        """
        self._entries = tuple(entries)
        self._in_any_text = 0
        with_piece: dict[str, int] = defaultdict(int)
        for place, entry in enumerate(self._entries):
            pieces = _searched_for(entry, whole)
            self._in_any_text |= 0 if pieces else 1 << place
            for piece in pieces:
                with_piece[piece] |= 1 << place
        self._with_piece = list(with_piece.values())
        self._search = QuickSearch(list(with_piece)) if with_piece else None

    def candidates(self, plain: str) -> Iterator[_Entry]:
        """Yield the entries that may be heard in a message in its plain form, in their order."""
        return (self._entries[place] for place in places(self.may_hear(plain)))

    def may_hear(self, plain: str, among: int = _ALL) -> int:
        """Return which entries of a set may be heard in a message in its plain form."""
        heard = among & self._in_any_text
        if heard != among and self._search:
            for place in self._search.candidates(plain):
                heard |= among & self._with_piece[place]
        return heard


def _searched_for(entry: Heard, whole: bool) -> Collection[str]:
    """Return expressions of which one is found in each text where the entry is heard; none if there are none."""
    if not entry.heard:
        return ()
    if whole and is_searchable(entry.heard.pattern):
        return (entry.heard.pattern,)
    return [re.escape(piece) for piece in needed(entry.heard.pattern)]


def places(entries: int) -> Iterator[int]:
    """Yield the places of a set of entries, the first one first."""
    while entries:
        first = entries & -entries
        yield first.bit_length() - 1
        entries ^= first
