"""Pictures and fingerprints in the logbook: what can be trusted later."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import needs_chromium, open_chat
from tests.logbook import as_file, button, open_file, open_logbook, opened_anew, picture, saved, write_down

pytestmark = needs_chromium


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
