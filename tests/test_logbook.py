"""The logbook of proof in a real browser: what is written down stays on the device, and can be trusted later."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser import WCAG, needs_chromium, open_chat

pytestmark = needs_chromium

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def picture(kind: str = "png", colour: str = "navy") -> bytes:
    """A small picture of this kind."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, kind)
    return file.getvalue()


def as_file(name: str, content: bytes, kind: str = "image/png") -> FilePayload:
    """A file of the device."""
    return {"name": name, "mimeType": kind, "buffer": content}


def open_logbook(page: Page) -> None:
    """Open the logbook in a chat that is open."""
    page.locator(".more").click()
    button(page, "Bewijs bijhouden").click()
    expect(page.locator(".logbook")).to_be_visible()


@pytest.fixture
def logbook(page: Page) -> Page:
    """The page with an empty logbook."""
    open_chat(page)
    open_logbook(page)
    return page


def button(page: Page, name: str) -> Locator:
    """The button that is called so, or begins so."""
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def write_down(page: Page, *pictures: FilePayload, **fields: str) -> None:
    """Write an entry, with these fields and pictures."""
    before = page.locator("article.entry").count()
    button(page, "Schrijf iets op").click()
    for field, text in ({"what": "Ze scholden mij uit."} | fields).items():
        page.locator(f"#logbook-{field}").fill(text)
    if pictures:
        page.locator("form input[type=file]").set_input_files(pictures)
        expect(page.locator("form figure")).to_have_count(len(pictures))
    button(page, "Zet in het logboek").click()
    expect(page.locator("article.entry")).to_have_count(before + 1)


def saved(page: Page) -> bytes:
    """Save the logbook as a file."""
    with page.expect_download() as download:
        button(page, "Bewaar als bestand").click()
    expect(page.locator(".said")).to_contain_text(download.value.suggested_filename)
    assert download.value.suggested_filename.endswith(".json")
    return Path(download.value.path()).read_bytes()


def open_file(page: Page, content: bytes | dict[str, Any]) -> None:
    """Open a file of the device in the logbook, and wait for what is said of it."""
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    page.locator(".place > .choices input[type=file]").set_input_files(
        as_file("x.json", content, kind="application/json")
    )
    expect(page.locator(".said, #logbook-error").filter(has_text=re.compile("bestand"))).to_have_count(1)


def opened_anew(page: Page, content: bytes | dict[str, Any]) -> None:
    """Open a file in a logbook that knows nothing yet."""
    page.locator(".wipe").click()
    page.reload()
    open_chat(page)
    open_logbook(page)
    open_file(page, content)


def asks_before_closing(page: Page) -> bool:
    """Whether the page would ask now."""
    return page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def text_of(page: Page) -> str:
    """All words that the widget holds, seen or not, and those in its fields."""
    return page.evaluate(
        """() => {
          const root = document.querySelector("wegwijs-chat").shadowRoot;
          return root.textContent + [...root.querySelectorAll("input, textarea")].map(({ value }) => value).join();
        }"""
    )


# Writing


def test_an_entry_is_written_changed_and_deleted(logbook: Page) -> None:
    """Whoever writes something down finds it back, can change it, delete it, and have it back; focus goes along."""
    write_down(logbook, what="Ze scholden mij uit.", place="WhatsApp", name="@kwal", link="https://a.example/1")
    entry = logbook.locator("article.entry")
    for text in ("Ze scholden mij uit.", "WhatsApp", "@kwal", "https://a.example/1"):
        expect(entry).to_contain_text(text)
    expect(entry.locator("h4")).to_be_focused()
    expect(logbook.locator(".said")).to_contain_text("Het staat in het logboek.")
    button(logbook, "Verander").click()
    expect(logbook.locator("form h4")).to_be_focused()
    expect(logbook.locator("#logbook-place")).to_have_value("WhatsApp")
    logbook.locator("#logbook-what").fill("Ze dreigden ook.")
    button(logbook, "Zet in het logboek").click()
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("Ze dreigden ook.")
    button(logbook, "Wis dit").click()
    expect(entry).to_have_count(0)
    expect(button(logbook, "Zet terug")).to_be_focused()
    logbook.keyboard.press("Enter")
    expect(entry).to_contain_text("Ze dreigden ook.")
    expect(entry.locator("h4")).to_be_focused()
    assert logbook.complaints == []  # type: ignore[attr-defined]


def test_who_stops_writing_changes_nothing(logbook: Page) -> None:
    """Leaving the form keeps the entry as it was, and goes back to it."""
    write_down(logbook)
    button(logbook, "Verander").click()
    logbook.locator("#logbook-what").fill("iets anders")
    button(logbook, "Stop").click()
    expect(logbook.locator("article.entry")).to_contain_text("Ze scholden mij uit.")
    expect(logbook.locator("article.entry h4")).to_be_focused()


def test_entries_stand_in_the_order_of_what_happened(logbook: Page) -> None:
    """Sorted by date and time, whenever they were written; what has no date comes last."""
    for what, date, time in [("c", "", ""), ("b", "2026-03-02", "09:30"), ("a", "2026-03-02", "09:05")]:
        write_down(logbook, what=what, date=date, time=time)
    assert logbook.locator("article.entry dd").all_inner_texts() == ["a", "b", "c"]
    assert logbook.locator("article.entry h4").all_inner_texts() == [
        "maandag 2 maart 2026, 09:05",
        "maandag 2 maart 2026, 09:30",
        "Datum onbekend",
    ]


def test_date_and_time_are_filled_in(page: Page) -> None:
    """A new entry has the day and time of the clock of the device."""
    page.clock.set_fixed_time("2026-03-04T23:05:00")
    open_chat(page)
    open_logbook(page)
    button(page, "Schrijf iets op").click()
    there = page.evaluate("[new Date().toLocaleDateString('sv'), new Date().toLocaleTimeString('sv').slice(0, 5)]")
    expect(page.locator("#logbook-date")).to_have_value(there[0])
    expect(page.locator("#logbook-time")).to_have_value(there[1])


def test_what_happened_must_be_filled_in(logbook: Page) -> None:
    """Without it, or with half a date, nothing is kept: the field says why and has the focus."""
    button(logbook, "Schrijf iets op").click()
    button(logbook, "Zet in het logboek").click()
    what = logbook.locator("#logbook-what")
    expect(what).to_be_focused()
    expect(what).to_have_attribute("aria-invalid", "true")
    expect(what).to_have_accessible_description(re.compile("Vul in wat er is gebeurd"))
    what.fill("x")
    logbook.locator("#logbook-date").focus()
    logbook.keyboard.press("Backspace")
    button(logbook, "Zet in het logboek").click()
    expect(logbook.locator("#logbook-date")).to_be_focused()
    expect(logbook.locator("#logbook-date")).to_have_accessible_description(re.compile("Deze datum klopt niet"))
    expect(logbook.locator("#logbook-what")).to_have_attribute("aria-invalid", "false")


def test_the_logbook_stays_while_the_page_does(logbook: Page) -> None:
    """Back to the conversation and here again: what was written is there, and so is what was not finished."""
    write_down(logbook)
    button(logbook, "Schrijf iets op").click()
    logbook.locator("#logbook-what").fill("half af")
    logbook.keyboard.press("Escape")
    expect(logbook.locator(".logbook")).to_be_hidden()
    open_logbook(logbook)
    expect(logbook.locator("#logbook-what")).to_have_value("half af")
    button(logbook, "Stop").click()
    expect(logbook.locator("article.entry")).to_have_count(1)


def test_the_keyboard_is_enough_for_the_logbook(page: Page) -> None:
    """From the launcher to a written, deleted and restored entry without a mouse."""

    def tab_to(target: Locator) -> None:
        for _ in range(40):
            if target.evaluate("node => node === node.getRootNode().activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("the keyboard does not get there")

    page.locator(".launcher").focus()
    page.keyboard.press("Enter")
    for name in ("Meer", "Bewijs bijhouden", "Schrijf iets op"):
        tab_to(button(page, name))
        page.keyboard.press("Enter")
    tab_to(page.locator("#logbook-what"))
    page.keyboard.type("Ze lachten mij uit.")
    for name in ("Zet in het logboek", "Wis dit", "Zet terug"):
        tab_to(button(page, name))
        page.keyboard.press("Enter")
    expect(page.locator("article.entry")).to_contain_text("Ze lachten mij uit.")


# Pictures and fingerprints


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_a_picture_has_the_fingerprint_of_its_bytes(logbook: Page, kind: str) -> None:
    """What is kept is the file itself, and its fingerprint is the SHA-256 that anybody can compute."""
    content = picture(kind)
    write_down(logbook, as_file(f"scherm.{kind}", content))
    expect(logbook.locator("article.entry img")).to_have_js_property("naturalWidth", 60)
    logbook.locator(".logbook summary").click()
    expect(logbook.locator("article.entry code").last).to_have_text(hashlib.sha256(content).hexdigest())
    kept = json.loads(saved(logbook))["entries"][0]["pictures"][0]
    assert base64.b64decode(kept["data"]) == content
    assert logbook.complaints == []  # type: ignore[attr-defined]


def test_an_entry_has_the_fingerprint_of_its_words_and_pictures(logbook: Page) -> None:
    """Shown folded, explained, and the same as what others compute from the file in one line."""
    write_down(logbook, as_file("é.png", picture()), what='Zij zei: "ga weg" 😀\nEn toen?', witnesses="Noor, Sam")
    entry = json.loads(saved(logbook))["entries"][0]
    told = {field: value for field, value in entry.items() if field != "sha256"}
    told["pictures"] = [{"name": one["name"], "sha256": one["sha256"]} for one in entry["pictures"]]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert entry["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    expect(logbook.locator("article.entry code").first).to_be_hidden()
    logbook.locator(".logbook summary").click()
    expect(logbook.locator("article.entry code").first).to_have_text(entry["sha256"])
    expect(logbook.locator("article.entry details")).to_contain_text("Een vingerafdruk is een code")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kan er niet bij"),
        (b"", "kan er niet bij"),
        (b"BM" + bytes(60), "kan er niet bij"),
        (picture()[:40], "is kapot"),
        (picture() + bytes(10 * 1024 * 1024), "is te groot"),
    ],
    ids=["svg", "empty", "bmp", "half", "large"],
)
def test_what_is_no_picture_is_refused(logbook: Page, content: bytes, said: str) -> None:
    """Whatever its name says: a sentence tells why, has the focus, and the good picture beside it gets in."""
    button(logbook, "Schrijf iets op").click()
    logbook.locator("form input[type=file]").set_input_files(
        [as_file("fout.png", content), as_file("goed.png", picture())]
    )
    error = logbook.locator("#logbook-picture-error")
    expect(error).to_contain_text(f"fout.png {said}")
    expect(error).to_be_focused()
    expect(button(logbook, "Voeg foto's toe")).to_have_accessible_description(re.compile(said))
    expect(logbook.locator("form figure")).to_have_count(1)
    expect(logbook.locator("form figcaption")).to_have_text("goed.png")


def test_a_picture_that_is_refused_too_late_keeps_the_form(logbook: Page) -> None:
    """Who presses the button while a wrong picture is still being read sees what is wrong, and loses nothing."""
    button(logbook, "Schrijf iets op").click()
    logbook.locator("#logbook-what").fill("Ze stuurden een foto.")
    logbook.evaluate("""() => {
      const wait = Blob.prototype.arrayBuffer;
      Blob.prototype.arrayBuffer = async function () {
        await new Promise((done) => setTimeout(done, 500));
        return wait.call(this);
      };
    }""")
    logbook.locator("form input[type=file]").set_input_files(as_file("x.png", b"no picture"))
    button(logbook, "Zet in het logboek").click()
    expect(logbook.locator("#logbook-picture-error")).not_to_be_empty()
    expect(logbook.locator("article.entry")).to_have_count(0)
    button(logbook, "Zet in het logboek").click()
    expect(logbook.locator("article.entry")).to_have_count(1)


def test_a_picture_can_be_taken_out(logbook: Page) -> None:
    """Only that one goes."""
    write_down(logbook, as_file("a.png", picture()), as_file("b.png", picture(colour="red")))
    button(logbook, "Verander").click()
    button(logbook, "Wis dit: a.png").click()
    expect(button(logbook, "Voeg foto's toe")).to_be_focused()
    button(logbook, "Zet in het logboek").click()
    expect(logbook.locator("article.entry figcaption")).to_have_text(["b.png"])


def test_nude_pictures_are_warned_of_where_pictures_are_added(logbook: Page) -> None:
    """The warning is part of what the button is described by, and both countries have a helpline."""
    button(logbook, "Schrijf iets op").click()
    expect(button(logbook, "Voeg foto's toe")).to_have_accessible_description(re.compile("Maak geen screenshot"))
    expect(logbook.locator("form .contact strong")).to_have_text(["Helpwanted", "Child Focus"])


def test_what_cannot_be_opened_again_is_not_taken(logbook: Page, tmp_path: Path) -> None:
    """More pictures than a file may have are refused with a sentence, and what was written stays in the form."""
    large = picture() + bytes(9 * 1024 * 1024)
    files = [tmp_path / f"{number}.png" for number in range(5)]
    for file in files:
        file.write_bytes(large)
    button(logbook, "Schrijf iets op").click()
    logbook.locator("#logbook-what").fill("veel")
    logbook.locator("form input[type=file]").set_input_files(files)
    expect(logbook.locator("form figure")).to_have_count(5)
    button(logbook, "Zet in het logboek").click()
    expect(logbook.locator(".said")).to_contain_text("Dit past niet meer in het logboek.")
    expect(logbook.locator("#logbook-what")).to_have_value("veel")


def test_without_a_safe_connection_it_says_that_there_is_no_fingerprint(page: Page) -> None:
    """Where browsers have no Web Crypto the logbook says so, and a file of it still opens, without doubles."""
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })")
    page.reload()
    open_chat(page)
    open_logbook(page)
    expect(page.locator(".logbook")).to_contain_text("Daarom werken vingerafdrukken hier niet.")
    write_down(page, as_file("a.png", picture()))
    page.locator(".logbook summary").click()
    expect(page.locator("article.entry code")).to_have_text(["geen vingerafdruk"] * 2)
    content = saved(page)
    open_file(page, content)
    expect(page.locator("article.entry")).to_have_count(1)
    opened_anew(page, content)
    expect(page.locator("article.entry img")).to_have_count(1)
    assert saved(page) == content


# The file and the paper


def three_entries(page: Page) -> dict[str, Any]:
    """The file of a logbook with three entries; the second has two pictures."""
    write_down(page, what="een", date="2026-01-01", time="10:00")
    write_down(
        page, as_file("a.png", picture()), as_file("b.gif", picture("gif")), what="twee", date="2026-01-02", time=""
    )
    write_down(page, what="drie", date="2026-01-03", time="12:00", place="school", witnesses="Sam")
    return json.loads(saved(page))


def test_a_file_opens_again(logbook: Page) -> None:
    """In a page that knows nothing, the file of a logbook gives the same logbook: its file is the same."""
    content = json.dumps(three_entries(logbook))
    opened_anew(logbook, content.encode())
    expect(logbook.locator(".said")).to_contain_text("Nieuw: 3. Stond er al: 0.")
    assert logbook.locator("article.entry dd").all_inner_texts()[:2] == ["een", "twee"]
    expect(logbook.locator("article.entry img")).to_have_count(2)
    expect(logbook.locator(".wrong:not(:empty)")).to_have_count(0)
    expect(button(logbook, "Open een bestand")).to_be_focused()
    assert not asks_before_closing(logbook)
    assert json.dumps(json.loads(saved(logbook))) == content
    assert logbook.complaints == []  # type: ignore[attr-defined]


def test_a_mistyped_year_does_not_spoil_the_file(logbook: Page) -> None:
    """An entry of the year 26, or of long ago, can be saved and opened again like any other."""
    write_down(logbook, what="Getypt met een fout jaar.", date="0026-11-01")
    write_down(logbook, what="Lang geleden.", date="1969-05-01")
    file = saved(logbook)
    opened_anew(logbook, file)
    expect(logbook.locator("article.entry")).to_have_count(2)


def test_a_file_is_merged_without_doubles(logbook: Page) -> None:
    """What is there already is not there twice, and what is new stands in its place."""
    file = three_entries(logbook)
    button(logbook, "Wis dit").nth(1).click()
    write_down(logbook, what="nieuw", date="2026-01-02", time="13:00")
    file["entries"] *= 2
    open_file(logbook, file)
    expect(logbook.locator(".said")).to_contain_text("Nieuw: 1. Stond er al: 5.")
    whats = [article.locator("dd").first.inner_text() for article in logbook.locator("article.entry").all()]
    assert whats == ["een", "twee", "nieuw", "drie"]
    assert asks_before_closing(logbook)


OTHER = picture(colour="red")
OTHER_DATA = {"data": base64.b64encode(OTHER).decode()}
OTHER_PICTURE = OTHER_DATA | {"sha256": hashlib.sha256(OTHER).hexdigest()}
CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "words": lambda entry: entry.update(what="tweee"),
    "time": lambda entry: entry.update(time="11:11"),
    "picture": lambda entry: entry["pictures"][0].update(OTHER_DATA),
    "picture and its fingerprint": lambda entry: entry["pictures"][0].update(OTHER_PICTURE),
    "picture less": lambda entry: entry["pictures"].pop(),
    "name of a picture": lambda entry: entry["pictures"][0].update(name="c.png"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_entry_is_named(logbook: Page, change: Callable[[dict[str, Any]], object]) -> None:
    """When a fingerprint does not match, that entry is named and no other, also in a file that is made of it."""
    file = three_entries(logbook)
    change(file["entries"][1])
    opened_anew(logbook, file)
    for _ in range(2):
        expect(logbook.locator(".said p")).to_have_count(2)
        expect(logbook.locator(".said")).to_contain_text(re.compile("veranderd nadat het was bewaard: .* 2 januari"))
        changed = logbook.locator("article.entry", has_text="De vingerafdruk klopt niet.")
        expect(changed).to_have_count(1)
        expect(changed.locator("h4")).to_contain_text("2 januari 2026")
        opened_anew(logbook, saved(logbook))


def test_an_entry_without_fingerprint_is_not_given_one(logbook: Page) -> None:
    """Nobody can tell whether it was changed, so none is made up when the file is opened."""
    file = three_entries(logbook)
    file["entries"][0]["sha256"] = None
    opened_anew(logbook, file)
    expect(logbook.locator(".said p")).to_have_count(1)
    logbook.locator(".logbook summary").first.click()
    expect(logbook.locator("article.entry code").first).to_have_text("geen vingerafdruk")


ENTRY = {
    "date": "2026-01-01",
    "link": "",
    "name": "",
    "place": "",
    "time": "10:00",
    "what": "x",
    "witnesses": "",
    "sha256": None,
    "pictures": [],
}
PICTURE = {"name": "a.png", "sha256": None, "data": base64.b64encode(picture()).decode()}
SVG = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").decode()


def holding(*entries: Any, **head: Any) -> dict[str, Any]:
    """A file with these entries."""
    return {"format": "wegwijs-logboek", "version": 1, "entries": list(entries)} | head


UNKNOWN, VERSION, LARGE, WRONG = "geen bestand van dit logboek", "andere versie", "te groot", "klopt iets niet"
REFUSED: dict[str, tuple[Any, str]] = {
    "empty": (b"", UNKNOWN),
    "no JSON": (b"<script>alert(1)</script>", UNKNOWN),
    "half": (json.dumps(holding(ENTRY)).encode()[:-9], UNKNOWN),
    "null": (b"null", UNKNOWN),
    "a list": (b"[]", UNKNOWN),
    "deep": (b"[" * 200_000 + b"]" * 200_000, UNKNOWN),
    "no format": ({"version": 1, "entries": []}, UNKNOWN),
    "no entries": (holding(entries=None), UNKNOWN),
    "entries no list": (holding(entries={"length": 1, "0": ENTRY}), UNKNOWN),
    "next version": (holding(ENTRY, version=2), VERSION),
    "version in words": (holding(ENTRY, version="1"), VERSION),
    "entry null": (holding(None), WRONG),
    "entry a text": (holding("x"), WRONG),
    "nothing happened": (holding(ENTRY | {"what": " \n"}), WRONG),
    "number for text": (holding(ENTRY | {"what": 1}), WRONG),
    "markup for text": (holding(ENTRY | {"name": {"toString": MARKUP}}), WRONG),
    "list for text": (holding(ENTRY | {"place": [MARKUP]}), WRONG),
    "field missing": (holding({key: ENTRY[key] for key in ENTRY if key != "link"}), WRONG),
    "text too long": (holding(ENTRY | {"witnesses": "x" * 501}), WRONG),
    "no day": (holding(ENTRY | {"date": "2026-02-31"}), WRONG),
    "markup for day": (holding(ENTRY | {"date": MARKUP[:10]}), WRONG),
    "no time": (holding(ENTRY | {"time": "24:00"}), WRONG),
    "no fingerprint": (holding(ENTRY | {"sha256": MARKUP}), WRONG),
    "fingerprint missing": (holding({key: ENTRY[key] for key in ENTRY if key != "sha256"}), WRONG),
    "pictures no list": (holding(ENTRY | {"pictures": {"0": PICTURE}}), WRONG),
    "picture null": (holding(ENTRY | {"pictures": [None]}), WRONG),
    "picture an address": (holding(ENTRY | {"pictures": [PICTURE | {"data": "https://evil.example/a.png"}]}), WRONG),
    "picture an svg": (holding(ENTRY | {"pictures": [PICTURE | {"data": SVG}]}), WRONG),
    "picture broken": (holding(ENTRY | {"pictures": [PICTURE | {"data": PICTURE["data"][:40]}]}), WRONG),
    "picture too large": (holding(ENTRY | {"pictures": [PICTURE | {"data": "A" * 14_000_000}]}), WRONG),
    "picture name a number": (holding(ENTRY | {"pictures": [PICTURE | {"name": 1}]}), WRONG),
    "too many pictures": (holding(ENTRY | {"pictures": [PICTURE] * 301}), LARGE),
    "too many entries": (holding(*[ENTRY] * 301), LARGE),
    "second is wrong": (holding(ENTRY, ENTRY | {"time": "x"}), "nummer 2: ‘Tijd’"),
}


def test_a_broken_or_hostile_file_is_refused(logbook: Page) -> None:
    """A sentence says why and has the focus; nothing of the file gets in, runs, or is asked for."""
    write_down(logbook)
    dialogs: list[str] = []
    logbook.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    asked = len(logbook.requested)  # type: ignore[attr-defined]
    error = logbook.locator("#logbook-error")
    for name, (content, said) in REFUSED.items():
        button(logbook, "Schrijf iets op").focus()
        open_file(logbook, content)
        expect(error, name).to_contain_text(said)
        expect(error, name).to_contain_text("Er is niets veranderd.")
        expect(error, name).to_be_focused()
        expect(button(logbook, "Open een bestand")).to_have_accessible_description(re.compile(said))
    expect(logbook.locator("article.entry")).to_have_count(1)
    assert logbook.requested[asked:] == []  # type: ignore[attr-defined]
    assert logbook.complaints == []  # type: ignore[attr-defined]
    assert dialogs == []


def test_a_file_that_is_too_large_is_not_read(logbook: Page, tmp_path: Path) -> None:
    """It is refused by its size alone."""
    file = tmp_path / "large.json"
    with file.open("wb") as large:
        large.truncate(61 * 1024 * 1024)
    logbook.locator(".place > .choices input[type=file]").set_input_files(file)
    expect(logbook.locator("#logbook-error")).to_contain_text("te groot")


def test_words_of_a_file_never_become_markup(logbook: Page) -> None:
    """Markup in every field and name is shown as it stands there and starts nothing."""
    words = dict.fromkeys(("link", "name", "place", "what", "witnesses"), MARKUP)
    file = holding(ENTRY | words | {"pictures": [PICTURE | {"name": MARKUP}]})
    dialogs: list[str] = []
    logbook.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    open_file(logbook, file)
    assert logbook.locator("article.entry dd").all_inner_texts() == [MARKUP] * 5
    expect(logbook.locator("article.entry figcaption")).to_have_text(MARKUP)
    assert logbook.locator("article.entry img").count() == 1
    assert logbook.locator("article.entry a, article.entry script").count() == 0
    assert logbook.complaints == []  # type: ignore[attr-defined]
    assert dialogs == []


def test_the_paper_has_everything(page: Page) -> None:
    """The page to print has each entry with its words, its pictures, ready to be printed, and its fingerprints."""
    page.context.add_init_script("window.print = () => (document.title += ' (printed)')")
    page.reload()
    open_chat(page)
    open_logbook(page)
    entries = three_entries(page)["entries"]
    with page.expect_popup() as printed:
        button(page, "Print").click()
    paper = printed.value
    paper.wait_for_function("document.title.endsWith('(printed)')")
    assert paper.evaluate("[...document.images].map(({ naturalWidth }) => naturalWidth)") == [60, 60]
    expect(paper.locator("h2")).to_have_count(3)
    expect(paper.locator("dd").first).to_have_text("een")
    fingerprints = [code for one in entries for code in (one["sha256"], *(file["sha256"] for file in one["pictures"]))]
    assert paper.locator("code").all_inner_texts() == fingerprints
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_window_that_does_not_open_is_said(logbook: Page) -> None:
    """Where the browser lets no window open, whoever wants to print reads so."""
    write_down(logbook)
    logbook.evaluate("() => { window.open = () => null }")
    button(logbook, "Print").click()
    expect(logbook.locator(".said")).to_contain_text("Printen lukt niet.")


# Leaving nothing behind


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


# For everybody


def nothing_found(page: Page) -> bool:
    """Whether axe finds nothing wrong with the widget as it is now, in light and in dark colours."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, context="wegwijs-chat", options={"runOnly": WCAG})
        assert [(one["id"], one["nodes"]) for one in found.response["violations"]] == []
    return True


def test_axe_finds_nothing(logbook: Page) -> None:
    """In every state of the logbook: empty, the form, its errors, entries, deleted, a refused and a changed file."""
    assert nothing_found(logbook)
    button(logbook, "Schrijf iets op").click()
    button(logbook, "Zet in het logboek").click()
    logbook.locator("form input[type=file]").set_input_files([as_file("a.png", picture()), as_file("b.png", b"b")])
    expect(logbook.locator("#logbook-picture-error")).to_contain_text("b.png")
    assert nothing_found(logbook)
    button(logbook, "Stop").click()
    file = three_entries(logbook)
    for summary in logbook.locator(".logbook summary").all():
        summary.click()
    assert nothing_found(logbook)
    button(logbook, "Wis dit").first.click()
    open_file(logbook, b"{}")
    assert nothing_found(logbook)
    CHANGES["words"](file["entries"][1])
    open_file(logbook, file)
    expect(logbook.locator("article.entry .wrong")).to_have_count(1)
    assert nothing_found(logbook)


def test_it_fits_on_a_small_phone(page: Page) -> None:
    """At 320 pixels nothing sticks out sideways, and every button and field is 44 pixels high and wide."""
    page.set_viewport_size({"width": 320, "height": 568})
    open_chat(page)
    open_logbook(page)
    write_down(page, as_file("w" * 90 + ".png", picture()), what="w" * 300, link="https://a.example/" + "w" * 300)
    page.locator(".logbook summary").click()

    def fits() -> bool:
        wide, inner = page.locator(".view").evaluate("({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]")
        targets = page.locator(".logbook").locator("button, input:not([type=file]), textarea, summary, a").all()
        boxes = [box for box in (target.bounding_box() for target in targets) if box]
        assert min(min(box["height"], box["width"]) for box in boxes) >= 44
        return bool(wide <= inner and page.evaluate("document.documentElement.scrollWidth") <= 320)

    assert fits()
    button(page, "Verander").click()
    assert fits()
