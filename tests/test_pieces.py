"""Messages typed in pieces: joined where they are a danger together, and readable for nobody else."""

import base64
import hashlib
from collections.abc import Sequence

import pytest
from cryptography.fernet import Fernet

from bot.channels.pieces import SECONDS, Piece, Seal, joined

SEAL = Seal("token")


def typed(*texts: str, every: float = 1.0) -> str:
    """Return what the last message is taken for, after those before it, of which each was kept sealed."""
    sealed, text = None, ""
    for place, one in enumerate(texts):
        at = place * every
        text, pieces = joined(one, SEAL.open(sealed, at), at)
        sealed = SEAL.close(pieces)
    return text


def texts_of(pieces: Sequence[Piece]) -> list[str]:
    """Return what was typed."""
    return [piece.text for piece in pieces]


def test_pieces_of_a_danger_are_joined() -> None:
    """Two or three short messages that are a danger together come back as one."""
    assert typed("ik wil", "niet meer", "leven") == "ik wil niet meer leven"


def test_what_is_no_danger_stays_as_it_was() -> None:
    """Other short messages are not mixed up."""
    assert typed("hoi", "ik word gepest") == "ik word gepest"


def test_a_long_message_is_no_piece() -> None:
    """Of a message of more than a few words nothing is kept, nor of those before it."""
    assert joined("vandaag op school ging het best goed", (Piece(0, "hoi"),), 1)[1] == ()


def test_of_many_pieces_the_latest_are_kept() -> None:
    """Who has typed much in pieces is still understood: the oldest go first, as whole messages."""
    said = ("hoi ben je daar", "ik heb een vraag", "het gaat over school", "hij heeft")
    assert typed(*said, "een mes") == "hij heeft een mes"
    assert texts_of(joined(said[3], [Piece(0, one) for one in said[:3]], 1)[1]) == [*said[1:]]


def test_only_who_has_the_token_can_read_the_pieces() -> None:
    """What is sealed shows no word, and opens with the token of the conversation only."""
    sealed = SEAL.close([Piece(0, "hij heeft")])
    assert sealed
    assert "hij" not in sealed
    assert texts_of(SEAL.open(sealed, 1)) == ["hij heeft"]
    assert Seal("other").open(sealed, 1) == ()
    assert SEAL.open(None, 1) == ()
    assert SEAL.close(()) is None


def test_pieces_are_not_read_after_a_minute() -> None:
    """A piece is read for a minute from when it was typed, however many come after it."""
    sealed = SEAL.close([Piece(0, "hij heeft"), Piece(50, "ja")])
    assert texts_of(SEAL.open(sealed, SECONDS - 1)) == ["hij heeft", "ja"]
    assert texts_of(SEAL.open(sealed, SECONDS)) == ["ja"]
    assert typed("hij heeft", "ja", "een mes", every=0.4 * SECONDS) == "hij heeft ja een mes"
    assert typed("hij heeft", "ja", "een mes", every=0.5 * SECONDS) == "een mes"


def test_pieces_of_a_clock_that_was_put_back_are_not_read() -> None:
    """What was typed later than now was typed by another clock."""
    assert SEAL.open(SEAL.close([Piece(100, "hij heeft")]), 0) == ()
    assert texts_of(SEAL.open(SEAL.close([Piece(1, "hij heeft")]), 0)) == ["hij heeft"]  # of a machine beside this one


@pytest.mark.parametrize("sealed", [b"hij heeft", b"12", b"[1]", b'{"a": 1}'])
def test_what_another_version_has_sealed_breaks_nothing(sealed: bytes) -> None:
    """Across an update a talk goes on, without what it cannot read."""
    key = base64.urlsafe_b64encode(hashlib.sha256(b"piecestoken").digest())
    assert SEAL.open(Fernet(key).encrypt(sealed).decode(), 1) == ()
