"""The logbook of proof: what is written down, changed and taken out, by everybody, on every device."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser import WCAG, needs_chromium, open_chat
from tests.logbook import CHANGES, as_file, button, open_file, open_logbook, picture, three_entries, write_down

pytestmark = needs_chromium


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
