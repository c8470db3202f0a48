"""Running the server as `make run` does, for tests and measures."""

import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wegwijs.files import ROOT

_PATIENCE_SECONDS = 180
# Linux gives connections those from 32,768 on; of these here, two tests at the same moment hardly choose the same.
_PORTS = range(10_000, 32_000)


def free_port() -> int:
    """Return a port that nobody listens on, and that no connection will take before somebody does."""
    while True:
        port = random.choice(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def running(
    log: Path, port: int | None = None, module: str = "wegwijs", root: Path = ROOT, **settings: str
) -> Iterator[tuple[str, int]]:
    """Run `wegwijs run` until the block ends; give its address and process id when it can answer.

    Args:
        log: where it writes what it has to say.
        port: a free one if left out.
        module: what is run instead of the command, with the same verb.
        root: where the files of Wegwijs lie.
        settings: environment variables.

    Raises:
        RuntimeError: it did not start; the text ends with what it wrote into the log.
    """
    port = port or free_port()
    command, environment = [sys.executable, "-m", module, "run"], {**os.environ, "PORT": str(port), **settings}
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_healthy(address, process, log)
            yield address, process.pid
        finally:
            process.terminate()


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start:\n" + log.read_text()[-3000:])
