"""Sends many inputs of every kind and holds the server to its promises."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Flaky

from tests.chat import Chat, call
from tests.fuzz.bystanders import Bystanders
from tests.fuzz.case import CANARY, HOST, TOKEN, Case, Typed
from tests.fuzz.kinds import KINDS, Kind
from tests.fuzz.promises import broken
from tests.fuzz.texts import every_sign
from tests.fuzz.wire import SECONDS, Wire

# Nobody who types is stopped by these.
NO_LIMITS = {f"WEGWIJS_{what}_PER_MINUTE": "100000000" for what in ("TALK", "ADDRESS", "BEGIN")}
_FEW = 10_000  # inputs; fewer are sent in fewer rounds, and only some of the signs are among them
_ROUNDS, _ROUNDS_OF_FEW = 10, 3
_WARM_AFTER = 2  # rounds
_MEGABYTES_AT_MOST = 16  # to grow by: of a hundred thousand inputs, two hundred bytes each; whatever is kept takes more
_TURNS_OF_A_TALK = 50
_SIGNS_OF_TROUBLE = (CANARY, "Traceback", "uncaught", "not consumed", "a turn failed", "a request failed")


class Broken(AssertionError):
    """A promise that was broken, and by what."""


@dataclass
class Result:
    """What was sent and what came back."""

    seed: int
    sent: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: float = 0.0
    megabytes: list[float] = field(default_factory=list)  # after each round
    problem: str | None = None
    repeat: str | None = None  # the smallest input that breaks the promise

    @property
    def growth(self) -> float:
        """By how many megabytes the server grew after it was warm."""
        warm = self.megabytes[min(_WARM_AFTER, len(self.megabytes)) - 1 :]
        return warm[-1] - warm[0] if warm else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return what is written down."""
        total = sum(self.sent.values())
        return {
            "seed": self.seed, "inputs": total, "seconds": round(self.seconds, 1),
            "inputs_per_second": round(total / self.seconds) if self.seconds else 0,
            "slowest_seconds": round(self.slowest, 3),
            "sent": dict(self.sent), "statuses": dict(sorted(self.statuses.items())),
            "megabytes": [round(one, 1) for one in self.megabytes], "megabytes_grown": round(self.growth, 1),
            "problem": self.problem, "repeat": self.repeat,
        }  # fmt: skip


class Fuzz:
    """One run against one server."""

    def __init__(self, server: str, process: int, log: Path, seed_: int) -> None:
        """Take the server, its process and its log, and what makes this run the same as another."""
        self._server, self._process, self._log = server, process, log
        self._wire = Wire(server)
        self._talk, self._turns = "", 0
        self.result = Result(seed_)

    def run(self, inputs: int, tell: Callable[[str], None] = lambda line: None) -> Result:
        """Send so many inputs; stop at the first broken promise."""
        begun = time.monotonic()
        try:
            bystanders = Bystanders(self._server)
            signs, rounds = (every_sign(), _ROUNDS) if inputs >= _FEW else (every_sign()[::200], _ROUNDS_OF_FEW)
            for number in range(rounds):
                for case in signs[number::rounds]:
                    self._try("every sign", case)
                for place, (name, kind) in enumerate(KINDS.items()):
                    count = max(1, round(inputs * kind.share / 100 / rounds))
                    self._some(name, kind, count, self.result.seed + number * 100 + place)
                self._expect_nothing(bystanders.notice())
                self.result.megabytes.append(_megabytes(self._process))
                self.result.seconds = time.monotonic() - begun
                sent, megabytes = sum(self.result.sent.values()), self.result.megabytes[-1]
                tell(f"{sent:7} inputs, {self.result.seconds:5.0f} s, {megabytes:.0f} MB")
            self._expect_nothing(bystanders.go_on())
            self._expect_nothing(self._told_by_the_log())
            grown = self.result.growth
            self._expect_nothing(f"grew by {grown:.0f} MB" if grown > _MEGABYTES_AT_MOST else None)
            self._expect_nothing(None if call(f"{self._server}/health").status == 200 else "not healthy any more")
        except Broken as problem:
            self.result.problem = str(problem)
        except Flaky:
            self.result.problem = "a promise was broken once, and not when the same was sent again"
        self.result.seconds = time.monotonic() - begun
        return self.result

    def _some(self, name: str, kind: Kind, count: int, seed_: int) -> None:
        """Let hypothesis make the inputs of one kind, and look for the smallest one that breaks a promise."""

        @seed(seed_)
        @settings(
            max_examples=count, database=None, deadline=None, phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        )  # fmt: skip
        @given(kind.cases)
        def promises_are_kept(case: Case | Typed) -> None:
            self._try(name, case)

        promises_are_kept()

    def _try(self, name: str, case: Case | Typed) -> None:
        self.result.sent[name] += 1
        problem = self._commanded(case) if isinstance(case, Typed) else self._sent(case)
        if problem:
            self.result.repeat = repr(case)
            raise Broken(f"{name}: {problem}")

    def _sent(self, case: Case) -> str | None:
        pieces = [self._filled_in(piece) for piece in case.pieces]
        begun = time.monotonic()
        try:
            replies = self._wire.send(*pieces, answers=case.answers, fresh=case.fresh)
        except TimeoutError:
            self._wire.close()
            return f"neither an answer nor an end within {SECONDS} s"
        took = time.monotonic() - begun
        self.result.slowest = max(self.result.slowest, took)
        self.result.statuses.update(str(reply.status) for reply in replies)
        if not replies:
            self.result.statuses["closed"] += 1
        if took > SECONDS:
            return f"{took:.1f} s"
        if case.answers is not None and len(replies) != case.answers:
            return f"{len(replies)} answers to {case.answers} requests"
        head_only = pieces[0].startswith(b"HEAD ")
        return next((problem for reply in replies if (problem := broken(reply, head_only))), None)

    def _filled_in(self, piece: bytes) -> bytes:
        if TOKEN in piece:
            piece = piece.replace(TOKEN, self._token().encode())
        return piece.replace(HOST, self._wire.host.encode())

    def _token(self) -> str:
        """Return the token of a talk that goes on for a while."""
        if self._turns % _TURNS_OF_A_TALK == 0:
            self._talk = Chat(self._server).token
        self._turns += 1
        return self._talk

    def _commanded(self, typed: Typed) -> str | None:
        """Type what looks like a command in one talk and the bare words in another: nobody may tell them apart."""
        answers = []
        for text in (typed.text, typed.plain):
            chat = Chat(self._server, {"role": "child", "country": "nl"})
            first = chat.say("ik word gepest op school")
            answers.append([first, chat.say(text), chat.take_up(), chat.say("hallo")])
            chat.end()
        return None if answers[0] == answers[1] else "a command was more than a text"

    def _told_by_the_log(self) -> str | None:
        text = self._log.read_text()
        return next((f"the log says {sign!r}" for sign in _SIGNS_OF_TROUBLE if sign in text), None)

    @staticmethod
    def _expect_nothing(problem: str | None) -> None:
        if problem:
            raise Broken(problem)


def _megabytes(process: int) -> float:
    """Return the memory that a process holds."""
    line = next(line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
