"""Whatever is sent, and however slowly: a Dutch sentence, an end, and nobody else who notices."""

import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.channels.failsafe import error
from bot.http1 import SENDING_SECONDS
from tests.chat import Chat, call
from tests.fuzz.case import CANARY, MESSAGES, SESSIONS
from tests.fuzz.promises import broken
from tests.fuzz.run import NO_LIMITS, Fuzz
from tests.fuzz.wire import Reply, Wire
from tests.running import running
from wegwijs.content import content

_INPUTS = 600  # the short run; `make fuzz` sends many more


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes what it has to say."""
    return tmp_path_factory.mktemp("bad_input") / "log"


@pytest.fixture(scope="module")
def own_server(model: Path, log: Path) -> Iterator[tuple[str, int]]:
    """A server that stops nobody for asking too often, and its process."""
    assert model.exists()
    with running(log, **NO_LIMITS) as (address, process):
        yield address, process


@pytest.fixture
def address(own_server: tuple[str, int]) -> str:
    """The address of that server."""
    return own_server[0]


@pytest.mark.parametrize(
    ("status", "body", "is_broken"),
    [
        (200, b'{"messages": [{"blocks": [{"type": "paragraph", "text": "hoi"}]}]}', False),
        (200, b"", True),
        (200, b'{"messages": []}', True),
        (200, b'{"messages": [{"blocks": []}]}', True),
        (200, b'{"messages": [{"blocks": ["%b"]}]}' % CANARY.encode(), True),
        (400, b'{"error": {"code": "bad_request", "message": "Bad Request"}}', True),
        (400, b"Bad Request", True),
        (404, json.dumps(error(content(), "not_found")).encode(), False),
        (500, json.dumps(error(content(), "server_error")).encode(), True),
        (200, b"Traceback (most recent call last)", True),
    ],
)
def test_a_broken_promise_is_seen(status: int, body: bytes, is_broken: bool) -> None:
    """What the run holds the server to can fail."""
    head = b"HTTP/1.1 %d X\r\nContent-Type: application/json" % status
    assert (broken(Reply(status, head, body)) is not None) is is_broken


def _only_reply(address: str, *pieces: bytes) -> Reply:
    replies = Wire(address).send(*pieces, fresh=True)
    assert len(replies) == 1
    return replies[0]


def _post(headers: bytes, body: bytes = b"") -> bytes:
    return b"POST %b HTTP/1.1\r\nHost: a\r\n%b\r\n\r\n%b" % (MESSAGES.encode(), headers, body)


def test_bad_input_of_every_kind(own_server: tuple[str, int], log: Path) -> None:
    """A short run of `make fuzz`: no promise is broken."""
    result = Fuzz(*own_server, log, seed_=20261126).run(_INPUTS)
    assert result.problem is None, f"{result.problem}: {result.repeat}"
    assert sum(result.sent.values()) >= _INPUTS * 0.9
    assert {"200", "400", "401", "404", "405", "413"} <= set(result.statuses)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /\xff HTTP/1.1\r\nHost: a",
        b"GET /\x00 HTTP/1.1\r\nHost: a",
        b"GET http://[::1 HTTP/1.1\r\nHost: a",
        b"GET http://a/health HTTP/1.1\r\nHost: a",
        b"CONNECT a:80 HTTP/1.1\r\nHost: a",
        b"GET / HTTP/2.0\r\nHost: a",
        b"GET /",
        b"\x16\x03\x01\x02",
        b"GET / HTTP/1.1",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded",
        b"GET / HTTP/1.1\r\nHost: a\x00",
        b"GET / HTTP/1.1\r\nHost: a\r\nno colon",
        b"GET / HTTP/1.1\r\nHost : a",
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: abc",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +0",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \xd9\xa3",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 5000,
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 5",
        b"POST / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(address: str, head: bytes) -> None:
    """A head that two programs could read differently gets a Dutch sentence, and the connection ends."""
    reply = _only_reply(address, head + b"\r\n\r\n")
    assert reply.status == 400
    assert broken(reply) is None
    assert reply.header("connection") == "close"


@pytest.mark.parametrize("coding", [b"chunked", b"Chunked", b"gzip", b"gzip, chunked", b"identity"])
@pytest.mark.parametrize("length", [b"", b"\r\nContent-Length: 5"])
def test_a_body_says_how_long_it_is(address: str, coding: bytes, length: bytes) -> None:
    """No second request can hide in a body: one of unknown length is not read."""
    smuggled = b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n"
    reply = _only_reply(address, _post(b"Transfer-Encoding: " + coding + length, smuggled))
    assert reply.status == 411
    assert broken(reply) is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Authorization: Bearer \xff\xfe\r\nContent-Length: 2", 401),
        (b"Expect: 200-ok\r\nContent-Length: 2", 417),
        (b"X: " + b"a" * 9000, 413),
        (b"\r\n".join(b"X-%d: a" % number for number in range(2000)), 413),
        (b"Content-Length: 70000", 413),
    ],
)
def test_other_odd_headers_are_refused(address: str, headers: bytes, status: int) -> None:
    """Each with a Dutch sentence and the status that says it is not the server that failed."""
    reply = _only_reply(address, _post(headers, b"{}"))
    assert reply.status == status
    assert broken(reply) is None


def test_who_sends_too_much_still_reads_the_answer(address: str) -> None:
    """The connection is not torn down while a large message is under way: every time the sentence comes through."""
    for _ in range(20):
        reply = _only_reply(address, _post(b"Content-Length: 3000000", b""), b"a" * 3_000_000)
        assert reply.status == 413
        assert b"te groot" in reply.body


def _slowly(address: str, begin: bytes, drop: bytes) -> tuple[float, bytes]:
    """Send a beginning and then a drop again and again; return how long the server put up with it, and its answer."""
    parts = urlsplit(address)
    begun, answer = time.monotonic(), b""
    with socket.create_connection((parts.hostname, parts.port), 0.3) as connection:
        connection.sendall(begin)
        while time.monotonic() < begun + 4 * SENDING_SECONDS:
            try:
                if drop:
                    connection.sendall(drop)
                read = connection.recv(1 << 16)
                if not read:
                    break
                answer += read
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break
    return time.monotonic() - begun, answer


_SLOW = {
    "a head of which the end does not come": (b"GET / HTTP/1.1\r\n", b""),
    "a head that drips": (b"GET / HTTP/1.1\r\n", b"X"),
    "a body that does not come": (_post(b"Content-Length: 500"), b""),
    "a body that drips": (_post(b"Content-Length: 5000"), b"a"),
    "a body that drips for an address that is not there": (
        b"POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n",
        b"a",
    ),
    "nothing": (b"", b""),
}


def test_who_is_slow_is_cut_off_and_holds_up_nobody(address: str) -> None:
    """Thirty slow clients of every kind: others are answered meanwhile, and each slow one comes to an end."""
    with ThreadPoolExecutor(5 * len(_SLOW)) as pool:
        slow = {name: [pool.submit(_slowly, address, *how) for _ in range(5)] for name, how in _SLOW.items()}
        while not all(one.done() for them in slow.values() for one in them):
            assert Chat(address).say("ik word gepest op school")
            time.sleep(0.5)
    for name, them in slow.items():
        for seconds, answer in (one.result() for one in them):
            assert seconds < 2 * SENDING_SECONDS, name
            if name not in ("nothing", "a body that drips for an address that is not there"):
                assert answer.startswith(b"HTTP/1.1 408"), name
                assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["message"], name


def test_who_leaves_in_the_middle_is_no_failure(address: str, log: Path) -> None:
    """Half a request and then nothing: the log says nothing, and the server does not count a failure of its own."""
    before = _failures(address)
    for raw in (_post(b"Content-Length: 50", b"{"), b"GET / HT", b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n" * 50):
        for _ in range(20):
            parts = urlsplit(address)
            with socket.create_connection((parts.hostname, parts.port)) as connection:
                connection.sendall(raw)
    assert _failures(address) == before
    assert "Traceback" not in log.read_text()


def _failures(address: str) -> list[str]:
    return re.findall(r'.*"server_error".*', call(f"{address}/metrics").body)


def test_nothing_that_was_asked_for_stands_in_the_log(address: str, log: Path) -> None:
    """An address that cannot be read may hold words: they are not written down."""
    _only_reply(address, b"GET /mijngeheim\xff HTTP/1.1\r\nHost: a\r\n\r\n")
    _only_reply(address, b"GET http://mijngeheim:99999999/ HTTP/1.1\r\nHost: a\r\n\r\n")
    _only_reply(address, b"GET /gids/mijngeheim HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde")
    assert "mijngeheim" not in log.read_text()


def test_many_requests_at_once_on_one_connection(address: str) -> None:
    """Each is answered, in order, also when they come in pieces."""
    raw = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n" + _post(b"Content-Length: 2", b"{}")
    replies = Wire(address).send(*(bytes([byte]) for byte in raw * 3), answers=6, fresh=True)
    assert [reply.status for reply in replies] == [200, 401] * 3


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "TEXT/PLAIN"]
)
@pytest.mark.parametrize("path", [SESSIONS, MESSAGES])
def test_what_a_form_can_send_is_refused(address: str, kind: str, path: str) -> None:
    """A form on any page could send these without asking first; the chat takes JSON."""
    answer = call(address + path, "POST", b'{"text": "hoi"}', Chat(address).token, {"Content-Type": kind})
    assert answer.status == 415
    assert answer.body["error"]["code"] == "bad_request"
