"""Judges messages by themselves, in the words of labels.yml: the command `wegwijs assess`."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from bot.channels.requests import neutral
from wegwijs import vocabulary
from wegwijs.danger import DANGER_MAYBE
from wegwijs.errors import WegwijsError

NOTHING_UNDERSTOOD = [{"name": "out_of_scope", "confidence": 0.0}]


def assess(lines: Iterable[str], model: Path) -> Iterator[str]:
    """Yield one line of JSON for each line `{"id", "text"}`, in order.

    Raises:
        WegwijsError: a line is no JSON object with an id and a text.
    """
    with contextlib.redirect_stdout(sys.stderr):  # what libraries print would stand between the lines
        agent = Agent.load(str(model))
    loop = asyncio.new_event_loop()
    try:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            name, text = _read(number, line)
            parsed = loop.run_until_complete(agent.parse_message(neutral(text)))
            yield json.dumps({"id": name, **judgement(parsed)}, ensure_ascii=False)
    finally:
        loop.close()


def judgement(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return what Rasa understood of one message as the contract of `assess` has it."""
    said = {question: _words(parsed, question) for question in ("role", "position", "country", "form", "danger")}
    intents = [
        {"name": intent["name"], "confidence": round(intent["confidence"], 4)}
        for intent in parsed.get("intent_ranking", [])
        if intent["name"] in vocabulary.labels()["intent"]
    ]
    one_word = {question: (said[question] or [vocabulary.UNKNOWN])[0] for question in ("role", "position", "country")}
    return {
        **one_word,
        "intent": intents or NOTHING_UNDERSTOOD,
        "form": said["form"],
        "danger": said["danger"],
        "danger_maybe": _words(parsed, DANGER_MAYBE),
        "escalation": parsed.get("escalation", vocabulary.NO_ESCALATION),
    }


def _words(parsed: dict[str, Any], question: str) -> list[str]:
    return [entity["value"] for entity in parsed.get("entities", []) if entity["entity"] == question]


def _read(number: int, line: str) -> tuple[Any, str]:
    try:
        fields = json.loads(line)
        name, text = fields["id"], fields["text"]
    except (ValueError, KeyError, TypeError) as error:
        raise WegwijsError(f'line {number} is no JSON object {{"id", "text"}}') from error
    if not isinstance(text, str):
        raise WegwijsError(f"line {number}: text is no string")
    return name, text
