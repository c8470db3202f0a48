"""A person at the widget, for tests: types a whole conversation, sends again what failed, begins anew when told to.

What it does on an error is what widget/chat.js and widget/client.js do, with a person who presses the button again.
"""

import http.client
import json
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chat import Answer, call
from wegwijs.content import content
from wegwijs.files import read_yaml

Messages = list[dict[str, Any]]

_PATIENCE_SECONDS = 60.0  # who has no answer by then has lost the message
_TIMEOUT_SECONDS = 20.0  # of the widget
_BREATH_SECONDS = 0.3  # before somebody presses the button again
_CHANGES_WITH_THE_HOUR = {"open_now", "hours"}


@dataclass(frozen=True)
class Script:
    """What somebody says, and what a worker alone answers to it."""

    name: str
    opening: dict[str, str]
    turns: tuple[dict[str, str], ...]
    answers: tuple[Messages, ...] = ()


@dataclass
class Tally:
    """What became of the messages."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)  # seconds from the first press of the button to the answer
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        """Return what became of the messages of both."""
        return Tally(self.counts + other.counts, self.waits + other.waits, self.wrong + other.wrong)


class Lost(Exception):
    """A message that nobody answered in time."""


class Gone(Exception):
    """The server says that the conversation has ended."""


def script(file: Path) -> Script:
    """Read what is said in one of tests/scenarios."""
    scenario = read_yaml(file)
    turns = tuple(
        {"choice": turn["choose"]} if "choose" in turn else {"text": turn["say"]} for turn in scenario["turns"]
    )
    return Script(file.stem, scenario.get("opening", {}), turns)


def without_the_hour(messages: Messages) -> Messages:
    """Return an answer without what depends on when it is given."""
    return [
        {
            **message,
            "contacts": [
                {name: value for name, value in one.items() if name not in _CHANGES_WITH_THE_HOUR}
                for one in message["contacts"]
            ],
        }
        for message in messages
    ]


def of_the_channel(messages: Messages) -> bool:
    """Tell whether something broke and the channel answered by itself: with help, and with no item of the content."""
    return any("items" not in message for message in messages)


class Child:
    """Somebody who talks as a script has it."""

    def __init__(self, server: str) -> None:
        """Take the address where the chat is reached."""
        self.tally = Tally()
        self._chat = f"{server}/webhooks/webchat"
        self._token = ""

    def learn(self, script: Script) -> Script:
        """Talk, and return the script with the answers."""
        self._begin(script)
        answers = tuple(without_the_hour(self._say(turn)) for turn in script.turns)
        self.end()
        return Script(script.name, script.opening, script.turns, answers)

    def talk(self, script: Script) -> None:
        """Talk, and compare every answer; begin the script anew when the conversation has ended meanwhile."""
        deadline = time.monotonic() + 3 * _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                self._begin(script)
                for turn, expected in zip(script.turns, script.answers, strict=True):
                    self._compare(script, turn, self._say(turn), expected)
                return self.end()
            except Gone:
                self.tally.counts["begun anew"] += 1
            except Lost:
                self.tally.counts["lost"] += 1
                return None

    def end(self) -> None:
        """Wipe the conversation, as the widget does: whether it worked is not waited for."""
        self._ask("DELETE", "/sessions")

    def _begin(self, script: Script) -> None:
        self._token = ""
        body = self._until_answered("POST", "/sessions", script.opening)
        self._token = body["session"]

    def _say(self, said: dict[str, str]) -> Messages:
        """Send a message until it is answered in earnest; who is told "try again later" does so."""
        begun = time.monotonic()
        self.tally.counts["messages"] += 1
        while True:
            message = {**said, "id": secrets.token_hex(12)}
            messages: Messages = self._until_answered("POST", "/messages", message)["messages"]
            if not of_the_channel(messages):
                self._ask_for_it_again(message, messages)
                self.tally.waits.append(time.monotonic() - begun)
                return messages
            self.tally.counts["answered by the channel itself"] += 1
            assert "112" in json.dumps(messages), "help that names no number"
            if time.monotonic() - begun > _PATIENCE_SECONDS:
                raise Lost
            time.sleep(1)

    def _ask_for_it_again(self, message: dict[str, str], messages: Messages) -> None:
        """Send now and then a message twice, as if its answer had got lost: nothing may be said twice."""
        if secrets.randbelow(5):
            return
        again = self._until_answered("POST", "/messages", message)["messages"]
        if not of_the_channel(again) and without_the_hour(again) != without_the_hour(messages):
            self.tally.counts["doubled"] += 1

    def _compare(self, script: Script, turn: dict[str, str], messages: Messages, expected: Messages) -> None:
        found = without_the_hour(messages)
        if found == expected:
            return
        more_than_once = len(found) > len(expected) and all(one in found for one in expected)
        self.tally.counts["doubled" if more_than_once else "wrong"] += 1
        self.tally.wrong.append(f"{script.name}: {turn}: {_ids(found)} instead of {_ids(expected)}")

    def _until_answered(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Press the button until there is an answer.

        Raises:
            Gone: the server has forgotten the conversation, and says so in the words that people read.
            Lost: the patience of people ended first.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            answer = self._ask(method, path, body)
            if answer is not None and answer.status in (200, 201):
                assert answer.body["messages"], "silence"
                return dict(answer.body)
            if answer is not None and answer.status == 401:
                assert answer.body["error"]["message"].startswith(content().failsafe.errors["unknown_session"][:20])
                raise Gone
            self.tally.counts["failed requests"] += 1
            time.sleep(_BREATH_SECONDS)
        raise Lost

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer | None:
        """Return what came back, or None where nothing came."""
        raw = None if body is None else json.dumps(body).encode()
        self.tally.counts["requests"] += 1
        try:
            return call(self._chat + path, method, raw, self._token or None, timeout=_TIMEOUT_SECONDS)
        except (OSError, http.client.HTTPException, ValueError):
            return None


def _ids(messages: Messages) -> list[list[str]]:
    return [message.get("items", ["(the channel)"]) for message in messages]
