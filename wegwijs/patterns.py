"""The word patterns of danger: read from danger_patterns.yml, checked, and searched in a normalised message."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field, validator

from wegwijs import vocabulary
from wegwijs.errors import ContentError
from wegwijs.files import DANGER_PATTERNS, MODELS
from wegwijs.normalise import readings
from wegwijs.quick_search import QuickSearch, Unsearchable
from wegwijs.schema import Strict, read

# "maar" turns: what comes after it is meant, whatever was a joke before it.
_CLAUSE_END = re.compile(r"[.?!]|\bmaar\b")


class Pattern(Strict):
    """A regular expression over normalised text that means a danger (the comment in danger_patterns.yml)."""

    id: str
    danger: str
    pattern: re.Pattern  # type: ignore[type-arg] # pydantic knows it only so
    emergency: bool = False
    ask: bool = False
    word: bool = False
    matches: tuple[str, ...]
    misses: tuple[str, ...] = Field((), alias="not")

    @validator("danger")
    def _known(cls, danger: str) -> str:
        if not vocabulary.is_word("danger", danger):
            raise ValueError(f"{danger!r} does not stand in labels.yml")
        return danger


class PatternException(Strict):
    """A regular expression that makes its own clause harmless: a figure of speech, a game, a denial."""

    id: str
    pattern: re.Pattern  # type: ignore[type-arg] # pydantic knows it only so
    examples: tuple[str, ...]


class _File(Strict):
    patterns: tuple[Pattern, ...]
    exceptions: tuple[PatternException, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A danger that a pattern found.

    `emergency` means that it happens now, `ask` that it is not sure, `word` that it rests on a word or two.
    """

    danger: str
    emergency: bool
    pattern: str
    ask: bool = False
    word: bool = False


class DangerPatterns:
    """All patterns with their exceptions (figures of speech, games, negations)."""

    def __init__(
        self, patterns: tuple[Pattern, ...], exceptions: tuple[PatternException, ...], prepared: Path | None = None
    ) -> None:
        """Take the patterns, and what makes a clause harmless.

        Args:
            prepared: a folder in which the search is kept from one start to the next.

        Raises:
            ContentError: names the pattern that cannot be searched together with the others.
        """
        self.patterns = patterns
        self.exceptions = exceptions
        self._hits = [Hit(one.danger, one.emergency, one.id, one.ask, one.word) for one in patterns]
        everything = (*patterns, *exceptions)
        self._expressions = [one.pattern for one in everything]
        try:
            self._search = QuickSearch([expression.pattern for expression in self._expressions], prepared)
        except Unsearchable as error:
            raise ContentError(f"{DANGER_PATTERNS}: {everything[error.place].id}: {error}") from error

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return the dangers that the patterns find in a message as typed, in the order of the file."""
        found = {place for plain in readings(text) for place in self._found(plain)}
        return tuple(self._hits[place] for place in sorted(found))

    def _found(self, plain: str) -> Iterator[int]:
        """Yield the places of the patterns that are found where nothing makes them harmless."""
        candidates = self._search.candidates(plain)
        patterns = [place for place in candidates if place < len(self.patterns)]
        exceptions = [self._expressions[place] for place in candidates[len(patterns) :]]
        harmless = list(_harmless_spans(plain, exceptions)) if patterns else []
        for place in patterns:
            for match in self._expressions[place].finditer(plain):
                if not any(match.start() < end and start < match.end() for start, end in harmless):
                    yield place
                    break


def _harmless_spans(plain: str, exceptions: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """Yield the clauses in which an exception stands: it speaks for its own clause only."""
    for exception in exceptions:
        for found in exception.finditer(plain):
            before = [mark.end() for mark in _CLAUSE_END.finditer(plain, 0, found.start())]
            after = _CLAUSE_END.search(plain, found.end())
            yield (before[-1] if before else 0), (after.start() if after else len(plain))


def load_patterns(path: Path = DANGER_PATTERNS, prepared: Path | None = None) -> DangerPatterns:
    """Read the patterns.

    Args:
        path: the file.
        prepared: see DangerPatterns.

    Raises:
        ContentError: names the file, the pattern and the field that is wrong.
    """
    file = read(_File, path)
    return DangerPatterns(file.patterns, file.exceptions, prepared)


@lru_cache(maxsize=1)
def danger_patterns() -> DangerPatterns:
    """Return the patterns of this installation, read once."""
    return load_patterns(prepared=MODELS)
