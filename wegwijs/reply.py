"""Composes a reply from the content: what is said, whom to call, what can be chosen next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from wegwijs import choose, contacts, guide
from wegwijs.content import Content
from wegwijs.content_schema import BLOCKS, Asks, Block, Choice, Item
from wegwijs.patterns import danger_patterns
from wegwijs.situation import Situation
from wegwijs.vocabulary import FALLBACK_INTENT, GUIDE_INTENT, NO_ESCALATION, UNKNOWN

TIPS_AT_ONCE = 3
HELPS_AT_ONCE = 2
# More quick replies than this are not read any more; the questions of who and where have their own.
_CHOICES_AT_ONCE = 7
# So many helplines stay beside every reply once there was danger.
_IN_REACH = 3
# A longer message than this tells a story; a word in it is not what it asks about.
_A_STORY = 16
# Words; in more of them there may be a new danger behind what calms.
_MORE_THAN_A_FEW = 12
# Talk that may come back any number of times; everything else is told once.
SMALL_TALK = frozenset({"greet", "goodbye", "thank", "affirm", "deny", "out_of_scope", "nlu_fallback"})


@dataclass(frozen=True)
class Offered:
    """A quick reply as offered in this conversation: what choosing it says to Rasa stays on the server."""

    id: str
    label: str
    intent: str
    entities: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """One message of Wegwijs."""

    items: tuple[str, ...]  # ids of what was said; of a step of a guide "guide.step"
    blocks: tuple[dict[str, Any], ...]
    alert: str | None
    contacts: tuple[dict[str, Any], ...]
    choices: tuple[Offered, ...]
    sources: tuple[dict[str, str], ...]
    sheet: dict[str, Any] | None = None  # what the person may fill in, on the own device
    calendar: dict[str, str] | None = None  # dates for the own agenda: `title`, and where the file is
    links: tuple[dict[str, str], ...] = ()  # pages to print: `label` and `url`


def answer(intent: str, situation: Situation, content: Content, now: datetime) -> Reply:
    """Answer an intent for this person: tips, or a whole answer, or that there is nothing new to tell."""
    if intent in SMALL_TALK:
        said = choose.least_recent(_of_the_intent(intent, situation, content), situation)
        return compose([said] if said else [], situation, content, now)
    openings = choose.fitting(content.of_kind["opening"], situation, intent)
    tips = choose.new(choose.fitting(content.of_kind["tip"], situation, intent), situation)[:TIPS_AT_ONCE]
    if tips:
        goes_on = any(item.kind == "tip" for item in _items(situation.last, content))
        opening = [] if goes_on else choose.new(openings, situation)[:1]
        return compose([*opening, *tips], situation, content, now, also=openings[:1])
    answers = _of_the_intent(intent, situation, content)
    fresh = choose.new(answers, situation)
    if fresh:
        return compose(fresh[:1], situation, content, now)
    return _again(answers, situation, content, now)


def danger(escalation: str, situation: Situation, content: Content, now: datetime) -> Reply:
    """Answer danger: whom to call first, then what to do; questions come after the help, as choices.

    Who says a few words that calm, after the help was given ("mama is bij me"), is answered, not alarmed again.
    """
    calm = _what_calms(situation, content)
    if calm:
        return compose([calm], situation, content, now, also=_beside(situation, content))
    helps = choose.new(_helps(situation, content), situation)[:HELPS_AT_ONCE]
    return compose(
        [*_lead(situation.but(escalation=escalation), content), *helps], situation, content, now, alert=escalation
    )


def _what_calms(situation: Situation, content: Content) -> Item | None:
    if situation.escalation == NO_ESCALATION or not 0 < len(situation.plain.split()) < _MORE_THAN_A_FEW:
        return None
    found = [item for item in choose.fitting(content.of_kind["reply"], situation) if item.calms]
    danger = any(not hit.word for hit in danger_patterns().find(situation.plain))  # a word alone: "de zelfmoordlijn"
    return None if danger else choose.least_recent(found, situation)


def check_danger(situation: Situation, content: Content, now: datetime) -> Reply:
    """Ask whether the danger that Wegwijs may have read is there; the help stands beside the question.

    It asks about the first of the dangers; about none by name where there is none.
    """
    about = situation.but(danger=situation.danger[:1])
    return compose(
        choose.fitting(content.of_kind["question"], about, asks="danger")[:1], situation, content, now, in_danger=True
    )


def same_question(situation: Situation, content: Content, now: datetime) -> Reply:
    """Ask about the danger in the words of the last reply, with the help beside it."""
    return compose(_asked_about_danger(situation, content), situation, content, now, in_danger=True)


def asked_openly(situation: Situation, content: Content) -> bool:
    """Tell whether the last reply asked about danger without naming one: is somebody hurt, scared, forced?"""
    return any(not item.danger and not item.heard for item in _asked_about_danger(situation, content))


def asked_times(situation: Situation, content: Content) -> int:
    """Return how often the question about danger of the last reply was asked; 0 when that reply asked nothing so."""
    return max((situation.given.count(item.id) for item in _asked_about_danger(situation, content)), default=0)


def _asked_about_danger(situation: Situation, content: Content) -> list[Item]:
    return [item for item in _items(situation.last, content) if item.asks == "danger"]


def danger_denied(situation: Situation, content: Content, now: datetime) -> Reply:
    """Take it kindly that there was no danger."""
    return compose(choose.fitting(content.of_kind["answer"], situation, asks="danger")[:1], situation, content, now)


def stay(situation: Situation, content: Content, now: datetime) -> Reply:
    """Stay with somebody whose danger was answered a moment ago and who says little: the help again, in other words."""
    found = [item for item in choose.fitting(content.of_kind["again"], situation) if item.escalation]
    said = choose.least_recent(found, situation)
    return compose(
        [said] if said else [], situation, content, now, also=_beside(situation, content), alert=situation.escalation
    )


def to_what_was_heard(situation: Situation, content: Content, now: datetime) -> Reply | None:
    """Answer what is asked or told after a danger: "moet ik betalen?"; None where nothing of it is heard."""
    if situation.escalation == NO_ESCALATION:
        return None
    said = choose.least_recent(choose.fitting(content.of_kind["reply"], situation), situation)
    return compose([said], situation, content, now, also=_beside(situation, content)) if said else None


def specific(intent: str, situation: Situation, content: Content, now: datetime) -> Reply | None:
    """Answer a question about one thing by name: an app, an organisation, a word; None where there is none."""
    short = len(situation.plain.split()) < _A_STORY
    named = choose.fitting(content.by_name, situation, intent)
    fresh = choose.new((item for item in named if item.platform or item.intent or short), situation)
    if not fresh or any(item.danger for item in _of_the_intent(intent, situation, content)):
        return None  # what a danger asks for goes first
    return compose(fresh[:1], situation, content, now)


def how_it_is(situation: Situation, content: Content, now: datetime) -> Reply | None:
    """Ask how it is, once after a danger."""
    found = choose.new(choose.fitting(content.of_kind["afterwards"], situation), situation)[:1]
    return compose(found, situation, content, now) if found else None


def question(asks: Asks, intent: str, situation: Situation, content: Content, now: datetime) -> Reply | None:
    """Ask for something, if the content says that the answer to this intent depends on it and it was not asked yet."""
    if any(item.kind == "question" and item.asks == asks for item in _items(situation.given, content)):
        return None
    found = choose.fitting(content.of_kind["question"], situation, intent, asks)
    return compose(found[:1], situation, content, now) if found else None


def which(intents: Sequence[str], situation: Situation, content: Content, now: datetime) -> Reply | None:
    """Ask which of these intents is meant; None where the content has no plain words for one of them."""
    if asked(situation.last, content) == "intent":
        return None
    found = choose.fitting(content.of_kind["question"], situation, asks="intent")[:1]
    meant = [content.choices[name] for item in found for name in item.next]
    offered = [choice for choice in meant if choice.intent in intents]
    if {choice.intent for choice in offered} != set(intents):
        return None
    others = [choice for choice in meant if choice.intent == FALLBACK_INTENT]
    composed = compose(found, situation, content, now)
    return replace(composed, choices=tuple(_offered(choice, situation) for choice in (*offered, *others)))


def has_news(intent: str, situation: Situation, content: Content) -> bool:
    """Tell whether there is something about this intent that was not said yet."""
    return any(choose.has_new(shelf, situation, intent) for shelf in (content.of_kind["tip"], content.to_intents))


def together(first: Reply, second: Reply) -> Reply:
    """Make one reply of two; what can be chosen is what the second offers."""
    return Reply(
        items=first.items + second.items,
        blocks=first.blocks + second.blocks,
        alert=first.alert or second.alert,
        contacts=_once(first.contacts + second.contacts),
        choices=second.choices or first.choices,
        sources=_once(first.sources + second.sources),
        sheet=first.sheet or second.sheet,
        calendar=first.calendar or second.calendar,
        links=first.links + second.links,
    )


def asked(names: Iterable[str], content: Content) -> Asks | None:
    """Return what a reply with these items asked for."""
    return next((item.asks for item in _items(names, content) if item.kind == "question"), None)


def _of_the_intent(intent: str, situation: Situation, content: Content) -> list[Item]:
    return choose.fitting(content.to_intents, situation, intent)


def _again(answers: Sequence[Item], situation: Situation, content: Content, now: datetime) -> Reply:
    """Nothing new: say so in another way each time, and tell it once more to somebody who insists."""
    insists = any(item.kind == "again" for item in _items(situation.last, content))
    said = choose.least_recent(answers, situation) if insists else None
    general = [item for item in choose.fitting(content.of_kind["again"], situation) if not item.escalation]
    said = said or choose.least_recent(general, situation)
    return compose([said] if said else [], situation, content, now)


def _lead(situation: Situation, content: Content) -> list[Item]:
    """Return the first lines for the escalation of this situation: one item, or none where there was no danger."""
    return choose.fitting(content.of_kind["lead"], situation)[:1]


def _beside(situation: Situation, content: Content) -> list[Item]:
    """Return what is not said again, but whose contacts and choices stay: whom to call, who knows of this danger."""
    return [*_lead(situation, content), *_helps(situation, content)[:1]]


def _helps(situation: Situation, content: Content) -> list[Item]:
    """Return what to do, one danger after the other, in the order in which they were recognised."""
    fitting = choose.fitting(content.of_kind["help"], situation)
    first = [next((item for item in fitting if danger in item.danger), None) for danger in situation.danger]
    return list(dict.fromkeys([item for item in first if item] + fitting))


def compose(
    said: Sequence[Item],
    situation: Situation,
    content: Content,
    now: datetime,
    also: Sequence[Item] = (),
    alert: str | None = None,
    in_danger: bool = False,
) -> Reply:
    """Put the items into one message.

    Args:
        also: items that are not said again, but whose contacts and choices go with the reply.
        alert: the escalation that this reply leads with.
        in_danger: more contacts than usual.
    """
    sources = [*said, *(item for item in also if item not in said)]
    names = [name for item in sources for name in item.contacts]
    at_most = contacts.AT_MOST_IN_DANGER if alert or in_danger else contacts.AT_MOST
    if situation.escalation != NO_ESCALATION and not alert:
        # Once there was danger, the help stays one tap away.
        helps = [name for item in _lead(situation, content) for name in item.contacts]
        reach = contacts.pick(helps, situation, content, _IN_REACH)
        names, at_most = [*(line.id for line in reach), *names], contacts.AT_MOST_IN_DANGER
    picked = contacts.pick(names, situation, content, at_most)
    if at_most == contacts.AT_MOST:
        picked = contacts.with_one_open(picked, situation, content, now)
    return Reply(
        items=tuple(item.id for item in said),
        blocks=tuple(_blocks(said, situation, content)),
        alert=alert,
        contacts=tuple(contacts.as_contact(line, content, now) for line in picked),
        choices=_choices(sources, situation.but(given=(*situation.given, *(item.id for item in said))), content, alert),
        sources=_once(
            {"doc": item.source.doc, "section": item.source.section, "title": content.sources[item.source.doc].title}
            for item in said
        ),
        sheet=next((_sheet(item.sheet, content) for item in said if item.sheet), None),
    )


def _sheet(name: str, content: Content) -> dict[str, Any]:
    return dict(content.sheets[name].dict())


def _blocks(said: Sequence[Item], situation: Situation, content: Content) -> Iterable[dict[str, Any]]:
    """Yield the blocks as the web chat shows them; tips stand together in one list."""
    for item in said:
        if item.kind != "tip":
            yield from (shown(block, content, situation.school) for block in item.text if _is_for(block, situation))
    tips = [" ".join(text for block in item.text for text in block.texts()) for item in said if item.kind == "tip"]
    if tips:
        yield {"type": "list", "items": [content.fill_in(tip, situation.school) for tip in tips]}


def _is_for(block: Block, situation: Situation) -> bool:
    return all(
        wanted is None or known in (wanted, UNKNOWN)
        for wanted, known in ((block.country, situation.country), (block.school_kind, situation.school_kind))
    )


def shown(block: Block, content: Content, school: str | None = None) -> dict[str, Any]:
    """Return a block as the web chat shows it, with numbers and names filled in."""
    kind = next(name for name in BLOCKS if getattr(block, name))
    texts = [content.fill_in(text, school) for text in block.texts()]
    return {"type": kind, "items": texts} if kind in ("list", "steps") else {"type": kind, "text": texts[0]}


def _choices(items: Sequence[Item], situation: Situation, content: Content, alert: str | None) -> tuple[Offered, ...]:
    """Return the quick replies of the items that lead to something new; in danger, where one lives."""
    names = list(dict.fromkeys(name for item in items for name in item.next))
    if alert and situation.country == UNKNOWN:
        names = ["country_nl", "country_be", *names]
    about = situation.but(topic=alert or situation.topic)
    found = [content.choices[name] for name in dict.fromkeys(names)]
    offered = (_offered(choice, about) for choice in found if _leads_on(choice, situation, content))
    return tuple(islice(offered, _CHOICES_AT_ONCE))


def _offered(choice: Choice, situation: Situation) -> Offered:
    if choice.guide:
        return Offered(choice.id, choice.label, GUIDE_INTENT, guide.begun(choice.guide))
    return Offered(choice.id, choice.label, choice.intent or situation.topic or "ask_tips", choice.sets)


def _leads_on(choice: Choice, situation: Situation, content: Content) -> bool:
    if choice.guide:
        under_way = situation.guide and situation.guide.guide == choice.guide
        return not under_way and choose.fits(content.guides[choice.guide], situation)
    if choice.intent is None or choice.intent in SMALL_TALK:
        return True
    return has_news(choice.intent, situation.but(**choice.sets), content)


def _items(names: Iterable[str], content: Content) -> list[Item]:
    return [content.by_id[name] for name in names if name in content.by_id]


def _once(entries: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    kept: list[dict[str, Any]] = []
    for entry in entries:
        if entry not in kept:
            kept.append(entry)
    return tuple(kept)
