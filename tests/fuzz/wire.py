"""HTTP/1.1 byte by byte: sends anything at all, and reads what comes back."""

import contextlib
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS = 5.0  # whoever waits longer hangs
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]{1,10})(?=\r\n|$)", re.IGNORECASE)
_NO_BODY = (204, 304)


@dataclass(frozen=True)
class Reply:
    """One answer of the server."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return a header, or nothing."""
        found = re.search(rb"\r\n%b: *([^\r]*)" % name.encode(), self.head, re.IGNORECASE)
        return found[1].decode("latin-1") if found else ""


class Wire:
    """A connection that is made again whenever the server has closed it."""

    def __init__(self, server: str) -> None:
        """Take the address."""
        parts = urlsplit(server)
        self.host, self._address = parts.netloc, (parts.hostname, parts.port)
        self._socket: socket.socket | None = None
        self._read = b""

    def send(self, *pieces: bytes, answers: int | None = 1, fresh: bool = False) -> list[Reply]:
        """Send bytes and return the answers.

        Args:
            pieces: are sent one after the other.
            answers: how many must come; None when nobody can know: then all is read until the server closes.
            fresh: on a new connection, which is closed afterwards.

        Raises:
            TimeoutError: the server neither answers nor closes.
        """
        kept = self._socket is not None and not fresh
        replies = self._exchange(pieces, answers, kept)
        if not replies and kept and answers:  # the server closed the connection before
            replies = self._exchange(pieces, answers, kept=False)
        if fresh or answers != 1 or not replies or replies[-1].header("connection") != "keep-alive":
            self.close()
        return replies

    def close(self) -> None:
        """End the connection."""
        if self._socket:
            self._socket.close()
        self._socket, self._read = None, b""

    def _exchange(self, pieces: tuple[bytes, ...], answers: int | None, kept: bool) -> list[Reply]:
        if not kept:
            self.close()
            self._socket = socket.create_connection(self._address, SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # It may have answered and closed before all was sent.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                self._socket.sendall(piece)
            if answers is None:
                self._socket.shutdown(socket.SHUT_WR)
        replies: list[Reply] = []
        with contextlib.suppress(ConnectionResetError):
            while answers is None or len(replies) < answers:
                reply = self._reply(head_only=pieces[0].startswith(b"HEAD "))
                if reply is None:
                    break
                replies += [reply] if reply.status >= 200 else []  # "100 Continue" is no answer yet
        return replies

    def _reply(self, head_only: bool) -> Reply | None:
        while b"\r\n\r\n" not in self._read:
            if not self._receive():
                return None
        head, _, self._read = self._read.partition(b"\r\n\r\n")
        status = int(head[9:12])
        length = _LENGTH.search(head)
        wanted = int(length[1]) if length and not head_only and status not in _NO_BODY else 0
        while len(self._read) < wanted:
            if not self._receive():
                break
        body, self._read = self._read[:wanted], self._read[wanted:]
        return Reply(status, head, body)

    def _receive(self) -> bool:
        data = self._socket.recv(1 << 16)
        self._read += data
        return bool(data)
