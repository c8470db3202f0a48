"""What a text must contain for a regular expression to be found in it: one of some pieces."""

import sre_parse
from collections.abc import Iterable, Iterator
from typing import Any

# A shorter piece stands in most texts.
_LEAST = 3


def needed(expression: str) -> frozenset[str]:
    """Return pieces of which each text holds one where the expression is found; none where there are no such pieces.

    Args:
        expression: a regular expression without flags, in lower case.
    """
    return _best(_all_needed(sre_parse.parse(expression)))


def _all_needed(sequence: Any) -> Iterator[frozenset[str]]:
    """Yield sets of pieces for what stands in a row, as sre_parse has it: of each set one piece must be there."""
    run = ""
    for kind, value in sequence:
        if kind is sre_parse.LITERAL:
            run += chr(value)
            continue
        if kind is sre_parse.BRANCH:  # sre_parse has put before it what all branches begin with
            begun = [(sre_parse.LITERAL, ord(sign)) for sign in run]
            branches = [_best(_all_needed([*begun, *branch])) for branch in value[-1]]
            if all(branches):
                yield frozenset().union(*branches)
        yield from _piece(run)
        run = ""
        repeated = kind in (sre_parse.MAX_REPEAT, sre_parse.MIN_REPEAT) and value[0] > 0
        if repeated or kind in (sre_parse.SUBPATTERN, sre_parse.ASSERT):
            yield from _all_needed(value[-1])
    yield from _piece(run)


def _piece(run: str) -> Iterator[frozenset[str]]:
    if len(run) >= _LEAST:
        yield frozenset({run})


def _best(found: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return the set that the fewest texts have a piece of: its shortest piece is long, and there are few."""
    return max(found, key=lambda pieces: (min(map(len, pieces)), -len(pieces)), default=frozenset())
