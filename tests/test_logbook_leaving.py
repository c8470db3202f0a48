"""The logbook leaves nothing behind, and nothing is lost by mistake."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import needs_chromium, open_chat
from tests.logbook import (
    ENTRY,
    PICTURE,
    as_file,
    asks_before_closing,
    button,
    holding,
    open_file,
    open_logbook,
    picture,
    saved,
    text_of,
    three_entries,
    write_down,
)

pytestmark = needs_chromium


def test_nothing_leaves_the_browser_and_nothing_is_stored(logbook: Page) -> None:
    """From writing to opening again: not one request, no cookie, and nothing in any storage of the browser."""
    asked = len(logbook.requested)  # type: ignore[attr-defined]
    file = three_entries(logbook)
    open_file(logbook, file)
    button(logbook, "Verander").first.click()
    button(logbook, "Stop").click()
    button(logbook, "Wis dit").first.click()
    later = [url for url in logbook.requested[asked:] if not url.startswith("blob:")]  # type: ignore[attr-defined]
    assert later == []
    assert logbook.context.cookies() == []
    stored = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    assert logbook.evaluate(stored) == [0, 0, 0]
    assert logbook.evaluate("async () => (await caches.keys()).length") == 0


def test_wiping_empties_the_logbook(logbook: Page) -> None:
    """After "wis alles" nothing that was written, or was being written, is anywhere in the page."""
    write_down(logbook, as_file("kolibrie.png", picture()), what="kolibrie")
    button(logbook, "Schrijf iets op").click()
    logbook.locator("#logbook-what").fill("kolibrie half")
    logbook.locator(".wipe").click()
    assert "kolibrie" not in text_of(logbook)
    assert not asks_before_closing(logbook)
    open_chat(logbook)
    open_logbook(logbook)
    expect(logbook.locator(".logbook")).to_contain_text("Er staat nog niets.")
    assert "kolibrie" not in text_of(logbook)


def test_what_comes_after_wiping_comes_too_late(logbook: Page) -> None:
    """A picture and a file that were still being read when all was wiped do not come back."""
    logbook.evaluate(
        "() => { window.createImageBitmap = () => new Promise((done) => (window.waiting ??= []).push(done)) }"
    )
    chooser = logbook.locator(".place > .choices input[type=file]")
    file = holding(ENTRY | {"what": "kolibrie", "pictures": [PICTURE]})
    chooser.set_input_files(as_file("x.json", json.dumps(file).encode(), "application/json"))
    button(logbook, "Schrijf iets op").click()
    logbook.locator("#logbook-what").fill("kolibrie")
    logbook.locator("form input[type=file]").set_input_files(as_file("kolibrie.png", picture()))
    logbook.wait_for_function("window.waiting?.length === 2")
    button(logbook, "Zet in het logboek").click()
    logbook.locator(".wipe").click()
    logbook.evaluate("waiting.forEach((done) => done({ close() {} }))")
    open_chat(logbook)
    open_logbook(logbook)
    expect(logbook.locator("article.entry")).to_have_count(0)
    assert "kolibrie" not in text_of(logbook)
    assert not asks_before_closing(logbook)


@pytest.mark.parametrize("way", ["the link", "Shift"])
def test_the_exit_is_not_held_up(logbook: Page, server: str, way: str) -> None:
    """With a logbook that is not saved the exit leaves at once, and asks nothing."""
    dialogs: list[str] = []
    logbook.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    logbook.locator("wegwijs-chat").evaluate(
        "(chat, url) => chat.setAttribute('exit-url', url)", f"{server}/veiligheid"
    )
    write_down(logbook)
    assert asks_before_closing(logbook)
    if way == "the link":
        logbook.locator(".exit").click()
    else:
        for _ in range(3):
            logbook.keyboard.press("Shift")
    logbook.wait_for_url("**/veiligheid")
    assert dialogs == []


def test_the_page_asks_before_it_closes_while_something_is_not_saved(logbook: Page) -> None:
    """From the first letter until there is a file of it, and again after every change."""
    assert not asks_before_closing(logbook)
    button(logbook, "Schrijf iets op").click()
    assert not asks_before_closing(logbook)
    logbook.locator("#logbook-what").fill("x")
    assert asks_before_closing(logbook)
    button(logbook, "Stop").click()
    assert not asks_before_closing(logbook)
    write_down(logbook)
    assert asks_before_closing(logbook)
    saved(logbook)
    assert not asks_before_closing(logbook)
    write_down(logbook)
    with logbook.expect_event("dialog", lambda dialog: dialog.type == "beforeunload") as asked:
        logbook.once("dialog", lambda dialog: dialog.dismiss())
        logbook.evaluate("location.assign('/veiligheid')")
    assert asked.value.type == "beforeunload"
    expect(logbook.locator("article.entry")).to_have_count(2)


def test_who_calls_for_help_is_not_asked(logbook: Page) -> None:
    """A number can be called from the form at once, though to a browser that is leaving the page."""
    dialogs: list[str] = []
    logbook.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    button(logbook, "Schrijf iets op").click()
    logbook.locator("#logbook-what").fill("x")
    with logbook.expect_event("requestfailed", lambda request: request.url.startswith("tel:")):
        logbook.locator("form .phone.way").first.click()
    assert dialogs == []


def test_who_comes_back_to_the_page_finds_nothing(logbook: Page) -> None:
    """The logbook ends when the page is left, also when the browser keeps the page for who goes back to it."""
    write_down(logbook, what="kolibrie")
    logbook.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert "kolibrie" not in text_of(logbook)
    assert not asks_before_closing(logbook)
