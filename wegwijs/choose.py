"""Chooses what to say: the items that fit, the most specific first, nothing twice."""

from collections.abc import Iterable, Sequence

from wegwijs import shelf as shelves
from wegwijs.content_schema import Asks, Heard, Item, Tagged
from wegwijs.shelf import Shelf
from wegwijs.situation import Situation


def fits(entry: Tagged, situation: Situation) -> bool:
    """Tell whether this is for this person and case; a tag that is left out fits everybody."""
    return shelves.fits(entry, situation.known())


def fitting(shelf: Shelf, situation: Situation, intent: str | None = None, asks: Asks | None = None) -> list[Item]:
    """Return the items that fit, the best first: priority, then how specific, then the order given.

    Args:
        shelf: the items of one kind.
        situation: the person and the case.
        intent: only items that answer this intent.
        asks: only items that ask for this, or answer such a question.
    """
    return list(shelf.fitting(situation.known(), situation.plain, intent, asks))


def heard(entry: Heard, situation: Situation) -> bool:
    """Tell whether the message that is being answered has the words that lead here."""
    return bool(entry.heard and entry.heard.search(situation.plain))


def new(items: Iterable[Item], situation: Situation) -> list[Item]:
    """Leave out what was already said in this conversation."""
    given = set(situation.given)  # long, in a long talk
    return [item for item in items if item.id not in given]


def has_new(shelf: Shelf, situation: Situation, intent: str) -> bool:
    """Tell whether there is something for this person that answers the intent and was not said yet."""
    given = set(situation.given)
    return any(item.id not in given for item in shelf.fitting(situation.known(), situation.plain, intent, None))


def least_recent(items: Sequence[Item], situation: Situation) -> Item | None:
    """Return the first item that was never said, else the one said longest ago; never one of the last reply."""
    said = {name: place for place, name in enumerate(situation.given)}
    candidates = [item for item in items if item.id not in situation.last]
    return min(candidates, key=lambda item: said.get(item.id, -1)) if candidates else None
