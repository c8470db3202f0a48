"""The logs tell what happened and where, at every level, and nothing that came from a person."""

import hashlib
import json
import logging
import socket
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.logs import SafeFormatter
from tests.broken_server import ACTION, RECOGNISER
from tests.chat import Chat, call, choices
from tests.running import running
from wegwijs.errors import SetupError

MARKER = "kolibrie4711"
SAID_ON_STDOUT = ("The model is up to date", "Starting ...", "Wegwijs is ready")
SITE = "https://een-andere-site.nl"


def send_raw(server: str, data: bytes) -> None:
    """Send what no client would."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.settimeout(2)
        line.sendall(data)
        try:
            while line.recv(65536):
                pass
        except TimeoutError:
            pass


def type_everywhere(server: str) -> list[str]:
    """Send the marker in every way that there is; return the tokens of the sessions."""
    chat = Chat(server, {"school": MARKER})
    for text in (
        f"ik word gepest {MARKER}",
        f"ik word bedreigd met een mes {MARKER}",
        MARKER,
        f"/{MARKER}",
        f"hij {MARKER}",
    ):
        chat.say(text)
    chat.say(f'/ask_tips{{"role": "{MARKER}"}}')
    chat.say(f"{RECOGNISER} {MARKER}")
    chat.say(f"{ACTION} {MARKER} hoe bewaar ik bewijs van berichten")
    chat.choose(choices(chat.say("ik word gepest op school"))[0])
    for body in (
        {"choice": MARKER},
        {"text": "hallo", "id": MARKER},
        {"text": "hallo", MARKER: MARKER},
        {"text": [MARKER]},
        {"text": MARKER * 400},
        f'{{"text": "{MARKER}'.encode(),
        MARKER.encode() * 10_000,
    ):
        chat.post(body)
    headers = ("Origin", "Referer", "User-Agent", "Cookie", "X-Forwarded-For", "X-Request-ID", "Forwarded", "Expect")
    for header in headers:
        call(f"{server}/chat", headers={header: MARKER})
        call(f"{server}/webhooks/webchat/sessions", "POST", b"{}", headers={header: MARKER})
    call(f"{server}/webhooks/webchat/sessions", token=MARKER)
    call(f"{server}/webhooks/webchat/sessions", "POST", json.dumps({"role": MARKER}).encode())
    for path in (
        f"/{MARKER}",
        f"/chat?school={MARKER}",
        f"/gids/{MARKER}",
        f"/agenda/{MARKER}",
        f"/agenda/x?vanaf={MARKER}",
    ):
        call(f"{server}{path}")
        call(f"{server}{path}", "POST", MARKER.encode())
    send_raw(server, f"{MARKER}\r\n\r\n".encode())
    send_raw(server, f"GET /{MARKER}%zz HTTP/9.9\r\n{MARKER}\r\n\r\n".encode())
    send_raw(server, f"GET /{MARKER} HTTP/1.1\r\nHost: {MARKER}\r\nContent-Length: 30\r\n\r\n{MARKER}".encode())
    send_raw(
        server, f"POST /{MARKER} HTTP/1.1\r\nHost: {MARKER}\r\nTransfer-Encoding: chunked\r\n\r\n{MARKER}".encode()
    )
    call(f"{server}/webhooks/webchat/sessions", "POST", b"{}", headers={"Origin": SITE})
    chat.take_up()
    last = Chat(server)
    chat.end()
    return [chat.token, last.token]


@pytest.fixture(scope="module")
def written(model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """All that a server at debug level wrote, and the tokens of its sessions."""
    log = tmp_path_factory.mktemp("debug") / "log"
    with running(log, module="tests.broken_server", WEGWIJS_LOG_LEVEL="debug", WEGWIJS_TALK_PER_MINUTE="20") as (
        server,
        _,
    ):
        tokens = type_everywhere(server)
    return log.read_text(), tokens


def lines(written: str) -> list[dict[str, Any]]:
    """The lines of the log; what stands on stdout for the person at the terminal is none."""
    return [json.loads(line) for line in written.splitlines() if not line.startswith(SAID_ON_STDOUT)]


def test_no_word_of_a_person_is_written(written: tuple[str, list[str]]) -> None:
    """Text, choice, id, header, query, path, broken JSON, broken HTTP, turns that break: nothing stays at debug."""
    log, _ = written
    assert MARKER[:8] not in log.lower()


def test_no_session_is_written(written: tuple[str, list[str]]) -> None:
    """Neither a token nor its hash, under which Rasa knows the conversation."""
    log, tokens = written
    for token in tokens:
        assert token not in log
        assert hashlib.sha256(token.encode()).hexdigest() not in log


def test_every_line_is_json(written: tuple[str, list[str]]) -> None:
    """A log collector reads each line, of Rasa's and Sanic's loggers too."""
    found = lines(written[0])
    assert all(set(line) >= {"time", "level", "logger", "event", "at"} for line in found)
    loggers = {line["logger"].partition(".")[0] for line in found}
    assert {"bot", "rasa", "sanic"} <= loggers
    assert {"debug", "error"} <= {line["level"] for line in found}


def test_what_went_wrong_is_told(written: tuple[str, list[str]]) -> None:
    """Of a turn that failed the errors and the places that they came through; of a message of Rasa what is constant."""
    found = lines(written[0])
    failed = next(line for line in found if line["event"] == "a turn failed")
    assert failed["through"][0].startswith("bot.conversations:")
    assert failed["because"]["error"] == "ValueError"
    assert failed["because"]["through"][-1].startswith("__main__:")
    assert any(line["event"] and line["logger"].startswith("rasa.") for line in found)
    assert any(line.get("origin") == SITE for line in found)


def formatted(capsys: pytest.CaptureFixture[str], write: Any) -> dict[str, Any]:
    """The line that is written for what a function logs."""
    handler, log = logging.StreamHandler(), logging.getLogger("bot.of_a_test")
    handler.setFormatter(SafeFormatter())
    log.addHandler(handler)
    try:
        write(log)
    finally:
        log.removeHandler(handler)
    return json.loads(capsys.readouterr().err.splitlines()[-1])


def test_a_message_that_is_no_constant_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """An f-string or a variable may hold anything; the place tells which message it was."""
    typed = MARKER
    for write in (
        lambda log: log.error(f"heard {typed}"),
        lambda log: log.error(typed),
        lambda log: log.error(ValueError(typed)),
        lambda log: log.error("heard {}".format(typed)),  # noqa: UP032
    ):
        line = formatted(capsys, write)
        assert line["event"] is None
        assert line["at"].startswith("tests.test_logs:")


def test_arguments_and_unknown_fields_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """The constant stays as it stands in the code."""
    line = formatted(capsys, lambda log: log.error("heard %s", MARKER, extra={"text": MARKER, "origin": "a site"}))
    assert line["event"] == "heard %s"
    assert line["origin"] == "a site"
    assert MARKER not in json.dumps(line)


def test_an_argument_that_does_not_fit_writes_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """Python would print the record with all its arguments."""
    logging.getLogger("rasa.of_a_test").error("heard %d", MARKER)
    captured = capsys.readouterr()
    assert MARKER not in captured.out + captured.err


def test_an_event_of_structlog_loses_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    """Rasa writes entities, slots and trackers as fields."""
    structlog.get_logger("rasa.of_a_test").error("processor.slots.log", slot_values=MARKER)
    assert [record.getMessage() for record in caplog.records] == ["processor.slots.log"]


def test_what_is_no_level_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped level stops the start with one clear line."""
    from bot.logs import keep_words_out

    monkeypatch.setenv("WEGWIJS_LOG_LEVEL", "verbose")
    with pytest.raises(SetupError, match="WEGWIJS_LOG_LEVEL: 'verbose' is none of debug, info, warning, error"):
        keep_words_out()
