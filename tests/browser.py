"""What the tests in a browser share, beside the fixtures of conftest.py."""

import shutil

import pytest
from playwright.sync_api import Page, expect

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


def open_chat(page: Page) -> None:
    """Open the panel and wait for the welcome."""
    page.locator(".launcher").click()
    expect(page.locator(".message.bot")).to_have_count(1)


def say(page: Page, text: str) -> None:
    """Type a text and wait for the answer."""
    before = page.locator(".message.bot").count()
    page.locator(".box").fill(text)
    page.locator(".box").press("Enter")
    expect(page.locator(".message.bot")).to_have_count(before + 1)
