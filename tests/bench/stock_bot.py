"""Stock Rasa with the messages, rules and actions of Wegwijs: its environment, and its models, trained once."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from wegwijs.files import BOT, ROOT
from wegwijs.model import quiet_environment
from wegwijs.training_data import Example, read_examples

STOCK = Path(__file__).parent / "stock"
_PLACE = ROOT / "build" / "stock"
ENVIRONMENT = _PLACE / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
CONFIGS = {"stock": STOCK / "config.yml", "lin": STOCK / "lin.yml"}
EPOCHS = 100  # of `rasa init`
# What a message costs does not depend on the epochs, and on more messages only for the worse: a larger vocabulary.
MESSAGES = int(os.environ.get("STOCK_MESSAGES", "4000"))
EPOCHS_TRAINED = int(os.environ.get("STOCK_EPOCHS", "3"))
# Wegwijs has rules only; without stories TED and UnexpecTED would learn nothing, and a bot of `rasa init` has some.
_DATA = (BOT / "data" / "rules.yml", STOCK / "stories.yml")
# The state of a progress bar of Keras after some epochs: 2/3 [00:41<
_BAR = re.compile(r"Epochs: .*? (\d+)/\d+ \[([\d:]+)<")


@dataclass(frozen=True)
class Training:
    """What a training took."""

    messages: int
    all_messages: int
    epochs: int
    seconds: float
    networks: Sequence[float]  # seconds of each neural network, DIET first
    load: float  # of the machine meanwhile; more than its cores, and the seconds are too many
    epoch: Sequence[float]  # seconds of an epoch of each, after the first, in which TensorFlow prepares itself

    @property
    def estimate(self) -> float:
        """The seconds that as many epochs as `rasa init` sets would take on all messages, rather too few than too many.

        Only DIET learns from messages, the policies from stories. All other work is counted as it was.
        """
        if not self.networks:
            return self.seconds
        diet, *policies = self.epoch
        return self.seconds - sum(self.networks) + EPOCHS * (diet * self.all_messages / self.messages + sum(policies))


def install() -> None:
    """Make the environment of stock Rasa if it is not there or out of date.

    Raises:
        RuntimeError: there is no uv.
    """
    stamp, lock = ENVIRONMENT / "lock", STOCK / "uv.lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    uv = shutil.which("uv") or shutil.which(str(ROOT / ".cache" / "uv" / "bin" / "uv"))
    if not uv:
        raise RuntimeError("uv is missing: pip install uv")
    print("Installing stock Rasa with TensorFlow (2.5 GB) ...", flush=True)
    python = str(Path(sys.executable).resolve())
    settings = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    command = [uv, "sync", "--locked", "--quiet", "--compile-bytecode", "--python", python]
    subprocess.run(command, cwd=STOCK, env=settings, check=True)
    stamp.write_bytes(lock.read_bytes())


def model(name: str) -> tuple[Path, Training]:
    """Return a model and what its training took; train it if it is not there.

    Raises:
        RuntimeError: the training failed; the text ends with what Rasa printed.
    """
    install()
    examples = read_examples()
    count = min(MESSAGES, len(examples))
    sample = [examples[place * len(examples) // count] for place in range(count)]
    config = CONFIGS[name].read_text().replace("{epochs}", str(EPOCHS_TRAINED))
    path = _PLACE / f"{name}-{_state(config, sample)}.tar.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = path.with_suffix(".json")
    if not (path.exists() and notes.exists()):
        log = path.with_suffix(".log")
        print(f"Training {name}: {len(sample):,} of {len(examples):,} messages; progress: {log} ...", flush=True)
        begun = time.monotonic()
        bars = _bars(_train(path, config, sample, log))
        took = Training(
            messages=len(sample),
            all_messages=len(examples),
            epochs=EPOCHS_TRAINED,
            seconds=time.monotonic() - begun,
            load=os.getloadavg()[1],
            networks=[bar[-1] for bar in bars],
            epoch=[(bar[-1] - bar[0]) / max(EPOCHS_TRAINED - 1, 1) for bar in bars],
        )
        notes.write_text(json.dumps(asdict(took)))
        print(f"  {took.seconds:.0f} s", flush=True)
    return path, Training(**json.loads(notes.read_text()))


def _state(config: str, sample: Sequence[Example]) -> str:
    digest = hashlib.sha256()
    for part in (config, _nlu(sample), *(file.read_text() for file in (*_DATA, BOT / "domain.yml", STOCK / "uv.lock"))):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:16]


def _train(path: Path, config: str, sample: Sequence[Example], log: Path) -> str:
    """Train in a folder of its own, so with nothing that Rasa remembers; return what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "config.yml").write_text(config, encoding="utf-8")
        (place / "data").mkdir()
        (place / "data" / "nlu.yml").write_text(_nlu(sample), encoding="utf-8")
        for file in (*_DATA, BOT / "domain.yml"):
            shutil.copy(file, place / ("data" if file in _DATA else ""))
        # As Wegwijs trains: without validating the data first.
        command = [str(PYTHON), "-m", "rasa", "train", "--skip-validation", "--out", ".", "--fixed-model-name", "new"]
        with log.open("w") as output:
            run = subprocess.run(command, cwd=place, env=environment(), stdout=output, stderr=subprocess.STDOUT)
        printed = log.read_text(encoding="utf-8", errors="replace")
        if run.returncode:
            raise RuntimeError("the training failed:\n" + printed[-3000:])
        shutil.move(place / "new.tar.gz", path)
    return printed


def environment() -> dict[str, str]:
    """Return the environment variables of stock Rasa; nothing of the Python of Wegwijs leaks into it."""
    return {name: value for name, value in quiet_environment().items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def _nlu(sample: Sequence[Example]) -> str:
    """Return the messages by intent; role, position, country and danger are of no use to a stock pipeline."""
    lines = ['version: "3.1"', "nlu:"]
    for intent in sorted({example.labels.intent[0] for example in sample}):
        texts = [example.text for example in sample if example.labels.intent[0] == intent]
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    return "\n".join(lines) + "\n"


def _bars(printed: str) -> list[list[float]]:
    """Return the seconds after each epoch of each neural network."""
    bars: list[dict[int, float]] = []
    for epoch, clock in _BAR.findall(printed):
        if int(epoch) == 0 and (not bars or bars[-1]):
            bars.append({})
        elif int(epoch):
            bars[-1].setdefault(int(epoch), _seconds(clock))
    return [[bar[epoch] for epoch in sorted(bar)] for bar in bars]


def _seconds(clock: str) -> float:
    """Return the seconds of 01:02:03 or 02:03."""
    seconds = 0
    for part in clock.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds
