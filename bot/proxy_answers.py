"""Writes what the proxy says when no worker can: `python -m bot.proxy_answers` (deploy/nginx/answers)."""

import json
from http import HTTPStatus
from typing import Any

from bot.channels import failsafe
from wegwijs.chat_pages import out_of_reach_page
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


def answers(content: Content) -> dict[str, str]:
    """Return the answers of the proxy, as the text of its files, by their names."""
    found = {f"{status.value}.json": failsafe.error(content, code) for status, code in _CODES.items()}
    found["503.json"]["messages"] = [_to_any(content)]
    texts = {name: json.dumps(answer, ensure_ascii=False, indent=1) for name, answer in found.items()}
    texts["503.html"] = out_of_reach_page(content)
    return {name: text + "\n" for name, text in texts.items()}


def _to_any(content: Content) -> dict[str, Any]:
    """Return what suits any message, as nobody has read it: 112, and a helpline of both countries."""
    message = failsafe.message((), Situation(), content, now())
    return {**message, "contacts": [{**contact, **_HOURS} for contact in message["contacts"]]}


if __name__ == "__main__":
    for name, text in answers(content()).items():
        (FOLDER / name).write_text(text, "utf-8")
