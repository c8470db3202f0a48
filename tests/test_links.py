"""The check of the addresses that people are given, against a server that has some of them."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.running import free_port
from wegwijs import links
from wegwijs.content import Content, load_content
from wegwijs.files import CONTENT


class Site(BaseHTTPRequestHandler):
    """A site with a page, one that moved, one for people only, and nothing else."""

    def do_GET(self) -> None:
        """Answer by the path."""
        status = {"/there": 200, "/moved": 301, "/people-only": 403}.get(self.path, 404)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/there")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a running Site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def content_with(url: str, folder: Path) -> Content:
    """Content in which one helpline alone has an address."""
    for name in ("helplines.yml", "sources.yml", "failsafe.yml", "words.yml"):
        (folder / name).write_text((CONTENT / name).read_text("utf-8"), "utf-8")
    found = load_content(folder)
    others = [line.copy(update={"url": None, "chat_url": None}) for line in found.helplines.values()]
    others[0] = others[0].copy(update={"url": url})
    found.helplines.update({line.id: line for line in others})
    return found


@pytest.mark.parametrize("path", ["/there", "/moved", "/people-only"])
def test_an_address_that_answers_is_no_dead_one(site: str, tmp_path: Path, path: str) -> None:
    """A page, one that moved, and one that keeps programs out are there."""
    assert list(links.dead(content_with(site + path, tmp_path))) == []


def test_a_dead_address_is_named_with_its_owner(site: str, tmp_path: Path) -> None:
    """What is not found, and a server that is away, are named."""
    (line,) = links.dead(content_with(f"{site}/gone", tmp_path))
    assert line.startswith("emergency_112: ")
    assert "/gone: 404" in line
    (line,) = links.dead(content_with(f"http://127.0.0.1:{free_port()}/", tmp_path))
    assert "refused" in line


def test_every_address_of_the_content_is_opened(texts: Content) -> None:
    """Sites and chats of all helplines, each once."""
    known = links.addresses(texts)
    assert texts.helplines["kindertelefoon"].url in known
    assert {line.chat_url for line in texts.helplines.values() if line.chat_url} <= set(known)
