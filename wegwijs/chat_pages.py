"""The pages that show the chat: a school that stands for any, and the chat as a page of its own."""

from collections.abc import Mapping

from wegwijs import contacts, vocabulary
from wegwijs.content import Content
from wegwijs.files import CONTENT
from wegwijs.html_page import render
from wegwijs.situation import Situation

SCHOOL_PAGE, CHAT_PAGE = CONTENT / "school.html", CONTENT / "chat.html"
# The schools of the example, each with the people who may come to its site.
_SCHOOLS = {"regenboog": "Nederland", "de_brug": "Vlaanderen"}
_PEOPLE = {"child": "kind", "parent": "ouder", "teacher": "leerkracht"}


def school_page(query: Mapping[str, str], content: Content) -> str:
    """Return the page / as HTML.

    Args:
        query: of the address: what the page tells the chat, as the attributes of the widget. What is wrong is left out.
    """
    told = attributes(query, content)
    ways = [
        {
            "url": f"/?school={school}&audience={person}",
            "label": f"{label} ({where})",
            "here": told.get("school") == school and told.get("audience") == person,
        }
        for school, where in _SCHOOLS.items()
        for person, label in _PEOPLE.items()
    ]
    school = content.schools[told.get("school", next(iter(_SCHOOLS)))]
    return render(SCHOOL_PAGE, {"capital": _capital}, attributes=told, ways=ways, school=school, lines=_lines(content))


def chat_page(query: Mapping[str, str], content: Content) -> str:
    """Return the page /chat as HTML; the arguments are those of school_page."""
    return render(CHAT_PAGE, attributes=attributes(query, content), lines=_lines(content))


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
