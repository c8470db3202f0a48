"""As much of a client of socket.io as an attack needs; it may say any Origin, which a browser would not."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

from tests.bench.bots import Bot

_PATIENCE_SECONDS = 10


async def connect(http: ClientSession, bot: Bot, origin: str | None = None) -> ClientWebSocketResponse:
    """Open a socket of socket.io: Engine.IO says 0, the client 40, the server 40."""
    socket = await http.ws_connect(f"{bot.address}/socket.io/?EIO=4&transport=websocket", origin=origin)
    await socket.receive_str(timeout=_PATIENCE_SECONDS)
    await socket.send_str("40")
    await socket.receive_str(timeout=_PATIENCE_SECONDS)
    return socket


async def emit(socket: ClientWebSocketResponse, event: str, data: dict[str, str]) -> None:
    """Send an event."""
    await socket.send_str("42" + json.dumps([event, data]))


async def next_event(socket: ClientWebSocketResponse, event: str) -> Any:
    """Return what comes with the next event of a name; None where none comes."""
    try:
        while True:
            kind, _, rest = (await socket.receive_str(timeout=_PATIENCE_SECONDS)).partition("[")
            if kind == "42":
                name, data = json.loads("[" + rest)
                if name == event:
                    return data
    except asyncio.TimeoutError:
        return None
