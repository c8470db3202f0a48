"""Leaving in a hurry: by the button, by Shift, without the code, without a network; and nothing stays behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import needs_chromium, open_chat, say
from tests.chat import call
from tests.site import Site

pytestmark = needs_chromium


@pytest.fixture
def weather(site: Site) -> str:
    """A page that says nothing about anybody."""
    return site.page("/weather", "<h1>Het weer</h1>")


def by_the_button(page: Page) -> None:
    """Click it."""
    page.locator(".exit").click()


def by_shift(page: Page) -> None:
    """Press Shift three times, with the cursor in the text."""
    page.locator(".box").focus()
    for _ in range(3):
        page.keyboard.press("Shift")


def by_enter(page: Page) -> None:
    """Go to it with the Tab key and press Enter."""
    page.locator(".exit").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("go", [by_the_button, by_shift, by_enter])
def test_nothing_stays_behind(page: Page, weather: str, go: Callable[[Page], None]) -> None:
    """The other page takes the place in the history, the storage is empty, and the server knows the session no more."""
    start = page.url
    page.locator("wegwijs-chat").evaluate("(chat, url) => chat.setAttribute('exit-url', url)", weather)
    with page.expect_response("**/webhooks/webchat/sessions") as begun:
        open_chat(page)
    token = begun.value.json()["session"]
    say(page, "ik word gepest en niemand mag het zien")
    before = page.evaluate("history.length")
    with page.expect_request(lambda request: request.method == "DELETE"):
        go(page)
    page.wait_for_url(weather)
    assert page.evaluate("history.length") == before
    page.go_back()
    assert start not in page.url
    page.goto(start)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    open_chat(page)
    assert "gaat verder" not in page.locator(".log").inner_text()
    server = start.rstrip("/")
    assert call(f"{server}/webhooks/webchat/messages", "POST", b'{"text": "hallo"}', token).status == 401


def test_the_page_is_empty_before_the_other_one_is_there(page: Page) -> None:
    """However long the other page takes, nothing is to be seen any more."""
    page.route("https://www.wikipedia.org/", lambda route: None)  # never answered
    open_chat(page)
    say(page, "ik word gepest")
    left = (
        "chat => { chat.shadowRoot.querySelector('.exit').click(); return document.documentElement.childNodes.length }"
    )
    assert page.locator("wegwijs-chat").evaluate(left) == 0


def test_it_works_without_a_network(page: Page) -> None:
    """Without a network the chat is gone all the same."""
    open_chat(page)
    say(page, "ik word gepest")
    page.context.set_offline(True)
    page.locator(".exit").click(no_wait_after=True)
    expect(page.locator("wegwijs-chat")).to_have_count(0)


def test_it_works_before_the_code_is_there(page: Page, server: str) -> None:
    """The page of the chat has a way out when the code of the widget never comes."""
    page.route("**/widget/*.js", lambda route: route.abort())
    page.goto(f"{server}/chat")
    link = page.get_by_role("link", name="Snel weg")
    expect(link).to_be_visible()
    assert link.get_attribute("href") == "https://www.wikipedia.org/"
    page.keyboard.press("Tab")
    expect(link).to_be_focused()


def test_the_way_out_comes_first(page: Page) -> None:
    """In the chat it is the first thing that the Tab key reaches."""
    open_chat(page)
    first = (
        "document.querySelector('wegwijs-chat').shadowRoot.querySelector('.panel').querySelector('a, button').className"
    )
    assert page.evaluate(first) == "exit"


def test_capitals_do_not_leave(page: Page) -> None:
    """Who types capital letters, selects with Shift, or presses it now and then, stays."""
    open_chat(page)
    page.locator(".box").focus()
    for letter in "HELP MIJ":
        page.keyboard.press(f"Shift+{letter}" if letter != " " else "Space")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.locator(".status")).to_contain_text("Nog 1 keer Shift")
    expect(page.locator(".box")).to_have_value("HELP MIJa")


def test_an_address_of_a_script_is_no_way_out(page: Page) -> None:
    """A wrong exit-url leads to the page that Wegwijs has for it."""
    page.route("https://www.wikipedia.org/", lambda route: route.fulfill(body="encyclopedie"))
    page.locator("wegwijs-chat").evaluate("chat => chat.setAttribute('exit-url', 'javascript:alert(1)')")
    open_chat(page)
    page.locator(".exit").click()
    page.wait_for_url("https://www.wikipedia.org/")


def test_it_is_said_what_a_page_cannot_wipe(page: Page) -> None:
    """Behind "Meer" it says plainly that the browser and the network may remember the visit."""
    open_chat(page)
    page.locator(".more").click()
    page.get_by_role("button", name="Wat blijft er achter?").click()
    text = page.get_by_role("region", name="Wat blijft er achter?")
    expect(text).to_contain_text("geschiedenis")
    expect(text).to_contain_text("wifi")
    page.keyboard.press("Escape")
    expect(page.locator(".log")).to_be_visible()


def test_it_works_when_wiping_breaks(page: Page, weather: str) -> None:
    """Whatever fails while the conversation is wiped, the page is left."""
    page.locator("wegwijs-chat").evaluate("(chat, url) => chat.setAttribute('exit-url', url)", weather)
    open_chat(page)
    page.evaluate("() => { window.fetch = () => { throw new Error('broken on purpose') } }")
    page.locator(".exit").click()
    page.wait_for_url(weather)
