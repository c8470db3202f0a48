"""Measures the server as it ships, in one run: start, memory, and what a message costs beside an empty request.

Read the ratios, not the milliseconds: machines are noisy.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.chat import Chat, call
from tests.conftest import free_port
from wegwijs.files import ROOT, read_yaml

_ROUNDS = 5
_SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yml"))


def main() -> None:
    """Start the server, measure, and print a table."""
    texts = [turn["say"] for file in _SCENARIOS for turn in read_yaml(file)["turns"] if "say" in turn]
    port = free_port()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "wegwijs", "run"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PORT": str(port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            server = f"http://127.0.0.1:{port}"
            _wait(server)
            ready = time.perf_counter() - begun
            empty = _milliseconds(lambda _: call(f"{server}/health"), texts * _ROUNDS)
            fresh = _milliseconds(lambda text: Chat(server).say(text), texts * _ROUNDS)
            talk = Chat(server)
            turns = _milliseconds(talk.say, (texts * 10)[:200])
            memory = _megabytes(process.pid)
        finally:
            process.terminate()
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
    print(json.dumps({"turn_200_over_turn_10": round(growth, 2)}))


def _milliseconds(send: Callable[[str], object], texts: list[str]) -> list[float]:
    times = []
    for text in texts:
        begun = time.perf_counter()
        send(text)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _wait(server: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{server}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    main()
