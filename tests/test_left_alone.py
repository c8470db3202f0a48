"""A screen that somebody leaves alone: what was said is not there for whoever takes the phone later."""

from playwright.sync_api import Page, expect

from tests.browser import needs_chromium, open_chat, say
from tests.logbook import button, open_logbook, text_of, write_down

pytestmark = needs_chromium

SECRET = "mijn geheime woord is kolibrie"


def tell(page: Page, server: str) -> None:
    """Say something, on a page of which a test moves the clock."""
    page.clock.install()
    page.goto(server)
    open_chat(page)
    say(page, SECRET)


def let_half_an_hour_go_by(page: Page) -> None:
    """Move the clock, by way of the moment at which the end is told of."""
    page.clock.fast_forward("25:01")
    page.clock.fast_forward("05:00")


def test_nothing_said_is_left_on_an_open_chat(page: Page, server: str) -> None:
    """When the server forgets, so does the screen; it says that the talk has ended, and how to begin again."""
    tell(page, server)
    let_half_an_hour_go_by(page)
    expect(page.locator(".notice")).to_contain_text("Dit gesprek is gestopt")
    assert "kolibrie" not in text_of(page)
    page.locator(".notice .choice").click()
    expect(page.locator(".message.bot:not(.notice)")).to_have_count(1)
    assert not page.complaints  # type: ignore[attr-defined]


def test_nothing_said_is_left_behind_a_closed_chat(page: Page, server: str) -> None:
    """Whoever opens it later meets the welcome."""
    tell(page, server)
    page.locator(".close").click()
    let_half_an_hour_go_by(page)
    assert "kolibrie" not in text_of(page)
    open_chat(page)
    assert "kolibrie" not in text_of(page)


def test_a_phone_that_slept_is_empty_when_it_wakes(page: Page, server: str) -> None:
    """No timer runs while it sleeps, so the time is looked at when the page is seen again."""
    page.goto(server)
    open_chat(page)
    say(page, SECRET)
    page.evaluate("() => { const before = Date.now; Date.now = () => before() + 31 * 60_000 }")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".notice")).to_contain_text("Dit gesprek is gestopt")
    assert "kolibrie" not in text_of(page)


def test_what_is_being_written_stays(page: Page, server: str) -> None:
    """Neither a half message nor the logbook goes with the talk: nobody else has them."""
    tell(page, server)
    page.locator(".box").fill("half getypt")
    open_logbook(page)
    write_down(page, what="ze scholden mij uit")
    let_half_an_hour_go_by(page)
    expect(page.locator("article.entry")).to_contain_text("ze scholden mij uit")
    button(page, "Terug naar het gesprek").click()
    expect(page.locator(".box")).to_have_value("half getypt")
    assert "kolibrie" not in text_of(page)


def test_what_was_being_read_goes_with_the_talk(page: Page, server: str) -> None:
    """The tips as a text are what was answered: they tell what was asked."""
    tell(page, server)
    page.locator(".more").click()
    button(page, "Bewaar of print de tips").click()
    expect(page.locator(".document")).to_be_visible()
    let_half_an_hour_go_by(page)
    expect(page.locator(".notice")).to_contain_text("Dit gesprek is gestopt")
    assert page.locator(".document").count() == 0


def test_a_minute_does_not_begin_anew_with_each_page(page: Page) -> None:
    """Who goes from page to page without opening the chat can go on for a minute, and not for as long as that lasts."""
    page.add_init_script("const before = Date.now, later = Number(window.name || 0); Date.now = () => before() + later")
    page.reload()
    open_chat(page)
    say(page, SECRET)
    for milliseconds in ("40_000", "80_000"):
        page.evaluate(f"window.name = String({milliseconds})")
        page.reload()
    open_chat(page)
    assert "gaat verder" not in page.locator(".log").inner_text()


def test_a_chat_that_stays_closed_for_a_minute_begins_anew(page: Page, server: str) -> None:
    """Later on the same page nobody can go on with it, and the server forgets it at once."""
    tell(page, server)
    page.reload()
    expect(page.locator(".launcher")).to_be_visible()
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.clock.fast_forward("01:01")
    open_chat(page)
    assert "gaat verder" not in page.locator(".log").inner_text()


def test_closing_ends_the_voice(page: Page) -> None:
    """What is being read aloud is not read on by a phone whose chat looks closed."""
    open_chat(page)
    page.evaluate("speechSynthesis.cancel = () => (window.silent = true)")
    page.locator(".close").click()
    assert page.evaluate("window.silent")
