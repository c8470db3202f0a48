"""How requests reach a bot: over one connection for somebody who waits for each answer, over many for a crowd."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from httptools import HttpParserError, HttpResponseParser
from typing_extensions import Self

PATIENCE_SECONDS = 60
NOBODY = 0  # the status where no answer came
_BYTES = 1 << 16


@dataclass(frozen=True)
class Answer:
    """What came back, and after how long."""

    status: int
    body: Any
    milliseconds: float

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the bot said; nothing when it refused."""
        if self.status >= 400 or not self.body:
            return []
        return self.body["messages"] if isinstance(self.body, dict) else self.body

    @property
    def silent(self) -> bool:
        """Tell whether somebody got neither an answer nor a reason why not."""
        return not self.body


class Wire(Protocol):
    """A way to one server."""

    async def post(self, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        """Send a request; whatever happens is an answer."""


class Alone:
    """One connection that is kept open, and little else: what the client takes is measured with the answer.

    A client for many, as that of Crowd, takes longer for a request than the server for a welcome.
    """

    def __init__(self, server: str) -> None:
        """Say where the bot is."""
        self._server = server

    def __enter__(self) -> Self:
        """Connect."""
        place = urlsplit(self._server)
        self._socket = socket.create_connection((place.hostname, place.port), PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Leave."""
        self._socket.close()

    async def post(self, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        """Send a request and wait, as nothing else goes on here meanwhile."""
        request, begun = posted(self._server, path, body, headers), time.perf_counter()
        read = _Read()
        parser = HttpResponseParser(read)
        try:
            self._socket.sendall(request)
            while not read.whole and (part := self._socket.recv(_BYTES)):
                parser.feed_data(part)
        except (OSError, HttpParserError):
            read.whole = False
        milliseconds = _since(begun)  # before the answer is unpacked
        status, content = (parser.get_status_code(), read.content()) if read.whole else (NOBODY, None)
        return Answer(status, content, milliseconds)


class _Read:
    """What HttpResponseParser has read of an answer."""

    def __init__(self) -> None:
        self._body, self._is_json, self.whole = b"", False, False

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-type":
            self._is_json = value.startswith(b"application/json")

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        self.whole = True

    def content(self) -> Any:
        return json.loads(self._body) if self._is_json else self._body.decode()


class Crowd:
    """As many connections as there are people."""

    def __init__(self, server: str) -> None:
        """Say where the bot is."""
        self._server = server

    async def __aenter__(self) -> Self:
        """Begin."""
        self._http = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=PATIENCE_SECONDS))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close all."""
        await self._http.close()

    async def post(self, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        """Send a request while others send theirs."""
        begun = time.perf_counter()
        try:
            async with self._http.post(self._server + path, json=body, headers=headers) as response:
                is_json = response.content_type == "application/json"
                content = await response.json() if is_json else await response.text()
                return Answer(response.status, content, _since(begun))
        except (ClientError, asyncio.TimeoutError):
            return Answer(NOBODY, None, _since(begun))


def posted(server: str, path: str, body: Any, headers: Mapping[str, str]) -> bytes:
    """Return what goes over the wire."""
    raw = json.dumps(body).encode()
    own = {"Host": urlsplit(server).netloc, "Content-Type": "application/json", "Content-Length": str(len(raw))}
    head = "".join(f"{name}: {value}\r\n" for name, value in {**own, **headers}.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + raw


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
