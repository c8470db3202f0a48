"""The chat for everybody: axe in every state and look, the keyboard, a screen reader, big letters, small screens."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import WCAG, hold_back, know, needs_chromium, open_chat, say, say_to_nobody, walk_to_a_sheet

pytestmark = needs_chromium


LOOKS = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "forced_colors": "active"},
]
# What 320 pixels show is what zooming to 400 % leaves of 1280.
SIZES = [(320, 640), (1280, 800)]


def closed(page: Page) -> None:
    """Only the button."""
    expect(page.locator(".launcher")).to_be_visible()


def opened(page: Page) -> None:
    """The welcome."""
    open_chat(page)


def tips(page: Page) -> None:
    """An answer with a list, a contact, quick replies and its source unfolded."""
    open_chat(page)
    say(page, "ik word gepest op school, wat kan ik doen?")
    page.locator(".sources summary").last.click()


def emergency(page: Page) -> None:
    """Danger now."""
    open_chat(page)
    say(page, "er staat nu iemand voor de deur die mij wil slaan")


def crisis(page: Page) -> None:
    """A crisis line."""
    open_chat(page)
    say(page, "ik wil niet meer leven")


def police(page: Page) -> None:
    """Police guidance."""
    open_chat(page)
    say(page, "iemand zegt dat hij mijn naaktfoto doorstuurt als ik geen 50 euro betaal")


def sheet(page: Page) -> None:
    """A form to fill in, inside the log."""
    open_chat(page)
    walk_to_a_sheet(page)


def agenda(page: Page) -> None:
    """Dates for the agenda, for a teacher."""
    know(page, role="teacher", country="nl")
    open_chat(page)
    say(page, "wat zijn de zes stappen na een melding van pesten?")
    page.locator(".choice[data-id='start_six_steps']:enabled").click()
    page.locator(".choice[data-id='six_steps.where.together']:enabled").click()
    expect(page.locator(".agenda")).to_be_visible()


def error(page: Page) -> None:
    """The server is away."""
    open_chat(page)
    say_to_nobody(page, "hallo")


def waiting(page: Page) -> None:
    """Wegwijs writes."""
    open_chat(page)
    page.route("**/webhooks/**", lambda route: None)
    page.locator(".box").fill("hallo")
    page.locator(".box").press("Enter")
    expect(page.locator(".status")).to_have_text(re.compile("schrijft"))


def unread(page: Page) -> None:
    """A message came while the chat was closed."""
    open_chat(page)
    held = hold_back(page)
    page.locator(".box").fill("hallo")
    page.locator(".box").press("Enter")
    page.locator(".close").click()
    held[0].continue_()
    expect(page.locator(".unread")).to_be_visible()


def tools(page: Page) -> None:
    """What is behind "Meer"."""
    open_chat(page)
    page.locator(".more").click()
    expect(page.locator(".tools .choice").first).to_be_visible()


def document(page: Page) -> None:
    """The tips as a text to keep."""
    tips(page)
    page.locator(".more").click()
    page.get_by_role("button", name="Bewaar of print de tips").click()
    expect(page.locator(".document")).to_be_visible()


STATES = [
    closed, opened, tips, emergency, crisis, police, sheet, agenda, error, waiting, unread, tools, document,
]  # fmt: skip


@pytest.fixture(params=LOOKS, ids=["light", "dark", "forced"])
def look(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Callable[[int, int], Page]]:
    """A page of some size in one of the looks."""
    contexts = []

    def make(width: int, height: int) -> Page:
        contexts.append(
            browser.new_context(locale="nl-NL", viewport={"width": width, "height": height}, **request.param)
        )
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desktop"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(
    look: Callable[[int, int], Page], size: tuple[int, int], state: Callable[[Page], None], server: str
) -> None:
    """In every state, light, dark and in forced colours, on a phone and a desktop; and nothing sticks out sideways."""
    page = look(*size)
    page.goto(server)
    state(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator(".log").evaluate("log => log.scrollWidth <= log.clientWidth")
    shown = page.locator(".launcher, .panel").locator("visible=true").bounding_box()
    assert shown is not None
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= size[0]


@pytest.mark.parametrize("path", ["/", "/?school=de_brug&audience=parent", "/chat", "/veiligheid", "/gids/first_aid"])
def test_axe_finds_nothing_on_the_pages(look: Callable[[int, int], Page], path: str, server: str) -> None:
    """The pages around the chat, too."""
    for size in SIZES:
        page = look(*size)
        page.goto(server + path)
        page.wait_for_timeout(300)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def violations(page: Page) -> list[str]:
    """What axe finds, a line each."""
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def focused(page: Page) -> str:
    """The class, or else the kind, of what has the focus inside the chat; empty when the focus is elsewhere."""
    find = "(one => one ? one.className || one.localName : '')(document.activeElement?.shadowRoot?.activeElement)"
    return str(page.evaluate(find))


def test_a_walk_by_keyboard(page: Page) -> None:
    """All of it without a mouse: open, read, write, choose, unfold, tools, a document, back, close."""
    page.locator(".launcher").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".message.bot")).to_have_count(1)
    assert focused(page) == "box"
    page.keyboard.type("ik word gepest op school, wat kan ik doen?")
    page.keyboard.press("Enter")
    expect(page.locator(".message.bot")).to_have_count(2)
    page.locator(".choice[data-id=more_tips]:enabled").focus()
    page.keyboard.press("Space")
    expect(page.locator(".message.bot")).to_have_count(3)
    assert focused(page) == "box"
    page.locator(".sources summary").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sources[open]")).to_have_count(1)
    page.locator(".more").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bewaar of print de tips").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".document")).to_be_visible()
    assert focused(page) == "view"
    page.keyboard.press("Escape")
    assert focused(page) == "more"
    expect(page.locator(".log")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    assert focused(page) == "launcher"


def test_the_order_of_the_tab_key(page: Page) -> None:
    """Out first, then close, the messages with their links, the text, send, and the row beneath."""
    open_chat(page)
    page.locator(".exit").focus()
    order = [focused(page)]
    while order[-1] and len(order) < 40:
        page.keyboard.press("Tab")
        order.append(focused(page))
    places = [order.index(name) for name in ("exit", "close", "log", "choice", "box", "send", "wipe", "more")]
    assert places == sorted(places)


def test_every_message_is_heard_once_and_in_order(page: Page) -> None:
    """Into the live region each message comes whole, once, at the end; nothing in it is changed after that."""
    open_chat(page)
    page.locator(".log").evaluate("""log => {
      window.heard = [];
      new MutationObserver((changes) => {
        for (const { type, target, addedNodes, removedNodes } of changes) {
          for (const node of addedNodes) {
            window.heard.push([target === log, node === log.lastElementChild, node.className]);
          }
          if (removedNodes.length || type !== "childList") window.heard.push("changed");
        }
      }).observe(log, { childList: true, subtree: true, characterData: true });
    }""")
    for number in range(12):
        say(page, f"bericht nummer {number} over pesten op school")
    heard = page.evaluate("window.heard")
    assert len(heard) == 24
    assert [entry[2].split()[1] for entry in heard] == ["own", "bot"] * 12
    assert all(entry[:2] == [True, True] for entry in heard)


def test_what_a_screen_reader_finds(page: Page) -> None:
    """Roles and names: a dialog with its title, a log, a labelled box, groups and buttons with what they say."""
    open_chat(page)
    expect(page.get_by_role("dialog", name="Hulp bij pesten")).to_be_visible()
    expect(page.get_by_role("log", name="Gesprek")).to_be_visible()
    expect(page.get_by_role("textbox", name="Bericht")).to_be_visible()
    expect(page.get_by_role("group", name="Kies een antwoord, of typ zelf iets").first).to_be_visible()
    for name in ("Stuur", "Sluiten", "Wis alles", "Meer"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Snel weg"))).to_be_visible()


def test_targets_are_large_enough(page: Page) -> None:
    """Whatever can be tapped is 44 pixels high, but links in a sentence."""
    tips(page)
    page.locator(".more").click()
    targets = page.locator("button:visible, .way:visible, .exit, summary:visible")
    sizes = targets.evaluate_all(
        "all => all.map((one) => [one.getBoundingClientRect(), one.className]).map(([{ width, height }, name]) =>"
        " [name, width, height])"
    )
    assert sizes
    assert [one for one in sizes if one[1] < 44 or one[2] < 44] == []


@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
def test_bigger_letters(page: Page, size: tuple[int, int]) -> None:
    """At twice the size everything can be reached and nothing sticks out sideways."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    tips(page)
    page.locator(".more").click()
    for _ in range(3):
        page.get_by_role("button", name="Grotere letters").click()
    assert page.locator(".message.bot").last.evaluate("node => getComputedStyle(node).fontSize") == "32px"
    page.locator(".more").click()
    for name in (".exit", ".close", ".box", ".send", ".wipe", ".more"):
        box = page.locator(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= size[0], name
        assert box["y"] + box["height"] <= size[1], name
    log = page.locator(".log").bounding_box()
    assert log is not None
    assert log["height"] > 100
    assert page.locator(".log").evaluate("log => log.scrollWidth <= log.clientWidth")


def test_wider_spacing_of_letters_and_lines_hides_nothing(page: Page) -> None:
    """With the spacing of WCAG 1.4.12 no text is cut off."""
    tips(page)
    page.locator("wegwijs-chat").evaluate("""chat => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                             word-spacing: 0.16em !important }`);
      chat.shadowRoot.adoptedStyleSheets = [sheet];
    }""")
    cut = page.locator("button:visible, p:visible, li:visible, .way:visible").evaluate_all(
        "all => all.filter((one) => getComputedStyle(one).display !== 'inline')"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className + one.textContent)"
    )
    assert cut == []


def test_less_motion(browser: Browser, server: str) -> None:
    """Who asks for less motion sees none."""
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(server)
    waiting(page)
    assert page.locator(".status").evaluate("node => getComputedStyle(node).animationName") == "none"
    page.context.close()


def test_times_are_shown_on_demand(page: Page) -> None:
    """Each message has its time, for who wants to see it."""
    open_chat(page)
    assert page.locator("time").first.is_hidden()
    page.locator(".more").click()
    page.get_by_role("button", name="Toon de tijden").click()
    expect(page.locator("time").first).to_be_visible()
    assert re.fullmatch(r"\d\d:\d\d", page.locator("time").first.inner_text())


def test_tips_can_be_kept(page: Page) -> None:
    """The tips and lines as a text, without a word of what was typed; as a file on the own device."""
    open_chat(page)
    say(page, "mijn geheime woord is kolibrie en ik word gepest")
    page.locator(".more").click()
    page.get_by_role("button", name="Bewaar of print de tips").click()
    text = page.locator(".document .result").input_value()
    assert "Vertel het" in text
    assert "kolibrie" not in text
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar als bestand").click()
    assert download.value.suggested_filename == "tips-van-wegwijs.txt"
    with page.expect_popup() as printed:
        page.get_by_role("button", name="Print", exact=True).click()
    assert printed.value.title() == "Tips van Wegwijs"
    page.locator(".back").click()
    expect(page.locator(".log")).to_be_visible()


def test_reading_aloud_is_offered_with_a_voice_of_the_device_only(browser: Browser, server: str) -> None:
    """A Dutch voice on the device reads the last answer, until one leaves; a voice that sends it away is never used."""
    for local, offered in ((True, 1), (False, 0)):
        page = browser.new_context().new_page()
        page.add_init_script(f"""
          window.spoken = [];
          window.SpeechSynthesisUtterance = function (text) {{ this.text = text }};
          const voices = [{{ lang: "nl-NL", localService: {str(local).lower()} }}];
          Object.defineProperty(window, "speechSynthesis", {{ value: {{
            getVoices: () => voices,
            cancel: () => {{ window.spoken.length = 0 }},
            speak: (speech) => window.spoken.push(speech.text) }} }});
        """)
        page.goto(server)
        open_chat(page)
        page.locator(".more").click()
        expect(page.locator(".tools .choice").first).to_be_visible()
        button = page.get_by_role("button", name="Lees voor")
        expect(button).to_have_count(offered)
        if offered:
            button.click()
            assert page.evaluate("window.spoken[0]").startswith(page.locator(".message.bot p").first.inner_text()[:20])
            page.locator(".wipe").click()
            assert page.evaluate("window.spoken.length") == 0
        page.context.close()
