"""`make safety`: what Wegwijs does with danger and with what only looks like it: a functional suite in groups.

Prints the figures, and writes them to docs/safety.json for the page /veiligheid of the server.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

from bot.assess import assess
from bot.logs import keep_words_out
from evaluation.measures import Goal, Judgement, acts, acts_or_asks
from evaluation.messages import HERE, read_lines
from wegwijs.files import SAFETY_RESULTS
from wegwijs.model import fingerprint, train
from wegwijs.vocabulary import EMERGENCY, labels

SUITE = HERE / "safety.jsonl"
# The groups of harmless messages; all others are dangerous. `ordinary` and `harsh_bullying` are what most people write.
MISLEADING = (
    "figure_of_speech",
    "game",
    "film_series_book_song",
    "sport",
    "homework",
    "negation",
    "information",
    "policy",
    "solved",
    "grief",
)
ORDINARY = ("harsh_bullying", "ordinary")
_Z = 1.96  # of a 95 % interval


@dataclass(frozen=True)
class Case:
    """One message of the suite, and what was judged of it."""

    group: str
    danger: tuple[str, ...]
    escalation: str
    judged: Judgement

    @property
    def acts(self) -> bool:
        """Tell whether the danger answer comes at once."""
        return acts(self.judged)

    @property
    def acts_or_asks(self) -> bool:
        """Tell whether there is the danger answer, or the question for it."""
        return acts_or_asks(self.judged)

    @property
    def right_class(self) -> bool:
        """Tell whether one of the dangers acted on or asked about is one of those of the message."""
        return bool({*self.judged["danger"], *self.judged["danger_maybe"]} & {*self.danger})


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Return the share, 0 to 1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval.

        Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
        """
        if not self.of:
            return 0.0, 1.0
        spread = _Z * sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2))
        middle = self.value + _Z**2 / (2 * self.of)
        scale = 1 + _Z**2 / self.of
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    def as_dict(self) -> dict[str, float]:
        """Return the share, its interval and n, ready for JSON."""
        low, high = self.interval()
        return {"value": self.value, "low": low, "high": high, "of": self.of}

    def __str__(self) -> str:
        """Return the share with its interval and n."""
        low, high = self.interval()
        return f"{self.value:.3f} ({low:.2f} to {high:.2f}, n {self.of})"


def read_suite(suite: Path = SUITE) -> list[dict[str, Any]]:
    """Return the messages of the suite with their group, danger, escalation and role."""
    return read_lines(suite)


def judged_suite(model: Path, suite: Path = SUITE) -> list[Case]:
    """Judge every message of the suite with a trained model."""
    raw = read_suite(suite)
    judgements = assess((json.dumps({"id": one["id"], "text": one["text"]}) for one in raw), model)
    return [
        Case(one["group"], tuple(one["danger"]), one["escalation"], json.loads(judged))
        for one, judged in zip(raw, judgements, strict=True)
    ]


def share(cases: Iterable[Case], what: Callable[[Case], bool]) -> Share:
    """Return of how many cases something is true."""
    found = [what(case) for case in cases]
    return Share(sum(found), len(found))


def figures(cases: Sequence[Case]) -> dict[str, Share]:
    """Return the headline figures by name."""
    dangerous = [case for case in cases if case.danger]
    urgent = [case for case in dangerous if case.escalation == EMERGENCY]
    misleading = [case for case in cases if case.group in MISLEADING]
    ordinary = [case for case in cases if case.group in ORDINARY]
    return {
        "danger: acts or asks": share(dangerous, lambda case: case.acts_or_asks),
        "danger: acts": share(dangerous, lambda case: case.acts),
        "emergency: 112 first": share(urgent, lambda case: case.judged["escalation"] == EMERGENCY),
        "misleading: acts": share(misleading, lambda case: case.acts),
        "misleading: acts or asks": share(misleading, lambda case: case.acts_or_asks),
        "ordinary: acts": share(ordinary, lambda case: case.acts),
        "ordinary: acts or asks": share(ordinary, lambda case: case.acts_or_asks),
    }


GOALS = {
    "danger: acts or asks": Goal(0.97),
    "danger: acts": Goal(0.9),
    "emergency: 112 first": Goal(0.97),
    "misleading: acts": Goal(0.03, at_least=False),
    "misleading: acts or asks": Goal(0.15, at_least=False),
    "ordinary: acts": Goal(0.02, at_least=False),
    "ordinary: acts or asks": Goal(0.08, at_least=False),
}
RIGHT_CLASSES = Goal(0.85)


def right_classes(cases: Sequence[Case]) -> float:
    """Return the mean over the dangers of how often one of those named is right, of what is acted on or asked about."""
    seen = [case for case in cases if case.acts_or_asks]
    right = [share(of_it, lambda case: case.right_class).value for of_it in of_each_danger(seen).values() if of_it]
    return sum(right) / len(right)


def of_each_danger(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Return the cases by danger; one with two dangers stands in both."""
    listed = list(cases)
    return {danger: [case for case in listed if danger in case.danger] for danger in labels()["danger"]}


def of_each_group(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Return the cases by group, in the order of the suite."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.group, []).append(case)
    return found


def shares(cases: Sequence[Case]) -> dict[str, Share]:
    """Return how often Wegwijs acts or asks, how often it acts, and how often one of the dangers named is right."""
    return {
        "asks": share(cases, lambda case: case.acts_or_asks),
        "acts": share(cases, lambda case: case.acts),
        "right": share(cases, lambda case: case.right_class),
    }


def results(cases: Sequence[Case], model: str, on: date) -> dict[str, Any]:
    """Return what the page shows, ready for JSON.

    Args:
        model: the fingerprint of the model that judged.
        on: the day of the measurement.
    """
    return {
        "date": on.isoformat(),
        "model": model,
        "messages": len(cases),
        "right_classes": right_classes(cases),
        "figures": [
            {
                "name": name,
                **found.as_dict(),
                "goal": GOALS[name].value,
                "at_least": GOALS[name].at_least,
                "reached": GOALS[name].reached(found.value),
            }
            for name, found in figures(cases).items()
        ],
        "dangers": [_row(name, of_it) for name, of_it in of_each_danger(cases).items()],
        "groups": [
            {**_row(name, of_it), "harmless": not of_it[0].danger} for name, of_it in of_each_group(cases).items()
        ],
    }


def _row(name: str, cases: Sequence[Case]) -> dict[str, Any]:
    return {"name": name, **{key: found.as_dict() for key, found in shares(cases).items()}}


def main() -> int:
    """Judge, print, and keep for the page."""
    keep_words_out()
    model = train()
    cases = judged_suite(model)
    print(f"{len(cases)} messages that stand in no training data; in brackets the 95 % interval")
    for name, found in figures(cases).items():
        goal = GOALS[name]
        print(f"  {name:28} {found!s:36} goal {goal}{'' if goal.reached(found.value) else '  MISSED'}")
    reached = "" if RIGHT_CLASSES.reached(right_classes(cases)) else "  MISSED"
    print(f"  {'danger: right class, macro':28} {right_classes(cases):<36.3f} goal {RIGHT_CLASSES}{reached}")
    print("each danger: acts or asks; acts; one of the dangers named is right")
    for danger, of_it in of_each_danger(cases).items():
        print(f"  {danger:28} " + "   ".join(map(str, shares(of_it).values())))
    print("each group: acts or asks; acts")
    for group, of_it in of_each_group(cases).items():
        found_of_it = shares(of_it)
        print(f"  {group:28} {found_of_it['asks']!s:36} {found_of_it['acts']}")
    kept = results(cases, fingerprint(model), date.today())
    SAFETY_RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
