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
    says: str = ""

    def reached(self, value: float) -> bool:
        """Tell whether a value is good enough."""
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        """Return it as it stands in the table."""
        sign = "≤" if self.at_most else "≥"
        if self.beside == ITSELF:
            return f"{sign} {self.says or format(self.limit, 'g')}"
        amount = f"1/{1 / self.limit:g}" if self.limit < 1 else f"{self.limit:g} x"
        return f"{sign} {amount} {self.beside}"


@dataclass(frozen=True)
class Row:
    """A figure that every bot has."""

    figure: str
    name: str
    goals: tuple[Goal, ...] = field(default=())
    decimals: int = 1


def _of_stock(limit: float) -> Goal:
    return Goal("stock", limit)


def _more(beside: str, limit: float) -> Goal:
    return Goal(beside, limit, at_most=False)


ROWS = (
    Row("ready_s", "from start to ready, s", (_of_stock(1 / 4),)),
    Row("memory_ready_mb", "memory when ready, MB", (_of_stock(1 / 4),), 0),
    Row("memory_ready_all_mb", "the same with the action server, MB", (), 0),
    Row("memory_loaded_mb", "memory after the load, MB", (_of_stock(1 / 4),), 0),
    Row("install_mb", "packages on the disk, MB", (), 0),
    Row("training_s", "training, s (of stock: this much at least)", (), 0),
    Row("training_estimate_s", "training, s (of stock: an estimate)", (_of_stock(1 / 4),), 0),
    Row("first_message_ms", "first message after the start, ms"),
    Row("message_p50_ms", "first message of a conversation, p50, ms", (_of_stock(1 / 10), Goal("lin", 1 / 2))),
    Row("message_p95_ms", "the same, p95, ms"),
    Row("message_p99_ms", "the same, p99, ms", (_of_stock(1 / 10),)),
    Row("conversation_p50_ms", "a session and its first message, p50, ms", (_of_stock(1 / 10), Goal("lin", 1 / 2))),
    Row("conversation_p99_ms", "the same, p99, ms", (_of_stock(1 / 10),)),
    *(
        Row(f"rate_{count}_per_s", f"messages/s on one core, {count} people", (_more("stock", 10), _more("lin", 2)))
        for count in CLIENTS
    ),
    *(Row(f"processor_{count}_ms", f"processor time of a message, {count} people, ms") for count in CLIENTS),
    *(Row(f"turn_{turn}_ms", f"turn {turn} of one talk, ms") for turn in TURNS[:-1]),
    Row(f"turn_{TURNS[-1]}_ms", f"turn {TURNS[-1]} of one talk, ms", (Goal("lin", 1 / 40),)),
    Row("flatness", f"turn {TURNS[-1]} for one of turn {TURNS[0]}", (Goal(ITSELF, 1.1),), 2),
    Row("burst_last_ms", "four messages of one person at once: the last, ms"),
    Row("burst_x_single", "the last for a single one", (Goal(ITSELF, 4.5),), 2),
    Row("burst_in_order", "bursts that were answered in order, share", (Goal(ITSELF, 1, at_most=False),), 2),
    Row("second_action_ms", "what a second action adds to a message, ms", (Goal(ITSELF, 1),), 2),
    Row("longest_ms", f"a message of {LONGEST:,} characters, ms"),
    Row("longest_x_short", "the same for one of five words", (Goal(ITSELF, 3),), 2),
    Row("too_long_ms", f"a message of {TOO_LONG:,} characters, ms"),
    Row("too_long_growth_mb", "the same: memory it takes, MB", (Goal(ITSELF, 1),)),
    Row("crowd_slowest_ms", f"{CROWD} people in one moment: the slowest answer, ms", (), 0),
    Row("crowd_refused", "of these told to come again", (), 0),
    Row("crowd_silent", "of these without any answer", (Goal(ITSELF, 0),), 0),
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
