"""The three bots, each started as its own documentation says, on one core."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import stock_bot
from tests.bench.cores import SERVER, pinned
from tests.bench.people import MakePerson, Sender, Visitor
from tests.running import free_port
from wegwijs.files import ROOT

NAMES = ("wegwijs", "stock", "lin")
# Everybody here comes from one address.
_NO_LIMITS = {f"WEGWIJS_{what}_PER_MINUTE": "1000000" for what in ("TALK", "ADDRESS", "BEGIN")}
_ONE_THREAD = {"OMP_NUM_THREADS": "1"}
_PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Bot:
    """A bot that answers."""

    address: str
    pid: int
    action_server: int | None  # its process
    ready_seconds: float
    log: Path
    person: MakePerson


@contextmanager
def running(name: str) -> Iterator[Bot]:
    """Run one of NAMES until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        if name == "wegwijs":
            with wegwijs(log) as bot:
                yield bot
        else:
            with stock(name, log) as bot:
                yield bot


@contextmanager
def wegwijs(log: Path, arguments: Sequence[str] = ("-m", "wegwijs", "run"), **settings: str) -> Iterator[Bot]:
    """Run Wegwijs as it ships, but without limits to what one address may ask."""
    port = free_port()
    settings = {**_NO_LIMITS, "PORT": str(port), **settings}
    with _process([sys.executable, *arguments], {**os.environ, **settings}, log) as process:
        seconds = _wait(f"http://127.0.0.1:{port}/health", process, log)
        yield Bot(f"http://127.0.0.1:{port}", process.pid, None, seconds, log, Visitor)


@contextmanager
def stock(name: str, log: Path, with_actions: bool = True) -> Iterator[Bot]:
    """Run stock Rasa, beside an action server with the actions of Wegwijs."""
    model, _ = stock_bot.model(name)
    port, action_port = free_port(), free_port()
    environment = {**stock_bot.environment(), "ACTION_PORT": str(action_port)}
    rasa = [str(stock_bot.PYTHON), "-m", "rasa", "run", "--model", str(model), "--port", str(port), "-i", "127.0.0.1"]
    for option in ("endpoints", "credentials"):
        rasa += [f"--{option}", str(stock_bot.STOCK / f"{option}.yml")]
    actions = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(action_port)]
    with ExitStack() as stack:
        helper = None
        if with_actions:
            helper = stack.enter_context(_process(actions, dict(os.environ), log.with_suffix(".actions")))
            _wait(f"http://127.0.0.1:{action_port}/health", helper, log.with_suffix(".actions"))
        process = stack.enter_context(_process(rasa, environment, log, cwd=stock_bot.STOCK))
        seconds = _wait(f"http://127.0.0.1:{port}/", process, log)
        yield Bot(f"http://127.0.0.1:{port}", process.pid, helper and helper.pid, seconds, log, Sender)


@contextmanager
def _process(
    command: list[str], environment: dict[str, str], log: Path, cwd: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("w") as output, pinned(SERVER):
        process = subprocess.Popen(
            command, cwd=cwd, env={**environment, **_ONE_THREAD}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> float:
    """Return the seconds until an address answers.

    Raises:
        RuntimeError: it does not; the text ends with what the process wrote into its log.
    """
    begun = time.monotonic()
    while process.poll() is None and time.monotonic() < begun + _PATIENCE_SECONDS:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return time.monotonic() - begun
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer:\n{log.read_text()[-3000:]}")
