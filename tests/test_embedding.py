"""The chat on pages of others: other addresses, a strict policy, hostile styles, no scripts, a server that is away."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import listen, needs_chromium, open_chat, say
from tests.chat import call
from tests.running import free_port
from tests.site import Site, serving

pytestmark = needs_chromium

# Whatever a page does to elements, it does to everything.
HOSTILE = """
* { all: unset !important; display: block !important; color: red !important; font: 60px fantasy !important;
    position: static !important; float: left !important; visibility: hidden !important; }
*::before { content: "!" !important; }
div, button, section { display: none !important; }
"""


def policy(server: str) -> str:
    """What a careful web master allows: only this."""
    return (
        f"default-src 'none'; script-src {server}; style-src {server}; connect-src {server}; "
        "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"
    )


def tag(server: str, **data: str) -> str:
    """The one line of the guide."""
    attributes = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<script type="module" src="{server}/widget/wegwijs.js"{attributes}></script>'


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A browser that begins nowhere, with what its pages ask for and complain about."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800})
    yield listen(context.new_page())
    context.close()


def test_one_line_is_enough(elsewhere: Page, site: Site, server: str) -> None:
    """On another address, under a strict policy: it opens and answers, and the page hears no complaint."""
    elsewhere.goto(site.page("/one-line", tag(server, country="nl"), policy(server)))
    open_chat(elsewhere)
    say(elsewhere, "wat kan ik doen tegen pesten op school?")
    assert elsewhere.complaints == []  # type: ignore[attr-defined]
    assert all(url.startswith((server, site.origin)) for url in elsewhere.requested)  # type: ignore[attr-defined]
    assert elsewhere.context.cookies() == []
    assert elsewhere.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_element_tells_what_the_page_knows(elsewhere: Page, site: Site, server: str) -> None:
    """school, country and audience go to the server in the words of the contract."""
    element = '<wegwijs-chat school="regenboog" country="nl" audience="child"></wegwijs-chat>'
    elsewhere.goto(site.page("/element", element + tag(server)))
    with elsewhere.expect_request(f"{server}/webhooks/webchat/sessions") as begun:
        open_chat(elsewhere)
    assert json.loads(begun.value.post_data or "") == {"school": "regenboog", "country": "nl", "role": "child"}
    assert elsewhere.locator("wegwijs-chat").count() == 1


def test_styles_of_the_page_stay_outside(elsewhere: Page, site: Site, server: str) -> None:
    """However the page styles everything, the launcher is where it belongs and the chat is to be read."""
    elsewhere.goto(site.page("/hostile", "<p>School</p>" + tag(server), head=f"<style>{HOSTILE}</style>"))
    box = elsewhere.locator(".launcher").bounding_box()
    assert box is not None
    assert box["x"] > 640
    assert box["y"] > 400
    open_chat(elsewhere)
    say(elsewhere, "hallo")
    message = elsewhere.locator(".message.bot").last
    assert message.evaluate("node => getComputedStyle(node).fontSize") == "16px"
    assert message.evaluate("node => getComputedStyle(node).float") == "none"
    expect(message).to_be_visible()


def test_a_school_gives_it_its_own_colours(elsewhere: Page, site: Site, server: str) -> None:
    """Custom properties and parts reach inside, as the guide for web masters shows."""
    style = "wegwijs-chat { --wegwijs-accent: #7a1f5c } wegwijs-chat::part(launcher) { text-transform: uppercase }"
    elsewhere.goto(site.page("/colours", tag(server), head=f"<style>{style}</style>"))
    launcher = elsewhere.locator(".launcher")
    expect(launcher).to_have_css("background-color", "rgb(122, 31, 92)")
    expect(launcher).to_have_css("text-transform", "uppercase")


def test_nothing_of_the_chat_leaks_into_the_page(elsewhere: Page, site: Site, server: str) -> None:
    """No global name, no style sheet, no change of the page's own elements, and its own buttons work."""
    look = "[Object.keys(window).sort().join(), document.styleSheets.length, getComputedStyle(document.body).cssText]"
    button = "<button id='own' type='button'>Menu</button>"
    elsewhere.goto(site.page("/without", button))
    before = elsewhere.evaluate(look)
    elsewhere.goto(site.page("/with", button + tag(server)))
    open_chat(elsewhere)
    assert elsewhere.evaluate(look) == before
    elsewhere.evaluate("document.querySelector('#own').onclick = () => { document.title = 'clicked' }")
    elsewhere.locator("#own").click()
    assert elsewhere.title() == "clicked"


def test_a_site_that_is_not_named_gets_no_conversation(elsewhere: Page, server: str) -> None:
    """From an address that nobody allowed the helplines are shown, and no session is begun."""
    with serving() as stranger:
        elsewhere.goto(stranger.page("/", tag(server)))
        elsewhere.locator(".launcher").click()
        expect(elsewhere.locator(".notice .way.phone").first).to_have_attribute("href", "tel:112")
        assert elsewhere.locator(".message.bot:not(.notice)").count() == 0


@pytest.mark.parametrize(("origin", "status"), [("https://evil.example", 403), ("null", 403), ("", 201)])
def test_only_named_sites_are_answered(server: str, origin: str, status: int) -> None:
    """What a browser says of the site it shows decides; what is no browser says nothing."""
    headers = {"Origin": origin} if origin else {}
    answer = call(f"{server}/webhooks/webchat/sessions", "POST", b"{}", headers=headers)
    assert answer.status == status
    if status == 403:
        assert answer.body["error"]["code"] == "origin_not_allowed"


def test_the_page_of_the_school_works_when_wegwijs_is_away(elsewhere: Page, site: Site) -> None:
    """Nothing is thrown, nothing lies over the page, and its buttons work."""
    elsewhere.goto(site.page("/away", "<button id='own'>Menu</button>" + tag(f"http://127.0.0.1:{free_port()}")))
    elsewhere.evaluate("document.querySelector('#own').onclick = () => { document.title = 'clicked' }")
    elsewhere.locator("#own").click()
    assert elsewhere.title() == "clicked"
    assert not [text for text in elsewhere.complaints if "ERR_CONNECTION_REFUSED" not in text]  # type: ignore[attr-defined]


def test_a_frame_where_scripts_are_forbidden(elsewhere: Page, site: Site, server: str) -> None:
    """The chat page in a frame of a page without scripts: one talks, and leaving takes the whole page away."""
    away = site.page("/elsewhere", "<h1>Het weer</h1>")
    source = f"{server}/chat?country=nl&amp;audience=child"
    frame = f'<iframe src="{source}" title="Hulp bij pesten" width="400" height="600"></iframe>'
    elsewhere.goto(site.page("/frame", frame, f"default-src 'none'; frame-src {server}"))
    chat = elsewhere.frame_locator("iframe")
    expect(chat.locator(".message.bot")).to_have_count(1)
    chat.locator(".box").fill("hallo")
    chat.locator(".box").press("Enter")
    expect(chat.locator(".message.bot")).to_have_count(2)
    elsewhere.frames[1].evaluate("url => document.querySelector('wegwijs-chat').setAttribute('exit-url', url)", away)
    chat.locator(".exit").click()
    elsewhere.wait_for_url(away)


def test_other_sites_may_not_frame_it(elsewhere: Page, server: str) -> None:
    """A page that nobody named cannot lay the chat in a frame."""
    with serving() as stranger:
        elsewhere.goto(stranger.page("/", f'<iframe src="{server}/chat"></iframe>'))
        assert any("frame-ancestors" in text for text in elsewhere.complaints)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_without_scripts_the_helplines_are_there(browser: Browser, server: str, path: str) -> None:
    """A browser without JavaScript shows whom to call."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(server + path)
    expect(page.locator("a[href='tel:112']")).to_be_visible()
    expect(page.locator("a[href='tel:08000432']")).to_be_visible()
    expect(page.locator("a[href='tel:102']")).to_be_visible()


def test_the_chat_as_a_page(elsewhere: Page, server: str) -> None:
    """It is open, fills a phone, cannot be closed into nothing, and its title and icon say nothing."""
    elsewhere.set_viewport_size({"width": 360, "height": 740})
    elsewhere.goto(f"{server}/chat?country=be&audience=child&school=nowhere&exit-url=https://evil.example/")
    expect(elsewhere.locator(".message.bot")).to_have_count(1)
    say(elsewhere, "hallo")
    assert elsewhere.title() == "Chat"
    assert elsewhere.locator(".close").is_hidden()
    elsewhere.keyboard.press("Escape")
    expect(elsewhere.locator(".panel")).to_be_visible()
    assert elsewhere.locator(".until-it-starts").is_hidden()
    assert elsewhere.locator("wegwijs-chat").get_attribute("exit-url") is None
    assert elsewhere.locator("wegwijs-chat").get_attribute("school") is None
    assert elsewhere.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("school", ["regenboog", "de_brug"])
@pytest.mark.parametrize("audience", ["child", "parent", "teacher"])
def test_the_example_site_shows_everybody(elsewhere: Page, server: str, school: str, audience: str) -> None:
    """From the first page one gets to the chat of each school, for each kind of person."""
    elsewhere.goto(server)
    elsewhere.locator(f"a[href='/?school={school}&audience={audience}']").click()
    open_chat(elsewhere)
    assert elsewhere.locator("wegwijs-chat").get_attribute("school") == school
    assert elsewhere.locator("wegwijs-chat").get_attribute("audience") == audience
    expect(elsewhere.locator("[aria-current=page]")).to_have_count(1)


PAYLOADS = [
    "<script>hit()</script>", "<img src=x onerror=hit()>", "<svg onload=hit()>", "javascript:hit()", "JaVaScRiPt:hit()",
    " javascript:hit()", "java\tscript:hit()", "data:text/html,<script>hit()</script>", "vbscript:hit()",
    "\"><script>hit()</script>", "'><img src=x onerror=hit()>", "</textarea><script>hit()</script>", "{{hit()}}",
    "${hit()}", "<iframe srcdoc='<script>parent.hit()</script>'>", "<a href=javascript:hit()>x</a>",
    "<style>@import'//x'",
    "<math><mi xlink:href=javascript:hit()>x", "<body onload=hit()>", "<details open ontoggle=hit()>", "&lt;script&gt;",
    "\u202ejavascript:hit()", "<!--><script>hit()</script>", "<template><script>hit()</script></template>",
    "<link rel=stylesheet href=//x>", "<base href=//x>", "<meta http-equiv=refresh content='0;url=//x'>",
    "<form action=javascript:hit()><button>", "<object data=javascript:hit()>", "<embed src=javascript:hit()>",
    "tel:112;hit()", "blob:hit", "filesystem:x", "//evil.example", "\\\\evil.example", "https:hit",
    "%6aavascript:hit()",
    "&#106;avascript:hit()", "on\nclick=hit()", "__proto__", "constructor", "toString",
]  # fmt: skip


def _poisoned(payload: str) -> dict[str, object]:
    """A message with the payload in each of its fields."""
    contact = dict.fromkeys(("id", "name", "phone", "chat_url", "url", "hours", "cost"), payload)
    field = {"id": "a", "label": payload, "hint": payload, "lines": payload}
    kinds = ["paragraph", "heading", "list", "steps", payload]
    return {
        "blocks": [{"type": kind, "text": payload, "items": [payload, payload]} for kind in kinds],
        "alert": payload,
        "contacts": [{**contact, "open_now": payload}],
        "choices": [{"id": payload, "label": payload}],
        "sources": [{"doc": payload, "section": payload, "title": payload}],
        "sheet": {"id": payload, "title": payload, "fields": [field], "text": [payload, "{a}"]},
        "calendar": {"title": payload, "url": payload},
        "links": [{"label": payload, "url": payload}],
    }


def _count(value: object) -> int:
    if isinstance(value, dict):
        return sum(_count(one) for one in value.values())
    return sum(_count(one) for one in value) if isinstance(value, list) else 1


def test_nothing_that_a_server_sends_is_executed(elsewhere: Page, server: str) -> None:
    """A thousand places in which a hostile server puts code: nothing runs, and no link leads to a script."""
    messages = [_poisoned(payload) for payload in PAYLOADS]
    assert sum(_count(message) for message in messages) > 1000
    elsewhere.add_init_script("window.hit = () => { window.was_hit = true }")
    elsewhere.route(
        "**/webhooks/webchat/sessions",
        lambda route: route.fulfill(status=201, json={"session": "x", "messages": messages}),
    )
    elsewhere.goto(server)
    open_chat(elsewhere, messages=len(messages))
    expect(elsewhere.locator(".sheet")).to_have_count(len(messages))
    links = elsewhere.locator(".message a").evaluate_all("links => links.map((link) => link.href)")
    assert links
    assert [link for link in links if not link.startswith(("https://", "tel:", server))] == []
    for field in elsewhere.locator(".sheet .field").all()[:3]:
        field.fill("<img src=x onerror=hit()>")
    assert elsewhere.evaluate("window.was_hit") is None
    assert elsewhere.locator(".message :is(script, img, iframe, style, object, embed, base, meta)").count() == 0
