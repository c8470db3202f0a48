"""`make stock-attacks`: attacks stock Rasa and Wegwijs, and writes the table in docs/reliability.md.

Stock Rasa runs with the channels as its documentation sets them up. That it falls shows that an attack bites.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import bots, report
from tests.bench.attacks import stock, wegwijs
from tests.bench.attacks.outcome import Outcome
from tests.bench.bots import Bot
from tests.bench.measures import TOO_LONG
from wegwijs.files import ROOT

REPORT = ROOT / "docs" / "reliability.md"


@dataclass(frozen=True)
class Attack:
    """What is tried, on each of the two."""

    name: str
    stock: Callable[[Bot], Outcome]
    wegwijs: Callable[[Bot], Outcome]


ATTACKS = (
    Attack("another's sender or session is named (REST)", stock.same_sender, wegwijs.guessed_session),
    Attack("another's session_id is named (socketio)", stock.same_session, wegwijs.guessed_session),
    Attack("no sender or session is named", stock.no_sender, wegwijs.no_session),
    Attack("`/police`, an intent, is typed", stock.typed_intent, wegwijs.typed_intent),
    Attack("`/restart` is typed", stock.typed_restart, wegwijs.typed_restart),
    Attack("the body is `[]`", stock.list_as_body, wegwijs.list_as_body),
    Attack("a page of another site opens a conversation", stock.strange_origin, wegwijs.strange_origin),
    Attack("a page of another site posts text/plain, which needs no preflight", stock.plain_text, wegwijs.plain_text),
    Attack("`GET /` asks for the version", stock.version, wegwijs.version),
    Attack("an error: does the log hold what was typed?", stock.words_in_log, wegwijs.words_in_log),
    Attack(f"a message of {TOO_LONG:,} characters", stock.long_message, wegwijs.long_message),
    Attack("the actions are down (Wegwijs: they break)", stock.no_actions, wegwijs.no_actions),
)


def main() -> int:
    """Attack both, print, and write the table; end with 1 where Wegwijs did not hold."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with bots.stock("stock", place / "stock") as bot:
            theirs = [_tried("stock", attack.name, attack.stock, bot) for attack in ATTACKS]
        broken = ("-m", "tests.broken_server", "run")
        with bots.wegwijs(place / "wegwijs", broken) as bot:
            ours = [_tried("Wegwijs", attack.name, attack.wegwijs, bot) for attack in ATTACKS]
    rows = [
        f"| {attack.name} | {_cell(their)} | {_cell(our)} |"
        for attack, their, our in zip(ATTACKS, theirs, ours, strict=True)
    ]
    report.put_between(REPORT, "attacks", ["| attack | stock Rasa | Wegwijs |", "|---|---|---|", *rows])
    print(f"Stock held {sum(one.held for one in theirs)} of {len(ATTACKS)}, Wegwijs {sum(one.held for one in ours)}.")
    return 0 if all(one.held for one in ours) else 1


def _tried(whom: str, name: str, attack: Callable[[Bot], Outcome], bot: Bot) -> Outcome:
    outcome = attack(bot)
    print(f"{whom:8} {'held' if outcome.held else 'FELL':5} {name}: {outcome.seen}", flush=True)
    return outcome


def _cell(outcome: Outcome) -> str:
    return f"{'held' if outcome.held else '**fell**'}: {outcome.seen}"


if __name__ == "__main__":
    sys.exit(main())
