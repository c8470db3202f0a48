"""The proxy as it is shipped: what it keeps out, what it passes on, and what it says when nobody else does."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot import proxy_answers
from tests.chat import call
from tests.proxy import NGINX, nginx
from tests.running import free_port
from wegwijs.content import Content

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt install nginx")

MESSAGES = "/webhooks/webchat/messages"
VISITOR = "127.0.0.77"  # an address of this machine that nobody else uses here


@dataclass
class StandIn:
    """A worker that says what the test wants, and remembers what it was asked."""

    address: str = ""
    status: int | None = 200  # None: no answer at all
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def stand_in(status: int | None = 200) -> Iterator[StandIn]:
    """Run a worker until the block ends."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            worker.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            if worker.status is None:
                over.wait()
                return
            answer = json.dumps({"by": worker.address}).encode()
            self.send_response(worker.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET  # noqa: N815 the name that http.server looks for

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    worker = StandIn(f"http://127.0.0.1:{server.server_port}", status)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield worker
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def workers() -> Iterator[list[StandIn]]:
    """Two workers."""
    with stand_in() as one, stand_in() as other:
        yield [one, other]


@pytest.fixture
def proxy(workers: list[StandIn]) -> Iterator[str]:
    """The address of the proxy before both."""
    with nginx([worker.address for worker in workers]) as address:
        yield address


def asked(workers: list[StandIn]) -> list[tuple[str, dict[str, str], bytes]]:
    """What reached any of the workers."""
    return [request for worker in workers for request in worker.asked]


def connection(proxy: str, **options: object) -> socket.socket:
    """A TLS connection to the proxy, before a word is said."""
    where = urlsplit(proxy)
    plain = socket.create_connection((where.hostname, where.port), timeout=60, **options)
    return ssl.create_default_context().wrap_socket(plain, server_hostname=where.hostname)


def test_both_workers_get_work_and_the_message_arrives_as_it_was_sent(proxy: str, workers: list[StandIn]) -> None:
    """Sessions stick to no worker, and nothing of a message is lost on the way."""
    body = json.dumps({"text": "ik word gepest 😢", "id": "1"}).encode()
    for _ in range(10):
        assert call(proxy + MESSAGES, "POST", body, token="of-a-child").status == 200
    assert all(worker.asked for worker in workers)
    for path, headers, arrived in asked(workers):
        assert (path, arrived, headers["authorization"]) == (MESSAGES, body, "Bearer of-a-child")


def test_the_worker_hears_which_host_and_which_address(proxy: str, workers: list[StandIn]) -> None:
    """A worker knows its own pages by the host; for whom it is asked the proxy says, not the visitor."""
    call(proxy + "/chat", headers={"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"})
    ((_, headers, _),) = asked(workers)
    assert headers["host"] == urlsplit(proxy).netloc
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert "203.0.113.9" not in str(headers)


@pytest.mark.parametrize("status", [502, 503])
def test_a_message_that_a_sick_worker_refuses_is_answered_by_another(
    proxy: str, workers: list[StandIn], status: int
) -> None:
    """Nobody sees that a worker is sick, and it gets no second message."""
    workers[0].status = status
    for number in range(10):
        answer = call(proxy + MESSAGES, "POST", json.dumps({"text": "hoi", "id": str(number)}).encode())
        assert (answer.status, answer.body) == (200, {"by": workers[1].address})
    assert len(workers[0].asked) == 1
    assert len({body for _, _, body in workers[1].asked}) == 10


def test_a_worker_that_is_gone_is_not_missed() -> None:
    """A worker that was stopped, or has not started yet, costs nobody an answer."""
    with stand_in() as worker, nginx([f"http://127.0.0.1:{free_port()}", worker.address]) as proxy:
        for _ in range(10):
            assert call(proxy + MESSAGES, "POST", b'{"text": "hoi"}').body == {"by": worker.address}


def test_a_message_that_a_worker_does_not_answer_is_answered_by_another(proxy: str, workers: list[StandIn]) -> None:
    """A worker that hangs is given up before the widget gives up, and gets no second message."""
    workers[0].status = None
    answers = [call(proxy + MESSAGES, "POST", b'{"text": "hoi"}') for _ in range(4)]
    assert [answer.body for answer in answers] == [{"by": workers[1].address}] * 4
    assert len(workers[0].asked) == 1


def test_a_broken_turn_is_handed_on_as_it_is(proxy: str, workers: list[StandIn]) -> None:
    """An answer of 500 or 401 is what the worker wants to say; it is neither replaced nor asked for again."""
    for worker in workers:
        worker.status = 500
    assert "by" in call(proxy + MESSAGES, "POST", b"{}").body
    for worker in workers:
        worker.status = 401
    assert "by" in call(proxy + MESSAGES, "POST", b"{}").body
    assert len(asked(workers)) == 2


def test_when_no_worker_answers_the_proxy_names_112_and_helplines(texts: Content) -> None:
    """It speaks as docs/http.md says, in words that the widget shows as they are."""
    with nginx([f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}"]) as proxy:
        for path in (MESSAGES, "/webhooks/webchat/sessions"):
            answer = call(proxy + path, "POST", b'{"text": "hoi"}')
            assert (answer.status, answer.body["error"]["code"]) == (503, "server_error")
            assert "112" in answer.body["error"]["message"]
            (message,) = answer.messages
            assert [contact["id"] for contact in message["contacts"]] == list(texts.failsafe.reply.contacts)
            assert all(contact["phone"] for contact in message["contacts"])
            assert answer.headers["Cache-Control"] == "no-store"
        page = call(f"{proxy}/chat")
    assert page.status == 503
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert 'href="tel:112"' in page.body
    assert 'href="tel:08000432"' in page.body


def test_the_answers_of_the_proxy_are_those_of_the_content(texts: Content) -> None:
    """A changed phone number does not stay in the proxy (`make answers` writes them)."""
    written = {path.name: path.read_text("utf-8") for path in proxy_answers.FOLDER.iterdir()}
    assert written == proxy_answers.answers(texts)


def test_what_is_too_large_does_not_reach_a_worker(proxy: str, workers: list[StandIn]) -> None:
    """A body of more than 64 kB is refused, with a sentence in Dutch."""
    fits = call(proxy + MESSAGES, "POST", b"x" * 64 * 1024)
    assert fits.status == 200
    refused = call(proxy + MESSAGES, "POST", b"x" * (64 * 1024 + 1))
    assert (refused.status, refused.body["error"]["code"]) == (413, "payload_too_large")
    assert len(asked(workers)) == 1


@pytest.mark.parametrize("started", [b"", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nsl"])
def test_who_sends_nothing_more_is_cut_off(proxy: str, workers: list[StandIn], started: bytes) -> None:
    """A connection on which nothing comes, before or in a message, is closed and never reaches a worker."""
    with closing(connection(proxy)) as slow:
        slow.sendall(started)
        try:
            while slow.recv(1024):
                pass
        except ConnectionResetError:
            pass
    assert not asked(workers)


@pytest.mark.parametrize(
    "path", ["/metrics", "/metrics/", "/health", "/health/live", "/health/", "/503.json", "//metrics"]
)
def test_what_is_for_those_who_run_it_is_not_public(proxy: str, workers: list[StandIn], path: str) -> None:
    """Counts and health are asked at the workers, not over the internet."""
    answer = call(proxy + path)
    assert (answer.status, answer.body["error"]["code"]) == (404, "not_found")
    assert not asked(workers)


def test_browsers_are_told_to_come_back_over_tls_only(proxy: str) -> None:
    """Every answer says so, and none tells which version of nginx it is."""
    for path in ("/", "/metrics"):
        headers = call(proxy + path).headers
        assert int(headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 365 * 24 * 3600
        assert headers["Server"] == "nginx"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_is_refused(proxy: str, version: ssl.TLSVersion) -> None:
    """What the NCSC calls insufficient is not spoken."""
    where, context = urlsplit(proxy), ssl.create_default_context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    with socket.create_connection((where.hostname, where.port)) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain, server_hostname=where.hostname)


def test_no_log_tells_who_asked_or_what(workers: list[StandIn], tmp_path: Path) -> None:
    """The log names the worker that failed, and neither the visitor nor the request."""
    log = tmp_path / "log"
    gone = f"127.0.0.1:{free_port()}"
    with nginx([f"http://{gone}"], log) as proxy:
        where = urlsplit(proxy)
        for path, body in ((f"{MESSAGES}?about=secret", b"secret"), ("/secret", b"x" * 70_000)):
            visit = HTTPSConnection(where.hostname, where.port, source_address=(VISITOR, 0))
            visit.request("POST", path, body, {"Referer": "https://secret.school", "User-Agent": "secret"})
            assert visit.getresponse().status in (413, 503)
            visit.close()
        with closing(connection(proxy, source_address=(VISITOR, 0))) as wrong:
            wrong.sendall(b"secret\r\n\r\n")
            wrong.recv(1024)
        with socket.create_connection((where.hostname, where.port), source_address=(VISITOR, 0)) as no_tls:
            no_tls.sendall(b"secret\r\n\r\n")
            no_tls.recv(1024)
    said = log.read_text()
    assert gone in said
    assert VISITOR not in said
    assert "secret" not in said
