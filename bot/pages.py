"""The pages beside the chat: the school site with the widget, /veiligheid, a guide to print, dates for the agenda."""

from datetime import date
from pathlib import Path

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound
from sanic.response import HTTPResponse, file, html, raw

from wegwijs.agenda import as_ics
from wegwijs.content import content
from wegwijs.files import WIDGET
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
    async def page(request: Request) -> HTTPResponse:
        return await file(str(WIDGET / "index.html"), mime_type="text/html; charset=utf-8")

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
