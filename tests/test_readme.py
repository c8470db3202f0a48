"""The README: its conversations go as it says, and its verbs exist."""

import json
import re

import pytest

from tests.chat import Chat
from wegwijs.files import ROOT

README = (ROOT / "README.md").read_text("utf-8")
QUOTES = re.findall(r"(?:^>.*\n)+", README, re.M)


@pytest.mark.parametrize("quote", QUOTES, ids=["child", "teacher", "danger"])
def test_a_conversation_of_the_readme(quote: str, server: str) -> None:
    """Every line that Wegwijs says in the README is in its answer; every contact and quick reply is offered."""
    chat, answer = Chat(server), ""
    for line in (line.removeprefix(">").strip() for line in quote.splitlines()):
        if said := re.fullmatch(r"\*\*(.+)\*\*", line):
            answer = json.dumps(chat.say(said[1]), ensure_ascii=False)
        elif line.startswith("☎"):
            for part in re.split(r" · | (?=\[)|\]", line):
                assert part.strip("☎ []") in answer
        elif line:
            assert line.removeprefix("- ") in answer


def test_the_verbs_exist() -> None:
    """Every `make ...` of the README is a verb of the Makefile."""
    makefile = (ROOT / "Makefile").read_text()
    for verb in set(re.findall(r"make ([\w-]+)", README)):
        assert re.search(rf"^{verb}:", makefile, re.M), verb


def test_the_links_lead_somewhere() -> None:
    """Every file that the README links to is there."""
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
