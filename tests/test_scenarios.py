"""Whole conversations, read from tests/scenarios, with the real model through the real server."""

from pathlib import Path
from typing import Any

import pytest

from tests.chat import Chat, choices, contacts, first_line, items
from wegwijs.content import Content
from wegwijs.files import read_yaml

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.yml"))
EXPECTATIONS = {
    "said", "not_said", "begins", "alert", "first_line", "contacts", "not_contacts", "choices", "say", "choose",
}  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_goes_well(file: Path, server: str, texts: Content) -> None:
    """Every turn is answered as the file says, and no reply comes twice running."""
    scenario = read_yaml(file)
    chat = Chat(server, scenario.get("opening", {}))
    before: list[str] = []
    for number, turn in enumerate(scenario["turns"], 1):
        assert set(turn) <= EXPECTATIONS, f"turn {number}: unknown field"
        messages = chat.choose(turn["choose"]) if "choose" in turn else chat.say(turn["say"])
        said = items(messages)
        where = f"turn {number} ({turn.get('say') or turn['choose']}): {said}, {choices(messages)}"
        assert said, where
        assert said != before, f"the same reply twice running: {where}"
        before = said
        _check(turn, messages, where)
        for name in [*turn.get("said", []), *turn.get("not_said", [])]:
            assert any(item.id == name for item in texts.items), f"{name} does not stand in content/"


def _check(turn: dict[str, Any], messages: list[dict[str, Any]], where: str) -> None:
    said = items(messages)
    wanted = turn.get("said", [])
    assert [name for name in said if name in wanted] == wanted, where
    assert not set(turn.get("not_said", [])) & set(said), where
    if "begins" in turn:
        assert all(name.startswith(turn["begins"]) for name in said), where
    if "alert" in turn:
        assert messages[0]["alert"] == (None if turn["alert"] == "none" else turn["alert"]), where
    if "first_line" in turn:
        assert turn["first_line"] in first_line(messages), where
    assert set(turn.get("contacts", [])) <= set(contacts(messages)), (where, contacts(messages))
    assert not set(turn.get("not_contacts", [])) & set(contacts(messages)), where
    assert set(turn.get("choices", [])) <= set(choices(messages)), where
