"""The files of the widget, without comments and compressed, as a browser fetches them from any site."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin
from sanic import Blueprint, Request
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse, raw

from wegwijs.files import WIDGET

_SMALLER = {".js": jsmin, ".css": cssmin}
# The code holds nothing of anybody: any page may have it. A browser asks each time whether it is still the same.
_HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


@dataclass(frozen=True)
class WidgetFile:
    """What is sent of one file."""

    kind: str
    plain: bytes
    packed: bytes
    tag: str


def widget_files() -> Blueprint:
    """Return the routes under /widget/."""
    routes = Blueprint("wegwijs_widget")

    @routes.route("/widget/<name:str>", methods=["GET", "HEAD"])
    async def send(request: Request, name: str) -> HTTPResponse:
        path = WIDGET / name
        if path not in set(WIDGET.iterdir()):
            raise NotFound(name)
        found = read(path, path.stat().st_mtime_ns)
        headers = {**_HEADERS, "ETag": found.tag}
        # A proxy that packs the file itself marks the tag as weak.
        if request.headers.get("if-none-match", "").removeprefix("W/") == found.tag:
            return HTTPResponse(status=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return raw(found.plain, content_type=found.kind, headers=headers)
        return raw(found.packed, content_type=found.kind, headers={**headers, "Content-Encoding": "gzip"})

    return routes


@lru_cache(maxsize=64)
def read(path: Path, changed: int) -> WidgetFile:
    """Return the file as it is sent.

    Args:
        path: under widget/.
        changed: when it was changed last; another moment reads it again.
    """
    text = path.read_text("utf-8")
    plain = _SMALLER.get(path.suffix, str)(text).encode()
    kind = guess_type(path.name)[0] or "application/octet-stream"
    tag = hashlib.sha256(plain).hexdigest()[:16]
    return WidgetFile(f"{kind}; charset=utf-8", plain, gzip.compress(plain, mtime=0), f'"{tag}"')
