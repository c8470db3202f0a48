"""The people who talk to a bot over HTTP: one way for the web chat of Wegwijs, one for the REST channel of Rasa."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from tests.bench.wire import Answer, Wire, posted

_CREATED = 201


class Visitor:
    """One person in the web chat of Wegwijs."""

    _PLACE = "/webhooks/webchat"

    def __init__(self, wire: Wire) -> None:
        """Take the way to the bot."""
        self._wire = wire
        self._headers: dict[str, str] = {}

    async def begin(self) -> Answer:
        """Ask the server for a conversation."""
        answer = await self._wire.post(f"{self._PLACE}/sessions", {}, {})
        if answer.status == _CREATED:
            self._headers = {"Authorization": f"Bearer {answer.body['session']}"}
        return answer

    async def say(self, text: str) -> Answer:
        """Type a text."""
        return await self._wire.post(f"{self._PLACE}/messages", {"text": text}, self._headers)

    def request(self, server: str, text: str) -> bytes:
        """Return what goes over the wire when a text is typed."""
        return posted(server, f"{self._PLACE}/messages", {"text": text}, self._headers)


class Sender:
    """One person in the REST channel of Rasa, who names the conversation."""

    _PATH = "/webhooks/rest/webhook"

    def __init__(self, wire: Wire) -> None:
        """Take the way to the bot."""
        self._wire, self._name = wire, uuid.uuid4().hex

    async def begin(self) -> Answer:
        """Do nothing: Rasa begins with the first message."""
        return Answer(_CREATED, [], 0.0)

    async def say(self, text: str) -> Answer:
        """Type a text."""
        return await self._wire.post(self._PATH, self._said(text), {})

    def request(self, server: str, text: str) -> bytes:
        """Return what goes over the wire when a text is typed."""
        return posted(server, self._PATH, self._said(text), {})

    def _said(self, text: str) -> dict[str, str]:
        return {"sender": self._name, "message": text}


Person = Visitor | Sender
MakePerson = Callable[[Wire], Person]
