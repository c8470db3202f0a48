"""When something stops in the middle of a talk: the connection, the server, the time, or the reading."""

import os
import signal
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import hold_back, needs_chromium, open_chat, say, say_to_nobody, walk_to_a_sheet
from tests.chat import call
from tests.running import free_port, running

pytestmark = needs_chromium


def test_the_server_is_killed_and_comes_back(browser: Browser, model: Path, tmp_path: Path) -> None:
    """While it is away the helplines are there and the text stays; after it, sending once more is enough."""
    port = free_port()
    page = browser.new_context(locale="nl-NL").new_page()
    with running(tmp_path / "first", port) as (address, process):
        page.goto(address)
        open_chat(page)
        say(page, "ik word gepest op school")
        os.kill(process, signal.SIGKILL)
    page.locator(".box").fill("en nu staat hij voor de deur met een mes")
    page.locator(".box").press("Enter")
    expect(page.locator(".notice .way.phone").first).to_have_attribute("href", "tel:112")
    expect(page.locator(".box")).to_have_value("en nu staat hij voor de deur met een mes")
    with running(tmp_path / "second", port):
        page.locator(".box").press("Enter")
        expect(page.locator(".message.alert.emergency")).to_be_visible()
        expect(page.locator(".log")).to_contain_text("begint opnieuw")
        expect(page.locator(".notice")).to_have_count(0)
        expect(page.locator(".own p").last).to_have_text("en nu staat hij voor de deur met een mes")
        say(page, "dank je")
    page.context.close()


def test_a_broken_connection_loses_and_doubles_nothing(page: Page) -> None:
    """What could not be sent stands in the box; sent again it stands in the talk once."""
    open_chat(page)
    say_to_nobody(page, "ze schelden mij uit")
    assert page.locator(".own").count() == 0
    page.unroute_all()
    page.locator(".box").press("Enter")
    expect(page.locator(".message.bot")).to_have_count(2)
    assert page.locator(".own").count() == 1
    assert page.locator(".notice").count() == 0


def test_a_quick_reply_works_again_after_a_broken_connection(page: Page) -> None:
    """A choice that could not be sent can be made once more."""
    open_chat(page)
    say(page, "ik word gepest")
    choice = page.locator(".choice:enabled").first
    page.route("**/webhooks/webchat/messages", lambda route: route.abort())
    choice.click()
    expect(page.locator(".notice")).to_be_visible()
    page.unroute_all()
    choice.click()
    expect(page.locator(".message.bot:not(.notice)")).to_have_count(3)


def test_a_forgotten_conversation_goes_on_by_itself(page: Page) -> None:
    """When the server has lost the session, what was typed is answered in a new one, and that is said."""
    open_chat(page)
    say(page, "hallo")
    gone = {"error": {"code": "unknown_session", "message": "Dit gesprek is gestopt."}}
    page.route("**/webhooks/webchat/messages", lambda route: route.fulfill(status=401, json=gone), times=1)
    page.locator(".box").fill("ik word gepest")
    page.locator(".box").press("Enter")
    expect(page.locator(".message.bot")).to_have_count(5)
    expect(page.locator(".log")).to_contain_text("begint opnieuw")
    assert page.locator(".own").count() == 2


def test_a_slow_answer_is_announced(page: Page) -> None:
    """Who waits reads that Wegwijs writes, until the answer is there; meanwhile one can go on typing."""
    open_chat(page)
    waiting = hold_back(page)
    page.locator(".box").fill("hallo")
    page.locator(".box").press("Enter")
    expect(page.locator(".status")).to_have_text("Wegwijs schrijft…")
    page.locator(".box").fill("nog iets")
    waiting[0].continue_()
    expect(page.locator(".status")).to_have_text("")
    expect(page.locator(".box")).to_have_value("nog iets")


def test_an_answer_to_a_closed_chat_is_counted(page: Page) -> None:
    """The button says that there is a message, until the chat is opened; what was typed is still there."""
    open_chat(page)
    waiting = hold_back(page)
    page.locator(".box").fill("hallo")
    page.locator(".box").press("Enter")
    page.locator(".box").fill("half getypt")
    page.locator(".close").click()
    waiting[0].continue_()
    expect(page.locator(".launcher .unread")).to_have_text("1 nieuw bericht")
    page.locator(".launcher").click()
    expect(page.locator(".message.bot")).to_have_count(2)
    expect(page.locator(".box")).to_have_value("half getypt")
    page.locator(".close").click()
    assert page.locator(".launcher .unread").count() == 0


def test_who_waits_long_is_warned_and_can_stay(page: Page, server: str) -> None:
    """Five minutes before the conversation ends it says so, with a way to go on."""
    page.clock.install()
    page.goto(server)
    open_chat(page)
    page.clock.fast_forward("25:01")
    expect(page.locator(".notice")).to_contain_text("Binnen 5 minuten")
    with page.expect_request(lambda request: request.method == "GET" and request.url.endswith("/sessions")):
        page.locator(".notice .choice").click()
    expect(page.locator(".notice")).to_have_count(0)
    page.clock.fast_forward("25:01")
    expect(page.locator(".notice")).to_contain_text("Binnen 5 minuten")


def test_who_cannot_stay_now_can_try_again(page: Page, server: str) -> None:
    """When asking for more time fails, trying again asks for more time, and not only takes the sentence away."""
    page.clock.install()
    page.goto(server)
    open_chat(page)
    page.clock.fast_forward("25:01")
    page.route("**/webhooks/webchat/sessions", lambda route: route.abort())
    page.locator(".notice .choice").click()
    expect(page.locator(".notice")).to_contain_text("werkt nu even niet")
    page.unroute_all()
    with page.expect_response(lambda response: response.request.method == "GET" and response.ok):
        page.locator(".notice .choice").click()
    expect(page.locator(".notice")).to_have_count(0)


def test_the_new_welcome_can_be_used_when_sending_again_fails(page: Page, server: str) -> None:
    """The server has ended the talk, and the connection breaks after it has begun another: its quick replies work."""
    with page.expect_response("**/webhooks/webchat/sessions") as begun:
        open_chat(page)
    assert call(f"{server}/webhooks/webchat/sessions", "DELETE", token=begun.value.json()["session"]).status == 204
    sent: list[Route] = []

    def fail_the_second(route: Route) -> None:
        sent.append(route)
        route.continue_() if len(sent) == 1 else route.abort()

    page.route("**/webhooks/webchat/messages", fail_the_second)
    page.locator(".box").fill("ik word gepest")
    page.locator(".box").press("Enter")
    expect(page.locator(".notice")).to_be_visible()
    page.unroute_all()
    page.locator(".message.bot:not(.notice) .choice:enabled").last.click()
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator(".own")).to_have_count(1)


def test_a_tool_that_does_not_load_says_so(page: Page) -> None:
    """On a bad connection the button "Meer" does something all the same."""
    open_chat(page)
    page.route("**/tools.js", lambda route: route.abort())
    page.locator(".more").click()
    expect(page.locator(".status")).to_contain_text("laadt nu niet")


def test_a_style_sheet_that_does_not_come_hides_nothing(page: Page, server: str) -> None:
    """After some seconds the chat is there without its looks."""
    page.route("**/wegwijs.css", lambda route: None)
    page.goto(server, wait_until="commit")
    expect(page.locator(".launcher")).to_be_visible(timeout=10_000)


def test_a_letter_can_be_kept_after_the_next_message(page: Page) -> None:
    """Its buttons are no quick replies, which work until the next answer only."""
    open_chat(page)
    walk_to_a_sheet(page)
    say(page, "dank je")
    expect(page.locator(".sheet ~ .keep .choice, .sheet .keep .choice").first).to_be_enabled()


def test_messages_stay_in_order(page: Page) -> None:
    """Ten messages one after another stand in the log as they were typed, each with its answer after it."""
    open_chat(page)
    for number in range(10):
        say(page, f"bericht nummer {number} over pesten op school")
    order = page.locator(".message").evaluate_all("all => all.map((one) => one.classList.contains('own'))")
    assert order == [False, *[True, False] * 10]
    typed = page.locator(".own p").all_inner_texts()
    assert typed == [f"bericht nummer {number} over pesten op school" for number in range(10)]


def test_a_danger_answer_is_not_hidden_behind_a_document(page: Page) -> None:
    """Who opened something else meanwhile sees the alert; an ordinary answer is told of, and waits."""
    open_chat(page)
    held = hold_back(page)
    for text in ("wat is pesten?", "er staat nu iemand voor de deur die mij wil slaan"):
        page.locator(".box").fill(text)
        page.locator(".box").press("Enter")
        page.locator(".more").click()
        page.get_by_role("button", name="Wat blijft er achter?").click()
        expect(page.locator(".document")).to_be_visible()
        held.pop().continue_()
        if "deur" in text:
            break
        expect(page.locator(".back .unread")).to_have_text("1 nieuw bericht")
        page.locator(".back").click()
        expect(page.locator(".message.bot").last).to_be_visible()
    expect(page.locator(".message.alert.emergency")).to_be_visible()
    expect(page.locator(".message.alert.emergency")).to_be_focused()  # and read out
    expect(page.locator(".document")).to_be_hidden()


def test_a_page_that_the_browser_keeps_is_emptied(page: Page) -> None:
    """Who goes back to a page from memory sees nothing until the chat is opened, and none of the own words."""
    open_chat(page)
    say(page, "mijn geheime woord is kolibrie")
    page.locator(".box").fill("half getypt")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    inside = "document.querySelector('wegwijs-chat').shadowRoot"
    assert page.evaluate(f"{inside}.querySelector('.log').childElementCount") == 0
    assert page.evaluate(f"{inside}.querySelector('.box').value") == ""
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator(".panel")).to_be_hidden()
    page.locator(".launcher").click()
    expect(page.locator(".message.bot")).to_have_count(2)
    expect(page.locator(".message.bot").first).to_contain_text("gaat verder")
    assert "kolibrie" not in page.locator(".log").inner_text()


def test_an_answer_that_got_lost_is_not_asked_for_twice(page: Page) -> None:
    """When the message came through and only its answer did not, sending it again brings that answer."""
    open_chat(page)
    answers = []

    def lose(route: Route) -> None:
        answers.append(route.fetch().json())
        route.abort()

    page.route("**/webhooks/webchat/messages", lose, times=1)
    page.locator(".box").fill("ik word gepest op school")
    page.locator(".box").press("Enter")
    expect(page.locator(".notice")).to_be_visible()
    with page.expect_response("**/webhooks/webchat/messages") as again:
        page.locator(".box").press("Enter")
    assert again.value.json() == answers[0]
    with page.expect_response("**/webhooks/webchat/messages") as other:
        page.locator(".box").fill("ik word gepest op school")
        page.locator(".box").press("Enter")
    assert other.value.json() != answers[0]
