"""Guides: walked by quick replies and by typed words, left, resumed, and gone back."""

import shutil
from datetime import datetime
from itertools import product
from pathlib import Path

import pytest

from wegwijs import guide
from wegwijs.contacts import TIME_ZONE
from wegwijs.content import Content, load_content
from wegwijs.dialogue import Said, Turn, take_turn
from wegwijs.errors import ContentError
from wegwijs.files import CONTENT
from wegwijs.situation import Situation
from wegwijs.vocabulary import labels

LABELS = labels()
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=TIME_ZONE)
GUIDE = """
guides:
- id: check
  title: "Is dit pesten?"
  role: [child, unknown]
  heard: '\\bdoe de toets\\b'
  examples: ["doe de toets"]
  source: {doc: ehbc, section: Criteria}
  steps:
  - id: again
    text: [{paragraph: "Gebeurt het vaker?"}]
    answers:
    - {id: yes, label: "Ja", heard: '\\bsteeds\\b'}
    - {id: no, label: "Nee", to: result}
  - id: flemish
    country: [be]
    text: [{paragraph: "Weet het CLB het?"}]
  - id: power
    text: [{paragraph: "Zijn ze sterker?"}]
    heard: '\\bsterker\\b'
    examples: ["hij is veel sterker"]
    answers:
    - {id: yes, label: "Ja", speaks_for: adult}
    - {id: no, label: "Nee", speaks_for: talk}
  - id: result
    text: [{paragraph: "Dank je."}]
    first_of:
    - {when: {again: [yes], power: [yes]}, text: [{paragraph: "Dit lijkt op pesten."}]}
    - text: [{paragraph: "Ook dan mag je het vertellen."}]
    each_of:
    - {when: {again: [yes]}, text: [{paragraph: "Het gebeurt vaker."}]}
    - {most: adult, text: [{paragraph: "Haal er een volwassene bij."}]}
    - {most: balanced, text: [{paragraph: "Kies zelf."}]}
    - {when: {power: [no]}, text: [{paragraph: "Je kunt je verweren."}]}
    sheet: note
  - id: after
    text: [{paragraph: "Sterkte."}]
choices:
- {id: start_check, label: "Is dit pesten?", guide: check}
sheets:
- id: note
  title: Briefje
  fields: [{id: what, label: "Wat gebeurt er?"}]
  text: ["Dit gebeurt: {what}"]
"""


def content_with(text: str, folder: Path) -> Content:
    """All content, and one file more."""
    shutil.copytree(CONTENT, folder, dirs_exist_ok=True)
    (folder / "check.yml").write_text(text, "utf-8")
    return load_content(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The content with one small guide more."""
    return content_with(GUIDE, tmp_path_factory.mktemp("content"))


class Walk:
    """A conversation with the guide, as the action holds it."""

    def __init__(self, content: Content, **known: str) -> None:
        """Begin with what is known of the person."""
        self.content = content
        self.situation = Situation(**known)
        self.turn: Turn | None = None

    def choose(self, name: str) -> "Walk":
        """Choose a quick reply of the last turn."""
        assert self.turn
        offered = next(one for one in self.turn.reply.choices if one.id == name)
        return self._take(Said([offered.intent], [1.0], 1, False, True, {}, **_tells(offered.entities)), "")

    def say(self, text: str, intent: str = "nlu_fallback") -> "Walk":
        """Type a text that is taken for an intent."""
        return self._take(Said([intent], [0.9], len(text.split()), False, False, {}), text)

    def begin(self, step: str) -> "Walk":
        """Choose a quick reply of some earlier answer that leads to a step."""
        return self._take(Said(["guide"], [1.0], 1, False, True, {}, step=step), "")

    def _take(self, said: Said, text: str) -> "Walk":
        self.turn = take_turn(said, self.situation.but(plain=text.lower()), "unknown", self.content, NOW)
        given = (*self.situation.given, *self.turn.reply.items)
        self.situation = self.situation.but(
            guide=self.turn.guide, topic=self.turn.topic, given=given, last=self.turn.reply.items
        )
        return self

    @property
    def said(self) -> str:
        """All that the last turn said."""
        assert self.turn
        return " ".join(block["text"] for block in self.turn.reply.blocks if "text" in block)

    @property
    def offered(self) -> set[str]:
        """The ids of its quick replies."""
        assert self.turn
        return {choice.id for choice in self.turn.reply.choices}


def _tells(entities: dict[str, str]) -> dict[str, str]:
    return {name: entities[name] for name in ("step", "answer") if name in entities}


def test_a_guide_begins_with_its_words_and_asks(small: Content) -> None:
    """What is typed begins the guide, with its answers and a way out, and no way back yet."""
    walk = Walk(small).say("doe de toets", "ask_definition")
    assert walk.said == "Gebeurt het vaker?"
    assert walk.offered == {"check.again.yes", "check.again.no", "leave_guide"}


def test_a_guide_is_only_for_whom_it_is_meant(small: Content) -> None:
    """The guide of the children does not begin for a teacher."""
    assert Walk(small, role="teacher").say("doe de toets", "ask_definition").situation.guide is None


def test_answers_lead_on_and_decide_the_result(small: Content) -> None:
    """The result says what fits all answers, each thing that fits one of them, and what most speak for."""
    walk = Walk(small).begin("check").choose("check.again.yes").choose("check.power.yes")
    assert walk.said == "Dank je. Dit lijkt op pesten. Het gebeurt vaker. Haal er een volwassene bij."
    walk = Walk(small).begin("check").choose("check.again.no")
    assert walk.said == "Dank je. Ook dan mag je het vertellen. Kies zelf."


def test_a_result_works_half_answered(small: Content) -> None:
    """Who jumps ahead gets what fits the answers there are."""
    assert Walk(small).begin("check.result").said == "Dank je. Ook dan mag je het vertellen. Kies zelf."


def test_a_step_for_the_other_country_is_skipped(small: Content) -> None:
    """A step with a tag comes only where it fits."""
    assert Walk(small).begin("check").choose("check.again.yes").said == "Zijn ze sterker?"
    assert Walk(small, country="be").begin("check").choose("check.again.yes").said == "Weet het CLB het?"


@pytest.mark.parametrize(("text", "intent"), [("ja", "affirm"), ("ze doen het steeds", "report_bullying")])
def test_answers_may_be_typed(small: Content, text: str, intent: str) -> None:
    """A yes, and the words of an answer, are that answer."""
    walk = Walk(small).begin("check").say(text, intent)
    assert walk.situation.guide is not None
    assert dict(walk.situation.guide.answers) == {"again": "yes"}


def test_next_back_and_stop_may_be_typed(small: Content) -> None:
    """One walks with words as with quick replies; going back forgets the answer given there."""
    walk = Walk(small).begin("check").choose("check.again.yes").say("terug")
    assert walk.said == "Gebeurt het vaker?"
    assert walk.situation.guide is not None
    assert not walk.situation.guide.answers
    assert walk.choose("check.again.no").say("volgende").said == "Sterkte."
    assert walk.begin("check").say("stop").situation.guide is None


def test_words_of_a_step_lead_straight_to_it(small: Content) -> None:
    """Somebody who is further already jumps."""
    assert Walk(small).begin("check").say("hij is veel sterker", "report_bullying").said == "Zijn ze sterker?"


def test_a_side_question_is_answered_and_the_guide_waits(small: Content) -> None:
    """After an answer about something else one quick reply goes on where it stopped."""
    walk = Walk(small).begin("check").choose("check.again.yes").say("wie leest dit", "ask_privacy")
    assert walk.said not in ("", "Zijn ze sterker?")
    assert "resume_guide" in walk.offered
    walk.choose("resume_guide")
    assert walk.said == "Zijn ze sterker?"
    assert walk.choose("check.power.yes").said.startswith("Dank je. Dit lijkt op pesten.")


def test_an_answer_that_was_not_understood_is_asked_for_again(small: Content) -> None:
    """A few words that mean nothing get the answers again, never silence, and not the same words twice running."""
    walk = Walk(small).begin("check").say("blub")
    assert walk.offered == {"check.again.yes", "check.again.no", "leave_guide"}
    assert walk.said


def test_the_last_step_ends_the_guide(small: Content) -> None:
    """After it nothing offers to go on."""
    walk = Walk(small).begin("check.after")
    assert walk.offered == set()
    assert "resume_guide" not in walk.say("hoi", "greet").offered


def test_a_sheet_goes_with_its_step(small: Content) -> None:
    """The fields and the text of the sheet are in the reply, to be filled in on the own device."""
    walk = Walk(small).begin("check.result")
    assert walk.turn
    assert walk.turn.reply.sheet
    assert walk.turn.reply.sheet["fields"][0]["label"] == "Wat gebeurt er?"


def test_every_guide_can_be_walked_to_its_end(texts: Content) -> None:
    """In each guide every step is reached from the first, by quick replies, and none is a dead end."""
    for one in texts.guides.values():
        reached: set[str] = set()
        for country, position in product(one.country or LABELS["country"], one.position or LABELS["position"]):
            person = Situation(role=(one.role or ("child",))[0], country=country, position=position)
            waiting = [guide.chosen(one.id, None, person, texts)]
            seen: set[str] = set()
            while waiting:
                place = waiting.pop()
                assert place is not None
                if place.path[-1] in seen:
                    continue
                seen.add(place.path[-1])
                for way in guide.ways(place, person, texts):
                    if way.id not in ("leave_guide", "previous_step"):
                        here = person.but(guide=place)
                        waiting.append(guide.chosen(way.tells["step"], way.tells.get("answer"), here, texts))
            reached |= seen
        assert reached == {step.id for step in one.steps}, one.id


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("to: result", "to: nowhere", "'nowhere' is no step"),
        ("power: [yes]", "power: [maybe]", "are no answers of that step"),
        ("guide: check", "guide: chek", "'chek' is no guide"),
        ("most: adult", "most: child", "no answer of this guide speaks for it"),
        ("sheet: note", "sheet: letter", "'letter' is no sheet"),
        ("{what}", "{who}", "{who} is no field"),
        ("id: after", "id: power", "stands there twice"),
        ('examples: ["doe de toets"]', 'examples: ["help"]', "'help' is not heard"),
        ("doc: ehbc", "doc: krant", "source: 'krant'"),
    ],
)
def test_a_mistake_in_a_guide_is_named(tmp_path: Path, right: str, wrong: str, named: str) -> None:
    """A step, answer, sheet or field that does not exist stops the start and is named."""
    with pytest.raises(ContentError) as raised:
        content_with(GUIDE.replace(right, wrong), tmp_path)
    assert named in str(raised.value)
    assert "check.yml" in str(raised.value)
