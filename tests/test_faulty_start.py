"""A worker does not start with a model or a content that does not fit, and says what to do (docs/reliability.md)."""

import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import free_port
from wegwijs.files import ROOT


@pytest.fixture
def installation(model: Path, tmp_path: Path) -> Path:
    """A copy of this installation, with its model, in which a file may be broken."""
    folder = tmp_path / "wegwijs"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "models", "tests", "build", "__pycache__"))
    (folder / "bot" / "models").mkdir()
    shutil.copy(model, folder / "bot" / "models")
    return folder


def start(installation: Path) -> subprocess.Popen[str]:
    """Start the server of a copy."""
    return subprocess.Popen(
        [sys.executable, "-m", "wegwijs", "run"],
        cwd=installation,
        env={**os.environ, "PORT": str(free_port())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _cut(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:100_000])


def _of_another_rasa(model: Path) -> None:
    with tarfile.open(model) as archive:
        files = {member: archive.extractfile(member) for member in archive.getmembers()}
        read = {member: file.read() if file else None for member, file in files.items()}
    with tarfile.open(model, "w:gz") as archive:
        for member, data in read.items():
            if data is not None and member.name.endswith("metadata.json"):
                data = data.replace(b'"rasa_open_source_version": "3.6.21"', b'"rasa_open_source_version": "2.8.0"')
                member.size = len(data)
            archive.addfile(member, io.BytesIO(data) if data is not None else None)


@pytest.mark.parametrize("damage", [_cut, _of_another_rasa], ids=["cut", "of another Rasa"])
def test_a_model_that_does_not_fit_stops_the_start(installation: Path, damage: Callable[[Path], None]) -> None:
    """No worker serves with it: it ends with one line that says what to do, and the other workers go on."""
    damage(next((installation / "bot" / "models").iterdir()))
    server = start(installation)
    _, said = server.communicate(timeout=120)
    assert server.returncode == 1
    assert said.splitlines()[-1].startswith("wegwijs: ")
    assert "make train" in said.splitlines()[-1]


def test_a_missing_model_is_made(installation: Path) -> None:
    """Where there is none, the start says that it trains one first."""
    next((installation / "bot" / "models").iterdir()).unlink()
    server = start(installation)
    assert server.stdout
    try:
        assert server.stdout.readline().startswith("Training")
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.communicate()


@pytest.mark.parametrize("file", ["failsafe.yml", "helplines.yml"])
def test_content_that_is_broken_stops_the_start(installation: Path, file: str) -> None:
    """A worker with a mistake in its content does not start, and names the file; those that run have read theirs."""
    with (installation / "content" / file).open("a") as content_file:
        content_file.write("\n: [")
    server = start(installation)
    _, said = server.communicate(timeout=120)
    assert server.returncode == 1
    assert file in said.splitlines()[-1]
