"""The pages that show the chat: a school that stands for any, the chat by itself, and what stands in for it."""

from collections.abc import Mapping

from wegwijs import contacts, vocabulary
from wegwijs.content import Content
from wegwijs.files import CONTENT
from wegwijs.html_page import render
from wegwijs.situation import Situation

SCHOOL_PAGE, CHAT_PAGE, AWAY_PAGE = CONTENT / "school.html", CONTENT / "chat.html", CONTENT / "weg.html"


def school_page(query: Mapping[str, str], content: Content) -> str:
    """Return the page / as HTML.

    Args:
        query: of the address: what the page tells the chat, as the attributes of the widget. What is wrong is left out.
    """
    told = attributes(query, content)
    people = [word for word in vocabulary.labels()["role"] if word != vocabulary.UNKNOWN]
    ways = [
        {
            "url": f"/?school={school.id}&audience={person}",
            "country": school.country,
            "person": person,
            "here": told.get("school") == school.id and told.get("audience") == person,
        }
        for school in content.schools.values()
        for person in people
    ]
    school = content.schools.get(told.get("school", ""), next(iter(content.schools.values()), None))
    return render(SCHOOL_PAGE, {"capital": _capital}, attributes=told, ways=ways, school=school, lines=_lines(content))


def chat_page(query: Mapping[str, str], content: Content) -> str:
    """Return the page /chat as HTML; the arguments are those of school_page."""
    return render(CHAT_PAGE, attributes=attributes(query, content), lines=_lines(content))


def out_of_reach_page(content: Content) -> str:
    """Return the page that the proxy shows when there is nobody to show another: it needs no server."""
    return render(AWAY_PAGE, lines=_lines(content))


def attributes(query: Mapping[str, str], content: Content) -> dict[str, str]:
    """Return what an address may tell the widget: words of labels.yml, and a school that has a profile."""
    known = {
        "country": vocabulary.labels()["country"],
        "audience": vocabulary.labels()["role"],
        "school": list(content.schools),
    }
    return {name: query[name] for name, words in known.items() if query.get(name) in words}


def _lines(content: Content) -> list[dict[str, str]]:
    """Return the helplines of whom nothing is known, as shown without a script."""
    ready = content.failsafe.reply.contacts
    return [
        contacts.as_contact(line, content, contacts.now())
        for line in contacts.pick(ready, Situation(), content, len(ready))
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
