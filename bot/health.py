"""Whether this process can answer, and what is missing."""

from http import HTTPStatus

from sanic import Blueprint, Request, Sanic
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.conversations import conversations


def is_ready(app: Sanic) -> bool:
    """Tell whether messages can be sent here."""
    agent = getattr(app.ctx, "agent", None)
    return agent is not None and agent.is_ready()


async def what_is_missing(app: Sanic) -> str | None:
    """Return why messages cannot be answered as they should; None when they can.

    Without Redis a process stays ready: it answers, with help first, and where one has no Redis, none has.
    """
    if not is_ready(app):
        return "the model is not loaded"
    return await conversations(app.ctx.agent).why_not()


def health() -> Blueprint:
    """Return the routes: /health for who sends messages on, /health/live for who starts the process again."""
    routes = Blueprint("wegwijs_health")

    @routes.get("/health")
    async def ready(request: Request) -> HTTPResponse:
        answers, why = is_ready(request.app), await what_is_missing(request.app)
        status = HTTPStatus.OK if answers else HTTPStatus.SERVICE_UNAVAILABLE
        return json_response({"live": True, "ready": answers, "why": why}, status)

    @routes.get("/health/live")
    async def live(request: Request) -> HTTPResponse:
        return json_response({"live": True})

    return routes
