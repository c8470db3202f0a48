"""Decides about danger: act on it, ask about it, or go on as usual."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wegwijs.patterns import Hit
from wegwijs.training_data import Labels
from wegwijs.vocabulary import EMERGENCY, NO_ESCALATION, escalation_of, labels

DANGER_MAYBE = "danger_maybe"
# What is learnt beside the dangers themselves.
ANY, NOW = "any", "now"
# A second danger is named too when it is this likely.
_ALSO = 0.55


@dataclass(frozen=True)
class Thresholds:
    """From which evidence on (0 to 1) Wegwijs acts and asks, and from which probability on it is an emergency.

    Chosen on training messages held back, so that asking comes well before acting: a question costs little.
    """

    act: float = 0.5
    ask: float = 0.3
    now: float = 0.5
    ask_short: float = 0.55


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


def judge(
    hits: Sequence[Hit], probabilities: Mapping[str, float], thresholds: Thresholds, short: bool = False
) -> Verdict:
    """Weigh what the patterns found and what was learnt. In doubt: ask. A pattern is in doubt where it says so.

    Args:
        hits: what the word patterns found.
        probabilities: of every danger, of ANY and of NOW.
        short: the message has a few words only: too little to act upon what was learnt, but enough to ask.
    """
    likely = _likely(probabilities)
    # "Some danger" and "this danger" are learnt apart; together they are right more often than either.
    evidence = (probabilities.get(ANY, 0.0) + probabilities.get(likely[0], 0.0)) / 2
    sure = likely if evidence >= thresholds.act and not short else ()
    acted_on = _once((*(hit.danger for hit in hits if not hit.ask), *sure))
    if acted_on:
        now = any(hit.emergency for hit in hits) or (bool(sure) and probabilities.get(NOW, 0.0) >= thresholds.now)
        return Verdict(danger=acted_on, escalation=escalation_of(acted_on, now))
    doubtful = likely if evidence >= (thresholds.ask_short if short else thresholds.ask) else ()
    return Verdict(danger_maybe=_once((*(hit.danger for hit in hits), *doubtful)))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _likely(probabilities: Mapping[str, float]) -> tuple[str, ...]:
    """Return the likeliest danger, and any other that is likely by itself."""
    ranked = sorted(labels()["danger"], key=lambda word: -probabilities.get(word, 0.0))
    return tuple(word for place, word in enumerate(ranked) if place == 0 or probabilities.get(word, 0.0) >= _ALSO)
