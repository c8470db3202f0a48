"""The HTTP contract of the web chat, with good and bad input."""

import json
import socket
import time
from typing import Any

import pytest

from bot.channels.failsafe import TEXT_LIMIT
from tests.chat import Answer, Chat, call, choices, contacts, items

MESSAGE_FIELDS = {"blocks", "alert", "contacts", "choices", "sources"}
BLOCK_TYPES = {"paragraph", "heading", "list", "steps"}


def is_dutch_error(answer: Answer, status: int, code: str) -> bool:
    """Tell whether a request was refused as the contract has it."""
    assert answer.status == status, answer
    assert set(answer.body) == {"error"}
    assert answer.body["error"]["code"] == code
    return len(answer.body["error"]["message"]) > 10 and "Traceback" not in json.dumps(answer.body)


def test_a_session_begins_with_a_welcome(server: str) -> None:
    """The token cannot be guessed; the welcome has the fields of the contract."""
    chat = Chat(server)
    assert len(chat.token) >= 40
    assert items(chat.welcome)[0].startswith("greet")
    for message in chat.welcome:
        assert set(message) >= MESSAGE_FIELDS
        assert {block["type"] for block in message["blocks"]} <= BLOCK_TYPES
        assert all(set(choice) == {"id", "label"} for choice in message["choices"])


@pytest.mark.parametrize(
    ("opening", "welcome"), [({"role": "parent"}, "greet_welcome_formal"), ({"country": "be"}, "greet_welcome")]
)
def test_what_the_page_knows_is_used(server: str, opening: dict[str, str], welcome: str) -> None:
    """A page for parents greets a parent; a Flemish page shows Flemish help."""
    chat = Chat(server, opening)
    assert items(chat.welcome) == [welcome]
    shown = contacts(chat.say("met wie kan ik praten?"))
    assert shown
    assert "kindertelefoon" not in shown
    assert ("awel" in shown) is ("country" in opening)


def test_a_guess_does_not_overturn_the_country_of_the_page(server: str) -> None:
    """A Dutch page shows Dutch help, however Flemish the words are."""
    chat = Chat(server, {"country": "nl"})
    assert "kindertelefoon" in contacts(chat.say("wa moek ik doen ze doen lelijk tegen mij op de speelplaats"))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "bad_json"),
        (b"[]", "bad_request"),
        (b'{"role": "koning"}', "bad_request"),
        (b'{"country": 5}', "bad_request"),
        (b'{"sender": "me"}', "bad_request"),
        (b'{"school": {"a": 1}}', "bad_request"),
        (b"\xff\xfe", "bad_json"),
    ],
)
def test_a_bad_opening_is_refused(server: str, body: bytes, code: str) -> None:
    """Only the fields of the contract, in the words of the vocabulary."""
    assert is_dutch_error(call(f"{server}/webhooks/webchat/sessions", "POST", body), 400, code)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b"\x00\x01\x02\xff", 400, "bad_json"),
        (b"[" * 50_000, 400, "bad_json"),
        ([], 400, "bad_request"),
        ("tekst", 400, "bad_request"),
        ({}, 400, "bad_request"),
        ({"text": "a", "choice": "b"}, 400, "bad_request"),
        ({"text": None}, 400, "bad_request"),
        ({"text": {"a": "b"}}, 400, "bad_request"),
        ({"text": "hoi", "sender": "x"}, 400, "bad_request"),
        ({"text": ""}, 400, "empty_text"),
        ({"text": "   \n\t "}, 400, "empty_text"),
        ({"text": "\x00\x01"}, 400, "empty_text"),
        ({"text": "a" * (TEXT_LIMIT + 1)}, 413, "too_long"),
        ({"text": "a" * 10_000}, 413, "too_long"),
        ({"choice": "no_such_choice"}, 400, "unknown_choice"),
        ({"choice": "/restart"}, 400, "unknown_choice"),
    ],
)
def test_a_bad_message_is_refused_and_changes_nothing(server: str, body: Any, status: int, code: str) -> None:
    """A clear sentence in Dutch, a 4xx, and the conversation goes on where it was."""
    chat = Chat(server)
    assert is_dutch_error(chat.post(body), status, code)
    assert "role_target" in choices(chat.welcome)
    assert chat.post({"choice": "role_target"}).status == 200


def test_a_body_that_is_too_large_is_refused(server: str) -> None:
    """A megabyte is not read to its end."""
    chat = Chat(server)
    assert is_dutch_error(chat.post({"text": "a" * 1_000_000}), 413, "payload_too_large")


def test_the_longest_message_is_answered(server: str) -> None:
    """A message of exactly the limit is understood like any other."""
    text = ("ze lachen me elke dag uit op school " * 100)[:TEXT_LIMIT]
    assert Chat(server).say(text)[0]["blocks"]


@pytest.mark.parametrize("token", ["", "unknown", "a" * 1_000, "../..", "default"])
def test_an_unknown_token_gets_nowhere(server: str, token: str) -> None:
    """Only tokens that the server made work."""
    answer = call(f"{server}/webhooks/webchat/messages", "POST", b'{"text": "hoi"}', token)
    assert is_dutch_error(answer, 401, "unknown_session")


def test_no_token_gets_nowhere(server: str) -> None:
    """A message without Authorization is refused."""
    answer = call(f"{server}/webhooks/webchat/messages", "POST", b'{"text": "hoi"}')
    assert is_dutch_error(answer, 401, "unknown_session")


def test_a_deleted_session_is_gone(server: str) -> None:
    """After DELETE the token opens nothing; deleting again is no error."""
    chat = Chat(server)
    assert chat.end().status == 204
    assert is_dutch_error(chat.post({"text": "hoi"}), 401, "unknown_session")
    assert chat.end().status == 204


def test_two_people_never_meet(server: str) -> None:
    """What one person tells changes nothing for another."""
    parent, child = Chat(server), Chat(server)
    parent.say("ik ben de moeder van een meisje dat gepest wordt")
    assert items(child.say("hallo"))[0] != items(parent.say("hallo"))[0]


@pytest.mark.parametrize(
    "text", ["/restart", '/greet{"role":"teacher"}', "/police", "//police", " /session_start", "/"]
)
def test_a_typed_intent_is_only_text(server: str, text: str) -> None:
    """Nothing that is typed can be an intent, set a slot or restart the conversation."""
    chat = Chat(server)
    assert chat.say(text)[0]["alert"] is None
    assert not any(item.endswith("formal") or "formal_" in item for item in items(chat.say("hallo")))


@pytest.mark.parametrize(
    "text", ["😂😂😂", "?", "qwrtzx", "<script>alert(1)</script>", "**vet**", "'; DROP TABLE x; --"]
)
def test_nonsense_gets_an_answer_and_a_way_on(server: str, text: str) -> None:
    """Emoji, signs and code are answered kindly, with quick replies."""
    messages = Chat(server).say(text)
    assert messages[0]["blocks"]
    assert choices(messages)
    assert messages[0]["alert"] is None


def test_only_what_was_just_offered_can_be_chosen(server: str) -> None:
    """A quick reply of an older message is refused."""
    chat = Chat(server)
    offered = choices(chat.choose("role_target"))
    assert "role_parent" not in offered
    assert is_dutch_error(chat.post({"choice": "role_parent"}), 400, "unknown_choice")


def test_a_quick_reply_may_be_typed(server: str) -> None:
    """Who types the words of a button has pressed it."""
    typed, pressed = Chat(server), Chat(server)
    assert items(typed.say("ik ben ouder of VERZORGER")) == items(pressed.choose("role_parent"))


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/no/such/page", 404, "not_found"),
        ("GET", "/webhooks/rest/webhook", 404, "not_found"),
        ("GET", "/model", 404, "not_found"),
        ("POST", "/model/parse", 404, "not_found"),
        ("GET", "/conversations/default/tracker", 404, "not_found"),
        ("GET", "/widget/", 404, "not_found"),
        ("GET", "/widget/no_such_file.js", 404, "not_found"),
        ("GET", "/widget/../bot/endpoints.yml", 404, "not_found"),
        ("GET", "/webhooks/webchat/messages", 405, "method_not_allowed"),
    ],
)
def test_nothing_else_is_there(server: str, method: str, path: str, status: int, code: str) -> None:
    """Nothing of Rasa's own API answers."""
    assert is_dutch_error(call(server + path, method, b"{}" if method == "POST" else None), status, code)


def test_pages_carry_the_security_headers(server: str) -> None:
    """No inline script or style, no other site, no type guessing, no version of the server."""
    for path in ("/", "/widget/wegwijs.js", "/health"):
        headers = call(server + path).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in headers


def test_the_last_answer_can_be_had_again(server: str) -> None:
    """A page that is loaded again shows what was answered last, and its quick replies can be chosen."""
    chat = Chat(server)
    answered = chat.say("ik word gepest op school")
    again = chat.take_up()
    assert again == answered
    assert chat.choose(choices(again)[0])


@pytest.mark.parametrize("token", [None, "", "x" * 43])
def test_nobody_takes_up_what_is_not_theirs(server: str, token: str | None) -> None:
    """Without a token that the server made there is nothing to be had."""
    Chat(server).say("ik word gepest op school")
    assert call(f"{server}/webhooks/webchat/sessions", token=token).status == 401


def test_who_leaves_in_the_middle_of_a_turn_finds_its_answer(server: str) -> None:
    """A page that is left before the answer came does not lose it: the next page has it."""
    chat = Chat(server)
    body = json.dumps({"text": "ik word bedreigd met een mes"}).encode()
    host, port = server.removeprefix("http://").split(":")
    lines = [
        "POST /webhooks/webchat/messages HTTP/1.1",
        f"Host: {host}:{port}",
        f"Authorization: Bearer {chat.token}",
        f"Content-Length: {len(body)}",
    ]
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
    deadline = time.monotonic() + 20
    while chat.take_up() == chat.welcome and time.monotonic() < deadline:
        time.sleep(0.05)
    assert chat.take_up()[0]["alert"] == "police"


@pytest.mark.parametrize("said", [{"text": "ik word gepest op school"}, {"choice": "more_tips"}])
def test_what_is_sent_twice_is_said_once(server: str, said: dict[str, str]) -> None:
    """With the id that it had before, a message gets the answer that it had, and the talk goes on from there."""
    chat = Chat(server, {"role": "child"})
    chat.say("wat kan ik doen tegen pesten?")
    first = chat.post({**said, "id": "a1"})
    again = chat.post({**said, "id": "a1"})
    assert first.status == again.status == 200
    assert again.body == first.body
    assert chat.post({"text": "ik word gepest op school", "id": "a2"}).body != first.body


@pytest.mark.parametrize("name", ["", "x" * 65, 7, [], {}])
def test_a_bad_id_is_refused(server: str, name: Any) -> None:
    """An id is a short text."""
    assert Chat(server).post({"text": "hoi", "id": name}).status == 400


def test_who_asks_too_fast_waits_but_never_in_danger(server: str) -> None:
    """Beyond the limit of a conversation danger is answered, anything else is refused, and nobody else notices."""
    chat = Chat(server, {"country": "nl"})
    answers = [chat.post({"text": "hoi"}) for _ in range(65)]
    assert {answer.status for answer in answers} == {200, 429}
    assert answers[-1].body["error"]["code"] == "too_fast"
    assert "112" in answers[-1].body["error"]["message"]
    danger = chat.say("ik word bedreigd met een mes")
    assert danger[0]["alert"] == "police"
    assert "112" in contacts(danger)[0]
    assert Chat(server).say("hoi")
