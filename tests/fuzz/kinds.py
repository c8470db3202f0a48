"""The kinds of input, and how many of a hundred are of each."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.fuzz import fields, heads, texts


@dataclass(frozen=True)
class Kind:
    """A kind of input, and how many of a hundred are of it."""

    share: float
    cases: st.SearchStrategy[Any]


KINDS: dict[str, Kind] = {
    "heads": Kind(16, heads.heads),
    "mutated requests": Kind(8, heads.mutated),
    "bodies": Kind(18, fields.bodies),
    "tokens": Kind(14, heads.tokens),
    "routes": Kind(16, heads.routes),
    "choices and ids": Kind(9, fields.choices),
    "texts": Kind(12, texts.texts),
    "markup": Kind(3.5, texts.markup),
    "openings": Kind(1, fields.openings),
    "pieces and pipelines": Kind(1.9, heads.cut),
    "large": Kind(0.4, heads.large),
    "commands": Kind(0.2, texts.commands),
}
