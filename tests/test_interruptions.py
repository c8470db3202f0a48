"""Whatever comes in the middle of a guide: it waits, and goes on where it was. Over HTTP, in every guide for staff."""

from collections.abc import Callable

import pytest

from tests.chat import Chat, choices, items
from wegwijs.content import load_content
from wegwijs.guide_schema import Guide

GUIDES = [guide for guide in load_content().guides.values() if guide.role == ("teacher",) and guide.heard]


def a_danger(chat: Chat) -> None:
    """Somebody is in danger: the help comes first."""
    (message,) = chat.say("een leerling zegt net dat hij vanavond een eind aan zijn leven maakt")
    assert message["alert"]


def a_side_question(chat: Chat) -> None:
    """Something else is asked and answered."""
    assert "privacy" in " ".join(items(chat.say("bewaren jullie wat ik hier typ?")))


def a_correction(chat: Chat) -> None:
    """What was told about oneself is taken back."""
    assert choices(chat.say("ik bedoel trouwens dat ik in het tweede leerjaar lesgeef, niet in het eerste"))


def silence(chat: Chat) -> None:
    """Nothing is typed: that is refused, and changes nothing."""
    assert chat.post({"text": "  \n "}).status == 400


def a_sign_of_nothing(chat: Chat) -> None:
    """Only dots are typed: Wegwijs asks, or says how to go on."""
    assert choices(chat.say("..."))


def a_reload(chat: Chat) -> None:
    """The page is loaded again: the last answer comes once more, with its quick replies."""
    shown = items(chat.take_up())
    assert shown


INTERRUPTIONS = [a_danger, a_side_question, a_correction, silence, a_sign_of_nothing, a_reload]


def begun(server: str, guide: Guide) -> Chat:
    """A teacher in the country of the guide, at its second step."""
    country = guide.country[0] if guide.country else "nl"
    chat = Chat(server, {"role": "teacher", "country": country})
    first = chat.say(guide.examples[0])
    assert items(first)[0].startswith(f"{guide.id}."), (guide.examples[0], items(first))
    return chat


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.id)
@pytest.mark.parametrize("interrupt", INTERRUPTIONS, ids=lambda interrupt: interrupt.__name__)
def test_a_guide_goes_on_after_an_interruption(server: str, guide: Guide, interrupt: Callable[[Chat], None]) -> None:
    """After it the same step comes back with one quick reply or by its words, and leads on as it would have."""
    chat = begun(server, guide)
    before = chat.take_up()
    interrupt(chat)
    back = chat.take_up()
    if items(back) != items(before):
        back = chat.choose("resume_guide") if "resume_guide" in choices(back) else chat.say("waar was ik gebleven?")
    assert (items(back), choices(back)) == (items(before), choices(before))
    onward = next(one for one in choices(back) if one not in ("previous_step", "leave_guide"))
    assert items(chat.choose(onward))[0].startswith(f"{guide.id}.")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.id)
def test_back_and_stop(server: str, guide: Guide) -> None:
    """One step on and "terug" is where one was; after "stop" nothing offers to go on, and the words begin it again."""
    chat = begun(server, guide)
    first = chat.take_up()
    chat.choose(next(one for one in choices(first) if one not in ("previous_step", "leave_guide")))
    assert items(chat.say("terug")) == items(first)
    left = chat.say("stop")
    assert "resume_guide" not in choices(left)
    assert items(chat.say(guide.examples[0])) == items(first)
