"""Reads HTTP/1.1 more strictly than Sanic 21.12, and ends connections of which the rest does not come."""

import re
from asyncio import CancelledError
from time import monotonic
from typing import Any

from httptools import HttpParserError
from sanic import Request
from sanic.exceptions import InvalidUsage, RequestTimeout, SanicException
from sanic.http import Http, Stage
from sanic.server.protocols.http_protocol import HttpProtocol

SENDING_SECONDS = 10  # for a whole request; the longest message takes 12 kB
_LINGER_SECONDS = 1.0  # for what a client is still sending when it was answered already
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_HEAD = re.compile(
    rb"%b (?:/[!-~]*|\*) HTTP/1\.[01](?:\r\n%b:[\t -~\x80-\xff]*)*" % (_TOKEN, _TOKEN)
)  # RFC 9112, without folded lines and without the addresses that only proxies are asked for
_LENGTH = re.compile(r"[0-9]{1,10}")
# Read by two programs in a row, the first and the last of two can be taken for the one that counts.
_ONCE = ("authorization", "content-length", "content-type", "host", "origin")
_WITHOUT_BODY = ("GET", "HEAD", "DELETE", "OPTIONS")


class StrictRequest(Request):
    """A request whose head leaves no doubt about where it ends and for whom it is."""

    def __init__(
        self, url_bytes: bytes, headers: Any, version: str, method: str, transport: Any, app: Any, head: bytes = b""
    ) -> None:
        """Take what Sanic has read; without a head it stands for a request that could not be read."""
        try:
            super().__init__(url_bytes, headers, version, method, transport, app, head)
        except HttpParserError as error:
            raise InvalidUsage("Bad Request") from error
        if head:
            _check(self)


class StrictHttp(Http):
    """Answers also what could not be read: Sanic breaks on it, without an answer."""

    async def error_response(self, exception: Exception) -> None:
        """Answer an error; what happens before there is a request is a mistake of the client."""
        if self.protocol.transport is None or self.protocol.transport.is_closing():
            raise CancelledError  # nobody is there any more
        if self.request is None:
            self.url = None  # it may be what could not be read
            exception = exception if isinstance(exception, SanicException) else InvalidUsage("Bad Request")
        await super().error_response(exception)


class StrictProtocol(HttpProtocol):
    """A connection with an end to patience."""

    def __init__(self, **settings: Any) -> None:
        """Begin without a request."""
        super().__init__(**settings)
        self._http: StrictHttp | None = None

    def _setup_connection(self) -> None:
        self._http = StrictHttp(self)
        self._http.init_for_request()
        self._time = monotonic()
        self.check_timeouts()

    def data_received(self, data: bytes) -> None:
        """Take what comes in; the time counts from the first byte of a request, not from the last."""
        if self._task is None:  # answered already
            return
        since = self._time
        super().data_received(data)
        if self._is_sending():
            self._time = since

    def check_timeouts(self) -> None:
        """End a request of which the body does not come; Sanic sees to heads, answers and idle connections."""
        if (
            self._http is not None
            and self._task
            and self._is_sending()
            and monotonic() - self._time > self.request_timeout
        ):
            self._http.request_body = None  # nothing more is waited for
            self._http.exception = RequestTimeout("Request Timeout")
            self._task.cancel()
        else:
            super().check_timeouts()

    def close(self, timeout: float | None = None) -> None:
        """Close; after an answer read on for a moment, or the client that is still sending would lose it."""
        if self._task or not self.transport or self.transport.is_closing():
            super().close(timeout)
            return
        self.recv_buffer.clear()
        self.transport.write_eof()
        self.transport.resume_reading()
        self.loop.call_later(_LINGER_SECONDS, super().close)

    def _is_sending(self) -> bool:
        http = self._http  # whether it is true says something else
        return http is not None and (http.stage is Stage.REQUEST or bool(http.request_body))


def _check(request: Request) -> None:
    """Check a head.

    Raises:
        InvalidUsage: it can be read in two ways, or asks for what is not served.
    """
    headers = request.headers
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers:  # no browser sends it, and what two programs read differently begins with it
        raise InvalidUsage("Length Required", status_code=411)
    if (
        not _HEAD.fullmatch(request.head)
        or any(len(headers.getall(name, ())) > 1 for name in _ONCE)
        or not _LENGTH.fullmatch(length)
        or (int(length) and request.method in _WITHOUT_BODY)
        or ("host" not in headers and request.version != "1.0")
        or headers.get("upgrade", "").lower() == "websocket"  # Sanic would wait for ever
    ):
        raise InvalidUsage("Bad Request")
