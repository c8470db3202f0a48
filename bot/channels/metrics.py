"""Counts for Prometheus: how many, never what."""

from typing import Any

from prometheus_client import CollectorRegistry, Counter, generate_latest

# One of our own: the usual one also tells about the process.
_registry = CollectorRegistry()
_replies = Counter("wegwijs_replies", "Replies, by the escalation they lead with.", ["alert"], registry=_registry)
_refused = Counter("wegwijs_refused", "Requests refused, by reason.", ["code"], registry=_registry)
_failed = Counter("wegwijs_failed_turns", "Turns that broke, which the channel answered.", registry=_registry)


def answered(answers: list[dict[str, Any]]) -> None:
    """Count replies."""
    for answer in answers:
        _replies.labels(alert=answer["alert"] or "none").inc()


def refused(code: str) -> None:
    """Count a request that was refused."""
    _refused.labels(code=code).inc()


def failed() -> None:
    """Count a turn that broke."""
    _failed.inc()


def text() -> str:
    """Return all counts in the text format of Prometheus."""
    return generate_latest(_registry).decode()
