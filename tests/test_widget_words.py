"""What the widget knows by itself agrees with the server."""

import re

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
