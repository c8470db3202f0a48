"""The web chat: sessions made by the server, messages in, structured replies out, and never silence."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from itertools import takewhile
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot.channels import failsafe, metrics, requests
from bot.channels.fragments import Fragments
from bot.channels.limits import Limits
from bot.channels.requests import Refused, Said
from bot.components.danger_recognizer import ESCALATION
from bot.session_tracker_store import SessionTrackerStore
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.message import ANSWER
from wegwijs.normalise import normalise
from wegwijs.patterns import Hit, danger_patterns
from wegwijs.situation import Situation, is_chosen, situation_of

logger = logging.getLogger(__name__)

NAME = "webchat"
_PATIENCE_SECONDS = 10.0  # who waits longer gets the answer of the channel itself
_TOKEN_BYTES = 32
_ID = "id"  # of a message, in what Rasa keeps beside it


class WebchatOutput(OutputChannel):
    """Collects the replies of one turn."""

    def __init__(self) -> None:
        """Begin with no reply."""
        self.answers: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel."""
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take the structured reply out of a message of Rasa."""
        if ANSWER in message:
            self.answers.append(message[ANSWER])


class WebchatInput(InputChannel):
    """The HTTP contract of the web chat (docs/http.md), as a Rasa input channel."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel, which is also its place under /webhooks/."""
        return NAME

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("wegwijs_webchat")
        fragments = Fragments()
        limits = Limits()

        @routes.post("/sessions")
        async def begin(request: Request) -> HTTPResponse:
            if limits.too_many_beginnings(request):
                raise Refused("too_fast", status=429)
            known = requests.opening(request.body, content().schools)
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            greeting = "/greet" + json.dumps(known)
            answers = await _turn(on_new_message, _store(request), _conversation(token), greeting)
            metrics.begun(answers)
            return _reply(answers, status=201, session=token)

        @routes.get("/sessions")
        async def take_up(request: Request) -> HTTPResponse:
            conversation, tracker = await _settled(request)
            _store(request).touch(conversation)  # somebody is there
            return await _last(request, conversation, tracker)

        @routes.post("/messages")
        async def message(request: Request) -> HTTPResponse:
            conversation, tracker = await _settled(request)
            said = requests.said(request.body)
            if said.id and said.id == _last_id(tracker):  # its answer got lost on the way
                metrics.repeated()
                return await _last(request, conversation, tracker)
            text = _as_said(tracker, said)
            if text == said.text:
                text = fragments.completed(conversation, text)
            if limits.too_many_messages(request, conversation):
                return _reply([await _answer_to_haste(text, _store(request), conversation)])
            turn = _counted(_turn(on_new_message, _store(request), conversation, text, said.id), request, conversation)
            # Who goes to another page in the middle of it finds the answer there.
            return _reply(await asyncio.shield(asyncio.create_task(turn)))

        @routes.delete("/sessions")
        async def end(request: Request) -> HTTPResponse:
            conversation = _conversation(requests.token(request.headers.get("authorization")))
            # After a turn that is under way, which would save the conversation again.
            async with request.app.ctx.agent.lock_store.lock(conversation):
                _store(request).delete(conversation)
                fragments.forget(conversation)
            return empty()

        @routes.exception(Refused)
        async def refuse(request: Request, refused: Refused) -> HTTPResponse:
            metrics.refused(refused.code)
            return json_response(failsafe.error(content(), refused.code), status=refused.status)

        return routes


async def _settled(request: Request) -> tuple[str, DialogueStateTracker]:
    """Return the conversation of the token, by its name and as the store has it after a turn that is under way.

    Raises:
        Refused: there is none, or not any more.
    """
    conversation = _conversation(requests.token(request.headers.get("authorization")))
    async with request.app.ctx.agent.lock_store.lock(conversation):
        tracker = await _store(request).retrieve(conversation)
    if tracker is None:
        raise Refused("unknown_session", status=401)
    return conversation, tracker


async def _last(request: Request, conversation: str, tracker: DialogueStateTracker) -> HTTPResponse:
    """Give the last answer once more."""
    answers = _last_answers(tracker) or [await _answer_of_ours((), _store(request), conversation)]
    return _reply(answers)


async def _counted(turn: Awaitable[list[dict[str, Any]]], request: Request, conversation: str) -> list[dict[str, Any]]:
    """Count a turn and how long it took; a count that fails takes no answer away."""
    begun = time.perf_counter()
    answers = await turn
    seconds = time.perf_counter() - begun
    tracker = await _kept(_store(request), conversation)
    try:
        parse_data, slots = (tracker.latest_message.parse_data, tracker.current_slot_values()) if tracker else ({}, {})
        metrics.turn(parse_data, slots, answers, seconds)
    except Exception:
        logger.exception("a turn was not counted")
    return answers


async def _turn(
    on_new_message: Callable[[UserMessage], Awaitable[Any]],
    store: SessionTrackerStore,
    conversation: str,
    text: str,
    name: str | None = None,
) -> list[dict[str, Any]]:
    """Let Rasa answer; answer ourselves when it breaks, hangs, says nothing, or overlooks a danger.

    Rasa hangs only while it waits (for an action server, say): what computes in this process cannot be interrupted.
    """
    output = WebchatOutput()
    whole = True
    try:
        message = UserMessage(text, output, conversation, input_channel=NAME, metadata={_ID: name})
        await asyncio.wait_for(on_new_message(message), _PATIENCE_SECONDS)
    except Exception:  # whatever it is, the person gets an answer
        logger.exception("a turn failed")
        metrics.failed()
        whole = False
    answers = [answer for answer in output.answers if answer["blocks"]]
    hits = _dangers(text)
    overlooked = hits and not any(answer["alert"] for answer in answers)
    if not answers or (overlooked and not (whole and await _danger_was_judged(store, conversation))):
        answers = [await _answer_of_ours(hits, store, conversation), *answers]
    return answers


def _dangers(text: str) -> tuple[Hit, ...]:
    """Return what the word patterns find for sure; what a quick reply tells Rasa was typed by nobody."""
    return () if is_chosen(text) else tuple(hit for hit in danger_patterns().find(text) if not hit.ask)


async def _answer_of_ours(hits: tuple[Hit, ...], store: SessionTrackerStore, conversation: str) -> dict[str, Any]:
    return failsafe.message(hits, await _situation(store, conversation), content(), now())


async def _answer_to_haste(text: str, store: SessionTrackerStore, conversation: str) -> dict[str, Any]:
    """Answer danger in the cheapest way, however fast somebody types.

    Raises:
        Refused: there is none to be seen.
    """
    hits = _dangers(text)
    if not hits:
        raise Refused("too_fast", status=429)
    return await _answer_of_ours(hits, store, conversation)


async def _danger_was_judged(store: SessionTrackerStore, conversation: str) -> bool:
    """Tell whether the DangerRecognizer had its say: it sees more than the word patterns, which fit a lesson too."""
    tracker = await store.retrieve(conversation)
    return tracker is not None and bool(tracker.latest_message.parse_data.get(ESCALATION))


async def _situation(store: SessionTrackerStore, conversation: str) -> Situation:
    """Return what is known of the person, as far as the store can tell."""
    tracker = await _kept(store, conversation)
    if tracker is None:
        return Situation()
    return situation_of(tracker.current_slot_values(), tracker.latest_message.entities, "", content())


async def _kept(store: SessionTrackerStore, conversation: str) -> DialogueStateTracker | None:
    """Return the conversation as far as the store can tell."""
    try:
        return await store.retrieve(conversation)
    except Exception:  # it may be the store that broke
        metrics.store_error()
        return None


def _reply(answers: list[dict[str, Any]], status: int = 200, **fields: str) -> HTTPResponse:
    """Send the answers as the contract has them; what a choice tells Rasa stays here."""
    messages = [
        {**answer, "choices": [{"id": choice["id"], "label": choice["label"]} for choice in answer["choices"]]}
        for answer in answers
    ]
    return json_response({**fields, "messages": messages}, status=status)


def _as_said(tracker: DialogueStateTracker, said: Said) -> str:
    """Return what Rasa is told: what a quick reply of the last message means, chosen or typed out, or the text.

    Raises:
        Refused: a choice that was not offered there.
    """
    answers = _last_answers(tracker)
    for one in answers[-1]["choices"] if answers else ():
        if one["id"] == said.choice or (said.text and normalise(one["label"]) == normalise(said.text)):
            return str(one["payload"])
    if said.text is None:
        raise Refused("unknown_choice")
    return said.text


def _last_id(tracker: DialogueStateTracker) -> str | None:
    """Return the id that the client gave the last message."""
    said = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)
    return (said.metadata or {}).get(_ID) if said else None


def _last_answers(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """Return what was answered to the last message."""
    turn = takewhile(lambda event: not isinstance(event, UserUttered), reversed(tracker.events))
    said = [event.metadata for event in turn if isinstance(event, BotUttered)]
    return [metadata[ANSWER] for metadata in reversed(said) if ANSWER in metadata]


def _conversation(token: str) -> str:
    """Return the name under which Rasa knows the session: it stands in logs, so the token does not."""
    return hashlib.sha256(token.encode()).hexdigest()


def _store(request: Request) -> SessionTrackerStore:
    """Return our tracker store from under the wrapper that `rasa run` puts around it."""
    store = request.app.ctx.agent.tracker_store
    while not isinstance(store, SessionTrackerStore):
        store = store._tracker_store
    return store
