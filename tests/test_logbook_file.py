"""The file and the paper that are made of the logbook: it opens again, and what was changed is named."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import needs_chromium, open_chat
from tests.logbook import (
    CHANGES,
    ENTRY,
    PICTURE,
    asks_before_closing,
    button,
    holding,
    open_file,
    open_logbook,
    opened_anew,
    saved,
    three_entries,
    write_down,
)

pytestmark = needs_chromium

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_a_file_opens_again(logbook: Page) -> None:
    """In a page that knows nothing, the file of a logbook gives the same logbook: its file is the same."""
    content = json.dumps(three_entries(logbook))
    opened_anew(logbook, content.encode())
    expect(logbook.locator(".said")).to_contain_text("Nieuw: 3. Stond er al: 0.")
    assert logbook.locator("article.entry dd").all_inner_texts()[:2] == ["een", "twee"]
    expect(logbook.locator("article.entry img")).to_have_count(2)
    expect(logbook.locator(".wrong:not(:empty)")).to_have_count(0)
    expect(button(logbook, "Open een bestand")).to_be_focused()
    assert not asks_before_closing(logbook)
    assert json.dumps(json.loads(saved(logbook))) == content
    assert logbook.complaints == []  # type: ignore[attr-defined]


def test_a_mistyped_year_does_not_spoil_the_file(logbook: Page) -> None:
    """An entry of the year 26, or of long ago, can be saved and opened again like any other."""
    write_down(logbook, what="Getypt met een fout jaar.", date="0026-11-01")
    write_down(logbook, what="Lang geleden.", date="1969-05-01")
    file = saved(logbook)
    opened_anew(logbook, file)
    expect(logbook.locator("article.entry")).to_have_count(2)


def test_a_file_is_merged_without_doubles(logbook: Page) -> None:
    """What is there already is not there twice, and what is new stands in its place."""
    file = three_entries(logbook)
    button(logbook, "Wis dit").nth(1).click()
    write_down(logbook, what="nieuw", date="2026-01-02", time="13:00")
    file["entries"] *= 2
    open_file(logbook, file)
    expect(logbook.locator(".said")).to_contain_text("Nieuw: 1. Stond er al: 5.")
    whats = [article.locator("dd").first.inner_text() for article in logbook.locator("article.entry").all()]
    assert whats == ["een", "twee", "nieuw", "drie"]
    assert asks_before_closing(logbook)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_entry_is_named(logbook: Page, change: Callable[[dict[str, Any]], object]) -> None:
    """When a fingerprint does not match, that entry is named and no other, also in a file that is made of it."""
    file = three_entries(logbook)
    change(file["entries"][1])
    opened_anew(logbook, file)
    for _ in range(2):
        expect(logbook.locator(".said p")).to_have_count(2)
        expect(logbook.locator(".said")).to_contain_text(re.compile("veranderd nadat het was bewaard: .* 2 januari"))
        changed = logbook.locator("article.entry", has_text="De vingerafdruk klopt niet.")
        expect(changed).to_have_count(1)
        expect(changed.locator("h4")).to_contain_text("2 januari 2026")
        opened_anew(logbook, saved(logbook))


def test_an_entry_without_fingerprint_is_not_given_one(logbook: Page) -> None:
    """Nobody can tell whether it was changed, so none is made up when the file is opened."""
    file = three_entries(logbook)
    file["entries"][0]["sha256"] = None
    opened_anew(logbook, file)
    expect(logbook.locator(".said p")).to_have_count(1)
    logbook.locator(".logbook summary").first.click()
    expect(logbook.locator("article.entry code").first).to_have_text("geen vingerafdruk")


SVG = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").decode()


UNKNOWN, VERSION, LARGE, WRONG = "geen bestand van dit logboek", "andere versie", "te groot", "klopt iets niet"
REFUSED: dict[str, tuple[Any, str]] = {
    "empty": (b"", UNKNOWN),
    "no JSON": (b"<script>alert(1)</script>", UNKNOWN),
    "half": (json.dumps(holding(ENTRY)).encode()[:-9], UNKNOWN),
    "null": (b"null", UNKNOWN),
    "a list": (b"[]", UNKNOWN),
    "deep": (b"[" * 200_000 + b"]" * 200_000, UNKNOWN),
    "no format": ({"version": 1, "entries": []}, UNKNOWN),
    "no entries": (holding(entries=None), UNKNOWN),
    "entries no list": (holding(entries={"length": 1, "0": ENTRY}), UNKNOWN),
    "next version": (holding(ENTRY, version=2), VERSION),
    "version in words": (holding(ENTRY, version="1"), VERSION),
    "entry null": (holding(None), WRONG),
    "entry a text": (holding("x"), WRONG),
    "nothing happened": (holding(ENTRY | {"what": " \n"}), WRONG),
    "number for text": (holding(ENTRY | {"what": 1}), WRONG),
    "markup for text": (holding(ENTRY | {"name": {"toString": MARKUP}}), WRONG),
    "list for text": (holding(ENTRY | {"place": [MARKUP]}), WRONG),
    "field missing": (holding({key: ENTRY[key] for key in ENTRY if key != "link"}), WRONG),
    "text too long": (holding(ENTRY | {"witnesses": "x" * 501}), WRONG),
    "no day": (holding(ENTRY | {"date": "2026-02-31"}), WRONG),
    "markup for day": (holding(ENTRY | {"date": MARKUP[:10]}), WRONG),
    "no time": (holding(ENTRY | {"time": "24:00"}), WRONG),
    "no fingerprint": (holding(ENTRY | {"sha256": MARKUP}), WRONG),
    "fingerprint missing": (holding({key: ENTRY[key] for key in ENTRY if key != "sha256"}), WRONG),
    "pictures no list": (holding(ENTRY | {"pictures": {"0": PICTURE}}), WRONG),
    "picture null": (holding(ENTRY | {"pictures": [None]}), WRONG),
    "picture an address": (holding(ENTRY | {"pictures": [PICTURE | {"data": "https://evil.example/a.png"}]}), WRONG),
    "picture an svg": (holding(ENTRY | {"pictures": [PICTURE | {"data": SVG}]}), WRONG),
    "picture broken": (holding(ENTRY | {"pictures": [PICTURE | {"data": PICTURE["data"][:40]}]}), WRONG),
    "picture too large": (holding(ENTRY | {"pictures": [PICTURE | {"data": "A" * 14_000_000}]}), WRONG),
    "picture name a number": (holding(ENTRY | {"pictures": [PICTURE | {"name": 1}]}), WRONG),
    "too many pictures": (holding(ENTRY | {"pictures": [PICTURE] * 301}), LARGE),
    "too many entries": (holding(*[ENTRY] * 301), LARGE),
    "second is wrong": (holding(ENTRY, ENTRY | {"time": "x"}), "nummer 2: ‘Tijd’"),
}


def test_a_broken_or_hostile_file_is_refused(logbook: Page) -> None:
    """A sentence says why and has the focus; nothing of the file gets in, runs, or is asked for."""
    write_down(logbook)
    dialogs: list[str] = []
    logbook.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    asked = len(logbook.requested)  # type: ignore[attr-defined]
    error = logbook.locator("#logbook-error")
    for name, (content, said) in REFUSED.items():
        button(logbook, "Schrijf iets op").focus()
        open_file(logbook, content)
        expect(error, name).to_contain_text(said)
        expect(error, name).to_contain_text("Er is niets veranderd.")
        expect(error, name).to_be_focused()
        expect(button(logbook, "Open een bestand")).to_have_accessible_description(re.compile(said))
    expect(logbook.locator("article.entry")).to_have_count(1)
    assert logbook.requested[asked:] == []  # type: ignore[attr-defined]
    assert logbook.complaints == []  # type: ignore[attr-defined]
    assert dialogs == []


def test_a_file_that_is_too_large_is_not_read(logbook: Page, tmp_path: Path) -> None:
    """It is refused by its size alone."""
    file = tmp_path / "large.json"
    with file.open("wb") as large:
        large.truncate(61 * 1024 * 1024)
    logbook.locator(".place > .choices input[type=file]").set_input_files(file)
    expect(logbook.locator("#logbook-error")).to_contain_text("te groot")


def test_words_of_a_file_never_become_markup(logbook: Page) -> None:
    """Markup in every field and name is shown as it stands there and starts nothing."""
    words = dict.fromkeys(("link", "name", "place", "what", "witnesses"), MARKUP)
    file = holding(ENTRY | words | {"pictures": [PICTURE | {"name": MARKUP}]})
    dialogs: list[str] = []
    logbook.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    open_file(logbook, file)
    assert logbook.locator("article.entry dd").all_inner_texts() == [MARKUP] * 5
    expect(logbook.locator("article.entry figcaption")).to_have_text(MARKUP)
    assert logbook.locator("article.entry img").count() == 1
    assert logbook.locator("article.entry a, article.entry script").count() == 0
    assert logbook.complaints == []  # type: ignore[attr-defined]
    assert dialogs == []


def test_the_paper_has_everything(page: Page) -> None:
    """The page to print has each entry with its words, its pictures, ready to be printed, and its fingerprints."""
    page.context.add_init_script("window.print = () => (document.title += ' (printed)')")
    page.reload()
    open_chat(page)
    open_logbook(page)
    entries = three_entries(page)["entries"]
    with page.expect_popup() as printed:
        button(page, "Print").click()
    paper = printed.value
    paper.wait_for_function("document.title.endsWith('(printed)')")
    assert paper.evaluate("[...document.images].map(({ naturalWidth }) => naturalWidth)") == [60, 60]
    expect(paper.locator("h2")).to_have_count(3)
    expect(paper.locator("dd").first).to_have_text("een")
    fingerprints = [code for one in entries for code in (one["sha256"], *(file["sha256"] for file in one["pictures"]))]
    assert paper.locator("code").all_inner_texts() == fingerprints
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_window_that_does_not_open_is_said(logbook: Page) -> None:
    """Where the browser lets no window open, whoever wants to print reads so."""
    write_down(logbook)
    logbook.evaluate("() => { window.open = () => null }")
    button(logbook, "Print").click()
    expect(logbook.locator(".said")).to_contain_text("Printen lukt niet.")
