"""Items of one kind, the best first, found again at once for a person like one of before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from wegwijs.content_schema import TAGS, Asks, Item, Tagged

# What counts most when two items fit: school, app, danger and form say what happens, the others to whom.
_WEIGHTS = {
    "school_has": 16,
    "platform": 16,
    "danger": 8,
    "form": 8,
    "position": 4,
    "role": 2,
    "school_kind": 1,
    "country": 1,
}
# Searches kept; there are more kinds of people than that, but most who talk at the same time are alike.
_KEPT = 512

# The values that somebody has, tag by tag in the order of TAGS.
Known = tuple[str | tuple[str, ...] | None, ...]


class Shelf:
    """Items in the order in which they are said: priority, then how specific, then the order given."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Sort the items."""
        self._items = tuple(sorted(items, key=lambda item: (item.priority, -_specificity(item))))
        self.fitting = lru_cache(maxsize=_KEPT)(self._fitting)
        self._about = lru_cache(maxsize=None)(self._search_about)

    def __iter__(self) -> Iterator[Item]:
        """Go through all items."""
        return iter(self._items)

    def _fitting(self, known: Known, intent: str | None, asks: Asks | None) -> tuple[Item, ...]:
        values = _by_tag(known)
        return tuple(item for item in self._about(intent, asks) if _fits(item, values))

    def _search_about(self, intent: str | None, asks: Asks | None) -> tuple[Item, ...]:
        return tuple(
            item
            for item in self._items
            if item.asks == asks and (intent is None or not item.intent or intent in item.intent)
        )


def fits(entry: Tagged, known: Known) -> bool:
    """Tell whether this is for somebody with these values; a tag that is left out fits everybody."""
    return _fits(entry, _by_tag(known))


def _fits(entry: Tagged, values: Mapping[str, Sequence[str]]) -> bool:
    return not any(words.isdisjoint(values[tag]) for tag, words in entry.tags())


def _by_tag(known: Known) -> dict[str, Sequence[str]]:
    return {tag: (value,) if isinstance(value, str) else value or () for tag, value in zip(TAGS, known, strict=True)}


def _specificity(item: Item) -> int:
    return sum(_WEIGHTS.get(tag, 0) for tag, _ in item.tags())
