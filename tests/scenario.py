"""Reading tests/scenarios and checking a turn against them (tests/scenarios/README.md)."""

from pathlib import Path
from typing import Any

from tests.chat import choices, contacts, first_line, items

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.yml"))
EXPECTATIONS = {
    "said", "not_said", "begins", "alert", "first_line", "contacts", "not_contacts", "choices", "sheet",
    "say", "choose",
}  # fmt: skip


def check(turn: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    """Assert that a turn was answered as the file says."""
    assert set(turn) <= EXPECTATIONS, f"unknown field in {turn}"
    where = f"{turn.get('say') or turn['choose']}: {items(messages)}, {choices(messages)}"
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
    if "sheet" in turn:
        assert [message["sheet"]["id"] for message in messages if message["sheet"]] == [turn["sheet"]], where
    assert set(turn.get("choices", [])) <= set(choices(messages)), where
