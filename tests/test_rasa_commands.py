"""Rasa's own commands work from bot/."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.running import free_port
from wegwijs.files import BOT
from wegwijs.model import quiet_environment

RASA = [sys.executable, "-m", "rasa"]
_ASKS = b"Use arrow keys"  # what the shell shows under the quick replies of an answer
_PATIENCE = 120  # seconds for `rasa shell` to start and answer twice


def test_rasa_data_validate() -> None:
    """`rasa data validate` finds no error and no contradiction between stories."""
    done = subprocess.run(
        [*RASA, "data", "validate"], cwd=BOT, env=quiet_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No story structure conflicts found" in done.stdout + done.stderr


def test_rasa_test_core(model: Path, tmp_path: Path) -> None:
    """`rasa test core` predicts every action of the test stories."""
    command = [*RASA, "test", "core", "-m", str(model), "--stories", "tests", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=BOT, env=quiet_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Correct:\s+(\d+) / \1\b", done.stdout + done.stderr)
    assert "predicted" not in (tmp_path / "failed_test_stories.yml").read_text()


@pytest.mark.usefixtures("model")
def test_rasa_shell() -> None:
    """`rasa shell` answers in plain text without an action server."""
    assert "Bel in Nederland 113" in _shell(["ik wil niet meer leven"])


def _shell(lines: list[str]) -> str:
    """Type lines into `rasa shell` on a terminal of its own; return what it showed."""
    port = str(free_port())
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(BOT)
        os.execve(sys.executable, [*RASA, "shell", "--port", port], {**quiet_environment(), "TERM": "xterm"})
    shown, quiet_since, deadline = b"", time.monotonic(), time.monotonic() + _PATIENCE
    waiting = list(lines)
    try:
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.5)[0]:
                read = os.read(terminal, 65536)
                shown, quiet_since = shown + read, time.monotonic()
                if b"\x1b[6n" in read:  # it asks where the cursor is
                    os.write(terminal, b"\x1b[1;1R")
            elif waiting and b"Your input" in shown and time.monotonic() - quiet_since > 2:
                os.write(terminal, waiting.pop(0).encode() + b"\r")
                quiet_since = time.monotonic()
            elif not waiting and _ASKS in shown and time.monotonic() - quiet_since > 1:
                break
    except OSError:
        pass  # the shell has ended
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode(errors="replace"))
