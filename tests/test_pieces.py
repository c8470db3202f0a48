"""Messages typed in pieces: joined where they are a danger together, and readable for nobody else."""

import pytest

from bot.channels import pieces
from bot.channels.pieces import Seal, joined


def typed(*texts: str) -> str:
    """Return what the last message is taken for, after those before it."""
    kept = text = ""
    for one in texts:
        text, kept = joined(one, kept)
    return text


def test_pieces_of_a_danger_are_joined() -> None:
    """Two or three short messages that are a danger together come back as one."""
    assert typed("ik wil", "niet meer", "leven") == "ik wil niet meer leven"


def test_what_is_no_danger_stays_as_it_was() -> None:
    """Other short messages are not mixed up."""
    assert typed("hoi", "ik word gepest") == "ik word gepest"


def test_a_long_message_is_no_piece() -> None:
    """Of a message of more than a few words nothing is kept."""
    assert joined("vandaag op school ging het best goed", "") == ("vandaag op school ging het best goed", "")


def test_only_who_has_the_token_can_read_the_pieces() -> None:
    """What is sealed shows no word, and opens with the token of the conversation only."""
    sealed = Seal("token").close("hij heeft")
    assert "hij" not in sealed
    assert Seal("token").open(sealed) == "hij heeft"
    assert Seal("other").open(sealed) == ""
    assert Seal("token").open(None) == ""


def test_pieces_are_not_read_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old seal opens no more."""
    sealed = Seal("token").close("hij heeft")
    monkeypatch.setattr(pieces, "_SECONDS", -1)
    assert Seal("token").open(sealed) == ""
