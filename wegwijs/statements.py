"""What people say outright of themselves: the patterns of statements.yml."""

import re
from functools import lru_cache
from pathlib import Path

from pydantic import Field, root_validator

from wegwijs import vocabulary
from wegwijs.files import STATEMENTS
from wegwijs.schema import Strict, read


class Statement(Strict):
    """A regular expression over normalised text that answers a question in so many words."""

    question: str
    word: str
    pattern: re.Pattern  # type: ignore[type-arg] # pydantic knows it only so
    matches: tuple[str, ...]
    misses: tuple[str, ...] = Field((), alias="not")

    @root_validator(skip_on_failure=True)
    def _known(cls, values: dict[str, str]) -> dict[str, str]:
        question, word = values["question"], values["word"]
        if question not in vocabulary.labels() or not vocabulary.is_word(question, word):
            raise ValueError(f"{question}: {word!r} does not stand in labels.yml")
        return values


class _File(Strict):
    statements: tuple[Statement, ...]


def stated(question: str, plain: str) -> str | None:
    """Return the word that a message in its plain form answers a question with outright; the last statement counts."""
    found = [
        (match.start(), one.word)
        for one in statements()
        if one.question == question
        for match in one.pattern.finditer(plain)
    ]
    return max(found)[1] if found else None


def read_statements(path: Path = STATEMENTS) -> tuple[Statement, ...]:
    """Return the statements of the file.

    Raises:
        ContentError: names the file and what is wrong.
    """
    return read(_File, path).statements


@lru_cache(maxsize=1)
def statements() -> tuple[Statement, ...]:
    """Return the statements of this installation, read once."""
    return read_statements()
