"""Measures how many children one, two and three workers hold, and where the limit lies; writes docs/reliability.md.

Everything runs on this machine, also the children: what they take of the processors is shown, and the workers miss it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import report
from tests.child import script
from tests.cluster import Cluster, cluster
from tests.load import machine
from tests.load.country import FILLED, PEAK_HOUR, PEAK_MINUTE, PUPILS, needs
from tests.scenario import FILES

_CHILDREN = Path(__file__).with_name("children.py")
_SECONDS = 40
_THINKS = (2.0, 8.0)  # seconds before a message, or shorter where there cannot be enough children
_SLOW_MS = 300
_WORKERS = (1, 2, 3)
_STEPS = (0.6, 0.7, 0.8, 0.9, 1.0)  # of the messages in a second that came through without thinking
_AT_ONCE = 4  # children for each worker, where nobody thinks
_MOST_CHILDREN = 950  # the proxy takes a thousand connections from one address


@dataclass(frozen=True)
class Measured:
    """What so many children met."""

    children: int
    thinks: tuple[float, float]  # seconds before a message
    a_second: float  # openings and messages
    p95: float  # milliseconds
    failed: int
    used: dict[str, float]  # processor milliseconds for each of them, by process
    busy: float  # cores, of all processes

    @property
    def holds(self) -> bool:
        """Whether nearly everybody was answered soon, and everybody at all."""
        return self.p95 < _SLOW_MS and not self.failed


def _measure(where: Cluster, talks: Path, children: int, seconds: float, thinks: tuple[float, float]) -> Measured:
    before = machine.used()
    command = [
        _uv(), "--no-config", "run", "--quiet", "--locked", "--script", str(_CHILDREN),
        "--headless", "--json", "--only-summary",
        "--host", where.address, "--users", str(children), "--spawn-rate", str(max(children / 5, 1)),
        "--run-time", f"{seconds:.0f}s", "--stop-timeout", "10", "--loglevel", "ERROR",
    ]  # fmt: skip
    environment = {**os.environ, "CONVERSATIONS": str(talks), "THINKS": " ".join(map(str, thinks))}
    # Locust ends with 1 when a request failed: that is counted here.
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    stats = json.loads(done.stdout or "[]")
    if not stats:
        raise RuntimeError("nobody asked anything:\n" + done.stderr[-3000:])
    return _read(stats, children, thinks, seconds, machine.used() - before)


def _read(
    stats: list[dict[str, Any]], children: int, thinks: tuple[float, float], seconds: float, used: Counter[str]
) -> Measured:
    times: Counter[float] = Counter()
    for one in stats:
        if one["name"] in ("begin", "message"):
            times.update({float(time): count for time, count in one["response_times"].items()})
    answered = times.total()
    failed = sum(one["num_failures"] for one in stats)
    costs = {name: 1000 * spent / max(answered, 1) for name, spent in used.items()}
    return Measured(
        children, thinks, answered / seconds, _percentile(times, 0.95), failed, costs, used.total() / seconds
    )


def _percentile(times: Counter[float], share: float) -> float:
    left = times.total() * share
    for time in sorted(times):
        left -= times[time]
        if left <= 0:
            return time
    return 0.0


def _uv() -> str:
    """Return uv as scripts/with-python finds it."""
    return shutil.which("uv") or ".cache/uv/bin/uv"


def _crowd(a_second: float) -> tuple[int, tuple[float, float]]:
    """Return how many children ask so much, and how long they think: shorter where they would be too many."""
    children = round(a_second * sum(_THINKS) / 2)
    share = min(_MOST_CHILDREN / children, 1)
    return round(children * share), (_THINKS[0] * share, _THINKS[1] * share)


def _row(workers: int, one: Measured) -> str:
    thinks = " to ".join(f"{seconds:.1f}" for seconds in one.thinks)
    costs = [f"{one.used.get(name, 0):.1f}" for name in ("worker", "redis", "nginx", "ended")]
    cells = [workers, one.children, thinks, f"{one.a_second:.0f}", f"{one.p95:.0f}", one.failed]
    return f"| {' | '.join(map(str, [*cells, *costs, f'{one.busy:.1f}']))} |"


def main() -> None:
    """Measure, print, and write the tables."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    scripts = [script(file) for file in FILES]
    messages_a_talk = 1 + sum(len(one.turns) for one in scripts) / len(scripts)
    head = [
        "workers",
        "children",
        "think, s",
        "messages/s",
        "p95, ms",
        "failed",
        "worker",
        "Redis",
        "nginx",
        "children's",
        "busy cores",
    ]
    rows = [f"| {' | '.join(head)} |", "|--:" * len(head) + "|"]
    held: dict[int, Measured] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        talks = folder / "talks.json"
        talks.write_text(json.dumps([{"opening": one.opening, "turns": one.turns} for one in scripts]))
        for workers in _WORKERS:
            with cluster(folder, workers) as where:
                plain = _measure(where, talks, _AT_ONCE * workers, seconds, (0.0, 0.0))
                rows.append(_row(workers, plain))
                print(rows[-1], flush=True)
                for step in _STEPS:
                    children, thinks = _crowd(plain.a_second * step)
                    one = _measure(where, talks, children, seconds, thinks)
                    rows.append(_row(workers, one))
                    print(rows[-1], flush=True)
                    if not one.holds:
                        break
                    held[workers] = one
    report.write("load", [*_held(held), "", *rows])
    print("\n".join([*_held(held), "", *_country(held, messages_a_talk)]))
    report.write("country", _country(held, messages_a_talk))


def _held(held: dict[int, Measured]) -> list[str]:
    cores = os.cpu_count()
    return [
        f"With p95 below {_SLOW_MS} ms and nothing failed, on {cores} cores for everything (children: who think "
        f"{_THINKS[0]:.0f} to {_THINKS[1]:.0f} s before every message):",
        "",
        *(
            f"- {workers} worker(s): {one.a_second:.0f} messages/s, "
            f"as many as {one.a_second * sum(_THINKS) / 2:.0f} children send"
            for workers, one in held.items()
        ),
    ]


def _country(held: dict[int, Measured], messages_a_talk: float) -> list[str]:
    if not held:
        return ["Nothing held: no calculation."]
    _, alone = min(held.items())
    pupils = " and ".join(f"{count:,} pupils in {name}" for name, count in PUPILS.items())
    redis = 1000 / alone.used["redis"] if alone.used.get("redis") else 0
    lines = [
        f"- {pupils} (sources: `tests/load/country.py`)",
        f"- measured: one worker, {alone.a_second:.0f} messages/s; one Redis, by its processor time, {redis:,.0f}; "
        f"{messages_a_talk:.1f} messages a talk, with the opening",
        f"- assumed: {PEAK_HOUR:.0%} of the talks of a day in the hour after school, {PEAK_MINUTE:.0f} times as many "
        f"in its peak minute as in its average one, workers filled to {FILLED:.0%}",
        "",
        "| of all pupils, on one day | talks a day | messages/s in the peak minute | workers, a core each | a month |",
        "|--:|--:|--:|--:|--:|",
    ]
    for one in needs(messages_a_talk, alone.a_second):
        cells = [f"{one.share:.1%}", f"{one.talks_a_day:,}", f"{one.messages_a_second:.0f}", f"{one.cores}"]
        lines.append(f"| {' | '.join(cells)} | {one.cores} core-months |")
    return lines


if __name__ == "__main__":
    main()
