"""The web chat over HTTP (docs/http.md): sessions made by the server, messages in, structured answers out."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot.channels import failsafe, metrics, requests
from bot.channels.limits import Limits
from bot.channels.requests import Refused
from bot.conversations import NAME, Answers, Conversations, conversations, is_danger, name_of, without_talk
from wegwijs.content import content

_TOKEN_BYTES = 32
_Answered = TypeVar("_Answered")


class WebchatInput(InputChannel):
    """The HTTP contract of the web chat, as a Rasa input channel."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel, which is also its place under /webhooks/."""
        return NAME

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("wegwijs_webchat")
        limits = Limits()

        @routes.post("/sessions")
        async def begin(request: Request) -> HTTPResponse:
            if await limits.too_many_beginnings(request):
                raise Refused("too_fast", status=429)
            known = requests.opening(request.body, content().schools)
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            return _reply(await _to_the_end(_ours(request).begin(token, known)), status=201, session=token)

        @routes.get("/sessions")
        async def take_up(request: Request) -> HTTPResponse:
            if await limits.too_many_requests(request):
                raise Refused("too_fast", status=429)
            return _reply(await _to_the_end(_ours(request).take_up(_token(request))))

        @routes.post("/messages")
        async def message(request: Request) -> HTTPResponse:
            token, said = _token(request), requests.said(request.body)
            if await limits.too_many_messages(request, name_of(token)):
                if not is_danger(said):
                    raise Refused("too_fast", status=429)
                return _reply(without_talk(said))
            return _reply(await _to_the_end(_ours(request).say(token, said)))

        @routes.delete("/sessions")
        async def end(request: Request) -> HTTPResponse:
            if await limits.too_many_requests(request):
                raise Refused("too_fast", status=429)
            await _to_the_end(_ours(request).end(_token(request)))
            return empty()

        @routes.exception(Refused)
        async def refuse(request: Request, refused: Refused) -> HTTPResponse:
            metrics.refused(refused.code)
            return json_response(failsafe.error(content(), refused.code), status=refused.status)

        return routes


async def _to_the_end(answering: Coroutine[Any, Any, _Answered]) -> _Answered:
    """Wait for an answer that is made also when nobody waits any more.

    Who goes to another page in the middle of it finds it there, and what is to be wiped is wiped.
    """
    return await asyncio.shield(asyncio.create_task(answering))


def _token(request: Request) -> str:
    return requests.token(request.headers.get("authorization"))


def _ours(request: Request) -> Conversations:
    return conversations(request.app.ctx.agent)


def _reply(answers: Answers, status: int = 200, **fields: str) -> HTTPResponse:
    """Send the answers as the contract has them; what a choice tells Rasa stays here."""
    messages = [
        {**answer, "choices": [{"id": choice["id"], "label": choice["label"]} for choice in answer["choices"]]}
        for answer in answers
    ]
    return json_response({**fields, "messages": messages}, status=status)
