"""What an operator can see: health, and counts that tell of nobody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import health
from bot.channels.tally import OUTCOMES, intents
from bot.components.danger_recognizer import DangerRecognizer
from bot.talks.in_memory import InMemory
from bot.talks.records import Unavailable
from tests.chat import Chat, call, choices
from tests.test_faults import broken
from wegwijs.files import ROOT
from wegwijs.vocabulary import labels

COUNTERS = {
    "wegwijs_sessions_total": None,
    "wegwijs_messages_total": "role",
    "wegwijs_intents_total": "intent",
    "wegwijs_dangers_total": "danger",
    "wegwijs_outcomes_total": "outcome",
    "wegwijs_replies_total": "alert",
    "wegwijs_refused_total": "code",
    "wegwijs_failed_turns_total": None,
    "wegwijs_store_errors_total": None,
    "wegwijs_repeated_total": None,
}
Counts = dict[tuple[str, ...], float]


def counts(server: str) -> Counts:
    """The value of every count, by its name and label; none has two labels, which might point to a person."""
    families = text_string_to_metric_families(call(f"{server}/metrics").body)
    samples = [sample for family in families for sample in family.samples]
    assert all(len(sample.labels) <= 1 for sample in samples if sample.name != "wegwijs_info")
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


@contextmanager
def counting(server: str) -> Iterator[set[tuple[str, ...]]]:
    """Collect what went up by one while the block ran."""
    before, went_up = counts(server), set[tuple[str, ...]]()
    yield went_up
    after = counts(server)
    went_up |= {name for name in after if name[0] in COUNTERS and after[name] == before.get(name, 0) + 1}


def test_the_server_says_that_it_lives_and_is_ready(server: str) -> None:
    """Whoever sends messages on asks /health, whoever starts the process again /health/live."""
    answer = call(f"{server}/health")
    assert (answer.status, answer.body) == (200, {"live": True, "ready": True, "why": None})
    assert call(f"{server}/health/live").body == {"live": True}
    assert counts(server)[("wegwijs_ready",)] == 1


def test_a_server_that_cannot_answer_says_why(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is alive, so nobody need start it again, and not ready, so no messages should come."""
    monkeypatch.setattr(health, "is_ready", lambda app: False)
    answer = call(f"{breakable}/health")
    assert (answer.status, answer.body) == (503, {"live": True, "ready": False, "why": "the model is not loaded"})
    assert call(f"{breakable}/health/live").status == 200


def test_all_counts_are_there_from_the_start(server: str) -> None:
    """Every word that can be counted has its line, so that none of them appears together with a person."""
    there = set(counts(server))
    assert {(name,) for name, label in COUNTERS.items() if label is None} <= there
    for name, label, words in (
        ("messages", "role", labels()["role"]),
        ("intents", "intent", intents()),
        ("dangers", "danger", labels()["danger"]),
        ("outcomes", "outcome", OUTCOMES),
    ):
        assert COUNTERS[f"wegwijs_{name}_total"] == label
        assert {name[1] for name in there if name[0] == f"wegwijs_{name}_total"} <= set(words)
        assert {(f"wegwijs_{name}_total", word) for word in words} <= there


def test_no_moment_and_no_process_is_told(server: str) -> None:
    """When something was first counted, and what the process is like, is nobody's business."""
    names = {name[0] for name in counts(server)}
    assert not [name for name in names if name.endswith("_created") or not name.startswith("wegwijs_")]
    text = call(f"{server}/metrics").body
    assert re.search(r'^wegwijs_info\{model="[0-9a-f]{16}",version="[0-9.]+"\} 1.0$', text, re.M)


def test_an_ordinary_talk_is_counted(server: str) -> None:
    """A conversation, and a message by who types, what was wanted and how it was answered."""
    with counting(server) as went_up:
        chat = Chat(server, {"role": "parent"})
        chat.say("hoe bewaar ik bewijs van het pesten van mijn dochter op whatsapp?")
    assert {
        ("wegwijs_sessions_total",),
        ("wegwijs_messages_total", "parent"),
        ("wegwijs_intents_total", "ask_evidence"),
        ("wegwijs_outcomes_total", "answered"),
    } <= went_up
    assert not [name for name in went_up if name[0] == "wegwijs_dangers_total"]


def test_danger_is_counted(server: str) -> None:
    """By what it is, and by the help that the answer leads with."""
    chat = Chat(server, {"role": "child"})
    with counting(server) as went_up:
        chat.say("ik word bedreigd met een mes na school")
    assert {
        ("wegwijs_messages_total", "child"),
        ("wegwijs_dangers_total", "threat"),
        ("wegwijs_outcomes_total", "danger"),
        ("wegwijs_replies_total", "police"),
    } <= went_up


def test_a_doubt_and_what_comes_of_it_are_counted(server: str) -> None:
    """The question whether there is danger is no danger yet; the yes to it is."""
    chat = Chat(server)
    with counting(server) as went_up:
        assert "danger_yes" in choices(chat.say("help"))
    assert ("wegwijs_outcomes_total", "danger_check") in went_up
    assert not [name for name in went_up if name[0] == "wegwijs_dangers_total"]
    with counting(server) as went_up:
        chat.choose("danger_yes")
    assert ("wegwijs_outcomes_total", "danger") in went_up
    assert [name for name in went_up if name[0] == "wegwijs_dangers_total"]


def test_a_guide_and_what_was_not_understood_are_counted(server: str) -> None:
    """A step of a guide is one outcome, a message that nobody could read another."""
    chat = Chat(server, {"role": "teacher", "country": "nl"})
    with counting(server) as went_up:
        chat.say("stappenplan eerste hulp bij pesten")
    assert ("wegwijs_outcomes_total", "guide") in went_up
    chat = Chat(server)
    with counting(server) as went_up:
        chat.say("qwxz plmk vbnt rrrq")
    assert ("wegwijs_outcomes_total", "fallback") in went_up


def test_a_message_that_comes_twice_is_told(server: str) -> None:
    """The second time counts as repeated, and not as a message."""
    chat = Chat(server)
    chat.post({"text": "hoe blokkeer ik iemand op snapchat?", "id": "one"})
    with counting(server) as went_up:
        chat.post({"text": "hoe blokkeer ik iemand op snapchat?", "id": "one"})
    assert went_up == {("wegwijs_repeated_total",)}


def test_what_is_refused_is_counted_by_reason(server: str) -> None:
    """The codes of the contract, whatever was asked."""
    with counting(server) as went_up:
        call(f"{server}/no/such/page")
        Chat(server).post(b"{kolibrie")
    assert {("wegwijs_refused_total", "not_found"), ("wegwijs_refused_total", "bad_json")} <= went_up


def test_a_turn_that_breaks_is_counted_as_such(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the message before it is counted once more."""
    chat = Chat(breakable)
    chat.say("ik word bedreigd met een mes na school")
    monkeypatch.setattr(DangerRecognizer, "answer", broken)
    with counting(breakable) as went_up:
        chat.say("en hoe zit het dan met bewijs bewaren?")
    assert {
        ("wegwijs_failed_turns_total",),
        ("wegwijs_outcomes_total", "failed"),
        ("wegwijs_intents_total", "other"),
    } <= went_up
    assert not [name for name in went_up if name[0] == "wegwijs_dangers_total"]


def test_a_store_that_breaks_is_counted(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator sees that conversations cannot be had; the person is answered."""

    async def away(*_: Any) -> None:
        raise Unavailable("away on purpose")

    chat = Chat(breakable)
    monkeypatch.setattr(InMemory, "_open", away)
    with counting(breakable) as went_up:
        assert chat.say("wat kan ik doen tegen pesten?")
    assert {("wegwijs_store_errors_total",), ("wegwijs_outcomes_total", "failed")} <= went_up


def test_a_count_that_fails_takes_no_answer_away(breakable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Help goes before figures."""
    chat = Chat(breakable)
    monkeypatch.setattr("bot.conversations.tally", broken)
    assert chat.say("hoe bewaar ik bewijs?")[0]["items"]


def test_no_words_are_in_the_counts(server: str) -> None:
    """Neither what was typed nor the name of a school or a session becomes a label."""
    chat = Chat(server, {"school": "regenboog"})
    chat.say("mijn geheime woord is kolibrie")
    text = call(f"{server}/metrics").body
    assert not re.search(r"kolibrie|regenboog", text)
    assert chat.token not in text


def test_the_names_are_documented() -> None:
    """Every count stands in docs/http.md."""
    text = (ROOT / "docs" / "http.md").read_text()
    assert not [name for name in COUNTERS if name not in text]
