"""Strikes a cluster while many children talk, and counts what became of their messages (`make cluster`).

Every answer is compared with that of a worker alone, to the same words.
"""

import itertools
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import report
from tests.child import Child, Script, Tally, script
from tests.cluster import NO_LIMITS, Cluster, cluster
from tests.running import running
from tests.scenario import FILES

COLUMNS = (
    "messages", "lost", "wrong", "doubled", "failed requests", "answered by the channel itself", "begun anew",
)  # fmt: skip
_SECONDS = 120.0
_CHILDREN = 24


@dataclass(frozen=True)
class Strike:
    """What happens to the cluster, again and again, and what no child may notice of it."""

    name: str
    strike: Callable[[Cluster, int], None]  # the number of the strike, from 0
    zero: frozenset[str]  # the columns that must be 0
    pause: float = 3.0  # seconds between two


_NEVER = frozenset({"lost", "wrong", "doubled"})
_UNSEEN = _NEVER | {"failed requests", "answered by the channel itself", "begun anew"}


def _nothing(cluster: Cluster, number: int) -> None:
    pass


def _kill_a_worker(cluster: Cluster, number: int) -> None:
    struck = cluster.workers[number % len(cluster.workers)]
    struck.kill()
    time.sleep(1)
    struck.start()


def _freeze_a_worker(cluster: Cluster, number: int) -> None:
    struck = cluster.workers[number % len(cluster.workers)]
    struck.freeze()
    time.sleep(8)
    struck.thaw()


def _restart_workers_in_turn(cluster: Cluster, number: int) -> None:
    for one in cluster.workers:
        one.end()
        one.start()


def _freeze_redis(cluster: Cluster, number: int) -> None:
    cluster.redis.freeze()
    time.sleep(5)
    cluster.redis.thaw()


def _empty_redis(cluster: Cluster, number: int) -> None:
    cluster.redis.kill()
    time.sleep(2)
    cluster.redis.start()


STRIKES = (
    Strike("nothing is wrong", _nothing, _UNSEEN),
    Strike("a worker is killed (`kill -9`) and started again", _kill_a_worker, _NEVER | {"begun anew"}),
    Strike("a worker hangs for eight seconds", _freeze_a_worker, _NEVER | {"begun anew"}),
    Strike("the workers are restarted in turn", _restart_workers_in_turn, _UNSEEN),
    Strike("Redis hangs for five seconds", _freeze_redis, _NEVER, pause=10),
    Strike("Redis is killed and comes back empty", _empty_redis, _NEVER, pause=10),
)


def learn(scripts: list[Script], log: Path) -> list[Script]:
    """Return the scripts with the answers of a worker alone, without Redis."""
    with running(log, **NO_LIMITS) as (address, _):
        return [Child(address).learn(one) for one in scripts]


def strike(cluster: Cluster, scripts: list[Script], strike: Strike, seconds: float, children: int) -> Tally:
    """Let the children talk for so long while the cluster is struck; return what became of their messages."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(children) as room:
        talks = [room.submit(_talk, cluster.address, _shuffled(scripts, seed), until) for seed in range(children)]
        for number in itertools.count():
            time.sleep(min(strike.pause, max(until - time.monotonic(), 0)))
            if time.monotonic() >= until:
                break
            strike.strike(cluster, number)
        tallies = [talk.result() for talk in talks]
    cluster.heal()
    return sum(tallies, Tally())


def _talk(address: str, scripts: Iterator[Script], until: float) -> Tally:
    child = Child(address)
    while time.monotonic() < until:
        child.talk(next(scripts))
    return child.tally


def _shuffled(scripts: list[Script], seed: int) -> Iterator[Script]:
    return itertools.cycle(random.Random(seed).sample(scripts, len(scripts)))


def _row(strike: Strike, tally: Tally) -> str:
    cells = [strike.name, *(f"{tally.counts[column]:,}" for column in COLUMNS), f"{max(tally.waits, default=0):.1f}"]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Strike in every way, write the table into docs/reliability.md, and name what went wrong."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    failed = []
    head = ["what happens", *COLUMNS, "longest wait, s"]
    lines = [f"| {' | '.join(head)} |", "|---" + "|--:" * (len(head) - 1) + "|"]
    with TemporaryDirectory() as name:
        folder = Path(name)
        scripts = learn([script(file) for file in FILES], folder / "alone.log")
        with cluster(folder) as several:
            for one in STRIKES:
                tally = strike(several, scripts, one, seconds, _CHILDREN)
                lines.append(_row(one, tally))
                print(lines[-1], *tally.wrong[:10], sep="\n", flush=True)
                failed += [f"{one.name}: {column}" for column in COLUMNS if column in one.zero and tally.counts[column]]
    talks = sum(len(one.turns) for one in scripts)
    note = (
        f"Three workers; {_CHILDREN} children at once, {seconds:.0f} seconds for each row; "
        f"{len(scripts)} conversations with {talks} turns."
    )
    report.write("cluster", [note, "", *lines])
    for line in failed:
        print(f"not 0: {line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
