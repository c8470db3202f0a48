"""The widget in a real browser, on the page that stands for a school site."""

import re
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import know, needs_chromium, open_chat, say, say_to_nobody, walk_to_a_sheet
from tests.chat import call
from tests.scenario import FILES, check
from wegwijs.files import read_yaml

pytestmark = needs_chromium


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_typed_in_the_browser(file: Path, page: Page) -> None:
    """Every scenario goes in the browser as it does over HTTP, typed and clicked, without a complaint of the page."""
    scenario = read_yaml(file)
    know(page, **scenario.get("opening", {}))
    open_chat(page)
    for turn in scenario["turns"]:
        with page.expect_response("**/webhooks/webchat/messages") as response:
            if "choose" in turn:
                page.locator(f".choice[data-id='{turn['choose']}']:enabled").click()
            else:
                page.locator(".box").fill(turn["say"])
                page.locator(".box").press("Enter")
        messages = response.value.json()["messages"]
        check(turn, messages)
        shown = messages[-1]["blocks"][0]
        expect(page.locator(".message.bot").last).to_contain_text(shown.get("text") or shown["items"][0])
        expect(page.locator(".send")).to_be_enabled()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_child_is_helped(page: Page) -> None:
    """Open, tell, get tips with a line to call and quick replies, choose one, get more."""
    open_chat(page)
    say(page, "ik zit in de brugklas en ze hebben me uit de groepsapp gegooid")
    answer = page.locator(".message.bot").last
    expect(answer).to_contain_text("Vertel het aan iemand die je vertrouwt")
    expect(page.locator(".contact .way.phone").last).to_have_attribute("href", "tel:08000432")
    page.locator(".choice[data-id=more_tips]").last.click()
    expect(page.locator(".message.bot")).to_have_count(3)
    assert page.complaints == []  # type: ignore[attr-defined]


def test_danger_stands_out_and_112_can_be_tapped(page: Page) -> None:
    """The alert is there in words, not in colour alone, and its first line holds a number to tap."""
    open_chat(page)
    say(page, "er staat nu iemand voor de deur die mij wil slaan")
    alert = page.locator(".message.alert.emergency")
    expect(alert.locator(".badge")).to_contain_text("Nu hulp")
    expect(alert.locator("a[href='tel:112']").first).to_be_visible()


def test_a_teacher_gets_steps(page: Page) -> None:
    """The six steps come as a numbered list, with the source folded beneath."""
    open_chat(page)
    say(page, "ik ben mentor van 2 havo, wat zijn de zes stappen na een melding van pesten?")
    expect(page.locator(".message.bot").last.locator("ol > li")).to_have_count(6)
    expect(page.locator(".sources").last).to_contain_text("Anti-pestprotocol")


def test_what_is_typed_never_becomes_markup(page: Page) -> None:
    """A text with HTML is shown as it was typed and starts nothing."""
    open_chat(page)
    say(page, "<img src=x onerror=alert(1)> <b>vet</b>")
    expect(page.locator(".message.own").last).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".message img, .message b").count() == 0


def test_the_keyboard_is_enough(page: Page) -> None:
    """Open with Enter, type, send, and close with Escape; focus comes back to the launcher."""
    page.locator(".launcher").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".box")).to_be_focused()
    expect(page.locator(".message.bot")).to_have_count(1)
    page.keyboard.type("hallo")
    page.keyboard.press("Enter")
    expect(page.locator(".message.bot")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.locator(".launcher")).to_be_focused()


def test_a_phone_shows_the_chat_in_full(page: Page) -> None:
    """At 320 pixels nothing sticks out sideways and everything can be reached."""
    page.set_viewport_size({"width": 320, "height": 568})
    open_chat(page)
    say(page, "wat kan ik doen tegen pesten op school?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box = page.locator(".send").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] + box["height"] <= 568


def test_wiping_leaves_nothing(page: Page) -> None:
    """After "wis alles" the words are gone from the page and the session from the server."""
    open_chat(page)
    say(page, "mijn geheime woord is kolibrie")
    with page.expect_response(lambda response: response.request.method == "DELETE") as deleted:
        page.locator(".wipe").click()
    assert deleted.value.status == 204
    assert "kolibrie" not in page.evaluate("document.querySelector('wegwijs-chat').shadowRoot.textContent")


def test_no_traces_and_no_third_parties(page: Page, server: str) -> None:
    """No cookie, nothing stored, and not one request to another site."""
    open_chat(page)
    say(page, "hallo")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.requested  # type: ignore[attr-defined]
    assert all(url.startswith(server) for url in page.requested)  # type: ignore[attr-defined]


def test_an_ended_conversation_shows_the_helplines(page: Page) -> None:
    """Who types into a conversation that has ended reads whom to call, and keeps what was typed."""
    open_chat(page)
    ended = {"error": {"code": "unknown_session", "message": "Dit gesprek is gestopt."}}
    page.route("**/webhooks/webchat/messages", lambda route: route.fulfill(status=401, json=ended))
    page.locator(".box").fill("hij staat voor de deur")
    page.locator(".box").press("Enter")
    expect(page.locator(".log")).to_contain_text("Dit gesprek is gestopt.")
    expect(page.locator(".notice .way.phone").first).to_have_attribute("href", "tel:112")
    expect(page.locator(".box")).to_have_value("hij staat voor de deur")


def test_when_the_server_is_away_the_helplines_are_there(page: Page) -> None:
    """Somebody who cannot reach the server reads whom to call, and keeps what was typed."""
    open_chat(page)
    say_to_nobody(page, "ze hebben mij geslagen")
    expect(page.locator(".log")).to_contain_text("112")
    expect(page.locator(".box")).to_have_value("ze hebben mij geslagen")


def test_a_sheet_is_filled_in_and_copied_without_a_request(page: Page) -> None:
    """The words of a list of proof make a text that can be copied, and none of them leaves the browser."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_chat(page)
    walk_to_a_sheet(page)
    asked = len(page.requested)  # type: ignore[attr-defined]
    page.locator(".sheet .field").first.fill("ze zetten een filmpje online")
    expect(page.locator(".sheet .result")).to_have_value(re.compile("ze zetten een filmpje online"))
    page.locator(".sheet .choice").first.click()
    expect(page.locator(".sheet .copied")).to_have_text("Gekopieerd.")
    assert "ze zetten een filmpje online" in page.evaluate("navigator.clipboard.readText()")
    assert len(page.requested) == asked  # type: ignore[attr-defined]
    assert not page.complaints  # type: ignore[attr-defined]


def test_a_teacher_takes_the_dates_and_prints_the_steps(page: Page) -> None:
    """A guide gives dates of a chosen day that a calendar reads, and a page with all its steps."""
    know(page, role="teacher", country="nl")
    open_chat(page)
    say(page, "wat zijn de zes stappen na een melding van pesten?")
    page.locator(".choice[data-id='start_six_steps']:enabled").click()
    with page.expect_popup() as printed:
        page.locator(".page").last.click()
    expect(printed.value.locator("h1")).to_have_text("Zes stappen na een melding")
    page.locator(".choice[data-id='six_steps.where.together']:enabled").click()
    page.locator(".agenda .day").fill("2026-12-01")
    with page.expect_download() as download:
        page.locator(".agenda .file").click()
    events = icalendar.Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert str(events[0]["DTSTART"].dt) == "2026-12-03"
    assert not page.complaints  # type: ignore[attr-defined]


def in_the_middle_of_a_guide(page: Page) -> None:
    """A child that is at the first step of a list of proof."""
    open_chat(page)
    say(page, "help me bewijs verzamelen")
    expect(page.locator(".choice[data-id='next_step']:enabled")).to_be_visible()


def test_a_reload_goes_on_where_it_was(page: Page) -> None:
    """The chat is closed after it; opened again it says so, shows the last answer, and its quick replies work."""
    in_the_middle_of_a_guide(page)
    before = page.locator(".message.bot").last.inner_text()
    page.reload()
    expect(page.locator(".panel")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0
    page.locator(".launcher").click()
    expect(page.locator(".message.bot")).to_have_count(2)
    expect(page.locator(".message.bot").first).to_contain_text("gaat verder")
    assert page.locator(".message.bot").last.inner_text() == before
    assert "help me bewijs" not in page.evaluate("document.querySelector('wegwijs-chat').shadowRoot.textContent")
    page.locator(".choice[data-id='next_step']").click()
    expect(page.locator(".message.bot")).to_have_count(3)
    assert not page.complaints  # type: ignore[attr-defined]


def test_who_opens_the_tab_later_finds_nothing(page: Page) -> None:
    """A minute after the page was left its conversation is not taken up any more."""
    in_the_middle_of_a_guide(page)
    page.add_init_script("const before = Date.now; Date.now = () => before() + 61_000")
    page.reload()
    open_chat(page)
    assert "gaat verder" not in page.locator(".log").inner_text()
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("way", ["refused", "cut off"])
def test_what_cannot_be_wiped_now_is_wiped_soon(page: Page, server: str, way: str) -> None:
    """When the server cannot forget a conversation at once, the chat asks it again, and nobody has to wait for that."""
    failed: list[Route] = []

    def fail_first(route: Route) -> None:
        if route.request.method != "DELETE" or failed:
            return route.continue_()
        failed.append(route)
        return route.fulfill(status=500) if way == "refused" else route.abort()

    page.route("**/webhooks/webchat/sessions", fail_first)
    with page.expect_response("**/webhooks/webchat/sessions") as begun:
        open_chat(page)
    with page.expect_response(lambda response: response.request.method == "DELETE" and response.ok):
        page.locator(".wipe").click()
        expect(page.locator(".launcher")).to_be_visible()
    assert failed
    assert call(f"{server}/webhooks/webchat/sessions", token=begun.value.json()["session"]).status == 401


def test_a_wiped_conversation_is_not_taken_up(page: Page) -> None:
    """After "wis alles" a reload begins anew."""
    in_the_middle_of_a_guide(page)
    page.locator(".wipe").click()
    page.reload()
    open_chat(page)
    assert "gaat verder" not in page.locator(".log").inner_text()


def test_a_conversation_that_ended_in_the_meantime_begins_anew(page: Page) -> None:
    """When the server has forgotten the session, a reload brings the welcome and no error."""
    in_the_middle_of_a_guide(page)
    gone = {"error": {"code": "unknown_session", "message": "Dit gesprek is gestopt."}}
    page.route(
        "**/webhooks/webchat/sessions",
        lambda route: route.fulfill(status=401, json=gone) if route.request.method == "GET" else route.continue_(),
    )
    page.reload()
    open_chat(page)
    assert "gestopt" not in page.locator(".log").inner_text()
    say(page, "hallo")
