"""Items of one kind, the best first; what fits a person is found without looking at each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wegwijs.content_schema import TAGS, Asks, Item, Tagged
from wegwijs.listener import Listener, places

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
# The values that somebody has, tag by tag in the order of TAGS.
Known = tuple[str | tuple[str, ...] | None, ...]


class Shelf:
    """Items in the order in which they are said: priority, then how specific, then the order given.

    A set of items is a whole number (wegwijs/listener.py): what fits somebody is what fits tag by tag, and that is one
    operation for each tag.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        """Sort the items, and note which have what."""
        self._items = tuple(sorted(items, key=lambda item: (item.priority, -_specificity(item))))
        self._having: dict[tuple[str, str | None], int] = defaultdict(int)  # None: that leave the tag out
        for place, item in enumerate(self._items):
            self._note("asks", (item.asks,), place)
            self._note("intent", item.intent, place)
            for tag in TAGS:
                self._note(tag, getattr(item, tag), place)
        self._listener = Listener(self._items)

    def _note(self, tag: str, values: Iterable[str | None], place: int) -> None:
        for value in tuple(values) or (None,):
            self._having[tag, value] |= 1 << place

    def __iter__(self) -> Iterator[Item]:
        """Go through all items."""
        return iter(self._items)

    def fitting(self, known: Known, plain: str, intent: str | None, asks: Asks | None) -> Iterator[Item]:
        """Yield the items that fit somebody, the best first.

        Args:
            known: the values that somebody has.
            plain: the message, in its plain form; what is led to by words must be heard in it.
            intent: only items that answer this intent.
            asks: only items that ask for this; None: that ask for nothing.
        """
        found = self._having.get(("asks", asks), 0)
        if intent is not None:
            found &= self._open_to("intent", (intent,))
        for tag, values in zip(TAGS, known, strict=True):
            if not found:
                return
            found &= self._open_to(tag, _all_of(values))
        for place in places(self._listener.may_hear(plain, found)):
            item = self._items[place]
            if not item.heard or item.heard.search(plain):
                yield item

    def _open_to(self, tag: str, values: Iterable[str]) -> int:
        items = self._having.get((tag, None), 0)
        for value in values:
            items |= self._having.get((tag, value), 0)
        return items


def fits(entry: Tagged, known: Known) -> bool:
    """Tell whether this is for somebody with these values; a tag that is left out fits everybody."""
    values = dict(zip(TAGS, known, strict=True))
    return not any(words.isdisjoint(_all_of(values[tag])) for tag, words in entry.tags())


def _all_of(values: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values or ()


def _specificity(item: Item) -> int:
    return sum(_WEIGHTS.get(tag, 0) for tag, _ in item.tags())
