"""One input, and how a request is written."""

import json
from dataclasses import dataclass
from typing import Any

# Stands in most inputs; the server never says it, neither in an answer nor in its log.
CANARY = "kolibriexq7"
# Put in when a case is sent, so that a case stays the same from run to run.
TOKEN, HOST = b"<TOKEN>", b"<HOST>"

SESSIONS, MESSAGES = "/webhooks/webchat/sessions", "/webhooks/webchat/messages"


@dataclass(frozen=True)
class Case:
    """One input."""

    pieces: tuple[bytes, ...]  # sent one after the other
    answers: int | None = 1  # how many must come; None where nobody can know
    fresh: bool = False  # on a connection of its own


@dataclass(frozen=True)
class Typed:
    """A text that looks like a command, and one that is certainly none: both must be answered alike."""

    text: str
    plain: str


def request(method: str, path: str, body: bytes | None = None, token: bytes | None = TOKEN, more: bytes = b"") -> bytes:
    """Write a request as a browser does."""
    lines = [f"{method} {path} HTTP/1.1".encode("latin-1"), b"Host: " + HOST]
    lines += [b"Authorization: Bearer " + token] if token is not None else []
    lines += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)] if body is not None else []
    return b"\r\n".join([*lines, b""]) + more + b"\r\n" + (body or b"")


def said(fields: Any) -> Case:
    """Write a message."""
    return Case((request("POST", MESSAGES, json.dumps(fields).encode()),))
