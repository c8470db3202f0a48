"""Opens every address that Wegwijs gives to people, and tells which ones lead nowhere."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from wegwijs.content import Content

_AT_ONCE = 8
_PATIENCE_SECONDS = 20.0
_AGENT = "Mozilla/5.0 (compatible; Wegwijs link check)"
# A site that keeps programs out is there: its address is no dead one.
_IS_THERE = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.TOO_MANY_REQUESTS}


def addresses(content: Content) -> dict[str, str]:
    """Return each address once, with the helpline or school that has it."""
    found = {url: line.id for line in content.helplines.values() for url in (line.url, line.chat_url) if url}
    schools = {school.protocol_url: school.id for school in content.schools.values() if school.protocol_url}
    return found | schools


def dead(content: Content) -> Iterator[str]:
    """Yield a line for each address that does not answer: whose it is, the address, and why."""
    known = addresses(content)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for (url, owner), why in zip(known.items(), pool.map(_why_dead, known), strict=True):
            if why:
                yield f"{owner}: {url}: {why}"


def _why_dead(url: str) -> str | None:
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 the schema takes http(s) only
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        return None if error.code in _IS_THERE else f"{error.code} {error.reason}"
    except (OSError, ValueError) as error:  # no such name, no route, no answer in time, an answer that is no HTTP
        return str(getattr(error, "reason", error))
