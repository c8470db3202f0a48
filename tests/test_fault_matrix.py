"""The fault matrix: what can break, and that nobody meets silence then. The table of all of it: docs/reliability.md."""

import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.components import chat_reader
from bot.components.country_recognizer import CountryRecognizer
from bot.components.danger_recognizer import DangerRecognizer
from bot.components.form_recognizer import FormRecognizer
from bot.components.linear_intent_classifier import LinearIntentClassifier
from bot.components.position_recognizer import PositionRecognizer
from bot.components.role_recognizer import RoleRecognizer
from tests.chat import Answer, Chat, call, contacts, everything, first_line
from tests.child import of_the_channel, without_the_hour
from tests.cluster import Cluster, Process, needs_cluster, redis_on, worker
from tests.faults import FAULTS, Fault, table
from tests.report import PAGE
from tests.running import free_port
from wegwijs.content import content
from wegwijs.files import ROOT
from wegwijs.ngrams import Ngrams

ORDINARY = "ik word gepest op school, wat kan ik doen?"
DANGER = "ik word bedreigd met een mes na school"
# What each component of the pipeline calls, and Rasa does not hold on to.
PARTS = {
    "ChatReader": (chat_reader, "read_message"),
    "NgramFeaturizer": (Ngrams, "row"),
    "RoleRecognizer": (RoleRecognizer, "answer"),
    "PositionRecognizer": (PositionRecognizer, "answer"),
    "CountryRecognizer": (CountryRecognizer, "answer"),
    "FormRecognizer": (FormRecognizer, "answer"),
    "LinearIntentClassifier": (LinearIntentClassifier, "answer"),
    "DangerRecognizer": (DangerRecognizer, "answer"),
}


def leads_with_help(messages: list[dict[str, Any]]) -> bool:
    """Tell whether danger was answered as it must be."""
    return messages[0]["alert"] == "police" and "112" in first_line(messages) and "emergency_112" in contacts(messages)


def ended(answer: Answer) -> bool:
    """Tell whether the person reads that the conversation has ended, and what to do in danger."""
    sentence = content().fill_in(content().failsafe.errors["unknown_session"])
    return answer.status == 401 and answer.body == {"error": {"code": "unknown_session", "message": sentence}}


def check(chat: Chat, sight: str) -> None:
    """Assert that an ordinary message brings what a person may see, and that danger comes first."""
    if sight == "begins anew":
        # A message that was under way when Redis hung may leave its lock for some seconds.
        assert _soon(lambda: ended(chat.post({"text": ORDINARY})))
        chat.__post_init__()
    messages = chat.say(ORDINARY)
    assert "112" in everything(messages) or not of_the_channel(messages)
    assert leads_with_help(chat.say(DANGER))
    assert sight == "help" or _soon(lambda: not of_the_channel(chat.say(ORDINARY)))
    assert sight != "help" or of_the_channel(messages)


@needs_cluster
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_survived(several: Cluster, fault: Fault) -> None:
    """While it lasts everybody is answered, and danger first; mended, the talk goes on, or says that it begins anew."""
    chat = Chat(several.address, {"country": "nl"})
    assert not of_the_channel(chat.say("hoi"))
    fault.strike(several)
    try:
        check(chat, fault.meanwhile)
    finally:
        fault.mend(several)
    check(chat, fault.afterwards)


@needs_cluster
@pytest.mark.parametrize("fault", [one for one in FAULTS if one.meanwhile == "help"], ids=lambda one: one.name)
def test_the_chat_is_opened_without_redis(several: Cluster, fault: Fault) -> None:
    """Who opens it is welcomed and answered, danger first; afterwards the talk begins anew, as it was kept nowhere."""
    fault.strike(several)
    try:
        chat = Chat(several.address, {"country": "nl"})
        check(chat, fault.meanwhile)
    finally:
        fault.mend(several)
    check(chat, "begins anew")


@needs_cluster
def test_who_wipes_without_redis_takes_no_worker_away(several: Cluster) -> None:
    """Wiping fails then, with a sentence; the proxy does not take the workers for sick, and danger is answered."""
    chat, others = Chat(several.address), [Chat(several.address) for _ in several.workers]
    several.redis.freeze()
    try:
        wiped = [one.end() for one in others]
        messages = chat.say(DANGER)
    finally:
        several.redis.thaw()
    assert all(one.status == 500 and one.body["error"]["code"] == "not_deleted" for one in wiped)
    assert leads_with_help(messages)


@needs_cluster
def test_the_monitoring_hears_that_redis_is_away(several: Cluster) -> None:
    """Every worker says so, and stays ready: it answers with help, and no other could do more."""
    several.redis.freeze()
    try:
        health = [call(f"{one.address}/health") for one in several.workers]
    finally:
        several.redis.thaw()
    assert all(one.status == 200 and "Redis" in one.body["why"] for one in health)


@needs_cluster
def test_a_worker_starts_without_redis(model: Path, tmp_path: Path) -> None:
    """It says what is missing, answers danger, and serves as soon as Redis is there."""
    store = redis_on(free_port(), tmp_path)
    alone = worker(tmp_path / "log", WEGWIJS_REDIS=store.address)
    alone.start()
    try:
        assert "Redis" in call(f"{alone.address}/health").body["why"]
        chat = Chat(alone.address)
        check(chat, "help")
        store.start()
        assert _soon(lambda: call(f"{alone.address}/health").body["why"] is None)
        assert not of_the_channel(Chat(alone.address).say(ORDINARY))
    finally:
        alone.end()
        store.end()


def _soon(happens: Callable[[], bool]) -> bool:
    """Wait until something happens; tell whether it did."""
    deadline = time.monotonic() + 20
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _kill_in_the_middle(cluster: Cluster, struck: Process, chat: Chat, body: dict[str, str]) -> None:
    """Kill a worker while it answers: it holds the lock of the conversation, and nothing is saved yet."""
    with Redis.from_url(cluster.redis.address) as client:
        for _ in range(50):
            sent = threading.Thread(target=_post_and_forget, args=(struck, chat, body))
            sent.start()
            while sent.is_alive() and not client.keys("wegwijs:lock:*"):
                pass
            struck.freeze()
            if client.keys("wegwijs:lock:*"):
                struck.kill()
                return
            struck.thaw()
            sent.join()
    raise AssertionError("never caught in the middle of a turn")


def _post_and_forget(struck: Process, chat: Chat, body: dict[str, str]) -> None:
    with suppress(OSError):
        call(f"{struck.address}/webhooks/webchat/messages", "POST", json.dumps(body).encode(), chat.token)


@needs_cluster
def test_all_workers_but_one_are_killed(several: Cluster) -> None:
    """The proxy tries two workers: when both are dead it says whom to call, and sent again the message is answered."""
    chat = Chat(several.address)
    for one in several.workers[1:]:
        one.kill()
    answer = chat.post({"text": ORDINARY, "id": "a"})
    if answer.status == 503:
        assert "112" in everything(answer.messages)
        answer = chat.post({"text": ORDINARY, "id": "a"})
    assert answer.status == 200
    assert not of_the_channel(answer.messages)


@needs_cluster
def test_a_worker_dies_in_the_middle_of_a_reply(several: Cluster) -> None:
    """Another answers danger at once although the dead one holds the lock; soon the talk goes on as if nothing was."""
    struck, other = several.workers[:2]
    chat, twin = Chat(other.address, {"country": "nl"}), Chat(other.address, {"country": "nl"})
    _kill_in_the_middle(several, struck, chat, {"text": "hoi"})
    try:
        assert leads_with_help(chat.say(DANGER))
        assert _soon(lambda: not of_the_channel(chat.say(DANGER)))
    finally:
        struck.start()
    twin.say(DANGER)
    twin.say(DANGER)
    assert without_the_hour(chat.say("ik ben zo bang")) == without_the_hour(twin.say("ik ben zo bang"))


@needs_cluster
def test_the_same_message_at_the_same_moment_to_two_workers(several: Cluster) -> None:
    """A message that was sent twice, because its answer seemed lost, is said once and answered alike."""
    for number in range(10):
        chat, twin = Chat(several.address), Chat(several.address)
        body = json.dumps({"text": ORDINARY, "id": f"m{number}"}).encode()
        addresses = [f"{one.address}/webhooks/webchat/messages" for one in several.workers[:2]]
        with ThreadPoolExecutor(2) as both:
            first, second = (
                one.result() for one in [both.submit(call, to, "POST", body, chat.token) for to in addresses]
            )
        assert first.status == second.status == 200
        assert first.body == second.body
        twin.say(ORDINARY)
        assert without_the_hour(chat.say("en nu?")) == without_the_hour(twin.say("en nu?"))


@needs_cluster
def test_two_tabs_at_the_same_moment(several: Cluster) -> None:
    """Both are answered in earnest, whichever workers they meet, and what either said is known afterwards."""
    for _ in range(10):
        chat = Chat(several.address)
        with ThreadPoolExecutor(2) as both:
            said = list(both.map(chat.say, ["ik woon in belgie", "ik ben de moeder van een meisje dat gepest wordt"]))
        assert not any(of_the_channel(messages) for messages in said)
        messages = chat.say("met wie kan ik praten?")
        assert "kindertelefoon" not in contacts(messages), "Belgium was forgotten"
        assert any("parent" in item or "formal" in item for item in messages[0]["items"]), "the mother was forgotten"


@needs_cluster
def test_messages_out_of_order(several: Cluster) -> None:
    """An older message that comes after a newer one is answered, and the talk goes on."""
    chat = Chat(several.address, {"country": "nl"})
    chat.post({"text": "hoi", "id": "a"})
    chat.post({"text": ORDINARY, "id": "b"})
    for late in ({"text": "hoi", "id": "a"}, {"text": DANGER, "id": "a"}):
        assert chat.post(late).messages[0]["blocks"]
    assert not of_the_channel(chat.say(ORDINARY))


@needs_cluster
def test_the_talk_goes_on_when_every_worker_was_restarted(several: Cluster) -> None:
    """What is in Redis outlives the workers: the last answer and its quick replies are still there."""
    chat = Chat(several.address)
    answered = chat.say(ORDINARY)
    for one in several.workers:
        one.end()
        one.start()
    assert without_the_hour(chat.take_up()) == without_the_hour(answered)
    assert not of_the_channel(chat.choose(answered[-1]["choices"][0]["id"]))


@needs_cluster
def test_redis_itself_ends_a_talk(several: Cluster) -> None:
    """The end of the idle time is a number of seconds from now, kept by Redis: no clock of a worker decides."""
    chat = Chat(several.address)
    chat.say("hoi")
    with Redis.from_url(several.redis.address) as client:
        left = [client.ttl(key) for key in client.keys("wegwijs:*")]
        assert left
        assert all(0 < seconds <= 30 * 60 for seconds in left)
        for key in client.keys("wegwijs:talk:*"):
            client.pexpire(key, 1)
    time.sleep(0.05)
    assert ended(chat.post({"text": "hoi"}))


@pytest.mark.parametrize("error", [RuntimeError, MemoryError])
@pytest.mark.parametrize("part", PARTS)
def test_whatever_part_of_the_reading_breaks(
    breakable: str, monkeypatch: pytest.MonkeyPatch, part: str, error: type[Exception]
) -> None:
    """With any component failing, or without memory for one request, people are helped; afterwards all is as before."""

    def fails(*_: Any, **__: Any) -> Any:
        raise error

    chat = Chat(breakable)
    monkeypatch.setattr(*PARTS[part], fails)
    assert "112" in everything(chat.say(ORDINARY))
    assert leads_with_help(chat.say(DANGER))
    monkeypatch.undo()
    assert not of_the_channel(chat.say(ORDINARY))


@pytest.mark.parametrize("jump", [-365 * 24 * 3600, 365 * 24 * 3600], ids=["back", "forward"])
def test_the_clock_jumps(breakable: str, monkeypatch: pytest.MonkeyPatch, jump: float) -> None:
    """A talk neither ends nor hangs because somebody set the clock of the machine, a year back or forward."""
    chat = Chat(breakable)
    chat.say("hoi")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    assert not of_the_channel(chat.say(ORDINARY))
    monkeypatch.undo()
    assert not of_the_channel(chat.say(ORDINARY))


def test_the_page_has_the_matrix() -> None:
    """docs/reliability.md shows the table as it is, and every test that it names exists."""
    assert "\n".join(table()) in PAGE.read_text(), "python -m tests.faults writes it"
    for file, name in re.findall(r"`(\w+)::(\w+)`", "\n".join(table())):
        assert f"def {name}(" in (ROOT / "tests" / f"{file}.py").read_text(), name
