"""Nothing of what people type stays: 500 marked texts by every way in, looked for wherever a machine keeps things."""

import hashlib
import json
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import pytest
import redis

from bot.session_tracker_store import IDLE_SECONDS
from tests.chat import Chat, call
from tests.cluster import REDIS, redis_on
from tests.marks import CHAT, NAME, WAYS, Marks
from tests.running import free_port, running
from tests.watched import FOLDER, HELD, REACHED, WANTED
from wegwijs.files import ROOT

HOW_MANY = 500


@dataclass
class Talked:
    """A server to which everything was said, and where to look."""

    server: str
    pid: int
    folder: Path
    log: Path
    marks: Marks
    redis_url: str | None
    since: Path  # a file of the moment before the first word
    while_talking: list[str] = field(default_factory=list)  # what was in reach a minute later, before anybody wiped
    connections: set[tuple[str, str]] = field(default_factory=set)
    metrics: str = ""
    wiped: set[str] = field(default_factory=set)  # the names of the conversations that were wiped

    def in_reach(self) -> list[str]:
        """Return the marked texts that the program still refers to."""
        (self.folder / HELD).unlink(missing_ok=True)
        (self.folder / WANTED).write_text(f"{self.marks.word} {self.marks.phone}")
        os.kill(self.pid, signal.SIGUSR1)
        deadline = time.monotonic() + 60
        while not (self.folder / HELD).exists():
            assert time.monotonic() < deadline
            call(f"{self.server}/health")  # what waits for a signal is woken
            time.sleep(0.1)
        held: list[str] = json.loads((self.folder / HELD).read_text())
        for file in (WANTED, HELD):  # or they would be found
            (self.folder / file).unlink()
        return held

    def kept_for_a_minute(self) -> list[str]:
        """Return what is in reach when the last broken connection has ended; the id that a client gave may be."""
        deadline = time.monotonic() + 70
        while time.monotonic() < deadline:
            held = [text for text in self.in_reach() if self.marks.left_in(re.sub(f'{NAME}[^"]*', "", text))]
            if not held:
                return []
            time.sleep(5)
        return held

    def remote_ends(self) -> set[tuple[str, str]]:
        """Return the connections of the process that it may have opened: (local, remote), as the kernel has them."""
        ours = set(map(_link, Path(f"/proc/{self.pid}/fd").iterdir()))
        rows = [
            line.split()
            for table in ("tcp", "tcp6", "udp", "udp6")
            for line in Path(f"/proc/{self.pid}/net/{table}").read_text().splitlines()[1:]
        ]
        return {(row[1], row[2]) for row in rows if f"socket:[{row[9]}]" in ours}


def _link(path: Path) -> str:
    """Return what a link names; nothing when it is gone, as a connection that was closed meanwhile."""
    try:
        return os.readlink(path)
    except FileNotFoundError:
        return ""


_GONE = -2  # what Redis says of a key that ended since it was listed


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    process = redis_on(free_port(), folder)
    process.start()
    try:
        yield process.address
    finally:
        process.end()


@pytest.fixture(
    scope="module",
    params=[
        "memory",
        pytest.param("redis", marks=pytest.mark.skipif(REDIS is None, reason="apt install redis-server")),
    ],
)
def talked(request: pytest.FixtureRequest, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talked]:
    """500 marked texts said to a server by every way there is, and every conversation wiped."""
    assert model.exists()
    folder = tmp_path_factory.mktemp("talked")
    since = folder / "since"
    since.touch()
    time.sleep(0.05)  # a file of the same moment would not be newer
    settings = {"WEGWIJS_LOG_LEVEL": "debug"}
    if request.param == "memory":
        yield from _talk(folder, since, None, settings)
    else:
        with _redis(folder) as url:
            yield from _talk(folder, since, url, {**settings, "WEGWIJS_REDIS": url})


def _talk(folder: Path, since: Path, url: str | None, settings: dict[str, str]) -> Iterator[Talked]:
    log = folder / "log"
    with running(log, module="tests.watched", **{**settings, FOLDER: str(folder)}) as (server, pid):
        talked = Talked(server, pid, folder, log, Marks(), url, since)
        chats = []
        for way in islice(cycle(WAYS.values()), HOW_MANY):
            if chat := way(talked.marks(), server):
                chats.append(chat)
            talked.connections |= talked.remote_ends()
        talked.while_talking = talked.kept_for_a_minute()
        for chat in chats:
            assert chat.end().status == 204
            talked.wiped.add(hashlib.sha256(chat.token.encode()).hexdigest())
            assert call(f"{server}{CHAT}/sessions", token=chat.token).status == 401
        talked.metrics = call(f"{server}/metrics").body
        yield talked


def test_every_way_in_was_used(talked: Talked) -> None:
    """500 texts went in, each way many times, and the parts that break did break."""
    assert talked.marks.made == HOW_MANY
    assert HOW_MANY // len(WAYS) >= 10
    assert "wegwijs_failed_turns_total 0.0" not in talked.metrics
    assert "a turn failed" in talked.log.read_text()


def test_the_marks_would_be_found() -> None:
    """What is looked for is found however it is written: as it was typed, in capitals, in an address."""
    marks = Marks()
    sentence, phone, name = marks(), marks(), marks()
    assert marks.left_in(f"text={sentence!r}")
    assert marks.left_in(phone)
    assert len(marks.left_in(name.upper())) >= 2
    assert marks.left_in(f"/chat?school={urllib.parse.quote(name)}")
    assert not marks.left_in("ik word gepest, mijn nummer is 0612345678")


def test_the_log_has_none_of_it(talked: Talked) -> None:
    """Standard output and standard error, with the log at its most talkative."""
    assert talked.marks.left_in(talked.log.read_text(errors="replace")) == []


def test_the_counts_have_none_of_it(talked: Talked) -> None:
    """/metrics has numbers, and names that we gave."""
    assert talked.marks.left_in(talked.metrics) == []


def test_no_file_has_any_of_it(talked: Talked) -> None:
    """No file written or changed since under the repository, the temporary folder and the home folder."""
    places = {str(ROOT), tempfile.gettempdir(), str(Path.home())}
    found = subprocess.run(
        ["find", *places, "-xdev", "-newer", str(talked.since), "-type", "f", "-size", "-50M", "-print0"],
        capture_output=True,
        check=False,  # files of others come and go meanwhile
    )
    files = [Path(os.fsdecode(name)) for name in found.stdout.split(b"\0") if name]
    assert talked.log in files
    assert [file for file in files if _holds(file, talked.marks)] == []


def _holds(file: Path, marks: Marks) -> bool:
    try:
        content = file.read_bytes().lower()
    except OSError:
        return False
    return marks.word.encode() in content or marks.phone.encode() in content


def test_after_wiping_nothing_is_in_reach(talked: Talked) -> None:
    """When all conversations are wiped, no object of the program refers to a word that was typed."""
    assert talked.in_reach() == []


def test_while_talking_nothing_is_in_reach(talked: Talked) -> None:
    """Before anybody wipes: the pieces of short messages are sealed, and of any other message nothing is kept."""
    assert talked.while_talking == []


def test_the_store_has_none_of_it_and_every_key_ends(talked: Talked) -> None:
    """In Redis no key or value holds a word, none is without an end, and of a wiped conversation none is there."""
    if talked.redis_url is None:
        pytest.skip("conversations are in memory, where tests/test_talks.py looks")
    left = Chat(talked.server)
    left.say(f"{talked.marks.word} zegt elke dag dat ik dood moet en mijn nummer is {talked.marks.phone}1")
    left.say(talked.marks.word)
    with redis.Redis.from_url(talked.redis_url) as store:
        keys = list(store.scan_iter())
        assert keys
        for key in keys:
            assert talked.marks.left_in(repr(key) + repr(_value(store, key))) == []
            milliseconds = store.pttl(key)
            assert milliseconds == _GONE or 0 < milliseconds <= 1000 * IDLE_SECONDS
        assert left.end().status == 204
        wiped = {*talked.wiped, hashlib.sha256(left.token.encode()).hexdigest()}
        names = {key.decode().rpartition(":")[2] for key in store.scan_iter("wegwijs:talk:*")}
        assert not wiped & names, "a wiped conversation leaves nothing"


def _value(store: "redis.Redis[bytes]", key: bytes) -> object:
    read = {
        b"string": lambda: store.get(key),
        b"hash": lambda: store.hgetall(key),
        b"list": lambda: store.lrange(key, 0, -1),
        b"set": lambda: store.smembers(key),
        b"zset": lambda: store.zrange(key, 0, -1, withscores=True),
        b"none": lambda: None,  # its time ended a moment ago
    }
    return read[store.type(key)]()


def test_no_connection_goes_out(talked: Talked) -> None:
    """Nobody is told anything: no telemetry, no error reports; every other end is this machine."""
    assert talked.connections, "what listens is seen"
    local = re.compile(r"0100007F:|00000000:0000|0{24}0100007F:|0{32}:0000|0{24}FFFF0{4}0100007F:")
    assert [ends for ends in talked.connections if not local.match(ends[1])] == []
    reached = (talked.folder / REACHED).read_text().splitlines()
    allowed = re.compile(r"socket\.(connect|getaddrinfo) .*(127\.0\.0\.1|localhost|/dev/log)")
    assert [line for line in reached if line.startswith("socket.") and not allowed.match(line)] == []


def test_a_crash_writes_no_memory_to_disk(talked: Talked) -> None:
    """The process may write no core file, whatever the shell that started it allows."""
    limits = Path(f"/proc/{talked.pid}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)


def test_what_the_memory_of_the_process_still_has_is_counted(talked: Talked) -> None:
    """Python does not overwrite freed memory: how many of the texts a look at all of it finds; nothing is promised."""
    found: set[bytes] = set()
    pattern = re.compile(b"%s[a-z]{2}|%s[0-9]" % (talked.marks.word.encode(), talked.marks.phone.encode()))
    with open(f"/proc/{talked.pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{talked.pid}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            begin, end = (int(place, 16) for place in span.split("-"))
            if "rw" in rights:
                found |= set(pattern.findall(_read(memory, begin, end - begin)))
    print(f"of {HOW_MANY} texts, remnants of {len(found)} in freed memory (word or number, without its sentence)")


def _read(memory: "os.PathLike[bytes]", begin: int, length: int) -> bytes:
    try:
        memory.seek(begin)  # type: ignore[attr-defined]
        return memory.read(length)  # type: ignore[attr-defined, no-any-return]
    except (OSError, OverflowError, ValueError):  # a part of the kernel
        return b""
