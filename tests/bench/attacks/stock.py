"""The attacks on stock Rasa, by its REST channel and its socketio channel."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
from typing import Any

from aiohttp import ClientSession, WSServerHandshakeError

from tests.bench.attacks import socketio
from tests.bench.attacks.outcome import CANARY, STRANGE, Outcome, flood
from tests.bench.bots import Bot
from tests.chat import Answer, call


def _rest(bot: Bot, headers: dict[str, str] | None = None, **body: Any) -> Answer:
    return call(f"{bot.address}/webhooks/rest/webhook", "POST", json.dumps(body).encode(), headers=headers)


def _texts(answer: Answer) -> list[str]:
    return [message.get("text", "") for message in answer.body]


def same_sender(bot: Bot) -> Outcome:
    """Ask as another person what comes after a first greeting: only who knows of the first hears the second."""
    _rest(bot, sender="anna", message="/greet")
    stranger = _texts(_rest(bot, sender=secrets.token_hex(8), message="/greet"))
    intruder = _texts(_rest(bot, sender="anna", message="/greet"))
    return Outcome(intruder == stranger, "whoever names the sender goes on with the conversation")


def no_sender(bot: Bot) -> Outcome:
    """Leave the sender out, twice."""
    names = {message["recipient_id"] for _ in range(2) for message in _rest(bot, message="/greet").body}
    return Outcome(
        len(names) != 1, f"200: everybody without one is in the conversation {' and '.join(sorted(names))!r}"
    )


def typed_intent(bot: Bot) -> Outcome:
    """Type what only a button should send."""
    said = _rest(bot, sender="typed", message="/police").body
    done = any("escalation" in message.get("custom", {}) for message in said)
    return Outcome(not done, "done, as if the model had understood it")


def typed_restart(bot: Bot) -> Outcome:
    """Type a command of Rasa, and see whether the bot still knows that it has greeted."""
    first = _texts(_rest(bot, sender="again", message="/greet"))
    second = _texts(_rest(bot, sender="again", message="/greet"))
    silent = _rest(bot, sender="again", message="/restart").body == []
    third = _texts(_rest(bot, sender="again", message="/greet"))
    forgotten = third == first != second
    return Outcome(not forgotten, f"the conversation is forgotten{', and nothing is said' if silent else ''}")


def list_as_body(bot: Bot) -> Outcome:
    """Send JSON that is no object."""
    answer = call(f"{bot.address}/webhooks/rest/webhook", "POST", b"[]")
    return Outcome(answer.status < 500, str(answer.status))


def long_message(bot: Bot) -> Outcome:
    """Send one message that is far too long."""
    return flood(bot, lambda text: _rest(bot, sender="long", message=text))


def plain_text(bot: Bot) -> Outcome:
    """Send what a form on any page can send without asking first."""
    headers = {"Content-Type": "text/plain", "Origin": STRANGE}
    answer = _rest(bot, headers, sender="plain", message="hoi")
    return Outcome(answer.status >= 400, f"{answer.status}, {len(answer.body)} message(s)")


def words_in_log(bot: Bot) -> Outcome:
    """Make a message fail, and look for its words."""
    answer = _rest(bot, sender="logged", message=f"ik ben {CANARY}", metadata=["no object"])
    logged = CANARY in bot.log.read_text(errors="replace")
    return Outcome(not logged, f"{answer.status} `{json.dumps(answer.body)}`, and the text stands in the log")


def version(bot: Bot) -> Outcome:
    """Ask what runs here."""
    answer = call(bot.address)
    return Outcome("Rasa" not in str(answer.body), f"{answer.body!r}")


def no_actions(bot: Bot) -> Outcome:
    """End the action server, then say something."""
    if bot.action_server:
        os.kill(bot.action_server, signal.SIGTERM)
    answer = _rest(bot, sender="silent", message="/greet")
    return Outcome(bool(answer.body), f"{answer.status} `{json.dumps(answer.body)}`: silence")


def same_session(bot: Bot) -> Outcome:
    """Name the session of another person: hear what the bot tells her, and speak as her."""
    heard = asyncio.run(_listen_in(bot, secrets.token_hex(8)))
    return Outcome(not heard, f"the second client hears {heard} answer(s) to the first")


async def _listen_in(bot: Bot, session: str) -> int:
    async with ClientSession() as http:
        anna, eve = await socketio.connect(http, bot), await socketio.connect(http, bot)
        for one in (anna, eve):
            await socketio.emit(one, "session_request", {"session_id": session})
            await socketio.next_event(one, "session_confirm")
        await socketio.emit(anna, "user_uttered", {"message": "hoi", "session_id": session})
        return 1 if await socketio.next_event(eve, "bot_uttered") else 0


def strange_origin(bot: Bot) -> Outcome:
    """Open a websocket as a page of another site would."""
    try:
        asyncio.run(_open_from(bot, STRANGE))
    except WSServerHandshakeError as error:
        return Outcome(True, str(error.status))
    return Outcome(False, "the websocket is open")


async def _open_from(bot: Bot, origin: str) -> None:
    async with ClientSession() as http:
        await socketio.connect(http, bot, origin=origin)
