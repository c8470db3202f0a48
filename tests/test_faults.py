"""When something breaks: never silence, help first, and no words in the log."""

import asyncio
import json
import socket
import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from actions.action_after_danger import ActionAfterDanger
from actions.action_answer import ActionAnswer
from bot import conversations, in_process_actions
from bot.components.danger_recognizer import DangerRecognizer
from bot.content_nlg import ContentNLG
from bot.talks.in_memory import InMemory
from bot.talks.records import Unavailable
from tests.chat import Chat, call, choices, contacts, everything, first_line
from tests.child import of_the_channel
from wegwijs import reply
from wegwijs.reply import Reply

MARKER = "kolibrie4711"
DOUBTFUL = "help"
THREAT = f"ik word bedreigd met een mes na school {MARKER}"


def broken(*_: Any, **__: Any) -> Any:
    """Fail."""
    raise RuntimeError("broken on purpose")


def break_action(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a custom action fail."""
    monkeypatch.setitem(in_process_actions.executor().actions, name, broken)


@pytest.mark.parametrize("action", ["action_check_danger", "action_confirm_danger", "action_deny_danger"])
def test_when_the_check_breaks_help_comes_first(breakable: str, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    """Whichever action of the check question fails, the person gets one answer, and it begins with help."""
    chat = Chat(breakable)
    if action != "action_check_danger":
        assert "danger_yes" in choices(chat.say(DOUBTFUL))
    break_action(monkeypatch, action)
    messages = {
        "action_check_danger": lambda: chat.say(DOUBTFUL),
        "action_confirm_danger": lambda: chat.choose("danger_yes"),
        "action_deny_danger": lambda: chat.choose("danger_no"),
    }[action]()
    assert len(messages) == 1
    assert "112" in first_line(messages)
    assert "emergency_112" in contacts(messages)


def test_without_action_code_danger_is_answered_in_full(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The danger answer is there although every action fails."""
    for action in (ActionAnswer(), ActionAfterDanger()):
        break_action(monkeypatch, action.name())
    messages = Chat(breakable).say(THREAT)
    assert messages[0]["alert"] == "police"
    assert "112" in first_line(messages)
    assert "lead_police_child" in json.dumps(messages)


def test_without_action_code_nobody_meets_silence(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary question gets the channel's own answer, with people to call."""
    break_action(monkeypatch, "action_answer")
    messages = Chat(breakable).say(f"hoe bewaar ik bewijs {MARKER}")
    assert messages[0]["blocks"]
    assert {"emergency_112", "kindertelefoon", "awel"} <= set(contacts(messages))
    assert MARKER not in everything(messages)


def test_an_answer_without_words_is_silence_too(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no content fits, the channel says whom to call instead of showing an empty message."""
    chat = Chat(breakable)
    monkeypatch.setattr(reply, "answer", lambda *_: Reply((), (), None, (), (), ()))
    messages = chat.say("hoe bewaar ik bewijs?")
    assert "112" in everything(messages)
    assert all(message["blocks"] for message in messages)


@pytest.mark.parametrize(
    ("where", "what"),
    [(DangerRecognizer, "answer"), (ContentNLG, "generate")],
    ids=["classifier", "content"],
)
def test_whatever_breaks_danger_leads_with_help(
    breakable: str, monkeypatch: pytest.MonkeyPatch, where: type, what: str
) -> None:
    """With the classifier or the content of the danger answers broken, the first line is 112."""
    chat = Chat(breakable)
    monkeypatch.setattr(where, what, broken)
    messages = chat.say(THREAT)
    assert "112" in first_line(messages)
    assert "emergency_112" in contacts(messages)
    assert messages[0]["alert"] == "police"


@pytest.mark.parametrize("step", ["_open", "_close"])
def test_without_the_store_danger_leads_with_help(breakable: str, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """When talks cannot be read or kept, danger is answered with 112 first, and anything else with whom to call."""

    async def away(*_: Any) -> None:
        raise Unavailable("away on purpose")

    chat = Chat(breakable)
    monkeypatch.setattr(InMemory, step, away)
    messages = chat.say(THREAT)
    assert "112" in first_line(messages)
    assert messages[0]["alert"] == "police"
    assert chat.say("hoe bewaar ik bewijs?")[0]["blocks"]
    assert chat.take_up()[0]["blocks"]
    assert Chat(breakable).welcome[0]["blocks"], "a conversation can be begun"


def test_what_could_not_be_removed_is_not_said_to_be_gone(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who ends a conversation that cannot be had now hears that it ends by itself."""

    async def away(*_: Any) -> None:
        raise Unavailable("away on purpose")

    chat = Chat(breakable)
    monkeypatch.setattr(InMemory, "_open", away)
    refused = call(f"{breakable}/webhooks/webchat/sessions", "DELETE", token=chat.token)
    assert (refused.status, refused.body["error"]["code"]) == (500, "not_deleted")


def test_who_leaves_while_wiping_is_forgotten(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be wiped is wiped, also when nobody waits for it any more."""
    chat, opened, asked = Chat(breakable), InMemory._open, threading.Event()

    async def open_slowly(self: InMemory, name: str) -> str | None:
        asked.set()
        await asyncio.sleep(0.5)
        return await opened(self, name)

    monkeypatch.setattr(InMemory, "_open", open_slowly)
    host, port = breakable.removeprefix("http://").split(":")
    request = (
        f"DELETE /webhooks/webchat/sessions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {chat.token}\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(request.encode())
        assert asked.wait(10)
    time.sleep(1)
    monkeypatch.undo()
    assert call(f"{breakable}/webhooks/webchat/sessions", token=chat.token).status == 401


def test_danger_that_rasa_overlooks_is_seen_by_the_channel(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the recogniser says nothing, the word patterns of the channel still put the help first."""
    chat = Chat(breakable)
    monkeypatch.setattr(DangerRecognizer, "answer", lambda self, message, probabilities: None)
    messages = chat.say(THREAT)
    assert messages[0]["alert"] == "police"
    assert "112" in first_line(messages)


def test_who_waits_too_long_is_answered(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that hangs is replaced by the channel's own."""

    async def hangs(*_: Any, **__: Any) -> None:
        await asyncio.sleep(60)

    chat = Chat(breakable)
    monkeypatch.setattr(conversations, "LONGEST_TURN_SECONDS", 0.2)
    monkeypatch.setitem(in_process_actions.executor().actions, "action_answer", hangs)
    assert "112" in everything(chat.say("ik word gepest"))


def test_the_log_has_no_words(
    breakable: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither an ordinary turn nor one that breaks writes what was typed."""
    chat = Chat(breakable)
    chat.say(f"ik word gepest {MARKER}")
    monkeypatch.setattr(DangerRecognizer, "answer", broken)
    chat.say(f"en nog eens {MARKER}")
    monkeypatch.undo()
    break_action(monkeypatch, "action_answer")
    chat.say(f"hoe bewaar ik bewijs {MARKER}")
    captured = capfd.readouterr()
    logged = " ".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert "a turn failed" in logged
    assert MARKER not in captured.out + captured.err + logged


def test_even_the_welcome_has_an_answer_of_its_own(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session begins with people to call when the action that greets fails."""
    break_action(monkeypatch, "action_answer")
    chat = Chat(breakable)
    assert "112" in everything(chat.welcome)
    assert call(f"{breakable}/health").status == 200


def test_after_a_turn_that_broke_a_reload_is_answered(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who loads the page again after it reads whom to call, and can go on."""
    chat = Chat(breakable)
    break_action(monkeypatch, "action_answer")
    chat.say("wat kan ik doen tegen pesten?")
    again = chat.take_up()
    assert again
    assert "emergency_112" in contacts(again)
    monkeypatch.undo()
    assert "emergency_112" not in contacts(chat.say("wat kan ik doen tegen pesten?"))


def test_a_welcome_that_broke_is_given_once(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The welcome is kept for a minute, for everybody; what the channel says in its place is not."""
    later = conversations.now() + timedelta(hours=1)
    monkeypatch.setattr(conversations, "now", lambda: later)
    with monkeypatch.context() as while_broken:
        break_action(while_broken, "action_answer")
        assert of_the_channel(Chat(breakable).welcome)
    first, second = Chat(breakable).welcome, Chat(breakable).welcome
    assert not of_the_channel(first)
    assert first == second
