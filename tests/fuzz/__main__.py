"""Sends bad input to a server of its own, tells how it went, and writes build/fuzz.json."""

import argparse
import json
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.run import NO_LIMITS, Fuzz, Result
from tests.running import running
from wegwijs.files import ROOT

_RESULT = ROOT / "build" / "fuzz.json"


def main() -> None:
    """Run; a broken promise ends it with a status that is not 0."""
    reader = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    reader.add_argument("--inputs", type=int, default=100_000)
    reader.add_argument("--seed", type=int, default=random.randrange(10**6), help="the same inputs as another run")
    asked = reader.parse_args()
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with running(log, **NO_LIMITS) as (server, process):
            print(f"seed {asked.seed}", flush=True)
            fuzz = Fuzz(server, process, log, asked.seed)
            result = fuzz.run(asked.inputs, lambda line: print(line, flush=True))
    _RESULT.parent.mkdir(exist_ok=True)
    _RESULT.write_text(json.dumps(result.as_dict(), indent=2, ensure_ascii=False) + "\n")
    print(_table(result))
    if result.problem:
        sys.exit(f"BROKEN: {result.problem}\n{result.repeat}\nthe same again: --seed {result.seed}")


def _table(result: Result) -> str:
    told = result.as_dict()
    lines = [
        f"{told['inputs']} inputs in {told['seconds']} s, {told['inputs_per_second']} a second",
        f"the slowest took {told['slowest_seconds']} s",
        f"the server grew by {told['megabytes_grown']} MB after it was warm: {told['megabytes']}",
    ]
    lines += [f"  {kind:22}{count:8}" for kind, count in result.sent.items()]
    lines += [f"  status {status:15}{count:8}" for status, count in told["statuses"].items()]
    return "\n".join(lines)


main()
