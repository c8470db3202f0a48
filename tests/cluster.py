"""Several workers as one service on this machine: Redis, workers and the proxy, most of which can be struck."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.proxy import NGINX, nginx
from tests.running import free_port, running

REDIS = shutil.which("redis-server")
needs_cluster = pytest.mark.skipif(not (REDIS and NGINX), reason="apt install redis-server nginx")
_PASSWORD = "only-for-tests"
_PATIENCE_SECONDS = 10
# All children of a test come from one address.
NO_LIMITS = {f"WEGWIJS_{what}_PER_MINUTE": "1000000" for what in ("TALK", "ADDRESS", "BEGIN")}


class Process:
    """A process that can be killed, frozen, ended and started again on the same port."""

    def __init__(self, address: str, run: Callable[[], AbstractContextManager[int]]) -> None:
        """Take its address, and how to run it: a context that gives its process id."""
        self.address = address
        self.pid = 0
        self._run = run
        self._running = ExitStack()

    def start(self) -> None:
        """Start it, and wait until it can answer."""
        self.pid = self._running.enter_context(self._run())

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        os.kill(self.pid, signal.SIGKILL)
        self._running.close()

    def freeze(self) -> None:
        """Let it hang: it keeps its connections and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def end(self) -> None:
        """Ask it to end, and wait for it; nothing happens when it does not run."""
        if self.pid_is_alive():
            self.thaw()
        self._running.close()

    def pid_is_alive(self) -> bool:
        """Tell whether it runs, or hangs."""
        return self.pid > 0 and Path(f"/proc/{self.pid}").exists()


@dataclass
class Cluster:
    """What people reach at one address."""

    address: str
    workers: list[Process]
    redis: Process

    def heal(self) -> None:
        """Start what does not run, and let go on what hangs."""
        for process in (self.redis, *self.workers):
            if process.pid_is_alive():
                process.thaw()
            else:
                process.start()


@contextmanager
def cluster(folder: Path, workers: int = 3, **settings: str) -> Iterator[Cluster]:
    """Run Redis, so many workers and the proxy until the block ends.

    Args:
        folder: for what they write.
        workers: how many.
        settings: environment variables of the workers.
    """
    with ExitStack() as running_now:
        store = redis_on(free_port(), folder)
        running_now.callback(store.end)
        store.start()
        settings = {**NO_LIMITS, "WEGWIJS_REDIS": store.address, "WEGWIJS_PROXIES": "1", **settings}
        started = [worker(folder / f"worker-{number}.log", **settings) for number in range(workers)]
        for one in started:
            running_now.callback(one.end)
        with ThreadPoolExecutor() as at_once:
            list(at_once.map(Process.start, started))
        address = running_now.enter_context(nginx([one.address for one in started]))
        yield Cluster(address, started, store)


def worker(log: Path, **settings: str) -> Process:
    """Return a worker that does not run yet; it writes what it has to say into `log`, anew at every start."""
    port = free_port()

    @contextmanager
    def run() -> Iterator[int]:
        with running(log, port, **settings) as (_, pid):
            yield pid

    return Process(f"http://127.0.0.1:{port}", run)


def redis_on(port: int, folder: Path) -> Process:
    """Return a Redis that does not run yet: with a password, and in memory only."""
    address = f"redis://:{_PASSWORD}@127.0.0.1:{port}/0"
    settings = {
        "port": port,
        "bind": "127.0.0.1",
        "requirepass": _PASSWORD,
        "save": "",
        "appendonly": "no",
        "dir": folder,
    }
    command = [str(REDIS), *(part for name, value in settings.items() for part in (f"--{name}", str(value)))]

    @contextmanager
    def run() -> Iterator[int]:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                _wait_until_it_answers(address)
                yield process.pid
            finally:
                process.terminate()

    return Process(address, run)


def _wait_until_it_answers(address: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with Redis.from_url(address) as client:
        while True:
            try:
                client.ping()
                return
            except RedisError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
