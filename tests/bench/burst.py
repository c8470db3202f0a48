"""Messages of one person, sent one right after the other over connections that are open: they arrive in that order."""

import select
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from tests.bench.wire import PATIENCE_SECONDS

_ANSWERED = b"HTTP/1.1 200 "
_BYTES = 1 << 16


@contextmanager
def connections(server: str, count: int) -> Iterator[list[socket.socket]]:
    """Open connections; the server takes them up with the next requests that it answers."""
    place = urlsplit(server)
    with ExitStack() as stack:
        address = place.hostname, place.port
        yield [stack.enter_context(socket.create_connection(address)) for _ in range(count)]


def at_once(sockets: Sequence[socket.socket], requests: Sequence[bytes]) -> tuple[list[int], float]:
    """Send all, and wait for all.

    Returns:
        the places of the requests in the order in which their answers began, those of one moment in the order of the
        requests; and the milliseconds until the last.

    Raises:
        RuntimeError: one was not answered.
    """
    begun, done = time.perf_counter(), []
    for one, request in zip(sockets, requests, strict=True):
        one.sendall(request)
    while len(done) < len(sockets):
        waiting = [one for one in sockets if one not in done]
        ready = select.select(waiting, [], [], PATIENCE_SECONDS)[0]
        if not ready or not all(one.recv(_BYTES).startswith(_ANSWERED) for one in ready):
            raise RuntimeError("one of several messages at once was not answered")
        done += ready
    return [sockets.index(one) for one in done], (time.perf_counter() - begun) * 1000
