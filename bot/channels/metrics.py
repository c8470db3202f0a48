"""Counts for Prometheus: how many, never what."""

from typing import Any

from prometheus_client import Counter, generate_latest

_messages = Counter("wegwijs_replies", "Replies, by the escalation they lead with.", ["alert"])
_refused = Counter("wegwijs_refused", "Requests refused, by reason.", ["code"])
_failed = Counter("wegwijs_failed_turns", "Turns that the channel answered by itself because something broke.")


def answered(answers: list[dict[str, Any]]) -> None:
    """Count replies."""
    for answer in answers:
        _messages.labels(alert=answer["alert"] or "none").inc()


def refused(code: str) -> None:
    """Count a request that was refused."""
    _refused.labels(code=code).inc()


def failed() -> None:
    """Count a turn that broke."""
    _failed.inc()


def text() -> str:
    """Return all counts in the text format of Prometheus."""
    return generate_latest().decode()
