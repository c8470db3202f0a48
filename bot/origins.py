"""Which other sites may embed the chat: those of the schools that are served, and those that the operator names."""

import logging
import os
from collections.abc import Collection
from http import HTTPStatus

from sanic import Request, Sanic
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot.channels import failsafe, metrics
from wegwijs.content import Content, content
from wegwijs.directory_schema import ORIGIN
from wegwijs.errors import SetupError

logger = logging.getLogger(__name__)

SETTING = "WEGWIJS_ORIGINS"  # addresses such as https://www.school.nl, with spaces between
_TOLD_AT_MOST = 20  # strangers that the log names
_CHAT = "/webhooks/webchat/"
# What a form or a script of any page sends without asking first; JSON it may not.
_SENT_UNASKED = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Max-Age": "600",
}


def allowed_origins(content: Content) -> frozenset[str]:
    """Return the origins of the schools and of the setting; the own origin is not among them.

    Raises:
        SetupError: the setting holds what is no origin.
    """
    of_schools = {origin for school in content.schools.values() for origin in school.origins}
    named = set(os.environ.get(SETTING, "").split())
    for origin in named:
        if not ORIGIN.fullmatch(origin):
            raise SetupError(f"{SETTING}: {origin!r} is not written like https://www.school.nl")
    return frozenset(of_schools | named)


def keep_others_out(app: Sanic) -> frozenset[str]:
    """Answer the chat to pages of this server and of allowed sites only; return these.

    A browser says truthfully from which site a request comes. What is no browser says nothing and is let through: it
    has nothing of a visitor that it could misuse.
    """
    allowed = allowed_origins(content())
    told: set[str] = set()

    @app.options(f"{_CHAT}sessions", name="may_begin")
    @app.options(f"{_CHAT}messages", name="may_talk")
    async def preflight(request: Request) -> HTTPResponse:
        return empty(headers=_PREFLIGHT)

    @app.on_request
    async def refuse_forms(request: Request) -> HTTPResponse | None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not request.path.startswith(_CHAT) or kind not in _SENT_UNASKED:
            return None
        metrics.refused("bad_request")
        return json_response(failsafe.error(content(), "bad_request"), HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    @app.on_request
    async def refuse(request: Request) -> HTTPResponse | None:
        if not request.path.startswith(_CHAT) or _may(request, allowed):
            return None
        metrics.refused("origin_not_allowed")
        origin = request.headers["origin"]
        if len(told) < _TOLD_AT_MOST and origin not in told and ORIGIN.fullmatch(origin):
            told.add(origin)
            logger.warning("a page of this site may not embed the chat", extra={"origin": origin})
        return json_response(failsafe.error(content(), "origin_not_allowed"), HTTPStatus.FORBIDDEN)

    @app.on_response
    async def let_it_be_read(request: Request, response: HTTPResponse) -> None:
        origin = request.headers.get("origin")
        if request.path.startswith(_CHAT):
            response.headers["Vary"] = "Origin"
            if origin in allowed:
                response.headers["Access-Control-Allow-Origin"] = origin

    return allowed


def _may(request: Request, allowed: Collection[str]) -> bool:
    origin = request.headers.get("origin")
    own = (f"http://{request.host}", f"https://{request.host}") if request.host else ()
    return origin is None or origin in allowed or origin in own
