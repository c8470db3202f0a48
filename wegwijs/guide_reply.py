"""Says the steps of a guide: their text, the ways on, and what goes with them."""

from dataclasses import replace
from datetime import datetime

from wegwijs import choose, guide
from wegwijs.content import Content
from wegwijs.content_schema import Item
from wegwijs.reply import Offered, Reply, compose
from wegwijs.situation import Place, Situation
from wegwijs.vocabulary import GUIDE_INTENT


def step(place: Place, situation: Situation, content: Content, now: datetime) -> Reply:
    """Say the step of a guide."""
    at = guide.step_at(place, content)
    blocks = [*at.text, *(block for part in guide.parts(place, content) for block in part.text)]
    said = Item(
        id="step",
        kind="answer",
        asks="guide",
        text=blocks,
        contacts=at.contacts,
        next=at.next,
        sheet=at.sheet,
        source=content.guides[place.guide].source,
    )
    composed = compose([said], situation, content, now)
    ways = tuple(_choice(way) for way in guide.ways(place, situation, content))
    return replace(
        composed,
        items=(guide.name_of(place),),
        choices=(*ways, *composed.choices),
        calendar=_calendar(at.calendar, content) if at.calendar else None,
        links=_pages(place, situation, content),
    )


def not_understood(place: Place, situation: Situation, content: Content, now: datetime) -> Reply:
    """Say that an answer was not understood, and offer those of the step again."""
    said = choose.least_recent(choose.fitting(content.of_kind["again"], situation, asks="guide"), situation)
    ways = tuple(_choice(way) for way in guide.ways(place, situation, content))
    return replace(compose([said] if said else [], situation, content, now), choices=ways)


def left(situation: Situation, content: Content, now: datetime) -> Reply:
    """Say that a guide was left."""
    return compose(choose.fitting(content.of_kind["answer"], situation, asks="guide")[:1], situation, content, now)


def with_way_back(said: Reply, situation: Situation, content: Content) -> Reply:
    """Offer to go on with the guide under way, beside what a reply offers."""
    way = guide.way_back(situation, content)
    return replace(said, choices=(*said.choices, _choice(way))) if way else said


def _calendar(name: str, content: Content) -> dict[str, str]:
    return {"title": content.calendars[name].title, "url": f"/agenda/{name}.ics"}


def _pages(place: Place, situation: Situation, content: Content) -> tuple[dict[str, str], ...]:
    """Return the page to print, at the beginning of a guide and at its end."""
    found = content.guides[place.guide]
    if not found.printable or not (len(place.path) == 1 or guide.is_over(place, situation, content)):
        return ()
    return ({"label": content.words.print_guide, "url": f"/gids/{found.id}"},)


def _choice(way: guide.Way) -> Offered:
    return Offered(way.id, way.label, GUIDE_INTENT, way.tells)
