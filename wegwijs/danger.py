"""Decides about danger: act on it, ask about it, or go on as usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wegwijs.patterns import Hit
from wegwijs.training_data import Labels
from wegwijs.vocabulary import EMERGENCY, NO_ESCALATION, escalation_of, labels

DANGER_MAYBE = "danger_maybe"
# What is learnt beside the dangers themselves.
ANY, NOW = "any", "now"
# A second danger is named too when it is this likely.
_ALSO = 0.4


@dataclass(frozen=True)
class Thresholds:
    """From which probability on (0 to 1) Wegwijs acts, asks, and calls it an emergency."""

    act: float = 0.6
    ask: float = 0.4
    now: float = 0.5


@dataclass(frozen=True)
class Verdict:
    """What to do: `danger` is acted on, `danger_maybe` is asked about; one of the two is empty."""

    danger: tuple[str, ...] = ()
    danger_maybe: tuple[str, ...] = ()
    escalation: str = NO_ESCALATION


def signs_of(said: Labels) -> tuple[str, ...]:
    """Return what there is to learn from a labelled message: its dangers, that there is any, that it is now."""
    if not said.danger:
        return ()
    return (*said.danger, ANY, *([NOW] if said.escalation == EMERGENCY else []))


def judge(hits: Sequence[Hit], probabilities: Mapping[str, float], thresholds: Thresholds) -> Verdict:
    """Weigh what the patterns found and what was learnt. In doubt: ask; a pattern is never in doubt.

    Args:
        hits: what the word patterns found.
        probabilities: of every danger, of ANY and of NOW.

    """
    found = tuple(dict.fromkeys(hit.danger for hit in hits))
    any_danger = probabilities.get(ANY, 0.0)
    likely = _likely(probabilities)
    if found or any_danger >= thresholds.act:
        dangers = tuple(dict.fromkeys((*found, *(likely if any_danger >= thresholds.act else ()))))
        now = any(hit.emergency for hit in hits) or probabilities.get(NOW, 0.0) >= thresholds.now
        return Verdict(danger=dangers, escalation=escalation_of(dangers, now))
    if any_danger >= thresholds.ask:
        return Verdict(danger_maybe=likely)
    return Verdict()


def _likely(probabilities: Mapping[str, float]) -> tuple[str, ...]:
    """Return the likeliest danger, and any other that is likely by itself."""
    ranked = sorted(labels()["danger"], key=lambda word: -probabilities.get(word, 0.0))
    return tuple(word for place, word in enumerate(ranked) if place == 0 or probabilities.get(word, 0.0) >= _ALSO)
