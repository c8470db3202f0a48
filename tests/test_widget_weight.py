"""What the chat costs the page that shows it: kilobytes, requests, and whether the page jumps."""

from playwright.sync_api import Browser, Page

from tests.browser import needs_chromium, open_chat, say
from tests.chat import call

pytestmark = needs_chromium

# Of all that is needed to open the chat and talk; rasa-webchat has 715 kB before compression.
MOST_COMPRESSED, MOST_RAW = 12 * 1024, 35_000
# Of the page around it.
NOT_OURS = ("school.css", "regenboog.svg")


def test_the_chat_is_light(browser: Browser, server: str) -> None:
    """At most 12 kB go over the line, in a handful of files, and none of them is asked for twice."""
    page = browser.new_context().new_page()
    fetched = []
    page.on("requestfinished", lambda request: "/widget/" in request.url and fetched.append(request))
    page.goto(server)
    open_chat(page)
    say(page, "ik word gepest op school")
    ours = [one for one in fetched if not one.url.endswith(NOT_OURS)]
    names = [one.url.rsplit("/", 1)[1] for one in ours]
    assert len(names) == len(set(names))
    compressed = sum(one.sizes()["responseBodySize"] for one in ours)
    raw = sum(len(one.response().body()) for one in ours)
    print(f"{compressed} bytes compressed, {raw} raw: {', '.join(names)}")
    assert 0 < compressed <= MOST_COMPRESSED
    assert raw <= MOST_RAW
    page.context.close()


def test_what_is_rarely_used_comes_later(page: Page) -> None:
    """Forms, agenda, tools and documents are fetched when somebody opens them."""
    open_chat(page)
    say(page, "hallo")
    names = {url.rsplit("/", 1)[1] for url in page.requested}  # type: ignore[attr-defined]
    assert not names & {"sheet.js", "agenda.js", "tools.js", "document.js", "logbook.js"}
    page.locator(".more").click()
    page.locator(".tools .choice").first.wait_for()
    assert "tools.js" in {url.rsplit("/", 1)[1] for url in page.requested}  # type: ignore[attr-defined]


def test_the_page_does_not_jump(page: Page, server: str) -> None:
    """Loading, opening and talking shift nothing of the page."""
    page.add_init_script("""
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value)))
        .observe({ type: "layout-shift", buffered: true });
    """)
    page.goto(server)
    open_chat(page)
    say(page, "hallo")
    assert sum(page.evaluate("window.shifts")) == 0


def test_a_file_that_is_known_is_not_sent_again(server: str) -> None:
    """A browser that has it is told so; one that cannot unpack gets it plain."""
    first = call(f"{server}/widget/chat.js")
    tag = {name.lower(): value for name, value in first.headers.items()}["etag"]
    assert call(f"{server}/widget/chat.js", headers={"If-None-Match": tag}).status == 304
    assert "class WegwijsChat" in first.body
    assert "Opening and closing" not in first.body, "comments stay here"


def test_only_files_of_the_widget_are_sent(server: str) -> None:
    """No other file of the machine can be had by its path."""
    for name in ("../pyproject.toml", "..%2fpyproject.toml", "%2e%2e/labels.yml", "nothing.js", ""):
        assert call(f"{server}/widget/{name}").status in (400, 404), name
