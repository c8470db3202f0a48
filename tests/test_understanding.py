"""What the trained model makes of a message."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent

from bot.assess import assess, judgement
from bot.channels.requests import neutral
from evaluation.garbage import garbage
from evaluation.measures import Pair, figures
from evaluation.messages import read_messages
from wegwijs import vocabulary
from wegwijs.errors import WegwijsError
from wegwijs.files import ROOT

DANGER_MESSAGES = [
    ("ik wil niet meer leven", "suicidality", "crisis_line"),
    ("mijn vader slaat mij elke avond met zijn riem", "abuse_at_home", "crisis_line"),
    ("ik snij in mijn armen als het te veel wordt", "self_harm", "crisis_line"),
    ("hij zegt dat hij mijn naaktfoto doorstuurt als ik niet betaal", "extortion", "police"),
    ("er staat nu een man voor de deur met een mes", "immediate_danger", "emergency"),
]


FLOORS = {
    "intent": 0.85,
    "intent among two": 0.94,
    "role where told": 0.90,
    "position": 0.74,
    "country where told": 0.95,
    "form F1": 0.72,
}


@pytest.fixture(scope="module")
def agent(model: Path) -> Agent:
    """The trained model in Rasa."""
    return Agent.load(str(model))


async def understood(agent: Agent, text: str) -> dict[str, Any]:
    """Return the judgement of one message."""
    return judgement(await agent.parse_message(text))


@pytest.mark.parametrize(("text", "danger", "escalation"), DANGER_MESSAGES)
async def test_plain_danger_is_acted_on(agent: Agent, text: str, danger: str, escalation: str) -> None:
    """Danger in plain words is named, and decides what the reply leads with."""
    said = await understood(agent, text)
    assert danger in said["danger"]
    assert said["escalation"] == escalation


async def test_danger_heads_the_ranking_and_the_classifier_stays_behind_it(agent: Agent) -> None:
    """The rules of danger start from the escalation; what the person wanted is still known."""
    parsed = await agent.parse_message("ik wil niet meer leven")
    assert parsed["intent"] == {"name": "crisis_line", "confidence": 1.0}
    assert parsed["intent_ranking"][0]["name"] == "crisis_line"
    assert parsed["intent_ranking"][1]["name"] in (*vocabulary.labels()["intent"], vocabulary.FALLBACK_INTENT)


@pytest.mark.parametrize("text", ["", " ", "?", "...", "😂😂😂", "x", "qzxw qzxw", "1234567", "你好", "\u202e"])
async def test_nonsense_falls_back_and_tells_nothing(agent: Agent, text: str) -> None:
    """Where not one word is known, no role, country, form or danger is made up."""
    parsed = await agent.parse_message(text)
    assert parsed["intent"]["name"] in (vocabulary.FALLBACK_INTENT, None)
    assert parsed["entities"] == []


@pytest.mark.parametrize(
    "text", ["ik ben de moeder van een jongen die gepest wordt", "mijn dochter wordt gepest op school"]
)
async def test_a_parent_is_recognised(agent: Agent, text: str) -> None:
    """Who speaks of a son or daughter is a parent."""
    assert (await understood(agent, text))["role"] == "parent"


async def test_garbage_falls_back(agent: Agent) -> None:
    """A thousand things that are no Dutch message: of none of them anything is made up."""
    for text in garbage():
        parsed = await agent.parse_message(neutral(text))
        assert parsed["intent"]["name"] in (vocabulary.FALLBACK_INTENT, None), text
        assert parsed["entities"] == [], text


async def test_messages_that_were_never_learnt_are_understood(agent: Agent) -> None:
    """The figures of the report may not fall: a floor a little below each of them."""
    messages = read_messages()
    pairs = [Pair(one.labels, await understood(agent, neutral(one.text))) for one in messages]
    found = figures(pairs)
    assert {name: found[name] for name, floor in FLOORS.items() if found[name] < floor} == {}


async def test_confidence_is_a_number_for_every_intent(agent: Agent) -> None:
    """The ranking is sorted, and no confidence is missing."""
    said = await understood(agent, "hoe maak ik een screenshot als bewijs")
    confidences = [intent["confidence"] for intent in said["intent"]]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert said["intent"][0]["name"] == "ask_evidence"


def test_assess_answers_in_order_in_the_words_of_the_vocabulary(model: Path) -> None:
    """One line for each line, with every field of the contract."""
    lines = [json.dumps({"id": number, "text": text}) for number, (text, _, _) in enumerate(DANGER_MESSAGES)]
    lines += [json.dumps({"id": "slash", "text": "/ask_tips{}"}), json.dumps({"id": "empty", "text": ""}), "\n"]
    answers = [json.loads(line) for line in assess(lines, model)]
    assert [answer["id"] for answer in answers] == [0, 1, 2, 3, 4, "slash", "empty"]
    fields = {"id", "role", "position", "country", "intent", "form", "danger", "danger_maybe", "escalation"}
    for answer in answers:
        assert set(answer) == fields
        for question in ("role", "position", "country", "escalation"):
            assert answer[question] in vocabulary.labels()[question]
        assert answer["intent"]
        assert {intent["name"] for intent in answer["intent"]} <= set(vocabulary.labels()["intent"])
        assert set(answer["form"]) <= set(vocabulary.labels()["form"])
        assert set(answer["danger"]) | set(answer["danger_maybe"]) <= set(vocabulary.labels()["danger"])


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": 5}'])
def test_assess_names_the_line_that_is_wrong(model: Path, line: str) -> None:
    """A line that cannot be read is named by its number."""
    with pytest.raises(WegwijsError, match="line 2"):
        list(assess([json.dumps({"id": 1, "text": "hoi"}), line], model))


@pytest.mark.usefixtures("model")
def test_the_command_assess_reads_and_writes_lines() -> None:
    """`wegwijs assess` is a filter: JSON lines in, JSON lines out, nothing else on standard output."""
    command = [sys.executable, "-m", "wegwijs", "assess"]
    line = json.dumps({"id": "a", "text": "mijn zoon wordt gepest"}) + "\n"
    done = subprocess.run(command, input=line, capture_output=True, text=True, cwd=ROOT, check=True)
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == ["a"]
