"""The check of the addresses that people are given, against a server that has some of them."""

from pathlib import Path

import pytest

from tests.running import free_port
from tests.site import Site
from wegwijs import links
from wegwijs.content import Content, load_content
from wegwijs.files import CONTENT


def content_with(url: str, folder: Path) -> Content:
    """Content in which one helpline alone has an address."""
    for name in ("helplines.yml", "sources.yml", "failsafe.yml", "words.yml"):
        (folder / name).write_text((CONTENT / name).read_text("utf-8"), "utf-8")
    found = load_content(folder)
    others = [line.copy(update={"url": None, "chat_url": None}) for line in found.helplines.values()]
    others[0] = others[0].copy(update={"url": url})
    found.helplines.update({line.id: line for line in others})
    return found


@pytest.mark.parametrize(
    ("path", "status", "elsewhere"), [("/there", 200, ""), ("/moved", 301, "/there"), ("/people-only", 403, "")]
)
def test_an_address_that_answers_is_no_dead_one(
    site: Site, tmp_path: Path, path: str, status: int, elsewhere: str
) -> None:
    """A page, one that moved, and one that keeps programs out are there."""
    site.page("/there", "<h1>Hulplijn</h1>")
    site.answers[path] = status, elsewhere
    assert list(links.dead(content_with(site.origin + path, tmp_path))) == []


def test_a_dead_address_is_named_with_its_owner(site: Site, tmp_path: Path) -> None:
    """What is not found, and a server that is away, are named."""
    (line,) = links.dead(content_with(f"{site.origin}/gone", tmp_path))
    assert line.startswith("emergency_112: ")
    assert "/gone: 404" in line
    (line,) = links.dead(content_with(f"http://127.0.0.1:{free_port()}/", tmp_path))
    assert "refused" in line


def test_every_address_of_the_content_is_opened(texts: Content) -> None:
    """Sites and chats of all helplines, each once."""
    known = links.addresses(texts)
    assert texts.helplines["kindertelefoon"].url in known
    assert {line.chat_url for line in texts.helplines.values() if line.chat_url} <= set(known)
