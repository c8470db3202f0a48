"""A worker that hangs does not stay: it ends, says where it stood, and tells nothing of what was typed."""

import subprocess
import sys

import pytest

from wegwijs.files import ROOT

_PROGRAM = """
import asyncio, time
from bot.watchdog import watch

def the_place_where_it_stands(text):
    {stands}

async def main():
    watching = asyncio.create_task(watch(patience=4))
    await asyncio.sleep(6)
    print("alive", flush=True)
    the_place_where_it_stands("ik word gepest")
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    time.sleep(6)

asyncio.run(main())
"""


def run(stands: str) -> subprocess.CompletedProcess[str]:
    """Run a program whose event loop is busy with this for once."""
    command = [sys.executable, "-c", _PROGRAM.format(stands=stands)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("stands", ["time.sleep(60)", "import ctypes; ctypes.PyDLL(None).sleep(60)"])
def test_a_loop_that_stands_still_ends_the_process(stands: str) -> None:
    """Also where the interpreter itself is held; and not before it stands still."""
    done = run(stands)
    assert done.stdout == "alive\n"
    assert done.returncode == 1
    assert "the_place_where_it_stands" in done.stderr
    assert "gepest" not in done.stderr


def test_a_loop_that_goes_on_and_one_that_was_stopped_are_left_alone() -> None:
    """Nothing ends what works, nor what takes its time to stop."""
    done = run("pass")
    assert (done.stdout, done.returncode) == ("alive\n", 0)
