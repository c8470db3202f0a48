"""The pages: a school with the widget, the chat by itself, /veiligheid, a guide to print, dates for the agenda."""

from datetime import date
from pathlib import Path

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound
from sanic.response import HTTPResponse, html, raw

from wegwijs.agenda import as_ics
from wegwijs.chat_pages import chat_page, school_page
from wegwijs.content import content
from wegwijs.guide_page import guide_page
from wegwijs.model import fingerprint
from wegwijs.safety_page import safety_page


def pages(model: Path) -> Blueprint:
    """Return the routes.

    Args:
        model: the one that answers here; /veiligheid says whether it is the one that was measured.
    """
    routes = Blueprint("wegwijs_pages")

    @routes.get("/")
    async def school(request: Request) -> HTTPResponse:
        return html(school_page(_query(request), content()))

    @routes.get("/chat")
    async def chat(request: Request) -> HTTPResponse:
        return html(chat_page(_query(request), content()))

    @routes.get("/veiligheid")
    async def safety(request: Request) -> HTTPResponse:
        return html(safety_page(fingerprint(model)))

    @routes.get("/gids/<name:str>")
    async def guide(request: Request, name: str) -> HTTPResponse:
        found = content().guides.get(name)
        if found is None or not found.printable:
            raise NotFound(name)
        return html(guide_page(found, content()))

    @routes.get("/agenda/<name:str>")
    async def agenda(request: Request, name: str) -> HTTPResponse:
        calendar = content().calendars.get(name.removesuffix(".ics"))
        if calendar is None:
            raise NotFound(name)
        try:
            dates = as_ics(calendar, date.fromisoformat(request.args.get("vanaf", "")))
        except (ValueError, OverflowError) as error:
            raise InvalidUsage("vanaf") from error
        return raw(
            dates,
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return routes


def _query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in request.args.items()}
