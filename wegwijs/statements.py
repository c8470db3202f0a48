"""Who people say outright that they are: the patterns of role_statements.yml."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from wegwijs import vocabulary
from wegwijs.errors import ContentError
from wegwijs.files import ROLE_STATEMENTS, read_yaml
from wegwijs.normalise import normalise


def stated_role(text: str) -> str | None:
    """Return the role that a message states in so many words, or None; the last statement counts."""
    plain = normalise(text)
    found = [(match.start(), role) for role, pattern in _statements() for match in pattern.finditer(plain)]
    return max(found)[1] if found else None


def read_statements(path: Path = ROLE_STATEMENTS) -> list[dict[str, Any]]:
    """Return the entries of the file: role, pattern, matches, not.

    Raises:
        ContentError: names the file and the role that is wrong.

    """
    entries: list[dict[str, Any]] = read_yaml(path)["statements"]
    for entry in entries:
        if not vocabulary.is_word("role", entry["role"]):
            raise ContentError(f"{path}: role {entry['role']!r} does not stand in labels.yml")
    return entries


@lru_cache(maxsize=1)
def _statements() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry["role"], re.compile(entry["pattern"])) for entry in read_statements()]
