"""The content: complete, checked, and mistakes named."""

import re
from datetime import datetime
from itertools import product
from pathlib import Path

import pytest

from tests.chat import Chat, everything
from wegwijs import choose, reply, vocabulary
from wegwijs.contacts import TIME_ZONE
from wegwijs.content import Content, load_content
from wegwijs.errors import ContentError
from wegwijs.files import CONTENT
from wegwijs.normalise import normalise
from wegwijs.situation import Situation

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=TIME_ZONE)
ROLES, POSITIONS, COUNTRIES = (vocabulary.labels()[question] for question in ("role", "position", "country"))
PEOPLE = [Situation(role=r, position=p, country=c) for r, p, c in product(ROLES, POSITIONS, COUNTRIES)]
INTENTS = [*vocabulary.labels()["intent"], vocabulary.FALLBACK_INTENT]

GOOD = """
items:
- id: one_tip
  kind: tip
  intent: [ask_tips]
  text: [{paragraph: Vertel het.}]
  source: {doc: opvoeden, section: Tips}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files that every content needs."""
    for name in ("helplines.yml", "sources.yml", "failsafe.yml", "words.yml"):
        (tmp_path / name).write_text((CONTENT / name).read_text("utf-8"), "utf-8")
    return tmp_path


@pytest.mark.parametrize("intent", INTENTS)
def test_nobody_gets_nothing(intent: str, texts: Content) -> None:
    """Every intent has an answer for every role, position and country, known or not."""
    for person in PEOPLE:
        found = reply.answer(intent, person, texts, NOW)
        assert found.blocks, person


@pytest.mark.parametrize("danger", vocabulary.labels()["danger"])
def test_every_danger_leads_with_help_for_everybody(danger: str, texts: Content) -> None:
    """The first line names whom to call, a contact can be tapped, and what to do follows; for every person."""
    escalation = vocabulary.escalation_of([danger])
    for person in PEOPLE:
        found = reply.danger(escalation, person.but(danger=(danger,)), texts, NOW)
        numbers = [contact["phone"] for contact in found.contacts if contact["phone"]]
        assert any(number in found.blocks[0]["text"] for number in numbers), (person, found.blocks[0])
        kinds = [next(item.kind for item in texts.items if item.id == name) for name in found.items]
        assert kinds[:2] == ["lead", "help"], (person, found.items)
        assert found.alert == escalation


def test_an_emergency_leads_with_112(texts: Content) -> None:
    """What happens now begins with 112, whoever speaks and wherever."""
    for person in PEOPLE:
        found = reply.danger("emergency", person.but(danger=("immediate_danger",)), texts, NOW)
        assert "112" in found.blocks[0]["text"], person


@pytest.mark.parametrize("danger", vocabulary.labels()["danger"])
def test_every_danger_can_be_asked_about(danger: str, texts: Content) -> None:
    """When unsure, there is a question with yes and no, and a number to call beside it."""
    for person in PEOPLE:
        found = reply.check_danger(person.but(danger=(danger,)), texts, NOW)
        assert {choice.id for choice in found.choices} >= {"danger_yes", "danger_no"}, person
        assert found.contacts, person


def test_nothing_is_told_twice(texts: Content) -> None:
    """Somebody who keeps asking for tips gets each tip once, then hears that there is nothing new."""
    person = Situation(role="child", position="target", form=("exclusion",))
    seen: list[str] = []
    for _ in range(40):
        said = reply.answer("ask_tips", person, texts, NOW)
        tips = [name for name in said.items if any(i.id == name and i.kind == "tip" for i in texts.items)]
        assert not set(tips) & set(seen)
        assert len(tips) <= reply.TIPS_AT_ONCE
        assert said.items != person.last, "the same reply twice running"
        seen += tips
        person = person.but(given=(*person.given, *said.items), last=said.items)
    assert len(seen) > 10


@pytest.mark.parametrize("intent", sorted(reply.SMALL_TALK))
def test_small_talk_never_repeats_itself_at_once(intent: str, texts: Content) -> None:
    """A greeting or "I did not understand" comes back in other words."""
    for person in (Situation(), Situation(role="parent")):
        for _ in range(8):
            said = reply.answer(intent, person, texts, NOW)
            assert said.items
            assert said.items != person.last
            person = person.but(given=(*person.given, *said.items), last=said.items)


def test_only_helplines_that_may_be_recommended_are_contacts(texts: Content) -> None:
    """Nobody is sent to a line that is dead or unsure; a site that is no helpline is linked for those who name it."""
    steps = [step for guide in texts.guides.values() for step in guide.steps]
    for entry in (*texts.items, *steps):
        for name in entry.contacts:
            line = texts.helplines[name]
            named = entry.heard is not None and line.recommend in ("link_only", "mention")
            assert line.recommend == "yes" or named, (entry.id, name)


def test_no_helpline_of_the_other_country(texts: Content) -> None:
    """Who lives in Flanders never sees a Dutch line among the contacts, and the reverse."""
    for country, other in (("nl", "be"), ("be", "nl")):
        for intent in INTENTS:
            for role in ROLES:
                found = reply.answer(intent, Situation(role=role, country=country), texts, NOW)
                assert all(texts.helplines[one["id"]].country != other for one in found.contacts), (intent, role)


def test_nobody_is_told_to_delete_proof(texts: Content) -> None:
    """Where a sentence about messages or proof has the word delete, it has the word not."""
    deletes = re.compile(r"\b(wis|verwijder|gooi)\b[^.!?]*\b(bericht|bewijs|screenshot|chat|gesprek|alles)")
    for item in texts.items:
        for sentence in (s.lower() for block in item.text for text in block.texts() for s in re.split("[.!?:]", text)):
            if deletes.search(sentence) and item.source.doc != "wegwijs":
                assert re.search(r"\b(niet|niets|nooit|geen|eerst|voordat)\b", sentence), (item.id, sentence)


def test_what_is_asked_after_a_danger_is_heard(texts: Content) -> None:
    """Each reply hears its own examples."""
    replies = [item for item in texts.items if item.kind == "reply"]
    assert replies
    for item in replies:
        assert item.heard
        for example in item.examples:
            assert item.heard.search(normalise(example)), (item.id, example)


# Blame, belittling, diagnoses and promises that nobody can keep.
NEVER_SAID = (
    r"\b(eigen|jouw|uw) schuld\b(?<!niet jouw schuld)(?<!niet uw schuld)", r"\bhad je maar\b", r"\bwaarom heb je\b",
    r"\bmeen je niet\b", r"\bstel je niet aan\b", r"\bvalt wel mee\b", r"\bkomt (het )?goed\b", r"\bgarande\w+",
    r"\bik beloof\b", r"\bje (bent|hebt een) (depressi|ziek|gestoord|stoornis)\w*",
)  # fmt: skip


def test_danger_answers_blame_nobody_and_promise_nothing(texts: Content) -> None:
    """No danger answer says that it is somebody's own fault, that it is nothing, or that all will be well."""
    said = [item for item in texts.items if item.escalation or item.danger or item.asks == "danger"]
    assert said
    for item in said:
        words = " ".join(text for block in item.text for text in block.texts()).lower()
        for pattern in NEVER_SAID:
            assert not re.search(pattern, words), (item.id, pattern)


@pytest.mark.parametrize("danger", vocabulary.labels()["danger"])
def test_the_first_contact_comes_soon(danger: str, texts: Content) -> None:
    """Within the first sixty words of a danger answer there is a number to call."""
    for person in PEOPLE:
        found = reply.danger(vocabulary.escalation_of([danger]), person.but(danger=(danger,)), texts, NOW)
        words = " ".join(
            text for block in found.blocks for text in [block.get("text"), *block.get("items", [])] if text
        )
        start = " ".join(words.split()[:60])
        assert any(contact["phone"] and contact["phone"] in start for contact in found.contacts), person


@pytest.mark.parametrize("danger", vocabulary.labels()["danger"])
def test_adults_hear_what_not_to_do(danger: str, texts: Content) -> None:
    """Each danger answer for a parent or a teacher says what not to do, such as promise secrecy."""
    for role, country in product(("parent", "teacher"), COUNTRIES):
        person = Situation(role=role, country=country, danger=(danger,))
        found = reply.danger(vocabulary.escalation_of([danger]), person, texts, NOW)
        assert re.search(r"\b(niet|geen|nooit)\b", str(found.blocks).lower()), (role, country)


def test_a_good_item_is_read(folder: Path) -> None:
    """One new item in a new file is all that a new tip needs."""
    (folder / "new.yml").write_text(GOOD, "utf-8")
    assert [item.id for item in load_content(folder).items] == ["one_tip"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (GOOD.replace("ask_tips", "ask_tip"), "one_tip: intent"),
        (GOOD.replace("kind: tip", "kind: hint"), "one_tip: kind"),
        (GOOD.replace("  source:", "  rolle: [child]\n  source:"), "one_tip: rolle"),
        (GOOD.replace("  source: {doc: opvoeden, section: Tips}", ""), "one_tip: source"),
        (GOOD.replace("doc: opvoeden", "doc: krant"), "source: 'krant'"),
        (GOOD.replace("Vertel het.", "Bel 0800-0432."), "typed phone number"),
        (GOOD.replace("{paragraph: Vertel het.}", "{paragraph: '{nobody.phone}'}"), "{nobody.phone}"),
        (GOOD.replace("{paragraph: Vertel het.}", "{paragraph: 'Bel {awel.phone}.'}"), "has a number of be only"),
        (GOOD.replace("  source:", "  contacts: [nobody]\n  source:"), "contacts: 'nobody'"),
        (GOOD.replace("  source:", "  next: [nothing]\n  source:"), "next: 'nothing'"),
        (GOOD + GOOD.replace("items:", ""), "also stands in"),
        ("items: [", "new.yml"),
    ],
)
def test_a_mistake_is_named(folder: Path, wrong: str, named: str) -> None:
    """A mistake stops the start and names the file, the item and the field."""
    (folder / "new.yml").write_text(wrong, "utf-8")
    with pytest.raises(ContentError) as raised:
        load_content(folder)
    assert named in str(raised.value)
    assert "new.yml" in str(raised.value)


def test_the_most_specific_item_comes_first(texts: Content) -> None:
    """A tip for the form that is going on comes before a general one of the same priority."""
    general = choose.fitting(texts.of_kind["opening"], Situation(role="child", position="target"), "report_bullying")
    specific = choose.fitting(
        texts.of_kind["opening"],
        Situation(role="child", position="target", form=("exclusion",)),
        "report_bullying",
    )
    assert "exclusion" in specific[0].form
    assert not general[0].form


def test_words_for_the_kind_of_school(folder: Path) -> None:
    """A sentence for secondary schools is left out at a primary school, and said where the kind is not known."""
    block = "{paragraph: Vraag de mentor., school_kind: secondary}"
    (folder / "new.yml").write_text(
        GOOD.replace("kind: tip", "kind: answer").replace("Vertel het.}", f"Vertel het.}}, {block}")
    )
    content = load_content(folder)
    said = {
        kind: len(reply.answer("ask_tips", Situation(school_kind=kind), content, NOW).blocks)
        for kind in ("primary", "secondary", "unknown")
    }
    assert said == {"primary": 1, "secondary": 2, "unknown": 2}


@pytest.mark.parametrize(
    ("guide", "typed", "primary", "secondary"),
    [
        ("zes stappen na een melding", "", "intern begeleider", ""),
        ("zes stappen na een melding", "wat doet het ondersteuningsteam?", "", "leerjaar 1 en 2"),
        ("gevolgen in fasen", "", "intern begeleider", ""),
        ("gevolgen in fasen", "moeten ze een pestcontract tekenen?", "", "brugklassers"),
        ("gevolgen in fasen", "fase 1", "een tekening of een gesprek", "schrijfopdracht"),
        ("gevolgen in fasen", "fase 3", "één groep van dit leerjaar", "halfuur vóór schooltijd"),
        ("gevolgen in fasen", "fase 5", "", "Bureau VSV"),
        ("eerste hulp bij cyberpesten", "hoe ernstig is dit?", "intern begeleider", "zorgcoördinator"),
        ("confronteren of niet?", "wat zegt onderzoek?", "oudere leerlingen", ""),
        ("voorbeelden uitgewerkt", "", "oudere leerlingen", ""),
    ],
)
def test_staff_of_a_primary_school_reads_its_own_words(
    server: str, guide: str, typed: str, primary: str, secondary: str
) -> None:
    """At a primary school words for it come, and those of a secondary school do not; where no school is known, both."""
    at_school, anywhere = (
        Chat(server, {"role": "teacher", "country": "nl", **school}) for school in ({"school": "regenboog"}, {})
    )
    said = []
    for chat in (at_school, anywhere):
        messages = chat.say(guide)
        said.append(everything(chat.say(typed) if typed else messages))
    assert all(primary in words for words in said)
    assert secondary in said[1]
    assert not secondary or secondary not in said[0]
