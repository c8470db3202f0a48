"""Setting up: what is missing is one clear line, and nothing is done twice."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import free_port
from wegwijs import model as wegwijs_model
from wegwijs.files import ROOT

WEGWIJS = [sys.executable, "-m", "wegwijs"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command `wegwijs`."""
    return subprocess.run(
        [*WEGWIJS, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_port_that_is_taken_is_one_clear_line() -> None:
    """`PORT=... wegwijs run` on a port in use says so and names another, before anything else is done."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("run", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"wegwijs: port {port} is taken; choose another one, such as PORT={port + 1} make run"
    ]


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1"])
def test_a_port_that_is_none_is_one_clear_line(port: str) -> None:
    """A mistyped PORT says what a port is."""
    done = run("run", PORT=port)
    assert done.returncode == 2
    assert f"'{port}' is no port: a number from 1 to 65535" in done.stderr


def test_a_trained_model_is_not_trained_again(model: Path) -> None:
    """A second `wegwijs train` says that there is nothing to do."""
    done = run("train")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [f"The model is up to date: {model.relative_to(ROOT)}"]


@pytest.mark.parametrize(
    "changed", ["labels.yml", "bot/data/nlu.yml", "bot/config.yml", "bot/components/recognizer.py"]
)
def test_what_a_model_rests_on_decides_its_name(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One changed letter in data, settings or components asks for another model."""
    before = wegwijs_model.model_path()
    copy = tmp_path / "changed"
    copy.write_bytes((ROOT / changed).read_bytes() + b"\n")
    parts = tuple(copy if part == ROOT / changed else part for part in wegwijs_model._PARTS)
    assert copy in parts
    monkeypatch.setattr(wegwijs_model, "_PARTS", parts)
    assert wegwijs_model.model_path() != before


def test_check_reads_everything() -> None:
    """`wegwijs check` passes on this repository and prints how much there is."""
    done = run("check")
    assert done.returncode == 0, done.stderr
    assert "items" in done.stdout


def test_the_script_says_what_is_missing(tmp_path: Path) -> None:
    """Without any Python the verbs of make end in one line that says what to install."""
    for name in ("dirname", "cmp"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    (tmp_path / "repository" / "scripts").mkdir(parents=True)
    script = tmp_path / "repository" / "scripts" / "with-python"
    script.write_text((ROOT / "scripts" / "with-python").read_text())
    done = subprocess.run(
        ["/bin/sh", str(script), "true"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "wegwijs: Python 3 is missing: apt install python3 python3-venv"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WEGWIJS_ORIGINS", "https://www.school.nl/", "'https://www.school.nl/' is not written like"),
        ("WEGWIJS_PROXIES", "one", "'one' is no whole number"),
        ("WEGWIJS_TALK_PER_MINUTE", "-1", "'-1' is no whole number"),
        ("WEGWIJS_IDLE_SECONDS", "86400", "86400 is more than 1800"),
        ("WEGWIJS_LOG_LEVEL", "verbose", "'verbose' is none of debug, info, warning, error"),
        ("WEGWIJS_BAROMETER", "/dev/null", "/dev/null: File exists"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(model: Path, name: str, value: str, said: str) -> None:
    """What is no address of a site, or no number, is named before anything is served."""
    done = run("run", PORT=str(free_port()), **{name: value})
    assert done.returncode == 1
    assert f"{name}: {said}" in done.stderr.splitlines()[-1]
