"""The logs: lines of JSON on stderr, and never what a person typed.

Rasa, Sanic and their libraries put texts, trackers and names of sessions into their messages and exceptions. What is
unsafe cannot be listed, so only what is safe is written: when, how grave, which logger, which place in the code, the
message where it is a constant of that code (arguments and f-strings are left out), and of an exception its type and the
places that it came through.
"""

import json
import logging
import sys
import threading
import traceback
import warnings
from datetime import datetime, timezone
from types import FrameType
from typing import Any

import structlog

from bot.settings import one_of

LEVEL = "WEGWIJS_LOG_LEVEL"
_LEVELS = ("debug", "info", "warning", "error")
_OURS = ("actions", "bot", "wegwijs")
# What our own code may tell besides (`extra=`): no text of a person has a place among these.
_FIELDS = ("origin",)
# The packages between the code that logs and this file.
_BETWEEN = ("logging", "structlog", __name__)

logger = logging.getLogger(__name__)


def keep_words_out() -> None:
    """Set the logs up, before Rasa makes its loggers.

    Raises:
        SetupError: WEGWIJS_LOG_LEVEL is set to what is no level.
    """
    level = logging.getLevelName(one_of(LEVEL, _LEVELS, "warning").upper())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    structlog.configure(
        processors=[_only_the_event],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    # Each of these writes texts by itself, past the logs.
    logging.raiseExceptions = False
    warnings.showwarning = lambda *_, **__: None
    threading.excepthook = lambda raised: _uncaught(raised.exc_value)
    sys.unraisablehook = lambda raised: _uncaught(raised.exc_value)


class SafeFormatter(logging.Formatter):
    """Makes a line of JSON of a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; it must be asked for where the record is made, while its code still runs."""
        frame = _caller()
        error = record.exc_info[1] if record.exc_info else None
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if any(record.msg is one for one in frame.f_code.co_consts) else None,
            "at": _place(frame, frame.f_lineno),
        }
        if record.name.partition(".")[0] in _OURS:
            line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if error is not None:
            line |= _told(error)
        return json.dumps(line)


def _only_the_event(_: object, __: str, event: structlog.typing.EventDict) -> tuple[tuple[Any], dict[str, Any]]:
    """Hand an event of structlog on without its fields."""
    return (event.get("event"),), {"exc_info": event.get("exc_info")}


def _caller() -> FrameType:
    """Return where the code that logs is."""
    frame = sys._getframe()
    while frame.f_back and str(frame.f_globals.get("__name__")).startswith(_BETWEEN):
        frame = frame.f_back
    return frame


def _place(frame: FrameType, line: int) -> str:
    return f"{frame.f_globals.get('__name__')}:{line}"


def _told(error: BaseException) -> dict[str, Any]:
    """Return the type of an error, the places that it came through, and the same of the error behind it."""
    places = [_place(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    told = {"error": type(error).__qualname__, "through": places}
    behind = error.__cause__
    return {**told, "because": _told(behind)} if behind else told


def _uncaught(error: BaseException | None) -> None:
    logger.error("an error that nobody caught", exc_info=error)
