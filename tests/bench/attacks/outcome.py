"""How an attack ended, and the one attack that is the same for both."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.bots import Bot
from tests.bench.measures import TOO_LONG
from tests.bench.processes import forget_peak, megabytes
from tests.chat import Answer

STRANGE = "https://evil.example"  # the site of somebody who may not embed the chat
CANARY = "Sanne Kanarie uit Lutjebroek"  # words to look for
_HARMLESS_SECONDS = 0.5
_HARMLESS_MEGABYTES = 1.0


@dataclass(frozen=True)
class Outcome:
    """How an attack ended."""

    held: bool
    seen: str


def flood(bot: Bot, say: Callable[[str], Answer]) -> Outcome:
    """Send a message that is far too long, once, of the words that cost most; the machine is to survive it."""
    forget_peak(bot.pid)
    before, begun = megabytes(bot.pid), time.monotonic()
    answer = say(("a " * TOO_LONG)[:TOO_LONG])
    seconds, growth = time.monotonic() - begun, megabytes(bot.pid, "VmHWM") - before
    held = seconds < _HARMLESS_SECONDS and growth < _HARMLESS_MEGABYTES
    return Outcome(held, f"{answer.status} after {seconds:.2f} s, {max(growth, 0):,.0f} MB more memory")
