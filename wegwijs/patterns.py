"""The word patterns of danger: read from danger_patterns.yml, checked, and searched in a normalised message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from wegwijs import vocabulary
from wegwijs.errors import ContentError
from wegwijs.files import DANGER_PATTERNS, read_yaml
from wegwijs.normalise import normalise

_SENTENCE_END = re.compile(r"[.?!]")


@dataclass(frozen=True)
class Pattern:
    """A regular expression over normalised text that means a danger."""

    id: str
    danger: str
    expression: re.Pattern[str]
    emergency: bool
    matches: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """A danger that a pattern found; `emergency` means that it happens now."""

    danger: str
    emergency: bool
    pattern: str


class DangerPatterns:
    """All patterns with their exceptions (figures of speech, games, negations)."""

    def __init__(self, patterns: tuple[Pattern, ...], exceptions: tuple[re.Pattern[str], ...]) -> None:
        """Take the patterns, and the expressions that make a sentence harmless."""
        self.patterns = patterns
        self._exceptions = exceptions

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return the dangers that the patterns find in a message as typed, in the order of the file."""
        plain = normalise(text)
        harmless = list(self._harmless_spans(plain))
        return tuple(
            Hit(pattern.danger, pattern.emergency, pattern.id)
            for pattern in self.patterns
            if any(
                not any(found.start() < end and start < found.end() for start, end in harmless)
                for found in pattern.expression.finditer(plain)
            )
        )

    def _harmless_spans(self, plain: str) -> Iterator[tuple[int, int]]:
        """Yield the sentences in which an exception stands: it speaks for its own sentence only."""
        for exception in self._exceptions:
            for found in exception.finditer(plain):
                before = [mark.end() for mark in _SENTENCE_END.finditer(plain, 0, found.start())]
                after = _SENTENCE_END.search(plain, found.end())
                yield (before[-1] if before else 0), (after.start() if after else len(plain))


def load_patterns(path: Path = DANGER_PATTERNS) -> DangerPatterns:
    """Read the patterns.

    Raises:
        ContentError: names the file and the pattern that is wrong.

    """
    raw = read_yaml(path)
    patterns = tuple(_pattern(path, entry) for entry in raw["patterns"])
    exceptions = tuple(_compile(path, entry["id"], entry["pattern"]) for entry in raw.get("exceptions", ()))
    return DangerPatterns(patterns, exceptions)


@lru_cache(maxsize=1)
def danger_patterns() -> DangerPatterns:
    """Return the patterns of this installation, read once."""
    return load_patterns()


def _pattern(path: Path, raw: dict[str, Any]) -> Pattern:
    if not vocabulary.is_word("danger", raw.get("danger", "")):
        raise ContentError(f"{path}: {raw.get('id')}: danger {raw.get('danger')!r} does not stand in labels.yml")
    return Pattern(
        id=raw["id"],
        danger=raw["danger"],
        expression=_compile(path, raw["id"], raw["pattern"]),
        emergency=raw.get("emergency", False),
        matches=tuple(raw.get("matches", ())),
        misses=tuple(raw.get("not", ())),
    )


def _compile(path: Path, name: str, expression: str) -> re.Pattern[str]:
    try:
        return re.compile(expression)
    except re.error as error:
        raise ContentError(f"{path}: {name}: {error}") from error
