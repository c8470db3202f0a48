"""Learns the terms of the training messages: reads each message once, on all cores, and gives its row as well."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from wegwijs.ngrams import KINDS, Keys, Ngrams, Numbers, Row, counted, kinds_of
from wegwijs.parallel import nothing_thrown_away, on_all_cores
from wegwijs.reading import read_message

_LEAST = np.array([kind.least for kind in KINDS.values()])


def learn(texts: Sequence[str], kinds: Sequence[str] = tuple(KINDS)) -> tuple[Ngrams, list[Row]]:
    """Return the terms that are frequent enough, with their weights, and the rows of the messages themselves."""
    messages = on_all_cores(partial(_count, kinds), texts)
    keys, having = np.unique(np.concatenate([keys for keys, _ in messages]), return_counts=True)
    enough = having >= _LEAST[kinds_of(keys)]
    idf = np.log((1 + len(texts)) / (1 + having[enough])) + 1
    ngrams = Ngrams(keys[enough], idf.astype(np.float32))
    return ngrams, [ngrams.weighed(*message) for message in messages]


def _count(kinds: Sequence[str], texts: Sequence[str]) -> list[tuple[Keys, Numbers]]:
    with nothing_thrown_away():
        return [counted(read_message(text), kinds) for text in texts]
