"""What the tests in a browser share, beside the fixtures of conftest.py."""

import shutil

import pytest
from playwright.sync_api import Page, Route, expect

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt install chromium")

# Without these a browser in a closed network looks up its maker's hosts at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What axe looks for.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def listen(page: Page) -> Page:
    """Keep what a page asks for, and what it complains about."""
    page.requested, page.complaints = [], []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.requested.append(request.url))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda line: line.type == "error" and page.complaints.append(line.text))  # type: ignore[attr-defined]
    return page


def know(page: Page, **opening: str) -> None:
    """Tell the widget what the page knows of the person, as its attributes."""
    for name, value in opening.items():
        attribute = "audience" if name == "role" else name
        page.locator("wegwijs-chat").evaluate(
            "(chat, [name, value]) => chat.setAttribute(name, value)", [attribute, value]
        )


def open_chat(page: Page, messages: int = 1) -> None:
    """Open the panel and wait for the welcome."""
    page.locator(".launcher").click()
    expect(page.locator(".message.bot:not(.notice)")).to_have_count(messages)


def say(page: Page, text: str) -> None:
    """Type a text and wait for the answer."""
    before = page.locator(".message.bot").count()
    page.locator(".box").fill(text)
    page.locator(".box").press("Enter")
    expect(page.locator(".message.bot")).to_have_count(before + 1)


def hold_back(page: Page) -> list[Route]:
    """Let no message through; the test sends on what is in the list."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/webhooks/webchat/messages", hold)
    return waiting


def say_to_nobody(page: Page, text: str) -> None:
    """Type a text while the connection is broken, and wait until that is said."""
    page.route("**/webhooks/**", lambda route: route.abort())
    page.locator(".box").fill(text)
    page.locator(".box").press("Enter")
    expect(page.locator(".notice")).to_be_visible()


def walk_to_a_sheet(page: Page) -> None:
    """From the opened chat to the list of proof that is filled in."""
    say(page, "help me bewijs verzamelen")
    while page.locator(".choice[data-id='next_step']:enabled").count():
        before = page.locator(".message.bot").count()
        page.locator(".choice[data-id='next_step']:enabled").click()
        expect(page.locator(".message.bot")).to_have_count(before + 1)
    expect(page.locator(".sheet")).to_be_visible()
