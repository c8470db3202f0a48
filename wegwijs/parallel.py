"""Does the same to many things, on all cores; and lets Python make many things in peace."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise
from typing import TypeVar

from joblib import Parallel, cpu_count, delayed

_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")
# A process takes seconds to start.
_FEW = 2000


def on_all_cores(work: Callable[[Sequence[_Thing]], list[_Result]], things: Sequence[_Thing]) -> list[_Result]:
    """Let each core work at a part of the things, in a process of its own, and join what they return, in order."""
    if len(things) < _FEW:
        return work(things)
    cores = cpu_count()
    ends = [len(things) * core // cores for core in range(cores + 1)]
    parts = Parallel(n_jobs=cores)(delayed(work)(things[start:end]) for start, end in pairwise(ends))
    return list(chain.from_iterable(parts))


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Leave Python's garbage collector out for a while.

    Among a million objects that all stay it searches again and again, for half the time that it takes to make them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
