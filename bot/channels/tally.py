"""What a turn counts as: a few words of labels.yml and other fixed lists, never anything that was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels import failsafe
from wegwijs import guide, vocabulary
from wegwijs.content import Content
from wegwijs.situation import Situation, situation_of
from wegwijs.vocabulary import ESCALATIONS, FALLBACK_INTENT, GUIDE_INTENT, UNKNOWN

OUTCOMES = ("answered", "danger", "danger_check", "guide", "fallback", "failed")
OTHER = "other"  # what stands on no list


@dataclass(frozen=True)
class Tally:
    """One message and its answer, as counted."""

    role: str
    intent: str
    forms: tuple[str, ...]
    dangers: tuple[str, ...]
    outcome: str
    contacts: tuple[str, ...]  # ids of the helplines shown
    school: str | None  # the id of a profile


def intents() -> tuple[str, ...]:
    """Return every intent that can be counted: those of labels.yml and those that the pipeline makes."""
    return (*vocabulary.labels()["intent"], FALLBACK_INTENT, GUIDE_INTENT, *ESCALATIONS, "danger_maybe", OTHER)


def tally(
    parse_data: Mapping[str, Any], slots: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], content: Content
) -> Tally:
    """Return what one turn counts as.

    Args:
        parse_data: what was understood of the message; empty where it is not known.
        slots: of the conversation after the turn; empty where they are not known.
        answers: the messages that the person got.
        content: with the guides, the helplines and the schools.
    """
    failed = not failsafe.is_none_of(answers)
    if failed:
        parse_data = {}  # what was understood was not what was answered
    situation = situation_of(slots, parse_data.get("entities") or (), "", content)
    intent = (parse_data.get("intent") or {}).get("name")
    shown = (contact["id"] for answer in answers for contact in answer["contacts"])
    dangers = _told("danger", parse_data)
    if not dangers and intent == "affirm" and _alarms(answers):  # yes, what was asked about is there
        dangers = situation.danger
    return Tally(
        role=_listed(situation.role, vocabulary.labels()["role"], UNKNOWN),
        intent=_listed(intent, intents(), OTHER),
        forms=_told("form", parse_data),
        dangers=dangers,
        outcome="failed" if failed else _outcome(intent, bool(slots.get("checking")), answers, situation),
        contacts=tuple(dict.fromkeys(name for name in shown if name in content.helplines)),
        school=situation.school if situation.school in content.schools else None,
    )


def _outcome(intent: str | None, checking: bool, answers: Sequence[Mapping[str, Any]], situation: Situation) -> str:
    if _alarms(answers):
        return "danger"
    if checking:
        return "danger_check"
    if situation.guide and guide.was_last(situation.guide, situation):
        return "guide"
    return "fallback" if intent == FALLBACK_INTENT else "answered"


def _alarms(answers: Sequence[Mapping[str, Any]]) -> bool:
    return any(answer["alert"] for answer in answers)


def _told(question: str, parse_data: Mapping[str, Any]) -> tuple[str, ...]:
    entities = parse_data.get("entities") or ()
    told = dict.fromkeys(entity["value"] for entity in entities if entity["entity"] == question)
    return tuple(word for word in told if word in vocabulary.labels()[question])


def _listed(word: str | None, words: Sequence[str], otherwise: str) -> str:
    return word if word is not None and word in words else otherwise
