"""A small client of the web chat, for tests."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """What the server answered."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages of a turn."""
        return self.body["messages"]


def call(
    url: str,
    method: str = "GET",
    body: bytes | None = None,
    token: str | None = None,
    headers: dict[str, str] | None = None,
    timeout: float = 30,
) -> Answer:
    """Send one request; a 4xx or 5xx is an answer like any other."""
    headers = {"Content-Type": "application/json", **(headers or {})}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, method=method, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return _answer(response.status, response)
    except urllib.error.HTTPError as error:
        return _answer(error.code, error)


def _answer(status: int, response: Any) -> Answer:
    text = response.read().decode()
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    return Answer(status, json.loads(text) if is_json and text else text, dict(response.headers))


@dataclass
class Chat:
    """One conversation."""

    server: str
    opening: dict[str, str] = field(default_factory=dict)
    token: str = ""
    welcome: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin the session."""
        answer = call(f"{self.server}/webhooks/webchat/sessions", "POST", json.dumps(self.opening).encode())
        assert answer.status == 201, answer
        self.token, self.welcome = answer.body["session"], answer.messages

    def post(self, body: Any) -> Answer:
        """Send any body as a message."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return call(f"{self.server}/webhooks/webchat/messages", "POST", raw, self.token)

    def say(self, text: str) -> list[dict[str, Any]]:
        """Type a text."""
        answer = self.post({"text": text})
        assert answer.status == 200, answer
        return answer.messages

    def choose(self, choice: str) -> list[dict[str, Any]]:
        """Choose a quick reply."""
        answer = self.post({"choice": choice})
        assert answer.status == 200, answer
        return answer.messages

    def take_up(self) -> list[dict[str, Any]]:
        """Load the page again: the last answer."""
        answer = call(f"{self.server}/webhooks/webchat/sessions", token=self.token)
        assert answer.status == 200, answer
        return answer.messages

    def end(self) -> Answer:
        """Delete the session."""
        return call(f"{self.server}/webhooks/webchat/sessions", "DELETE", token=self.token)


def first_line(messages: list[dict[str, Any]]) -> str:
    """The first words that a person reads."""
    block = messages[0]["blocks"][0]
    return block["text"] if "text" in block else block["items"][0]


def everything(messages: list[dict[str, Any]]) -> str:
    """All words of a turn."""
    return json.dumps([message["blocks"] for message in messages], ensure_ascii=False)


def items(messages: list[dict[str, Any]]) -> list[str]:
    """The ids of what was said."""
    return [item for message in messages for item in message.get("items", [])]


def contacts(messages: list[dict[str, Any]]) -> list[str]:
    """The ids of the helplines shown."""
    return [contact["id"] for message in messages for contact in message["contacts"]]


def choices(messages: list[dict[str, Any]]) -> list[str]:
    """The ids of the quick replies offered."""
    return [choice["id"] for message in messages for choice in message["choices"]]
