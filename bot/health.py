"""Whether this process can answer, and why not."""

from http import HTTPStatus

from sanic import Blueprint, Request, Sanic
from sanic.response import HTTPResponse
from sanic.response import json as json_response


def why_not(app: Sanic) -> str | None:
    """Return why messages cannot be answered as they should; None when they can."""
    agent = getattr(app.ctx, "agent", None)
    return None if agent is not None and agent.is_ready() else "the model is not loaded"


def health() -> Blueprint:
    """Return the routes: /health for who sends messages on, /health/live for who starts the process again."""
    routes = Blueprint("wegwijs_health")

    @routes.get("/health")
    async def ready(request: Request) -> HTTPResponse:
        why = why_not(request.app)
        status = HTTPStatus.OK if why is None else HTTPStatus.SERVICE_UNAVAILABLE
        return json_response({"live": True, "ready": why is None, "why": why}, status)

    @routes.get("/health/live")
    async def live(request: Request) -> HTTPResponse:
        return json_response({"live": True})

    return routes
