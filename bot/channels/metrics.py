"""Counts for Prometheus: how many, never what.

Each question has a counter of its own. One counter with role, intent and danger as labels would tell of the only parent
with this danger; counts side by side do not. All labels stand there from the start, so that the first time a word is
counted shows as little as any other, and all come from fixed lists, so that no text becomes one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
    generate_latest,
)

from bot.channels.tally import OUTCOMES, Tally, intents
from wegwijs.content_file import ErrorCode
from wegwijs.vocabulary import ESCALATIONS, NO_ESCALATION, labels

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
disable_created_metrics()  # type: ignore[no-untyped-call] # the moment of a first count, which nobody needs
# One of our own: the usual one also tells about the process.
_registry = CollectorRegistry()


def _counter(name: str, what: str) -> Counter:
    return Counter(f"wegwijs_{name}", what, registry=_registry)


def _counter_by(label: str, words: Sequence[str], name: str, what: str) -> Counter:
    counter = Counter(f"wegwijs_{name}", what, [label], registry=_registry)
    for word in words:
        counter.labels(word)
    return counter


_sessions = _counter("sessions", "Conversations that were begun.")
_failed = _counter("failed_turns", "Turns that broke, which the channel answered.")
_store_errors = _counter("store_errors", "Times that the conversations could not be read or kept.")
_repeated = _counter("repeated", "Messages that were sent twice, and answered from what was kept.")
_messages = _counter_by("role", labels()["role"], "messages", "Messages, by who types.")
_intents = _counter_by("intent", intents(), "intents", "Messages, by what they were taken for.")
_dangers = _counter_by("danger", labels()["danger"], "dangers", "Messages, by the dangers that they tell of.")
_outcomes = _counter_by("outcome", OUTCOMES, "outcomes", "Messages, by how they were answered.")
_replies = _counter_by("alert", (*ESCALATIONS, NO_ESCALATION), "replies", "Replies, by the help that they lead with.")
_refused = _counter_by("code", get_args(ErrorCode), "refused", "Requests refused, by reason.")
_seconds = Histogram("wegwijs_turn_seconds", "How long a message took.", buckets=_SECONDS, registry=_registry)
_ready = Gauge("wegwijs_ready", "1 when it can answer, else 0.", registry=_registry)
_info = Info("wegwijs", "What runs.", registry=_registry)


def runs(model: str, version: str) -> None:
    """Say which model and which version runs."""
    _info.info({"model": model, "version": version})


def begun(answers: Sequence[Mapping[str, Any]]) -> None:
    """Count a conversation and its welcome."""
    _sessions.inc()
    _count_replies(answers)


def turn(counted: Tally, answers: Sequence[Mapping[str, Any]], seconds: float) -> None:
    """Count a message and its answers.

    Args:
        counted: what it counts as.
        answers: what the person got.
        seconds: from the message to the answers.
    """
    _seconds.observe(seconds)
    _count_replies(answers)
    _messages.labels(counted.role).inc()
    _intents.labels(counted.intent).inc()
    for danger in counted.dangers:
        _dangers.labels(danger).inc()
    _outcomes.labels(counted.outcome).inc()


def refused(code: ErrorCode) -> None:
    """Count a request that was refused."""
    _refused.labels(code).inc()


def repeated() -> None:
    """Count a message that came once more."""
    _repeated.inc()


def failed() -> None:
    """Count a turn that broke."""
    _failed.inc()


def store_error() -> None:
    """Count a time that a conversation could not be read or kept."""
    _store_errors.inc()


def text(ready: bool) -> str:
    """Return all counts in the text format of Prometheus."""
    _ready.set(ready)
    return generate_latest(_registry).decode()


def _count_replies(answers: Sequence[Mapping[str, Any]]) -> None:
    for answer in answers:
        _replies.labels(answer["alert"] or NO_ESCALATION).inc()
