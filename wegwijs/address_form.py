"""Checks how people are addressed: a child as je, a parent or teacher as u, who has not said it as neither or je."""

import re
from collections.abc import Iterator

from wegwijs.content import Content
from wegwijs.vocabulary import UNKNOWN

_JE = re.compile(r"\b(?:jij|je|jou|jouw)\b", re.IGNORECASE)
_U = re.compile(r"\b(?:u|uw)\b", re.IGNORECASE)
# What somebody else may say stands between quotes, or behind one of these words.
_QUOTED = re.compile(
    r"\u2018[^\u2019]*\u2019|\u201c[^\u201d]*\u201d|(?<!\w)'[^']*'(?!\w)|\"[^\"]*\"|\b(?:Voorbeeldzin|Zeg|Bijvoorbeeld):.*"
)
_ADULTS, _CHILDREN = frozenset({"parent", "teacher"}), frozenset({"child", UNKNOWN})


def wrong_address(content: Content) -> Iterator[str]:
    """Yield texts that say je to an adult or u to a child, and exceptions that are none any more; one line each."""
    wrong = dict(_wrong(content))
    yield from (f"{name}: {line}" for name, line in wrong.items() if name not in content.address_exceptions)
    yield from (f"{name}: is no exception any more" for name in content.address_exceptions if name not in wrong)


def _wrong(content: Content) -> Iterator[tuple[str, str]]:
    for name, roles, blocks in content.everything_said():
        for line in (line for block in blocks for line in block.texts()):
            bare = _QUOTED.sub("", line)
            if roles and set(roles) <= _ADULTS and _JE.search(bare):
                yield name, f"says je to an adult: {line}"
            if roles and set(roles) <= _CHILDREN and _U.search(bare):
                yield name, f"says u to a child: {line}"
            if not roles and (_JE.search(bare) or _U.search(bare)):
                yield name, f"is for anybody, and says je or u: {line}"
