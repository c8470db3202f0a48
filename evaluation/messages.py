"""The evaluation set: messages written apart from the training data, with what is right for each."""

import json
from dataclasses import dataclass
from pathlib import Path

from wegwijs.training_data import Labels

HERE = Path(__file__).parent
MESSAGES = HERE / "messages.jsonl"


@dataclass(frozen=True)
class Message:
    """One message and what is right; of two intents each is right."""

    text: str
    labels: Labels


def read_messages(path: Path = MESSAGES) -> list[Message]:
    """Read lines of JSON: text, and the questions of labels.yml."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        labels = Labels(
            intent=tuple(raw["intent"]),
            role=raw["role"],
            position=raw["position"],
            country=raw["country"],
            form=tuple(raw["form"]),
            danger=tuple(raw["danger"]),
            escalation=raw["escalation"],
        )
        found.append(Message(raw["text"], labels))
    return found
