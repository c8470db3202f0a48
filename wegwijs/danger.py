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
    """From which probability on (0 to 1) Wegwijs acts on danger, asks about it, and takes it for an emergency.

    Chosen on training messages held back, so that asking comes well before acting: a question costs little. A word
    pattern needs less beside it; one of a single word (a lesson and a rule have it too) needs some.
    """

    act: float = 0.5
    ask: float = 0.2
    ask_short: float = 0.4
    short: int = 5  # words; with fewer, only a pattern is acted on: "hij is 12" once was grooming
    long: int = 60  # words; with more, the evidence of the whole says little of the one sentence of a pattern
    act_pattern: float = 0.3
    ask_pattern: float = 0.1
    now: float = 0.03
    act_now: float = 0.1


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


def judge(hits: Sequence[Hit], probabilities: Mapping[str, float], thresholds: Thresholds, words: int) -> Verdict:
    """Weigh what the patterns found and what was learnt. In doubt: ask. A pattern is in doubt where it says so.

    Args:
        hits: what the word patterns found.
        probabilities: of every danger, of ANY and of NOW; empty where the words say nothing.
        words: of the message. A few are too little to act upon what was learnt, but enough to ask.
    """
    short = words < thresholds.short
    evidence = probabilities.get(ANY)
    if evidence is None or short:  # too few words to doubt a pattern
        believed, doubted = [hit for hit in hits if not hit.ask], list(hits)
    else:
        believed = [hit for hit in hits if not hit.ask and evidence >= thresholds.act_pattern]
        enough = evidence >= thresholds.ask_pattern or words >= thresholds.long
        doubted = [hit for hit in hits if enough or not hit.word]
    likely, evidence = _likely(probabilities), evidence or 0.0
    urgency = probabilities.get(NOW, 0.0)
    urgent = urgency >= thresholds.act_now and evidence >= thresholds.ask
    sure = likely if (evidence >= thresholds.act or urgent) and not short else ()
    acted_on = _once((*(hit.danger for hit in believed), *sure))
    if acted_on:
        now = any(hit.emergency for hit in believed) or urgency >= thresholds.now
        return Verdict(danger=acted_on, escalation=escalation_of(acted_on, now))
    doubtful = likely if evidence >= (thresholds.ask_short if short else thresholds.ask) else ()
    return Verdict(danger_maybe=_once((*(hit.danger for hit in doubted), *doubtful)))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _likely(probabilities: Mapping[str, float]) -> tuple[str, ...]:
    """Return the likeliest danger, and any other that is likely by itself."""
    ranked = sorted(labels()["danger"], key=lambda word: -probabilities.get(word, 0.0))
    return tuple(word for place, word in enumerate(ranked) if place == 0 or probabilities.get(word, 0.0) >= _ALSO)
