"""The same attacks on Wegwijs, by its HTTP contract (docs/http.md)."""

from __future__ import annotations

import json
import secrets
from typing import Any

from tests import broken_server
from tests.bench.attacks.outcome import CANARY, STRANGE, Outcome, flood
from tests.bench.bots import Bot
from tests.chat import Answer, Chat, call

_GUESSES = 1_000


def _messages(bot: Bot, token: str | None, headers: dict[str, str] | None = None, **body: Any) -> Answer:
    return call(f"{bot.address}/webhooks/webchat/messages", "POST", json.dumps(body).encode(), token, headers)


def guessed_session(bot: Bot) -> Outcome:
    """Guess, and name what the client would like the session to be called."""
    anna = Chat(bot.address)
    guesses = ["anna", "default", "", anna.token[:-1], anna.token.swapcase(), *_random_tokens()]
    statuses = [_messages(bot, guess, text="hoi").status for guess in guesses]
    named = [
        call(f"{bot.address}/webhooks/webchat/sessions", "POST", json.dumps({name: "anna"}).encode()).status
        for name in ("session", "session_id", "sender")
    ]
    held = set(statuses) == {401} and set(named) == {400}
    return Outcome(held, f"401 to {statuses.count(401):,} of {len(statuses):,} guesses; no client names a session")


def _random_tokens() -> list[str]:
    return [secrets.token_urlsafe(32) for _ in range(_GUESSES)]


def no_session(bot: Bot) -> Outcome:
    """Leave the token out."""
    answer = _messages(bot, None, text="hoi")
    return Outcome(answer.status == 401, str(answer.status))


def typed_intent(bot: Bot) -> Outcome:
    """Type what only a button should send."""
    said = Chat(bot.address).say("/police")
    return Outcome(said[0]["alert"] is None, "read as any text")


def typed_restart(bot: Bot) -> Outcome:
    """Type a command of Rasa, and take up the conversation after it."""
    chat = Chat(bot.address)
    chat.say("ik ben een moeder en mijn zoon wordt gepest op school")
    said = chat.say("/restart")
    return Outcome(said != chat.welcome and chat.take_up() == said, "read as any text, the conversation goes on")


def list_as_body(bot: Bot) -> Outcome:
    """Send JSON that is no object."""
    answer = Chat(bot.address).post(b"[]")
    return Outcome(answer.status == 400, str(answer.status))


def long_message(bot: Bot) -> Outcome:
    """Send one message that is far too long."""
    token = Chat(bot.address).token
    return flood(bot, lambda text: _messages(bot, token, text=text))


def plain_text(bot: Bot) -> Outcome:
    """Send what a form on any page can send without asking first."""
    headers = {"Content-Type": "text/plain"}
    answers = [
        _messages(bot, Chat(bot.address).token, {**headers, **more}, text="hoi") for more in ({}, {"Origin": STRANGE})
    ]
    held = all(answer.status >= 400 for answer in answers)
    return Outcome(
        held, " and ".join(f"{answer.status}" for answer in answers) + " (without and with a foreign Origin)"
    )


def strange_origin(bot: Bot) -> Outcome:
    """Begin a conversation as a page of another site would; there is no websocket."""
    url, headers = f"{bot.address}/webhooks/webchat/sessions", {"Origin": STRANGE}
    began = call(url, "POST", b"{}", headers=headers)
    asked = call(url, "OPTIONS", headers={**headers, "Access-Control-Request-Method": "POST"})
    allowed = {name.lower() for name in asked.headers} & {"access-control-allow-origin"}
    return Outcome(began.status == 403 and not allowed, f"{began.status}, and no preflight is granted")


def version(bot: Bot) -> Outcome:
    """Ask what runs here."""
    answers = [call(bot.address + path) for path in ("/", "/health", "/metrics", "/nowhere")]
    told = any(word in f"{answer.body} {answer.headers}".lower() for answer in answers for word in ("rasa", "sanic"))
    return Outcome(not told, "neither in pages nor in headers")


def words_in_log(bot: Bot) -> Outcome:
    """Let an action fail, and send what stops stock Rasa; then look for the words."""
    said = Chat(bot.address).say(f"{broken_server.ACTION} ik ben {CANARY}")
    Chat(bot.address).post({"text": f"ik ben {CANARY}", "metadata": ["no object"]})
    logged = CANARY in bot.log.read_text(errors="replace")
    return Outcome(bool(said) and not logged, "answered; the log has the kind of error and no words")


def no_actions(bot: Bot) -> Outcome:
    """Let the action fail."""
    answer = Chat(bot.address).post({"text": f"{broken_server.ACTION} ik word gepest"})
    words = json.dumps(answer.messages) if answer.status == 200 else ""
    return Outcome("112" in words, f"{answer.status}, an answer with 112 and whom to call")
