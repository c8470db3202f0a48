"""What is known of the person and the conversation when Wegwijs answers, and how it is read from the slots of Rasa."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from wegwijs.content import Content
from wegwijs.content_schema import TAGS
from wegwijs.normalise import normalise
from wegwijs.vocabulary import NO_ESCALATION, UNKNOWN

# A quick reply that was chosen has no confidence of its own; what was stated outright has this one too.
_CHOSEN = 1.0
# From which confidence on a new answer replaces the one that was settled: a guess goes against nothing.
_SURE = {"role": _CHOSEN, "position": 0.85, "country": _CHOSEN}
_values_of_tags = attrgetter(*TAGS)


@dataclass(frozen=True)
class Place:
    """Where somebody is in a guide: ids only, never words."""

    guide: str
    path: tuple[str, ...]  # the steps so far, the present one last
    answers: Mapping[str, str]  # what was answered, by the step that asked


@dataclass(frozen=True)
class Situation:
    """The slots of a conversation, in the words of labels.yml."""

    role: str = UNKNOWN
    position: str = UNKNOWN
    country: str = UNKNOWN
    form: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    escalation: str = NO_ESCALATION  # the highest whose help was given or offered in this conversation
    topic: str | None = None  # the intent that is being answered; a question that is put in between keeps it
    given: tuple[str, ...] = ()  # ids of the items that were said, the latest last; an id may stand there twice
    last: tuple[str, ...] = ()  # ids of the items of the last reply
    guide: Place | None = None  # the guide under way
    platform: str | None = None  # the app or game that was named last
    school: str | None = None  # whose page this is
    school_kind: str = UNKNOWN
    school_has: tuple[str, ...] = ()  # the fields of its profile
    plain: str = ""  # the message that is being answered, in its plain form; never kept

    def but(self, **changes: object) -> "Situation":
        """Return a copy with other values."""
        return replace(self, **changes) if changes else self  # type: ignore[arg-type]

    def known(self) -> tuple[Any, ...]:
        """Return what decides whether an item is for this person and case, tag by tag."""
        values: tuple[Any, ...] = _values_of_tags(self)
        return values

    def settled(self) -> dict[str, str]:
        """Return what a later guess must not overturn, by question."""
        return {question: getattr(self, question) for question in _SURE}


def is_chosen(text: str) -> bool:
    """Tell whether this is what a quick reply tells Rasa: a slash begins it, and none that is typed gets so far."""
    return text.startswith("/")


def situation_of(
    slots: Mapping[str, Any], entities: Sequence[Mapping[str, Any]], text: str, content: Content
) -> Situation:
    """Return what the slots and the message tell; a slot that was never filled is unknown, or empty.

    Args:
        slots: of the tracker.
        entities: of the latest message.
        text: the latest message as Rasa has it; empty where it is not known.
        content: with the apps that may be named, and the profile of the school.
    """
    plain = "" if is_chosen(text) else normalise(text)
    school = slots.get("school")
    profile = content.schools.get(school or "")
    country = _settle("country", slots, entities)
    return Situation(
        role=_settle("role", slots, entities),
        position=_settle("position", slots, entities),
        country=profile.country if profile and country == UNKNOWN else country,
        form=_words(slots.get("form")),
        danger=_words(slots.get("danger") or slots.get("danger_maybe")),
        escalation=slots.get("escalation") or NO_ESCALATION,
        topic=slots.get("topic"),
        given=_words(slots.get("given")),
        last=_words(slots.get("last")),
        guide=_place(slots.get("guide")),
        platform=content.platform_in(plain) or slots.get("platform"),
        school=school,
        school_kind=profile.kind if profile else UNKNOWN,
        school_has=profile.has() if profile else (),
        plain=plain,
    )


def settled(slots: Mapping[str, Any]) -> dict[str, str]:
    """Return the role, position and country for which the last reply was made, by question."""
    return slots.get("settled") or {}


def _place(kept: Mapping[str, Any] | None) -> Place | None:
    return Place(kept["guide"], tuple(kept["path"]), dict(kept["answers"])) if kept else None


def _settle(question: str, slots: Mapping[str, Any], entities: Sequence[Mapping[str, Any]]) -> str:
    before, now = settled(slots).get(question, UNKNOWN), slots.get(question) or UNKNOWN
    sure = any(
        entity["entity"] == question
        and entity["value"] == now
        and entity.get("confidence_entity", _CHOSEN) >= _SURE[question]
        for entity in entities
    )
    return now if sure or before == UNKNOWN else before


def _words(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
