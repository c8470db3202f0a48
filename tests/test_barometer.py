"""The barometer of a school: sums that tell of nobody, whatever is subtracted from what."""

import itertools
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import conversations
from bot.barometer import Barometer, barometer
from bot.channels.tally import Tally
from bot.talks.in_memory import InMemory
from bot.talks.records import Unavailable
from tests.chat import Chat, call
from tests.running import running
from wegwijs import vocabulary
from wegwijs.barometer import (
    AT_LEAST,
    TALKS,
    TOPICS,
    Cell,
    Sums,
    as_lines,
    barometer_page,
    figures,
    is_over,
    last_year,
    read,
    school_year,
)
from wegwijs.content import content
from wegwijs.errors import SetupError, WegwijsError
from wegwijs.files import ROOT

SCHOOL, YEAR, AFTER = "regenboog", "2025-2026", date(2026, 11, 26)
ROLES = ("child", "parent", "teacher")
WORDS = {
    "role": ROLES,
    "form": vocabulary.labels()["form"],
    "danger": vocabulary.labels()["danger"],
    "intent": TOPICS,
    "contact": ("awel", "kindertelefoon"),
}


def cell(question: str, word: str) -> Cell:
    """A cell of the school and the year of these tests."""
    return Cell(YEAR, SCHOOL, question, word)


ALL = cell(TALKS, TALKS)


def possible(sums: Sums) -> bool:
    """Tell whether there can be such sums: what anybody knows about them.

    No count is above that of all talks, and a talk is held by one person.
    """
    roles = sum(sums[cell("role", role)] for role in ROLES)
    return max(sums.values()) <= sums[ALL] >= roles


@st.composite
def some_sums(draw: st.DrawFn) -> Sums:
    """Sums of a school in a year."""
    talks = draw(st.integers(0, 60))
    sums = Counter({ALL: talks})
    left = talks
    for role in draw(st.permutations(ROLES)):
        sums[cell("role", role)] = draw(st.integers(0, left))
        left -= sums[cell("role", role)]
    for question in ("form", "danger", "intent", "contact"):
        for word in WORDS[question]:
            sums[cell(question, word)] = draw(st.integers(0, talks))
    return sums


@settings(deadline=None, max_examples=300)
@given(some_sums(), st.data())
def test_every_count_may_be_any_of_ten(sums: Sums, data: st.DataObject) -> None:
    """For any count, shown or not, there are ten sums that could be true and look the same: none can be derived."""
    assert possible(sums)
    seen = figures(sums, SCHOOL, YEAR, content())
    name = data.draw(st.sampled_from(sorted(sums)))
    low = seen[name.question][name.word]
    assert low <= sums[name]
    for value in range(low, low + AT_LEAST):
        other = Counter({one: seen[one.question][one.word] for one in sums})
        other[ALL] += AT_LEAST - 1
        other[name] = value
        assert possible(other)
        assert figures(other, SCHOOL, YEAR, content()) == seen


def test_whoever_tries_all_sums_learns_no_count() -> None:
    """All talks and two roles, every possibility: whatever is seen, each count may still be any of ten."""
    true_counts = defaultdict(list)
    for talks, child, parent in itertools.product(range(40), repeat=3):
        sums = Counter({ALL: talks, cell("role", "child"): child, cell("role", "parent"): parent})
        if possible(sums):
            seen = figures(sums, SCHOOL, YEAR, content())
            true_counts[seen[TALKS][TALKS], seen["role"]["child"], seen["role"]["parent"]].append(
                (talks, child, parent)
            )
    assert len(true_counts) > AT_LEAST
    for counts in true_counts.values():
        assert all(len(set(one)) == AT_LEAST for one in zip(*counts, strict=True))


def test_all_words_are_there_whether_counted_or_not() -> None:
    """A row that is missing would tell that nobody asked, and one that appears that somebody did."""
    none, some = (
        figures(sums, SCHOOL, YEAR, content()) for sums in (Counter(), Counter({cell("danger", "threat"): 9}))
    )
    assert none == some
    assert {question: set(words) for question, words in none.items() if question != "contact"} == {
        TALKS: {TALKS},
        **{question: set(words) for question, words in WORDS.items() if question != "contact"},
    }


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_only_a_year_that_is_over_is_shown(today: date) -> None:
    """A report of a year under way, beside the next one, would tell what happened between them."""
    assert is_over(last_year(today), today)
    assert not is_over(school_year(today), today)


@pytest.mark.parametrize("year", ["2025", "2025-2027", "2025-2026x", "", "2026-2027", "9999-10000"])
def test_no_page_of_what_is_no_finished_year(tmp_path: Path, year: str) -> None:
    """What is asked for wrongly is named, with the year that can be had."""
    with pytest.raises(WegwijsError, match="the last one is 2025-2026"):
        barometer_page(tmp_path, SCHOOL, year, AFTER, content())


def test_a_page_for_a_head(tmp_path: Path) -> None:
    """Files of several workers are added up; a helpline that was shown less than ten times is not named."""
    for name, talks in (("a", 30), ("b", 14)):
        sums = Counter({ALL: talks, cell("danger", "threat"): talks // 2, cell("contact", "awel"): 4})
        sums[cell("contact", "kindertelefoon")] = talks
        sums[Cell("2024-2025", SCHOOL, TALKS, TALKS)] = sums[Cell(YEAR, "de_brug", TALKS, TALKS)] = 1000
        (tmp_path / f"{name}.jsonl").write_text(as_lines(sums))
    page, wrong = barometer_page(tmp_path, SCHOOL, YEAR, AFTER, content())
    assert not wrong
    assert "40 tot 49" in page
    assert '<th scope="row">Bedreiging</th><td>20 tot 29</td>' in page
    assert "Kindertelefoon" in page
    assert ">Awel<" not in page
    assert "1000" not in page


def test_a_school_with_few_talks_gets_no_tables(tmp_path: Path) -> None:
    """Below ten there is nothing to tell but that."""
    (tmp_path / "a.jsonl").write_text(as_lines(Counter({ALL: 9, cell("danger", "threat"): 9})))
    page, _ = barometer_page(tmp_path, SCHOOL, YEAR, AFTER, content())
    assert "minder dan 10" in page
    assert "<table>" not in page


@pytest.mark.parametrize(
    "line",
    [
        b'{"year": "2025-2026", "school": "rege',
        b"\xff\xfe",
        b"[]",
        b"3",
        b'{"year": "2025-2026", "school": "regenboog", "question": "talks", "word": "talks", "talks": -5}',
        b'{"year": "2025-2026", "school": "regenboog", "question": "talks", "word": "talks", "talks": 5.5}',
        b'{"year": "2025-2026", "school": "regenboog", "question": "talks", "word": "talks", "talks": true}',
        b'{"year": "2025-2026", "school": [], "question": "talks", "word": "talks", "talks": 5}',
        b'{"talks": 5}',
        b"[" * 100_000,
    ],
)
def test_a_torn_line_is_left_out_and_named(tmp_path: Path, line: bytes) -> None:
    """The other lines count."""
    good = as_lines(Counter({ALL: 12})).encode()
    (tmp_path / "a.jsonl").write_bytes(line + b"\n" + good + line)
    sums, wrong = read(tmp_path)
    assert sums == {ALL: 12}
    assert wrong == [f"{tmp_path}/a.jsonl:1", f"{tmp_path}/a.jsonl:3"]


def turn(role: str = "child", dangers: tuple[str, ...] = (), school: str | None = SCHOOL) -> Tally:
    """One message of somebody at a school."""
    return Tally(role, "ask_tips", ("insult",), dangers, "answered", ("awel",), school)


def count(sums: Barometer, turn: Tally, counted: list[str]) -> list[str]:
    """Count a turn as a conversation does; return for what its talk is counted then."""
    new = sums.new(turn, counted)
    sums.add(turn, new)
    return [*counted, *new]


def test_who_types_much_counts_no_more_than_others(tmp_path: Path) -> None:
    """A talk counts once for each thing, so ten talks are needed to be seen, and not ten messages."""
    sums, counted = Barometer(tmp_path, lambda: date(2026, 3, 1)), list[str]()
    for dangers in ((), ("threat",), (), ("threat", "violence"), ("threat",)):
        counted = count(sums, turn(dangers=dangers), counted)
    sums.write()
    found, _ = read(tmp_path)
    assert set(found.values()) == {1}
    assert {(one.question, one.word) for one in found} == {
        (TALKS, TALKS),
        ("role", "child"),
        ("intent", "ask_tips"),
        ("form", "insult"),
        ("danger", "threat"),
        ("danger", "violence"),
        ("contact", "awel"),
    }


def test_without_a_profile_nothing_is_counted(tmp_path: Path) -> None:
    """There is no school that could ask for it."""
    sums = Barometer(tmp_path)
    assert count(sums, turn(school=None), []) == []
    sums.write()
    assert not list(tmp_path.iterdir())


def test_the_files_are_for_the_operator_only(tmp_path: Path) -> None:
    """They hold small counts: nobody else on the machine may read them."""
    sums = Barometer(tmp_path)
    count(sums, turn(), [])
    sums.write()
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_disk_that_is_full_loses_nothing(tmp_path: Path) -> None:
    """What could not be written is written an hour later."""
    sums = Barometer(tmp_path / "sums")
    count(sums, turn(), [])
    (tmp_path / "sums").rmdir()
    sums.write()
    (tmp_path / "sums").mkdir()
    sums.write()
    assert read(tmp_path / "sums")[0]


def test_what_is_not_kept_is_not_counted(breakable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A talk that cannot keep that it is counted is counted when it can, and once."""
    sums = Barometer(tmp_path)
    monkeypatch.setattr(conversations, "barometer", lambda: sums)
    chat, close = Chat(breakable, {"school": SCHOOL}), InMemory._close

    async def away(*_: object) -> None:
        raise Unavailable("away on purpose")

    monkeypatch.setattr(InMemory, "_close", away)
    chat.say("ik ben een leerling en ik word gepest")
    sums.write()
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(InMemory, "_close", close)
    for _ in range(2):
        chat.say("ik ben een leerling en ik word gepest")
    sums.write()
    assert read(tmp_path)[0][Cell(school_year(date.today()), SCHOOL, TALKS, TALKS)] == 1


def test_a_folder_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    """The start stops, and not a conversation."""
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match=r"WEGWIJS_BAROMETER: .*file"):
        Barometer(tmp_path / "file")


def wegwijs(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        [sys.executable, "-m", "wegwijs", "barometer", *arguments],
        cwd=ROOT,
        env={**os.environ, "WEGWIJS_BAROMETER": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_the_page(tmp_path: Path) -> None:
    """A torn line is a warning; a school that does not exist is an error."""
    (tmp_path / "a.jsonl").write_text(as_lines(Counter({Cell("2020-2021", SCHOOL, TALKS, TALKS): 23})) + "torn")
    done = wegwijs(SCHOOL, "2020-2021", folder=tmp_path)
    assert done.returncode == 0
    assert "20 tot 29" in done.stdout
    assert done.stderr.splitlines() == [f"wegwijs: {tmp_path}/a.jsonl:2: this line cannot be read and is left out"]
    wrong = wegwijs("nowhere", folder=tmp_path)
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("wegwijs: nowhere: no such school; there are ")


def test_a_server_counts_and_writes_when_it_stops(model: Path, tmp_path: Path) -> None:
    """Nothing is written while people talk; at the end there are sums, and nothing of a person."""
    folder = tmp_path / "sums"
    with running(tmp_path / "log", WEGWIJS_BAROMETER=str(folder)) as (server, _):
        for _ in range(2):
            chat = Chat(server, {"school": SCHOOL, "role": "child"})
            for text in (
                "ik word bedreigd met een mes kolibrie",
                "ik word bedreigd met een mes",
                "hoe bewaar ik bewijs?",
            ):
                chat.say(text)
        Chat(server, {"role": "parent"}).say("mijn dochter wordt gepest")
        Chat(server, {"school": SCHOOL})
        assert not list(folder.iterdir())
        assert "kolibrie" not in call(f"{server}/metrics").body
    (file,) = folder.iterdir()
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    counts = {(line["question"], line["word"]): line[TALKS] for line in lines}
    assert {line["school"] for line in lines} == {SCHOOL}
    assert counts[TALKS, TALKS] == counts["role", "child"] == counts["danger", "threat"] == 2
    assert set(counts.values()) == {2}
    assert "kolibrie" not in file.read_text()


def test_off_unless_wanted() -> None:
    """Without the setting nothing is counted for a school."""
    assert "WEGWIJS_BAROMETER" not in os.environ
    assert barometer() is None
