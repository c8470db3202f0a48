"""What the widget knows by itself agrees with the server."""

import re

import pytest

from bot.channels.requests import TEXT_LIMIT
from wegwijs.content import Content
from wegwijs.files import WIDGET


def test_the_numbers_of_the_widget_are_those_of_the_helplines(texts: Content) -> None:
    """The helplines shown without a server have the numbers of helplines.yml."""
    source = (WIDGET / "strings.js").read_text("utf-8")
    for name in ("emergency_112", "kindertelefoon", "awel"):
        assert str(texts.helplines[name].phone) in source, name


def test_the_box_holds_what_the_server_takes() -> None:
    """The longest text that can be typed is the longest that is accepted."""
    limit = re.search(r"MAX_LENGTH = (\d+)", (WIDGET / "chat.js").read_text("utf-8"))
    assert limit is not None
    assert int(limit[1]) == TEXT_LIMIT


def test_the_helplines_of_the_logbook_are_those_of_the_helplines(texts: Content) -> None:
    """Where nude pictures are warned of, two helplines are named as helplines.yml has them, and no other number."""
    source = (WIDGET / "logbook_strings.js").read_text("utf-8")
    named = [texts.helplines[name] for name in ("helpwanted", "child_focus")]
    for field in ("name", "phone", "url"):
        assert re.findall(rf'\b{field}: "(\S[^"]*)" ?[,}}]', source)[-2:] == [str(getattr(one, field)) for one in named]
    assert len(re.findall(r"\d[\d -]{5,}\d", source)) == len(named)


@pytest.mark.parametrize("file", ["strings.js", "tools_strings.js", "logbook_strings.js"])
def test_the_widget_says_neither_je_nor_u(file: str) -> None:
    """A child and a parent read the same words."""
    words = re.sub(r"/\*\*.*?\*/", "", (WIDGET / file).read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"(?i)\b(je|jij|jou|jouw|u|uw)\b", words)
