"""The training messages of nlu.yml with what their metadata says, checked against the vocabulary."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wegwijs import vocabulary
from wegwijs.errors import ContentError
from wegwijs.files import NLU_DATA, read_yaml
from wegwijs.parallel import nothing_thrown_away


@dataclass(frozen=True)
class Labels:
    """What one message says, in the words of labels.yml."""

    intent: tuple[str, ...]  # the best first
    role: str = vocabulary.UNKNOWN
    position: str = vocabulary.UNKNOWN
    country: str = vocabulary.UNKNOWN
    form: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    escalation: str = vocabulary.NO_ESCALATION

    def as_dict(self) -> dict[str, Any]:
        """Return the labels by question, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Example:
    """One training message."""

    text: str
    labels: Labels
    metadata: dict[str, Any]


def labels_of(intent: str, metadata: dict[str, Any] | None) -> Labels:
    """Read the metadata of one example; what it leaves out is unknown, or none.

    Raises:
        ContentError: a word does not stand in labels.yml, or a key is no question.
    """
    said = dict(metadata or {})
    second = said.pop("second_intent", None)
    dangers = tuple(said.pop("danger", ()))
    labels = Labels(
        intent=(intent, second) if second else (intent,),
        role=said.pop("role", vocabulary.UNKNOWN),
        position=said.pop("position", vocabulary.UNKNOWN),
        country=said.pop("country", vocabulary.UNKNOWN),
        form=tuple(said.pop("form", ())),
        danger=dangers,
        escalation=said.pop("escalation", vocabulary.escalation_of(dangers)),
    )
    if said:
        raise ContentError(f"{', '.join(said)}: no question of labels.yml")
    for question, words in labels.as_dict().items():
        for word in (words,) if isinstance(words, str) else words:
            if not vocabulary.is_word(question, word):
                raise ContentError(f"{question}: {word!r} does not stand in labels.yml")
    return labels


def read_examples(path: Path = NLU_DATA) -> list[Example]:
    """Read a training file of Rasa in which every example is `text` with optional `metadata`.

    Raises:
        ContentError: names the file and the message that is wrong.
    """
    with nothing_thrown_away():
        return list(_examples(path))


def _examples(path: Path) -> Iterator[Example]:
    for group in read_yaml(path)["nlu"]:
        for raw in group["examples"]:
            try:
                labels = labels_of(group["intent"], raw.get("metadata"))
            except ContentError as error:
                raise ContentError(f"{path}: {raw['text']!r}: {error}") from error
            yield Example(raw["text"].strip(), labels, raw.get("metadata") or {})
