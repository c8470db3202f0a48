"""How often one may ask, and how long it is known who asked."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.limits import _Counts
from tests.chat import Chat, call
from tests.running import running

_A_FEW = 20
CHAT = "/webhooks/webchat"


@pytest.fixture(scope="module")
def strict(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that lets an address ask a few times a minute only."""
    assert model.exists()
    settings = {"WEGWIJS_ADDRESS_PER_MINUTE": str(_A_FEW), "WEGWIJS_BEGIN_PER_MINUTE": str(_A_FEW)}
    with running(tmp_path_factory.mktemp("strict") / "log", **settings) as (address, _):
        yield address


def test_one_address_is_stopped_whatever_it_asks(strict: str) -> None:
    """Messages, looks at a talk, wipes and new talks of one address have an end; danger is answered all the same."""
    chat = Chat(strict)
    ways = {
        "GET": lambda: call(f"{strict}{CHAT}/sessions", token=chat.token),
        "DELETE": lambda: call(f"{strict}{CHAT}/sessions", "DELETE", token="x" * 43),
        "POST": lambda: chat.post({"text": "hoi"}),
        "begin": lambda: call(f"{strict}{CHAT}/sessions", "POST", b"{}"),
    }
    for _ in range(_A_FEW):
        ways["GET"]()
        ways["begin"]()
    for name, way in ways.items():
        answer = way()
        assert (name, answer.status, answer.body["error"]["code"]) == (name, 429, "too_fast")
        assert "112" in answer.body["error"]["message"]
    assert chat.say("ik word bedreigd met een mes")[0]["alert"] == "police"


async def test_a_count_is_gone_when_it_is_over_though_nobody_comes() -> None:
    """Of an address nothing is left after its time, also when no other request comes that would look."""
    counts = _Counts()
    assert await counts.incr("one", expiry=1) == 1
    assert await counts.incr("one", expiry=1) == 2
    deadline = time.monotonic() + 20
    while (counts.storage or counts.expirations) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    assert not counts.storage
    assert not counts.expirations


async def test_a_clock_that_was_put_back_makes_nobody_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts made since then end in their time, whatever those of before say."""
    counts, now = _Counts(), [10_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    await counts.incr("before", expiry=60)
    now[0] = 0.0
    assert await counts.incr("since", expiry=60) == 1
    assert set(counts.storage) == set(counts.expirations) == {"since"}
    now[0] = 61.0
    assert await counts.incr("since", expiry=60) == 1
