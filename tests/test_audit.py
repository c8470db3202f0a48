"""The audit of dependencies: what is not explained fails, and so does what was not looked up."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.audit import explained, locked, stale
from wegwijs.files import ROOT

_IMPORTS = """
import os, sys
from wegwijs.model import model_path, quiet_environment
os.environ.update(quiet_environment())
import asyncio
import bot.server
from rasa.core.agent import load_agent
asyncio.run(load_agent(str(model_path())))
print(*{name.partition(".")[0] for name in sys.modules})
"""


class Osv(ThreadingHTTPServer):
    """A server that speaks like OSV, as the real one cannot be reached everywhere."""

    found: dict[str, list[str]] = {}  # advisories by package
    aliases: dict[str, list[str]] = {}
    forgets = 0  # so many packages it does not answer for


class _Answers(BaseHTTPRequestHandler):
    server: Osv

    def do_POST(self) -> None:
        """Answer for many packages, a page at a time."""
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        results = [self._result(query) for query in queries]
        self._send({"results": results[: len(results) - self.server.forgets]})

    def do_GET(self) -> None:
        """Tell of one advisory."""
        name = self.path.rpartition("/")[2]
        self._send({"id": name, "aliases": self.server.aliases.get(name, [])})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _result(self, query: dict[str, Any]) -> dict[str, Any]:
        names = self.server.found.get(query["package"]["name"], [])
        page = int(query.get("page_token", 0))
        result: dict[str, Any] = {"vulns": [{"id": name} for name in names[page : page + 1]]} if names else {}
        return {**result, "next_page_token": str(page + 1)} if page + 1 < len(names) else result

    def _send(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def osv() -> Iterator[Osv]:
    """One that knows of nothing."""
    with Osv(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _audit(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.audit", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _ask(osv: Osv) -> subprocess.CompletedProcess[str]:
    return _audit("--osv", f"http://127.0.0.1:{osv.server_port}")


def test_what_is_explained_passes(osv: Osv) -> None:
    """By its name or by another name of the same."""
    osv.found = {"aiohttp": ["CVE-2026-69244"], "pymongo": ["CVE-2024-5629", "GHSA-one"]}
    osv.aliases = {"GHSA-one": ["CVE-2026-88029"]}
    done = _ask(osv)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_what_is_not_explained_fails(osv: Osv) -> None:
    """It is named, wherever in the pages it stands; an explanation of another package does not count."""
    osv.found = {"pymongo": ["CVE-2024-5629", "CVE-2099-1"], "rasa": ["CVE-2024-5629"]}
    done = _ask(osv)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == ["pymongo 4.3.3: CVE-2099-1", "rasa 3.6.21: CVE-2024-5629"]


def test_who_is_not_answered_for_fails(osv: Osv) -> None:
    """One package less is enough."""
    osv.forgets = 1
    done = _ask(osv)
    assert done.returncode == 1
    count = len(locked())
    assert f"{count} packages asked about, {count - 1} answered" in done.stderr


def test_without_an_answer_it_fails() -> None:
    """Nobody there is not the same as nothing found."""
    done = _audit("--osv", "http://127.0.0.1:1")
    assert done.returncode == 1
    assert "not looked up" in done.stderr


def test_offline_it_says_that_nobody_was_asked() -> None:
    """It passes on what is written down, and does not pretend."""
    done = _audit("--offline")
    assert done.returncode == 0, done.stderr
    assert "nobody was asked" in done.stdout


def test_every_explanation_is_of_a_locked_package() -> None:
    """Of the version that is locked; a package that is gone may still stand there."""
    assert stale(locked()) == []
    assert {one.name for one in locked()} & {one["package"] for one in explained()}


@pytest.mark.parametrize("advisory", explained(), ids=lambda one: f"{one['package']}-{one['ids'][0]}")
def test_every_explanation_has_its_reasons(advisory: dict[str, Any]) -> None:
    """What it is, whether it can be reached and why, what stands before it, and where that is from."""
    assert all(
        re.fullmatch(r"(CVE-\d{4}-\d{4,}|GHSA(-\w{4}){3}|PYSEC-\d{4}-\d+|EOL-[\w.-]+)", one) for one in advisory["ids"]
    )
    assert advisory["reachable"] in ("no", "tools", "unsure", "yes")
    for field in ("what", "why", "in_front"):
        assert len(advisory[field].split()) >= 3, field
    assert advisory["source"].startswith("https://")
    assert set(advisory) <= {
        "package",
        "version",
        "ids",
        "what",
        "reachable",
        "why",
        "in_front",
        "source",
        "never_imported",
    }


def test_what_is_said_never_to_be_imported_is_not() -> None:
    """The server with its model loaded has none of these packages in memory."""
    said = {one["never_imported"] for one in explained() if "never_imported" in one}
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    imported = set(done.stdout.split())
    assert "rasa" in imported
    assert not said & imported
