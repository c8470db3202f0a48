"""What the tests share: the trained model, and the server as `make run` starts it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import keep_words_out
from wegwijs.content import Content, content
from wegwijs.files import ROOT
from wegwijs.model import model_path, quiet_environment, train

os.environ.update(quiet_environment())
keep_words_out()

_START_SECONDS = 180


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of this state of code and data, trained if it is not there."""
    return model_path() if model_path().exists() else train()


@pytest.fixture(scope="session")
def texts() -> Content:
    """The content of this installation."""
    return content()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `wegwijs run`."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "wegwijs", "run"],
            env={**os.environ, "PORT": str(port)},
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_healthy(address, process, log)
            yield address
        finally:
            process.terminate()


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_START_SECONDS * 2):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the server did not start:\n" + log.read_text()[-3000:])
