"""Measures the server as it ships, in one run: start, memory, and what a message costs beside an empty request.

Read the ratios, not the milliseconds: machines are noisy.
"""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chat import Chat, call
from tests.running import running
from wegwijs.files import read_yaml

_ROUNDS = 5
_NO_LIMITS = {f"WEGWIJS_{what}_PER_MINUTE": "1000000" for what in ("TALK", "ADDRESS", "BEGIN")}
_SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yml"))


def main() -> None:
    """Start the server, measure, and print a table."""
    texts = [turn["say"] for file in _SCENARIOS for turn in read_yaml(file)["turns"] if "say" in turn]
    begun = time.perf_counter()
    with TemporaryDirectory() as folder, running(Path(folder) / "log", **_NO_LIMITS) as (server, process):
        ready = time.perf_counter() - begun
        empty = _milliseconds(lambda _: call(f"{server}/health"), texts * _ROUNDS)
        fresh = _milliseconds(lambda text: Chat(server).say(text), texts * _ROUNDS)
        turns = _milliseconds(Chat(server).say, (texts * 10)[:200])
        memory = _megabytes(process)
    floor = statistics.median(empty)
    print(f"messages measured: {len(fresh)} in new conversations, {len(turns)} in one")
    print(f"time to ready: {ready:.1f} s   memory: {memory:.0f} MB   empty request: {floor:.2f} ms")
    print("what                              median ms   95 % ms   x an empty request")
    for name, times in (
        ("new session and first message", fresh),
        ("turns 1 to 20 of one talk", turns[:20]),
        ("turns 181 to 200 of one talk", turns[180:]),
    ):
        slow = sorted(times)[int(len(times) * 0.95)]
        print(f"{name:32}  {statistics.median(times):9.1f}  {slow:8.1f}  {statistics.median(times) / floor:9.1f}")
    growth = statistics.median(turns[180:]) / statistics.median(turns[:20])
    print(json.dumps({"turns_181_to_200_over_1_to_20": round(growth, 2)}))


def _milliseconds(send: Callable[[str], object], texts: list[str]) -> list[float]:
    times = []
    for text in texts:
        begun = time.perf_counter()
        send(text)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    main()
