"""Attacks on the talks of others, on commands, and on the list of sites: none gets through."""

import hashlib
import json
import random
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.channels.requests import neutral, said
from tests.chat import Answer, Chat, call
from tests.fuzz.case import MESSAGES, SESSIONS
from tests.fuzz.run import NO_LIMITS
from tests.fuzz.texts import COMMANDS, INVISIBLE, SLASHES
from tests.fuzz.wire import Reply, Wire
from tests.running import running

_ATTEMPTS = 10_000
_SIGNS = string.ascii_letters + string.digits + "-_"
_NAMED = "https://www.school.example"


@pytest.fixture(scope="module")
def address(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that stops no attacker for asking too often, and that one other site may embed."""
    assert model.exists()
    with running(tmp_path_factory.mktemp("takeover") / "log", **NO_LIMITS, WEGWIJS_ORIGINS=_NAMED) as (address, _):
        yield address


def _request(method: str, path: str, *headers: bytes, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1".encode("latin-1"), b"Host: a", *headers]
    lines += [b"Content-Length: %d" % len(body)] if method == "POST" else []
    return b"\r\n".join([*lines, b"", body])


def _with(token: bytes, method: str = "GET") -> bytes:
    path, body = (MESSAGES, b'{"text": "hoi"}') if method == "POST" else (SESSIONS, b"")
    return _request(method, path, b"Authorization: Bearer " + token, body=body)


def _guesses(tokens: list[str], dice: random.Random) -> Iterator[bytes]:
    """Tokens that are near those of others, or look like any."""
    while True:
        token = dice.choice(tokens)
        place = dice.randrange(len(token))
        other = dice.choice(_SIGNS.replace(token[place], ""))
        for guess in (
            "".join(dice.choices(_SIGNS, k=43)),
            token[:place] + other + token[place + 1 :],
            token[:place] + token[place + 1 :],
            token[:place] + other + token[place:],
            token[:place],
            token[place:] + token[:place],
            token + other,
            token + token,
            token[::-1],
            token.swapcase(),
            hashlib.sha256(token.encode()).hexdigest(),
            hashlib.sha256(token.encode()).hexdigest()[:43],
        ):
            if guess not in tokens:
                yield guess.encode()
        for sign in (b" ", b"\t", b"=", b",", b"\x80", b"%00", b"/", b"\xe2\x80\x8b"):
            yield token.encode() + sign
            yield sign + token.encode() if sign not in b" \t" else b"  " + token.encode()
        wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in token)
        if wide != token:
            yield wide.encode()


def test_nobody_gets_into_the_talk_of_another(address: str) -> None:
    """Ten thousand tokens, guessed, altered, cut, joined or hashed, to read, write or delete: none opens anything."""
    victims = [Chat(address, {"country": "nl"}) for _ in range(5)]
    for victim in victims:
        victim.say("ik word gepest op school")
    last = [victim.take_up() for victim in victims]
    guesses, wire = _guesses([victim.token for victim in victims], random.Random(20261126)), Wire(address)
    for attempt in range(_ATTEMPTS):
        method = ("GET", "POST", "GET", "DELETE")[attempt % 4]
        guess = next(guesses)
        (reply,) = wire.send(_with(guess, method))
        assert reply.status == 401 or (method == "DELETE" and reply.status == 204), (method, guess)
        assert b"messages" not in reply.body
    assert [victim.take_up() for victim in victims] == last
    for victim in victims:
        assert victim.say("wat kan ik doen?")


@pytest.mark.parametrize(
    "form", ["Bearer {0}, Bearer {1}", "Bearer {1} {0}", "bearer {0}", "Basic {0}", "{0}", "Bearer\t{0}"]
)
def test_a_real_token_works_in_one_form_only(address: str, form: str) -> None:
    """Whatever a program between might make of it."""
    chat, other = Chat(address), Chat(address)
    header = b"Authorization: " + form.format(chat.token, other.token).encode()
    (reply,) = Wire(address).send(_request("GET", SESSIONS, header))
    assert reply.status == 401


def test_two_tokens_are_none(address: str) -> None:
    """Nobody knows which would count."""
    headers = [b"Authorization: Bearer " + Chat(address).token.encode() for _ in range(2)]
    (reply,) = Wire(address).send(_request("GET", SESSIONS, *headers))
    assert reply.status == 400


@pytest.mark.parametrize("place", ["query", "body", "cookie", "other header"])
def test_a_token_elsewhere_is_no_token(address: str, place: str) -> None:
    """Addresses and cookies are kept by browsers and written into logs: a token there opens nothing."""
    token = Chat(address).token
    query = (
        f"?session={token}&token={token}&access_token={token}&authorization=Bearer%20{token}"
        if place == "query"
        else ""
    )
    fields: dict[str, Any] = {"text": "hoi", **({"session": token} if place == "body" else {})}
    headers = {
        "cookie": {"Cookie": f"session={token}; token={token}; authorization=Bearer {token}"},
        "other header": {
            "X-Session": token,
            "X-Authorization": f"Bearer {token}",
            "Proxy-Authorization": f"Bearer {token}",
        },
    }.get(place, {})
    answer = call(f"{address}{MESSAGES}{query}", "POST", json.dumps(fields).encode(), headers=headers)
    assert answer.status == 401
    assert call(f"{address}{SESSIONS}{query}", headers=headers).status == 401


@pytest.mark.parametrize("field", ["session", "token", "id", "sender", "sender_id", "conversation_id"])
def test_nobody_chooses_a_token(address: str, field: str) -> None:
    """A talk begins under a token of the server, never under one that an attacker prepared."""
    chosen = "A" * 43
    for body in ({field: chosen}, {field: chosen, "country": "nl"}):
        assert call(address + SESSIONS, "POST", json.dumps(body).encode()).status == 400
    begun = call(address + SESSIONS, "POST", b"{}", chosen, {"Cookie": f"session={chosen}"})
    assert begun.status == 201
    assert begun.body["session"] != chosen
    assert call(address + SESSIONS, token=chosen).status == 401


def test_tokens_do_not_repeat_or_resemble_each_other(address: str) -> None:
    """Each has 256 bits that nothing foretells: all signs of the alphabet come, and no two tokens begin alike."""
    tokens = [Chat(address).token for _ in range(200)]
    assert all(len(token) == 43 for token in tokens)
    assert len({token[:8] for token in tokens}) == 200
    assert set("".join(tokens)) == set(_SIGNS)


def test_a_token_of_a_deleted_talk_stays_dead(address: str) -> None:
    """Sent again after the talk was deleted, in every way and also at once, it opens nothing."""
    chat = Chat(address)
    chat.say("ik word gepest op school")
    chat.end()
    for method in ("GET", "POST", "DELETE", "GET"):
        (reply,) = Wire(address).send(_with(chat.token.encode(), method))
        assert reply.status == (204 if method == "DELETE" else 401)


def _alike(one: list[Any], other: list[Any]) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _after(address: str, text: str) -> list[Any]:
    """What is answered to a text and after it, in a talk where the role is known."""
    chat = Chat(address, {"role": "child", "country": "nl"})
    chat.say("ik word gepest op school")
    answers = [chat.say(text), chat.take_up(), chat.say("hallo")]
    chat.end()
    return answers


@pytest.mark.parametrize("command", COMMANDS)
def test_a_typed_command_is_a_text(address: str, command: str) -> None:
    """With a slash, with what looks like nothing before it, or with slots behind it: answered as the bare word is."""
    payload = command + '{"role": "teacher", "country": "be"}'
    assert _alike(_after(address, f"/{command}"), _after(address, command))
    assert _alike(_after(address, f"\u200b\ufeff \n//\u202e/{payload}"), _after(address, payload))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("slash", SLASHES)
def test_rasa_sees_no_command_in_what_is_typed(slash: str, command: str) -> None:
    """Asked itself, after all that the channel does to a text, Rasa finds no intent in it."""
    for before in ("", " ", "\n", "\x1c", "\u3000", *INVISIBLE, "/", "//\u200b/"):
        for payload in ("", '{"role": "teacher"}', "@1.0"):
            text = said(json.dumps({"text": f"{before}{slash}{command}{payload}"}).encode()).text or ""
            assert _intent_of(text) is None, repr(text)


def _intent_of(text: str) -> str | None:
    """Let Rasa look for a command, as it does with every message (UserMessage takes the blanks away)."""
    message = Message({TEXT: UserMessage(text).text})
    (read,) = RegexMessageHandler().process([message], Domain.empty())
    return (read.get(INTENT) or {}).get("name")


def test_rasa_would_obey_without_the_channel() -> None:
    """The test above can fail: what the channel takes away is what Rasa obeys."""
    assert _intent_of("/restart") == "restart"
    assert _intent_of(neutral("/restart")) is None


def _origins(host: str) -> list[str]:
    """Fifty and more that look like the own site or the named one, and are neither."""
    name = "www.school.example"
    return [
        "null", "", " ", "*", "undefined", "http://", "https://", "://", f"://{host}", host, name, f"//{name}",
        f"https:/{name}",
        _NAMED.upper(), "https://WWW.school.example", "HTTPS://www.school.example", f"{_NAMED}/", f"{_NAMED}.",
        f"{_NAMED}:443",
        f"{_NAMED}:80", f"{_NAMED}:", f"{_NAMED}:8443", f"http://{name}", f"ftp://{name}", f"file://{name}",
        f"ws://{name}",
        f"wss://{name}", f"data://{name}", f"chrome-extension://{name}", f"{_NAMED}.evil.example",
        f"https://evil-{name}",
        f"https://evil.{name}", "https://school.example", "https://wwwschool.example", "https://www-school.example",
        "https://www.school.example.", "https://www.school.exampl", "https://www.school.examplee",
        f"https://{name}@evil.example",
        f"https://evil.example@{name}", f"https://user:pass@{name}", f"{_NAMED}/evil", f"{_NAMED}?evil",
        f"{_NAMED}#evil",
        f"{_NAMED}\\evil.example", f"{_NAMED}%00.evil.example", f"{_NAMED}%2eevil.example",
        "https://www.sch\u043eol.example",
        "https://www.xn--schol-2of.example", "https://www.school\uff0eexample", "https://www\u3002school.example",
        f"{_NAMED} https://evil.example",
        f"{_NAMED},https://evil.example", f"https://evil.example {_NAMED}", f"{_NAMED}\t", "https://localhost",
        "http://127.0.0.1",
        "http://localhost", "http://[::1]", f"http://{host}.", f"http://{host}.evil.example",
        f"http://evil.example@{host}",
        f"http://{host}@evil.example", f"http://{host}/", f"http://{host}0", f"ftp://{host}", f"file://{host}",
        f"http://{host}:80",
        "http://0x7f000001", "http://2130706433", "http://127.1", "https://evil.example",
    ]  # fmt: skip


def test_no_other_site_gets_a_talk(address: str) -> None:
    """More than fifty ways to look like a site that may: none begins, reads, writes or deletes, or is let."""
    host = address.removeprefix("http://")
    talk, wire = Chat(address), Wire(address)
    token = b"Authorization: Bearer " + talk.token.encode()
    assert len(set(_origins(host))) >= 50
    for origin in _origins(host):
        for method, path in (
            ("POST", SESSIONS),
            ("GET", SESSIONS),
            ("POST", MESSAGES),
            ("DELETE", SESSIONS),
            ("OPTIONS", MESSAGES),
        ):
            headers = [b"Host: " + host.encode(), b"Origin: " + origin.encode(), token]
            (reply,) = wire.send(_sent(method, path, headers))
            assert _is_kept_out(reply), (origin, method, reply)
    assert talk.take_up() == talk.welcome


def _sent(method: str, path: str, headers: list[bytes]) -> bytes:
    body = b'{"text": "hoi"}' if path == MESSAGES and method == "POST" else b""
    lines = [f"{method} {path} HTTP/1.1".encode(), *headers, b"Content-Length: %d" % len(body)]
    return b"\r\n".join([*lines, b"", body])


def _is_kept_out(reply: Reply) -> bool:
    return (
        reply.status in (400, 403) and not reply.header("access-control-allow-origin") and b"messages" not in reply.body
    )


@pytest.mark.parametrize(
    "headers",
    [
        [b"Origin: https://www.school.example", b"Origin: https://evil.example"],
        [b"Origin: https://evil.example", b"Origin: https://www.school.example"],
        [b"Origin: https://evil.example", b"Host: evil.example"],
        [b"Origin: https://evil.example", b"X-Forwarded-Host: evil.example"],
        [b"Origin: https://evil.example", b"Forwarded: host=evil.example"],
        [b"Origin: https://evil.example", b"X-Original-Host: evil.example"],
        [b"origin: https://evil.example"],
        [b"ORIGIN:https://evil.example"],
        [b"Origin: https://evil.example", b"Referer: https://www.school.example/"],
        [b"Origin: https://evil.example", b"Sec-Fetch-Site: same-origin"],
    ],
)
def test_other_headers_open_nothing(address: str, headers: list[bytes]) -> None:
    """Said twice, or by another header: a site that nobody named stays out."""
    host = b"Host: " + address.removeprefix("http://").encode()
    (reply,) = Wire(address).send(_sent("POST", SESSIONS, [host, *headers]))
    assert _is_kept_out(reply)


def test_without_an_address_there_is_no_own_site(address: str) -> None:
    """Where no Host is said, the site `null` is not taken for our own."""
    raw = b"POST %b HTTP/1.0\r\nOrigin: %%b\r\nContent-Length: 0\r\n\r\n" % SESSIONS.encode()
    for origin in (b"null", b"http://", b"https://", b"x"):
        (reply,) = Wire(address).send(raw % origin)
        assert _is_kept_out(reply)


def test_the_named_site_and_our_own_get_a_talk(address: str) -> None:
    """The tests above can fail: who may is answered."""
    for origin in (_NAMED, address):
        answer: Answer = call(address + SESSIONS, "POST", b"{}", headers={"Origin": origin})
        assert answer.status == 201
        assert answer.headers.get("Access-Control-Allow-Origin") == (_NAMED if origin == _NAMED else None)
