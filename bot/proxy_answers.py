"""Writes what the proxy says when no worker can: `python -m bot.proxy_answers` (deploy/nginx/answers)."""

import json
from http import HTTPStatus
from typing import Any

from bot.channels import failsafe
from wegwijs.contacts import now
from wegwijs.content import Content, content
from wegwijs.content_file import ErrorCode
from wegwijs.files import ROOT
from wegwijs.situation import Situation

FOLDER = ROOT / "deploy" / "nginx" / "answers"
_CODES: dict[HTTPStatus, ErrorCode] = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "payload_too_large",
    HTTPStatus.TOO_MANY_REQUESTS: "too_fast",
    HTTPStatus.SERVICE_UNAVAILABLE: "server_error",
}
# A file does not know what time it is.
_HOURS = {"open_now": None, "hours": None}


def answers(content: Content) -> dict[str, dict[str, Any]]:
    """Return the answers of the proxy by the names of their files."""
    found = {f"{status.value}.json": failsafe.error(content, code) for status, code in _CODES.items()}
    # Nobody has read the message, so it gets what suits any: 112 and a helpline of both countries.
    message = failsafe.message((), Situation(), content, now())
    message["contacts"] = [{**contact, **_HOURS} for contact in message["contacts"]]
    found["503.json"]["messages"] = [message]
    return found


def written(answer: dict[str, Any]) -> str:
    """Return an answer as its file has it."""
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, answer in answers(content()).items():
        (FOLDER / name).write_text(written(answer), "utf-8")
