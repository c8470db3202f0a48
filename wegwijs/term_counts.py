"""Learns the terms of the training messages: reads each message once, on all cores, and gives its row as well."""

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from wegwijs.ngrams import KINDS, Ngrams, Numbers, Places, Row
from wegwijs.parallel import nothing_thrown_away, on_all_cores
from wegwijs.reading import read_message


class TermCounts(NamedTuple):
    """How often some messages have the terms of one kind."""

    terms: list[str]
    places: Places  # in `terms`, of each message's terms, one message after the other
    times: Numbers  # how often, beside each place
    ends: Places  # where each message begins and the last one ends


def learn(texts: Sequence[str], kinds: Sequence[str] = tuple(KINDS)) -> tuple[Ngrams, list[Row]]:
    """Return the terms that are frequent enough, with their weights, and the rows of the messages themselves."""
    parts = on_all_cores(partial(_count, kinds), texts)
    terms, idf = {}, []
    for kind in kinds:
        found: Counter[str] = Counter()
        for part in parts:
            found.update(dict(zip(part[kind].terms, np.bincount(part[kind].places).tolist(), strict=True)))
        terms[kind] = sorted(term for term, messages in found.items() if messages >= KINDS[kind].least)
        idf += [math.log((1 + len(texts)) / (1 + found[term])) + 1 for term in terms[kind]]
    ngrams = Ngrams(terms, np.array(idf, dtype=np.float32))
    return ngrams, [row for part in parts for row in _rows(ngrams, part)]


def _count(kinds: Sequence[str], texts: Sequence[str]) -> list[dict[str, TermCounts]]:
    """Return the counts of every kind, as the one part that this core has done."""
    numbers: dict[str, dict[str, int]] = {kind: {} for kind in kinds}
    places, times, ends = ({kind: array(code) for kind in kinds} for code in "ifi")
    with nothing_thrown_away():
        for text in texts:
            reading = read_message(text)
            for kind, known in numbers.items():
                ends[kind].append(len(places[kind]))
                counts = Counter(KINDS[kind].terms(reading))
                places[kind].extend([known.setdefault(term, len(known)) for term in counts])
                times[kind].extend(counts.values())
    return [
        {
            kind: TermCounts(
                list(known),
                np.array(places[kind], dtype=np.int32),
                np.array(times[kind], dtype=np.float32),
                np.array([*ends[kind], len(places[kind])], dtype=np.int32),
            )
            for kind, known in numbers.items()
        }
    ]


def _rows(ngrams: Ngrams, part: dict[str, TermCounts]) -> list[Row]:
    weighed = [_weighed(ngrams, kind, counts) for kind, counts in part.items()]
    return [
        Row(
            np.concatenate([columns for columns, _ in kinds]), np.concatenate([w for _, w in kinds]), ngrams.fingerprint
        )
        for kinds in zip(*weighed, strict=True)
    ]


def _weighed(ngrams: Ngrams, kind: str, counts: TermCounts) -> list[tuple[Places, Numbers]]:
    """Return for every message the columns of its known terms of a kind, and their weights."""
    columns = ngrams.columns_of(kind, counts.terms)[counts.places]
    weighed = []
    for start, end in pairwise(counts.ends):
        known = columns[start:end] >= 0
        places = columns[start:end][known]
        weighed.append((places, ngrams.weights(kind, places, counts.times[start:end][known])))
    return weighed
