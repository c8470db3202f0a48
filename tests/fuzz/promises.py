"""What must be true of every answer, whatever was sent."""

import json
from typing import Any

from bot.channels import failsafe
from tests.fuzz.case import CANARY
from tests.fuzz.wire import Reply
from wegwijs.content import content

_TELLING = (b"Traceback", b'File "', b"sanic", b"Python/", b"uvloop", b"site-packages", b"HttpParser")
_SENTENCES = {code: failsafe.error(content(), code)["error"]["message"] for code in content().failsafe.errors}


def broken(reply: Reply, head_only: bool = False) -> str | None:
    """Return which promise an answer breaks.

    Args:
        reply: the answer.
        head_only: it was asked for without its body.
    """
    if reply.status >= 500:
        return f"status {reply.status}"
    if CANARY.encode() in reply.head + reply.body:
        return "says what was typed"
    if reply.header("server") or any(sign in reply.head + reply.body for sign in _TELLING):
        return "tells what runs here"
    if head_only:
        return None
    if reply.status >= 400:
        return _broken_refusal(reply)
    if reply.status in (200, 201):
        return _broken_answer(reply)
    return None


def _broken_refusal(reply: Reply) -> str | None:
    try:
        error = json.loads(reply.body)["error"]
    except (ValueError, KeyError, TypeError):
        return "a refusal that is not of the contract"
    return None if _SENTENCES.get(error["code"]) == error["message"] else "a refusal without a Dutch sentence"


def _broken_answer(reply: Reply) -> str | None:
    if not reply.body:
        return "an empty answer"
    if not reply.header("content-type").startswith("application/json"):
        return None
    fields: dict[str, Any] = json.loads(reply.body)
    if "messages" in fields and not (fields["messages"] and all(message["blocks"] for message in fields["messages"])):
        return "silence"
    return None
