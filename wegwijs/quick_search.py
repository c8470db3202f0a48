"""Tells quickly which of many regular expressions may be found in a text, never too few.

All are searched at once, without what looks ahead or behind; Python's own search takes a hundred times as long.
"""

import hashlib
import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

import hyperscan

_FLAGS = hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_SINGLEMATCH
_DIGEST_BYTES = 32
_FOR_ALL = 0o644
_PREFIX, _SUFFIX = "search-", ".hs"


class Unsearchable(Exception):
    """An expression that Hyperscan cannot search; `place` says which."""

    def __init__(self, place: int, why: str) -> None:
        """Take the place of the expression among the others, and what Hyperscan says."""
        super().__init__(why)
        self.place = place


class QuickSearch:
    """Some expressions, prepared to be searched together."""

    def __init__(self, expressions: Sequence[str], prepared: Path | None = None) -> None:
        """Prepare the search, which takes seconds, or read it as it was prepared before.

        Args:
            expressions: regular expressions as Python's.
            prepared: a folder in which the search is kept; where nothing can be written, it is prepared anew each time.

        Raises:
            Unsearchable: names the expression.
        """
        kept = prepared / f"{_PREFIX}{_fingerprint(expressions)}{_SUFFIX}" if prepared else None
        found = _read(kept) if kept else None
        self._database = found or _compiled(expressions)
        if kept and not found:
            _keep(self._database, kept)

    def candidates(self, text: str) -> list[int]:
        """Return the places of the expressions that may be found, the lowest first."""
        places: set[int] = set()
        self._database.scan(text.encode(), match_event_handler=lambda place, *_: places.add(place))
        return sorted(places)


def is_searchable(expression: str) -> bool:
    """Tell whether Hyperscan can search an expression: it knows less than Python, and takes none that is too large."""
    try:
        _compile([expression])
    except hyperscan.error:
        return False
    return True


def _compiled(expressions: Sequence[str]) -> hyperscan.Database:
    try:
        return _compile(expressions)
    except hyperscan.error:
        for place, one in enumerate(expressions):
            try:
                _compile([one])
            except hyperscan.error as error:
                raise Unsearchable(place, str(error)) from error
        raise  # each by itself is good: never go on with the last one alone


def _compile(expressions: Sequence[str]) -> hyperscan.Database:
    database = hyperscan.Database()
    database.compile(
        expressions=[one.encode() for one in expressions],
        ids=list(range(len(expressions))),
        flags=[_FLAGS] * len(expressions),
    )
    return database


def _fingerprint(expressions: Sequence[str]) -> str:
    parts = [version("hyperscan"), str(_FLAGS), *expressions]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _read(kept: Path) -> hyperscan.Database | None:
    """Return what was kept; nothing where there is none, or where it is broken or of another kind of processor."""
    try:
        written = kept.read_bytes()
        digest, dump = written[:_DIGEST_BYTES], written[_DIGEST_BYTES:]
        if hashlib.sha256(dump).digest() != digest:
            return None
        database = hyperscan.loadb(dump, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except (OSError, hyperscan.error):
        return None
    return database


def _keep(database: hyperscan.Database, kept: Path) -> None:
    """Write the search beside its place and move it there whole; remove those of before."""
    try:
        kept.parent.mkdir(exist_ok=True)
        dump = hyperscan.dumpb(database)
        with NamedTemporaryFile(dir=kept.parent, delete=False) as file:
            file.write(hashlib.sha256(dump).digest() + dump)
        os.chmod(file.name, _FOR_ALL)  # an image is built by root, and served by nobody
        os.replace(file.name, kept)
        for older in kept.parent.glob(f"{_PREFIX}*{_SUFFIX}"):
            if older != kept:
                older.unlink()
    except OSError:
        pass
