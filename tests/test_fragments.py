"""Messages typed in pieces: joined where they are a danger together, and kept no longer than a minute."""

from bot.channels.fragments import Fragments


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


def test_pieces_of_a_danger_are_joined() -> None:
    """Two or three short messages that are a danger together come back as one."""
    fragments = Fragments()
    assert fragments.completed("a", "ik wil") == "ik wil"
    assert fragments.completed("a", "niet meer") == "niet meer"
    assert fragments.completed("a", "leven") == "ik wil niet meer leven"


def test_what_is_no_danger_stays_as_it_was() -> None:
    """Other short messages are not mixed up."""
    fragments = Fragments()
    fragments.completed("a", "hoi")
    assert fragments.completed("a", "ik word gepest") == "ik word gepest"


def test_nobody_gets_the_words_of_another() -> None:
    """Each conversation has its own pieces."""
    fragments = Fragments()
    fragments.completed("a", "ik wil niet meer")
    assert fragments.completed("b", "leven") == "leven"


def test_words_are_forgotten_after_a_minute_and_at_the_end() -> None:
    """Old pieces, and those of a conversation that was deleted, are gone."""
    clock = Clock()
    fragments = Fragments(clock)
    fragments.completed("a", "ik wil niet meer")
    clock.now += 61
    assert fragments.completed("a", "leven") == "leven"
    fragments.completed("b", "ik wil niet meer")
    fragments.forget("b")
    assert fragments.completed("b", "leven") == "leven"
