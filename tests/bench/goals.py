"""The rows of the table, and what each is to reach."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.bench.measures import CLIENTS, CROWD, LONGEST, TOO_LONG, TURNS, Figures

Rounds = Sequence[Mapping[str, Figures]]  # of each round: bot, name of a figure, figure
ITSELF = "itself"


@dataclass(frozen=True)
class Goal:
    """At most so much, or at least: a share of another bot's figure, or a number where it stands by itself."""

    beside: str
    limit: float
    at_most: bool = True

    def reached(self, value: float) -> bool:
        """Tell whether a value is good enough."""
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        """Return it as it stands in the table."""
        sign = "≤" if self.at_most else "≥"
        if self.beside == ITSELF:
            return f"{sign} {self.limit:g}"
        amount = f"1/{1 / self.limit:g} of" if self.limit < 1 else f"{self.limit:g} x"
        return f"{sign} {amount} {self.beside}"


@dataclass(frozen=True)
class Row:
    """A figure that every bot has."""

    figure: str
    name: str
    goals: tuple[Goal, ...] = field(default=())
    decimals: int = 1
    compared: bool = True  # False where a share of another bot's figure says nothing


def _at_most(limit: float, beside: str = "stock") -> Goal:
    return Goal(beside, limit)


def _at_least(limit: float, beside: str = "stock") -> Goal:
    return Goal(beside, limit, at_most=False)


_FIRST, _LAST = TURNS[0], TURNS[-1]
_TENTH_AND_HALF = (_at_most(1 / 10), _at_most(1 / 2, "lin"))
_CROWD = f"{CROWD} people in one moment"

ROWS = (
    Row("ready_s", "from start to ready, s", (_at_most(1 / 4),)),
    Row("memory_ready_mb", "memory when ready, MB", (_at_most(1 / 4),), 0),
    Row("memory_ready_all_mb", "memory when ready with the action server, MB", (), 0),
    Row("memory_loaded_mb", "memory after the load, MB", (_at_most(1 / 4),), 0),
    Row("install_mb", "packages on the disk, MB", (), 0),
    Row("training_s", "training as it was done, s", (), 0),
    Row("training_estimate_s", "training on all messages, s (stock and lin: an estimate)", (_at_most(1 / 4),), 0),
    Row("first_message_ms", "first message after the start, ms"),
    Row("message_p50_ms", "first message of a talk, p50, ms", _TENTH_AND_HALF),
    Row("message_p95_ms", "first message of a talk, p95, ms"),
    Row("message_p99_ms", "first message of a talk, p99, ms", (_at_most(1 / 10),)),
    Row("conversation_p50_ms", "beginning a talk and its first message, p50, ms", _TENTH_AND_HALF),
    Row("conversation_p99_ms", "beginning a talk and its first message, p99, ms", (_at_most(1 / 10),)),
    *(
        Row(f"rate_{n}_per_s", f"messages/s on one core, {n} people", (_at_least(10), _at_least(2, "lin")))
        for n in CLIENTS
    ),
    *(Row(f"processor_{n}_ms", f"processor time of a message, {n} people, ms") for n in CLIENTS),
    *(Row(f"turn_{turn}_ms", f"turn {turn} of one talk, ms") for turn in TURNS[:-1]),
    Row(f"turn_{_LAST}_ms", f"turn {_LAST} of one talk, ms", (_at_most(1 / 40, "lin"),)),
    Row("flatness", f"turn {_LAST} for one of turn {_FIRST}", (_at_most(1.1, ITSELF),), 2, compared=False),
    Row("burst_last_ms", "four messages of one person at once: the last, ms"),
    Row("burst_x_single", "the last of the four for a single one", (_at_most(4.5, ITSELF),), 2, compared=False),
    Row("burst_in_order", "share of such fours answered in order", (_at_least(1, ITSELF),), 2, compared=False),
    Row("second_action_ms", "what a second action adds to a message, ms", (_at_most(1, ITSELF),), 2, compared=False),
    Row("longest_ms", f"a message of {LONGEST:,} characters, ms"),
    Row("longest_x_short", f"{LONGEST:,} characters for one of five words", (_at_most(3, ITSELF),), 2, compared=False),
    Row("too_long_ms", f"a message of {TOO_LONG:,} characters, ms"),
    Row("too_long_growth_mb", f"memory that {TOO_LONG:,} characters take, MB", (_at_most(1, ITSELF),), 0, False),
    Row("crowd_slowest_ms", f"{_CROWD}: the slowest, ms", (), 0),
    Row("crowd_refused", f"{_CROWD}: told to come again", (), 0, compared=False),
    Row("crowd_silent", f"{_CROWD}: without any answer", (_at_most(0, ITSELF),), 0, compared=False),
)


def value(rounds: Rounds, bot: str, figure: str) -> float | None:
    """Return the median of a figure over the rounds."""
    found = [one[bot][figure] for one in rounds if bot in one and figure in one[bot]]
    return statistics.median(found) if found else None


def ratios(rounds: Rounds, figure: str, beside: str) -> list[float]:
    """Return what a figure of Wegwijs is for one of another bot in the same round."""
    return [
        one["wegwijs"][figure] / one[beside][figure]
        for one in rounds
        if all(one.get(bot, {}).get(figure) for bot in ("wegwijs", beside))
    ]


def reached(rounds: Rounds, row: Row, goal: Goal) -> bool | None:
    """Tell whether a goal is reached; None where it could not be measured."""
    found = value(rounds, "wegwijs", row.figure)
    if goal.beside != ITSELF:
        compared = ratios(rounds, row.figure, goal.beside)
        found = statistics.median(compared) if compared else None
    return None if found is None else goal.reached(found)
