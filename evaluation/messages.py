"""The evaluation set: messages written apart from the training data, with what is right for each."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wegwijs.training_data import Labels

HERE = Path(__file__).parent
MESSAGES = HERE / "messages.jsonl"
READINGS = HERE / "readings.jsonl"


@dataclass(frozen=True)
class Message:
    """One message and what is right; of two intents each is right."""

    text: str
    labels: Labels


def read_messages(path: Path = MESSAGES) -> list[Message]:
    """Read lines of JSON: text, and the questions of labels.yml."""
    return [Message(raw["text"], _labels(raw)) for raw in read_lines(path)]


def read_readings(path: Path = READINGS) -> list[tuple[Labels, Labels]]:
    """Return how the writer of each message labelled it, and how a second reader did who saw the text only."""
    return [(_labels(raw["first"]), _labels(raw["second"])) for raw in read_lines(path)]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _labels(raw: dict[str, Any]) -> Labels:
    return Labels(
        intent=tuple(raw["intent"]),
        role=raw["role"],
        position=raw["position"],
        country=raw["country"],
        form=tuple(raw["form"]),
        danger=tuple(raw["danger"]),
        escalation=raw["escalation"],
    )
