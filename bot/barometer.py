"""Counts the talks of a school for its barometer: sums of a year, written once an hour, where that is wanted."""

import asyncio
import logging
import os
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from sanic import Sanic

from bot.channels.tally import Tally
from wegwijs import contacts
from wegwijs.barometer import TALKS, TOPICS, Cell, as_lines, school_year
from wegwijs.errors import SetupError
from wegwijs.vocabulary import UNKNOWN

SETTING = "WEGWIJS_BAROMETER"  # a folder
_HOUR = 3600  # seconds: written after each message, the time of the file would tell when somebody was there

logger = logging.getLogger(__name__)


class Barometer:
    """The sums of this process, in a file of its own, so that workers need not agree on anything."""

    def __init__(self, folder: Path, today: Callable[[], date] = lambda: contacts.now().date()) -> None:
        """Take the folder, which is made if it is not there.

        Raises:
            SetupError: no file can be written there.
        """
        self._file = folder / f"{secrets.token_hex(8)}.jsonl"
        self._today = today
        self._sums: Counter[Cell] = Counter()
        self._written: Counter[Cell] = Counter()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._replace("")
            self._file.unlink()
        except OSError as error:
            raise SetupError(f"{SETTING}: {folder}: {error.strerror}") from error

    def new(self, turn: Tally, counted: Sequence[str]) -> list[str]:
        """Return for what a talk is to be counted: somebody who types much counts no more than others.

        Args:
            turn: the latest message and its answer.
            counted: what the talk was counted for before; the talk keeps it, and ends with it.
        """
        return [] if turn.school is None else [name for name in _told(turn) if name not in counted]

    def add(self, turn: Tally, new: Sequence[str]) -> None:
        """Count a talk, when it has kept that it is counted."""
        if turn.school is not None:
            year, told = school_year(self._today()), _told(turn)
            self._sums.update(Cell(year, turn.school, *told[name]) for name in new)

    async def write_hourly(self) -> None:
        """Write what was counted, for as long as the server runs."""
        while True:
            await asyncio.sleep(_HOUR)
            await asyncio.to_thread(self.write)

    def write(self) -> None:
        """Write the sums, if they changed; what cannot be written now is written an hour later."""
        sums = self._sums.copy()
        if sums == self._written:
            return
        try:
            self._replace(as_lines(sums))
        except OSError:
            logger.exception("the barometer could not be written")
        else:
            self._written = sums

    def _replace(self, text: str) -> None:
        beside = self._file.with_suffix(".new")
        beside.touch(mode=0o600)
        beside.write_text(text)
        beside.replace(self._file)


@lru_cache(maxsize=1)
def barometer() -> Barometer | None:
    """Return the barometer of this process; None where nobody wants one."""
    folder = os.environ.get(SETTING)
    return Barometer(Path(folder)) if folder else None


def keep_barometer(app: Sanic) -> None:
    """Write the sums every hour and at the end, where the operator wants them."""
    sums = barometer()
    if sums is None:
        return

    @app.after_server_start
    async def begin(app: Sanic, loop: object) -> None:
        app.ctx.write_barometer = asyncio.create_task(sums.write_hourly())

    @app.after_server_stop
    async def end(app: Sanic, loop: object) -> None:
        app.ctx.write_barometer.cancel()
        sums.write()


def _told(turn: Tally) -> dict[str, tuple[str, str]]:
    """Return what a turn tells, as question and word, by the name under which a talk keeps that it is counted."""
    told = [(TALKS, TALKS)]
    if turn.role != UNKNOWN:
        told.append(("role", turn.role))
    if turn.intent in TOPICS:
        told.append(("intent", turn.intent))
    told += [("form", word) for word in turn.forms]
    told += [("danger", word) for word in turn.dangers]
    told += [("contact", name) for name in turn.contacts]
    return {f"{question} {word}": (question, word) for question, word in told}
