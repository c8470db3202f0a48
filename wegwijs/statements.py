"""Who people say outright that they are: the patterns of role_statements.yml."""

import re
from functools import lru_cache
from pathlib import Path

from pydantic import Field, validator

from wegwijs import vocabulary
from wegwijs.files import ROLE_STATEMENTS
from wegwijs.normalise import normalise
from wegwijs.schema import Strict, read


class Statement(Strict):
    """A regular expression over normalised text that states a role."""

    role: str
    pattern: re.Pattern  # type: ignore[type-arg] # pydantic knows it only so
    matches: tuple[str, ...]
    misses: tuple[str, ...] = Field((), alias="not")

    @validator("role")
    def _known(cls, role: str) -> str:
        if not vocabulary.is_word("role", role):
            raise ValueError(f"{role!r} does not stand in labels.yml")
        return role


class _File(Strict):
    statements: tuple[Statement, ...]


def stated_role(text: str) -> str | None:
    """Return the role that a message states in so many words, or None; the last statement counts."""
    plain = normalise(text)
    found = [(match.start(), one.role) for one in role_statements() for match in one.pattern.finditer(plain)]
    return max(found)[1] if found else None


def read_statements(path: Path = ROLE_STATEMENTS) -> tuple[Statement, ...]:
    """Return the statements of the file.

    Raises:
        ContentError: names the file and what is wrong.
    """
    return read(_File, path).statements


@lru_cache(maxsize=1)
def role_statements() -> tuple[Statement, ...]:
    """Return the statements of this installation, read once."""
    return read_statements()
