"""`make bench`: Wegwijs beside stock Rasa, by turns in one run; writes docs/performance.md and build/bench.json.

What it measures is kept after each turn: a run that was stopped goes on where it was, as long as nothing has changed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import time
from typing import Any

from tests.bench import bots, report, stock_bot
from tests.bench.cores import CLIENT, pinned
from tests.bench.goals import Rounds
from tests.bench.install_size import install_megabytes
from tests.bench.measures import Figures, measured
from wegwijs.files import ROOT
from wegwijs.model import model_path, training_seconds

_ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
_RESULTS = ROOT / "build" / "bench.json"
_UNDER_WAY = ROOT / "build" / "bench.under_way.json"
_TRIES = 2


def main() -> int:
    """Measure by turns, print, and write; a goal that is missed is named."""
    models = {name: stock_bot.model(name) for name in stock_bot.CONFIGS}
    kept = _kept(_state([str(model_path().name), *(path.name for path, _ in models.values())]))
    for round_ in range(_ROUNDS):
        for name in bots.NAMES:
            if not any(one["round"] == round_ and one["bot"] == name for one in kept["turns"]):
                begun = time.monotonic()
                figures = _turn(name, round_)
                seconds = time.monotonic() - begun
                kept["turns"].append({"round": round_, "bot": name, "seconds": seconds, "figures": figures})
                _UNDER_WAY.write_text(json.dumps(kept, indent=1))
                _say(round_, name, seconds, figures)
    rounds = _rounds(kept["turns"])
    _add_what_does_not_change(rounds, models)
    minutes = sum(turn["seconds"] for turn in kept["turns"]) / 60
    _RESULTS.write_text(json.dumps({"minutes": minutes, "rounds": rounds}, indent=1))
    report.write(rounds, models["stock"][1], training_seconds(), minutes)
    _UNDER_WAY.unlink()
    print(f"Written: {report.REPORT.relative_to(ROOT)}, {_RESULTS.relative_to(ROOT)}")
    print("\n".join(f"missed: {goal}" for goal in report.missed(rounds)) or "All goals are met.")
    return 0


def _turn(name: str, round_: int) -> Figures:
    """Measure a bot in a process that has just started; once more where that fails.

    Raises:
        RuntimeError: it failed twice.
    """
    for left in reversed(range(_TRIES)):
        try:
            with pinned(CLIENT), bots.running(name) as bot:
                return asyncio.run(measured(bot, round_))
        except RuntimeError as error:
            if not left:
                raise
            print(f"{name}: {error}\nOnce more ...", flush=True)
    raise AssertionError("there is always a last try")


def _state(models: list[str]) -> str:
    """Return a name for what is measured: the code as it is, the models, and for how long."""
    commands = (("git", "rev-parse", "HEAD"), ("git", "diff", "HEAD", "--", ":!docs"))
    parts = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout for command in commands]
    settings = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("BENCH_")]
    return hashlib.sha256("\0".join([*models, *parts, *settings]).encode()).hexdigest()[:16]


def _kept(state: str) -> dict[str, Any]:
    """Return what a run that was stopped has measured of this state."""
    _UNDER_WAY.parent.mkdir(exist_ok=True)
    if _UNDER_WAY.exists() and (found := json.loads(_UNDER_WAY.read_text()))["state"] == state:
        print(f"Going on after {len(found['turns'])} turns of a run that was stopped.", flush=True)
        return dict(found)
    return {"state": state, "turns": []}


def _rounds(turns: list[dict[str, Any]]) -> list[dict[str, Figures]]:
    return [
        {turn["bot"]: dict(turn["figures"]) for turn in turns if turn["round"] == round_} for round_ in range(_ROUNDS)
    ]


def _add_what_does_not_change(rounds: Rounds, models: dict[str, Any]) -> None:
    """Add the size on the disk, and what the trainings took."""
    sizes, seconds = install_megabytes(), training_seconds()
    trained = {name: training for name, (_, training) in models.items()}
    for one in rounds:
        for name, figures in one.items():
            figures["install_mb"] = sizes[name]
            if name in trained:
                figures["training_s"] = trained[name].seconds
                figures["training_estimate_s"] = trained[name].estimate
            elif seconds:
                figures["training_s"] = figures["training_estimate_s"] = seconds


def _say(round_: int, name: str, seconds: float, figures: Figures) -> None:
    told = "  ".join(
        f"{key} {figures[key]:.1f}" for key in ("ready_s", "message_p50_ms", "rate_8_per_s", "turn_200_ms")
    )
    print(f"round {round_ + 1} of {_ROUNDS}  {name:8} {seconds:4.0f} s   {told}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
