"""The people who talk to a bot over HTTP: one way for the web chat of Wegwijs, one for the REST channel of Rasa."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

PATIENCE_SECONDS = 60
NOBODY = 0  # the status where no answer came


@dataclass(frozen=True)
class Answer:
    """What came back, and after how long."""

    status: int
    body: Any
    milliseconds: float

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the bot said; nothing when it refused."""
        if self.status >= 400 or not self.body:
            return []
        return self.body["messages"] if isinstance(self.body, dict) else self.body

    @property
    def silent(self) -> bool:
        """Tell whether somebody got neither an answer nor a reason why not."""
        return not self.body


def clients() -> ClientSession:
    """Return connections for as many people as there are."""
    return ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=PATIENCE_SECONDS))


async def ask(http: ClientSession, method: str, url: str, **kwargs: Any) -> Answer:
    """Send a request; whatever happens is an answer."""
    begun = time.perf_counter()
    try:
        async with http.request(method, url, **kwargs) as response:
            is_json = response.content_type == "application/json"
            body = await response.json() if is_json else await response.text()
            return Answer(response.status, body, _since(begun))
    except (ClientError, asyncio.TimeoutError):
        return Answer(NOBODY, None, _since(begun))


class Visitor:
    """One person in the web chat of Wegwijs."""

    def __init__(self, http: ClientSession, server: str) -> None:
        """Say where the bot is."""
        self._http, self._url = http, f"{server}/webhooks/webchat"
        self._headers: dict[str, str] = {}

    async def begin(self) -> Answer:
        """Ask the server for a conversation."""
        answer = await ask(self._http, "POST", f"{self._url}/sessions", json={})
        if answer.status == 201:
            self._headers = {"Authorization": f"Bearer {answer.body['session']}"}
        return answer

    async def say(self, text: str) -> Answer:
        """Type a text."""
        return await ask(self._http, "POST", f"{self._url}/messages", json={"text": text}, headers=self._headers)

    def request(self, text: str) -> bytes:
        """Return what goes over the wire when a text is typed."""
        return _post(f"{self._url}/messages", {"text": text}, self._headers)


class Sender:
    """One person in the REST channel of Rasa, who names the conversation."""

    def __init__(self, http: ClientSession, server: str) -> None:
        """Say where the bot is."""
        self._http, self._url = http, f"{server}/webhooks/rest/webhook"
        self._name = uuid.uuid4().hex

    async def begin(self) -> Answer:
        """Do nothing: Rasa begins with the first message."""
        return Answer(201, [], 0.0)

    async def say(self, text: str) -> Answer:
        """Type a text."""
        return await ask(self._http, "POST", self._url, json={"sender": self._name, "message": text})

    def request(self, text: str) -> bytes:
        """Return what goes over the wire when a text is typed."""
        return _post(self._url, {"sender": self._name, "message": text}, {})


Person = Visitor | Sender
MakePerson = Callable[[ClientSession, str], Person]


def _post(url: str, body: dict[str, str], headers: dict[str, str]) -> bytes:
    place, raw = urlsplit(url), json.dumps(body).encode()
    own = {"Host": place.netloc, "Content-Type": "application/json", "Content-Length": str(len(raw))}
    head = "".join(f"{name}: {value}\r\n" for name, value in {**own, **headers}.items())
    return f"POST {place.path} HTTP/1.1\r\n{head}\r\n".encode() + raw


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
