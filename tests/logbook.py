"""The logbook in a browser, for the tests that write into it, save it and open it again."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser import open_chat


def picture(kind: str = "png", colour: str = "navy") -> bytes:
    """A small picture of this kind."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, kind)
    return file.getvalue()


def as_file(name: str, content: bytes, kind: str = "image/png") -> FilePayload:
    """A file of the device."""
    return {"name": name, "mimeType": kind, "buffer": content}


def open_logbook(page: Page) -> None:
    """Open the logbook in a chat that is open."""
    page.locator(".more").click()
    button(page, "Bewijs bijhouden").click()
    expect(page.locator(".logbook")).to_be_visible()


def button(page: Page, name: str) -> Locator:
    """The button that is called so, or begins so."""
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def write_down(page: Page, *pictures: FilePayload, **fields: str) -> None:
    """Write an entry, with these fields and pictures."""
    before = page.locator("article.entry").count()
    button(page, "Schrijf iets op").click()
    for field, text in ({"what": "Ze scholden mij uit."} | fields).items():
        page.locator(f"#logbook-{field}").fill(text)
    if pictures:
        page.locator("form input[type=file]").set_input_files(pictures)
        expect(page.locator("form figure")).to_have_count(len(pictures))
    button(page, "Zet in het logboek").click()
    expect(page.locator("article.entry")).to_have_count(before + 1)


def saved(page: Page) -> bytes:
    """Save the logbook as a file."""
    with page.expect_download() as download:
        button(page, "Bewaar als bestand").click()
    expect(page.locator(".said")).to_contain_text(download.value.suggested_filename)
    assert download.value.suggested_filename.endswith(".json")
    return Path(download.value.path()).read_bytes()


def open_file(page: Page, content: bytes | dict[str, Any]) -> None:
    """Open a file of the device in the logbook, and wait for what is said of it."""
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    page.locator(".place > .choices input[type=file]").set_input_files(
        as_file("x.json", content, kind="application/json")
    )
    expect(page.locator(".said, #logbook-error").filter(has_text=re.compile("bestand"))).to_have_count(1)


def opened_anew(page: Page, content: bytes | dict[str, Any]) -> None:
    """Open a file in a logbook that knows nothing yet."""
    page.locator(".wipe").click()
    page.reload()
    open_chat(page)
    open_logbook(page)
    open_file(page, content)


def asks_before_closing(page: Page) -> bool:
    """Whether the page would ask now."""
    return page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def text_of(page: Page) -> str:
    """All words that the widget holds, seen or not, and those in its fields."""
    return page.evaluate(
        """() => {
          const root = document.querySelector("wegwijs-chat").shadowRoot;
          return root.textContent + [...root.querySelectorAll("input, textarea")].map(({ value }) => value).join();
        }"""
    )


def three_entries(page: Page) -> dict[str, Any]:
    """The file of a logbook with three entries; the second has two pictures."""
    write_down(page, what="een", date="2026-01-01", time="10:00")
    write_down(
        page, as_file("a.png", picture()), as_file("b.gif", picture("gif")), what="twee", date="2026-01-02", time=""
    )
    write_down(page, what="drie", date="2026-01-03", time="12:00", place="school", witnesses="Sam")
    return json.loads(saved(page))


OTHER = picture(colour="red")
OTHER_DATA = {"data": base64.b64encode(OTHER).decode()}
OTHER_PICTURE = OTHER_DATA | {"sha256": hashlib.sha256(OTHER).hexdigest()}
CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "words": lambda entry: entry.update(what="tweee"),
    "time": lambda entry: entry.update(time="11:11"),
    "picture": lambda entry: entry["pictures"][0].update(OTHER_DATA),
    "picture and its fingerprint": lambda entry: entry["pictures"][0].update(OTHER_PICTURE),
    "picture less": lambda entry: entry["pictures"].pop(),
    "name of a picture": lambda entry: entry["pictures"][0].update(name="c.png"),
}


ENTRY = {
    "date": "2026-01-01",
    "link": "",
    "name": "",
    "place": "",
    "time": "10:00",
    "what": "x",
    "witnesses": "",
    "sha256": None,
    "pictures": [],
}
PICTURE = {"name": "a.png", "sha256": None, "data": base64.b64encode(picture()).decode()}


def holding(*entries: Any, **head: Any) -> dict[str, Any]:
    """A file with these entries."""
    return {"format": "wegwijs-logboek", "version": 1, "entries": list(entries)} | head
