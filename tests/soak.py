"""Lets one worker run for long, with conversations that begin, talk, and mostly are left alone (`make soak`).

It must not grow: neither its memory nor any file. Conversations end after a minute here, or nothing would end in time.
"""

import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import report
from tests.chat import Chat
from tests.child import Script, of_the_channel, script
from tests.cluster import NO_LIMITS, redis_on
from tests.running import free_port, running
from tests.scenario import FILES

_SECONDS = 1200.0
_STORES = ("memory", "Redis")
_IDLE_SECONDS = 60
_PEOPLE = 4
_WIPE = 0.2  # of all who have talked
_MOST_TURNS = 3
_WARM = 1 / 3  # of the time, before which the memory may grow
_SAMPLES = 60
_MOST_DRIFT = 0.1
_MORE_OPEN_FILES = 10  # connections of those who talk at the moment


@dataclass
class Soaked:
    """What was done, and what grew."""

    seconds: float
    talks: int = 0
    messages: int = 0
    errors: int = 0
    megabytes: list[float] = field(default_factory=list)
    file_bytes: list[int] = field(default_factory=list)
    open_files: list[int] = field(default_factory=list)

    @property
    def warm(self) -> list[float]:
        """The memory after the warm-up."""
        return self.megabytes[round(len(self.megabytes) * _WARM) :]

    @property
    def drift(self) -> float:
        """By what share the memory is larger in the last quarter of the time after the warm-up than in the first."""
        quarter = max(len(self.warm) // 4, 1)
        return statistics.median(self.warm[-quarter:]) / statistics.median(self.warm[:quarter]) - 1

    @property
    def grown_bytes(self) -> int:
        """By how much the files grew after the first talks."""
        return self.file_bytes[-1] - self.file_bytes[0]

    def broken(self) -> list[str]:
        """Return what a worker must not do, and this one did."""
        found = {
            f"{self.errors} errors": self.errors,
            f"files grew by {self.grown_bytes} bytes": self.grown_bytes,
            f"the memory grew by {self.drift:.1%}": self.drift >= _MOST_DRIFT,
            "files stay open": self.open_files[-1] > self.open_files[0] + _MORE_OPEN_FILES,
        }
        return [what for what, is_so in found.items() if is_so]


@contextmanager
def serving(folder: Path, store: str) -> Iterator[tuple[str, int]]:
    """Run a worker that keeps talks in "memory" or "Redis"; give its address and process id."""
    settings = {**NO_LIMITS, "WEGWIJS_IDLE_SECONDS": str(_IDLE_SECONDS)}
    with ExitStack() as running_now:
        if store == "Redis":
            redis = redis_on(free_port(), folder)
            running_now.callback(redis.end)
            redis.start()
            settings["WEGWIJS_REDIS"] = redis.address
        yield running_now.enter_context(running(folder / "log", **settings))


def soak(address: str, pid: int, log: Path, scripts: list[Script], seconds: float) -> Soaked:
    """Let people talk for so long; return what grew."""
    found = Soaked(seconds)
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(_PEOPLE) as room:
        people = [room.submit(_come_and_go, address, scripts, seed, until) for seed in range(_PEOPLE)]
        while time.monotonic() < until:
            time.sleep(seconds / _SAMPLES)
            found.megabytes.append(_megabytes(pid))
            found.file_bytes.append(log.stat().st_size + _written(pid))
            found.open_files.append(len(os.listdir(f"/proc/{pid}/fd")))
        for one in people:
            talks, messages, errors = one.result()
            found.talks, found.messages, found.errors = (
                found.talks + talks,
                found.messages + messages,
                found.errors + errors,
            )
    return found


def _come_and_go(address: str, scripts: list[Script], seed: int, until: float) -> tuple[int, int, int]:
    dice = random.Random(seed)
    messages = errors = 0
    for talks in itertools.count():
        if time.monotonic() > until:
            return talks, messages, errors
        one = dice.choice(scripts)
        chat = Chat(address, one.opening)
        for turn in one.turns[: dice.randint(1, _MOST_TURNS)]:
            answer = chat.post(turn)
            messages += 1
            errors += answer.status != 200 or of_the_channel(answer.messages)
        if dice.random() < _WIPE:
            chat.end()
    return 0, 0, 0


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def _written(pid: int) -> int:
    """Return the size of all files that the process has open."""
    return sum(path.stat().st_size for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_file())


def _row(store: str, found: Soaked) -> str:
    cells = [
        store, f"{found.seconds / 60:.0f} min", f"{found.talks:,}", f"{found.messages:,}", found.errors,
        f"{statistics.median(found.warm):.0f}", f"{found.drift:+.1%}", found.grown_bytes,
        found.open_files[-1] - found.open_files[0],
    ]  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Soak both kinds of workers at the same time, print, and write the table into docs/reliability.md.

    Returns:
        1 where a worker broke a promise.
    """
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    head = [
        "talks kept in",
        "time",
        "talks",
        "messages",
        "errors",
        "memory, MB",
        "drift",
        "bytes in files",
        "open files",
    ]
    rows = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    scripts = [script(file) for file in FILES]

    def soaked(store: str) -> Soaked:
        with TemporaryDirectory() as folder, serving(Path(folder), store) as (address, pid):
            return soak(address, pid, Path(folder) / "log", scripts, seconds)

    with ThreadPoolExecutor() as side_by_side:
        found = dict(zip(_STORES, side_by_side.map(soaked, _STORES), strict=True))
    rows += [_row(store, one) for store, one in found.items()]
    print("\n".join(rows))
    report.write("soak", rows)
    broken = [f"{store}: {what}" for store, one in found.items() for what in one.broken()]
    print("\n".join(broken))
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
