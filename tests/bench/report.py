"""Writes what was measured into docs/performance.md and its picture; what people write in that file stays."""

import os
import statistics
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import matplotlib as mpl

from tests.bench.bots import NAMES
from tests.bench.goals import ROWS, Rounds, Row, ratios, reached, value
from tests.bench.stock_bot import EPOCHS, Training
from wegwijs.files import ROOT

REPORT = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "performance.svg"
_BEGIN, _END = "<!-- {name} -->", "<!-- /{name} -->"


def write(rounds: Rounds, training: Training, wegwijs_training: float | None, minutes: float) -> None:
    """Write the table and the picture."""
    _draw(rounds, PICTURE)
    put_between(REPORT, "measured", _lines(rounds, training, wegwijs_training, minutes))


def put_between(path: Path, name: str, lines: Sequence[str]) -> None:
    """Replace what stands between the two markers of a name."""
    begin, end = _BEGIN.format(name=name), _END.format(name=name)
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    path.write_text("\n".join([before + begin, "", *lines, "", end]) + after, encoding="utf-8")


def missed(rounds: Rounds) -> list[str]:
    """Return the goals that were not reached."""
    return [f"{row.name} {goal}" for row in ROWS for goal in row.goals if reached(rounds, row, goal) is False]


def _lines(rounds: Rounds, training: Training, wegwijs_training: float | None, minutes: float) -> list[str]:
    unknown = [] if wegwijs_training else ["Wegwijs was trained before its training was timed: remove `bot/models`."]
    return [
        f"Written by `make bench` on {date.today().isoformat()}: {len(rounds)} rounds in {minutes:.0f} minutes on "
        f"{os.cpu_count()} cores. Medians of the rounds; behind a ratio its least and its most.",
        "",
        f"Stock learnt {training.messages:,} of the {training.all_messages:,} messages in {training.epochs} of "
        f"{EPOCHS} epochs, in {training.seconds:.0f} s (load of the machine: {training.load:.1f}). The estimate: what "
        f"DIET took for a message in an epoch, for all of these, and the policies with {EPOCHS} epochs; of lin what "
        "its messages took.",
        *unknown,
        "",
        "| | Wegwijs | stock | lin | for one of stock | for one of lin | goal | |",
        "|---|--:|--:|--:|--:|--:|---|---|",
        *(_line(rounds, row) for row in ROWS),
        "",
        "![Wegwijs beside stock Rasa](performance.svg)",
        "",
        f"Missed: {'; '.join(missed(rounds)) or 'none'}.",
    ]


def _line(rounds: Rounds, row: Row) -> str:
    cells = [_number(value(rounds, name, row.figure), row.decimals) for name in NAMES]
    cells[0] = f"**{cells[0]}**"
    cells += [_spread(ratios(rounds, row.figure, name)) if row.compared else "" for name in NAMES[1:]]
    cells += ["; ".join(map(str, row.goals)), _verdict(rounds, row)]
    return f"| {row.name} | " + " | ".join(cells) + " |"


def _verdict(rounds: Rounds, row: Row) -> str:
    words = {True: "met", False: "**missed**", None: "not measured"}
    return "; ".join(words[reached(rounds, row, goal)] for goal in row.goals)


def _spread(found: Sequence[float]) -> str:
    if not found:
        return ""
    return f"{_ratio(statistics.median(found))} ({_ratio(min(found))} to {_ratio(max(found))})"


def _ratio(found: float) -> str:
    return f"{found:.0f}" if found >= 10 else f"{found:.2g}" if found >= 0.1 else f"{found:.3f}"


def _number(found: float | None, decimals: int) -> str:
    return "" if found is None else f"{found:,.{decimals}f}"


def _draw(rounds: Rounds, path: Path) -> None:
    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "wegwijs"  # the same figures give the same file
    import matplotlib.pyplot as plt

    rows = [
        row for row in ROWS if any(goal.beside == "stock" for goal in row.goals) and ratios(rounds, row.figure, "stock")
    ]
    figure, axes = plt.subplots(figsize=(9, 0.5 * len(rows) + 1))
    for place, row in enumerate(rows):
        goal = next(goal for goal in row.goals if goal.beside == "stock")
        found = ratios(rounds, row.figure, "stock")
        # More messages are better, less of everything else: turned, left is better everywhere.
        shares = sorted(share if goal.at_most else 1 / share for share in found)
        limit = goal.limit if goal.at_most else 1 / goal.limit
        axes.plot([shares[0], shares[-1]], [place, place], color="C0", linewidth=4, solid_capstyle="round")
        axes.plot(statistics.median(shares), place, marker="o", color="C0")
        axes.plot([limit, limit], [place - 0.35, place + 0.35], color="black", linestyle="dotted")
    axes.axvline(1, color="grey")
    axes.set_xscale("log")
    axes.set_yticks(range(len(rows)), [_in_words(row) for row in rows])
    axes.invert_yaxis()
    axes.set_xlabel("share of what stock Rasa needs (dotted: the goal; grey: stock)")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _in_words(row: Row) -> str:
    """Return the name of a row without the unit, which a share has not."""
    return (
        row.name.replace("messages/s", "time for a message")
        .partition(", ms")[0]
        .removesuffix(", s")
        .removesuffix(", MB")
    )
