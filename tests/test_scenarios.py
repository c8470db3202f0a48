"""Whole conversations, read from tests/scenarios, with the real model through the real server."""

from pathlib import Path

import pytest

from tests.chat import Chat, items
from tests.scenario import FILES, check
from wegwijs.content import Content
from wegwijs.files import read_yaml


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_goes_well(file: Path, server: str) -> None:
    """Every turn is answered as the file says, and no reply comes twice running."""
    scenario = read_yaml(file)
    chat = Chat(server, scenario.get("opening", {}))
    before: list[str] = []
    for turn in scenario["turns"]:
        messages = chat.choose(turn["choose"]) if "choose" in turn else chat.say(turn["say"])
        assert items(messages), turn
        assert items(messages) != before, f"the same reply twice running: {turn}"
        before = items(messages)
        check(turn, messages)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_scenario_names_what_exists(file: Path, texts: Content) -> None:
    """Every id in a scenario stands in content/, so that none passes because of a typing mistake."""
    steps = {f"{guide.id}.{step.id}" for guide in texts.guides.values() for step in guide.steps}
    for turn in read_yaml(file)["turns"]:
        for name in [*turn.get("said", []), *turn.get("not_said", [])]:
            assert name in texts.by_id or name in steps, name
        for name in [*turn.get("contacts", []), *turn.get("not_contacts", [])]:
            assert name in texts.helplines, name
