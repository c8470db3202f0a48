"""Marked texts, and every way in that they take: what a test then looks for wherever a machine keeps things."""

import json
import re
import secrets
import socket
import urllib.parse
from collections.abc import Callable

from tests.chat import Chat, call, choices
from tests.watched import BREAKS_ACTION, BREAKS_RECOGNISER

CHAT = "/webhooks/webchat"
_LETTERS = "bcdfghjklmnpqrstvwxz"
NAME = "naam-"  # begins the id that a client gives a message: it is kept until the next one, whatever stands in it


class Marks:
    """Texts that stand nowhere else: names, phone numbers and whole sentences, each with a number of its own."""

    def __init__(self) -> None:
        """Choose what all of them share."""
        self.word = "".join(secrets.choice(_LETTERS) for _ in range(10))
        self.phone = "06" + "".join(secrets.choice("123456789") for _ in range(7))
        self.made = 0
        self._kinds = (
            lambda: f"{self._word()} de Vries slaat mij elke dag op het plein achter de gymzaal",
            lambda: f"mijn nummer is {self.phone}{self.made % 10}, bel mij na school terug",
            lambda: f"{self._word()} {self._word()}",
            lambda: f"ik ben {self._word()} uit 2B en mijn adres is {self._word()}straat 12",
        )

    def __call__(self) -> str:
        """Return the next one."""
        self.made += 1
        return secrets.choice(self._kinds)()

    def _word(self) -> str:
        return self.word + _LETTERS[self.made // 20 % 20] + _LETTERS[self.made % 20]

    def left_in(self, text: str) -> list[str]:
        """Return what of them stands in a text, however it is written there."""
        plain = text.lower() + urllib.parse.unquote_plus(text).lower()
        return re.findall(f"{self.word}[a-z]*|{self.phone}[0-9]", plain)


def _type(mark: str, server: str) -> Chat:
    chat = Chat(server)
    chat.post({"text": mark})
    return chat


def _raw(server: str, request: str) -> None:
    """Send what no browser would; whatever comes back is fine."""
    host, _, port = server.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request.encode())
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


def _ask(server: str, path: str, **headers: str) -> None:
    call(server + path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def _step_of_a_guide(mark: str, server: str) -> Chat:
    chat = Chat(server, {"role": "teacher"})
    chat.say("geef mij een stappenplan tegen pesten")
    chat.post({"text": mark})
    if offered := choices(chat.take_up()):
        chat.choose(offered[0])
    chat.post({"text": f"bij stap twee denk ik aan {mark}"})
    return chat


def _pieces(mark: str, server: str) -> Chat:
    chat = Chat(server)
    for piece in (mark.split()[0], "heeft een mes", f"en {mark.split()[-1]}"):
        chat.post({"text": piece})
    return chat


def _typed_button(mark: str, server: str) -> Chat:
    chat = Chat(server)
    label = chat.welcome[0]["choices"][0]["label"]
    chat.post({"text": f"{label} {mark}"})
    chat.post({"text": label})
    return chat


def _chosen(mark: str, server: str) -> Chat:
    chat = Chat(server)
    chat.post({"choice": mark})
    return chat


def _named(mark: str, server: str) -> Chat:
    chat = Chat(server)
    chat.post({"text": "ik word gepest", "id": f"{NAME}{mark}"[:64]})
    return chat


def _open_with(field: str) -> Callable[[str, str], None]:
    return lambda mark, server: _post(server, "sessions", json.dumps({field: mark}))


def _post(server: str, what: str, body: str, token: str | None = None) -> None:
    call(f"{server}{CHAT}/{what}", "POST", body.encode(), token)


def _quoted(mark: str) -> str:
    return urllib.parse.quote(mark)


# Every way in that a child, a web master's mistake or an attacker has.
WAYS: dict[str, Callable[[str, str], Chat | None]] = {
    "typed": _type,
    "typed in danger": lambda mark, server: _type(f"{mark} bedreigt mij met een mes", server),
    "typed as an intent": lambda mark, server: _type(f'/greet{{"role": "{mark}"}}', server),
    "typed where the recogniser breaks": lambda mark, server: _type(f"{BREAKS_RECOGNISER} {mark}", server),
    "typed where the action breaks": lambda mark, server: _type(f"hoe bewaar ik bewijs {BREAKS_ACTION} {mark}", server),
    "typed in pieces": _pieces,
    "typed in a guide": _step_of_a_guide,
    "a button typed out": _typed_button,
    "too long": lambda mark, server: _type(mark * 50 + "a" * 2000, server),
    "a body too large": lambda mark, server: _type(mark * 3000, server),
    "a choice": _chosen,
    "the id of a message": _named,
    "a field that does not exist": lambda mark, server: _post(server, "messages", json.dumps({mark: mark})),
    "broken JSON": lambda mark, server: _post(server, "messages", f'{{"text": "{mark}', Chat(server).token),
    "the school of the page": _open_with("school"),
    "the role of the page": _open_with("role"),
    "the country of the page": _open_with("country"),
    "a token": lambda mark, server: _post(server, "messages", '{"text": "hoi"}', mark),
    "Referer and User-Agent": lambda mark, server: _ask(server, "/", Referer=f"https://x.nl/{mark}", User_Agent=mark),
    "other headers": lambda mark, server: _ask(
        server, f"{CHAT}/sessions", Cookie=f"name={mark}", X_Forwarded_For=mark, Forwarded=f"for={mark}", X_Any=mark
    ),
    "Origin": lambda mark, server: _ask(server, f"{CHAT}/sessions", Origin=f"https://{mark}"),
    "Host": lambda mark, server: _ask(server, f"{CHAT}/sessions", Origin="https://no.site.nl", Host=mark.split()[0]),
    "a path": lambda mark, server: _ask(server, f"/{_quoted(mark)}"),
    "a file of the widget": lambda mark, server: _ask(server, f"/widget/{_quoted(mark)}.js"),
    "a guide to print": lambda mark, server: _ask(server, f"/gids/{_quoted(mark)}"),
    "dates for an agenda": lambda mark, server: _ask(server, f"/agenda/{_quoted(mark)}.ics?vanaf={_quoted(mark)}"),
    "a query": lambda mark, server: _ask(server, f"/chat?school={_quoted(mark)}&{_quoted(mark)}=1"),
    "a method": lambda mark, server: _raw(server, f"{mark.split()[0]} / HTTP/1.1\r\nHost: x\r\n\r\n"),
    "no HTTP at all": lambda mark, server: _raw(server, f"{mark}\r\n\r\n{mark}"),
    "headers that do not end": lambda mark, server: _raw(server, f"GET / HTTP/1.1\r\nX: {mark * 400}"),
    "a length that is none": lambda mark, server: _raw(
        server, f"POST {CHAT}/messages HTTP/1.1\r\nHost: x\r\nContent-Length: {mark}\r\n\r\n{mark}"
    ),
    "chunks that break off": lambda mark, server: _raw(
        server, f"POST {CHAT}/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{mark}\r\n{mark}"
    ),
}
