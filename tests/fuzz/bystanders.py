"""People who talk while others send bad input: they must notice nothing."""

from typing import Any

from tests.chat import Chat

_TALKS: list[tuple[dict[str, str], list[str]]] = [
    ({"country": "nl"}, ["ik word gepest op school", "wat kan ik doen?", "ik word bedreigd met een mes", "dank je"]),
    ({"role": "parent", "country": "be"}, ["mijn dochter wordt buitengesloten", "met wie kan ik praten?", "hoi"]),
    ({"role": "teacher"}, ["wat doe ik als een leerling gepest wordt?", "hij wil niet meer leven", "asdfgh"]),
]
_OF_THE_CLOCK = ("open_now", "hours")


class Bystanders:
    """The same talks again and again, and one that stays open all the time."""

    def __init__(self, server: str) -> None:
        """Hear what is answered while nobody sends anything bad."""
        self._server = server
        self._usual = self._talks()
        before = Chat(server, {"role": "child"})
        before.say("ze lachen me uit in de klas")
        self._next = _settled(before.say("wat kan ik doen?"))
        self._open = Chat(server, {"role": "child"})
        self._last = _settled(self._open.say("ze lachen me uit in de klas"))

    def notice(self) -> str | None:
        """Talk again; return what is different."""
        if self._talks() != self._usual:
            return "somebody else was answered differently"
        return None if _settled(self._open.take_up()) == self._last else "the talk of somebody else was changed"

    def go_on(self) -> str | None:
        """Go on with the talk that stayed open; return what is different."""
        same = _settled(self._open.say("wat kan ik doen?")) == self._next
        return None if same else "the talk of somebody else did not go on as it would have"

    def _talks(self) -> list[Any]:
        answers = []
        for opening, texts in _TALKS:
            chat = Chat(self._server, opening)
            answers.append([_settled(chat.welcome), *(_settled(chat.say(text)) for text in texts)])
            chat.end()
        return answers


def _settled(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what the clock changes."""
    return [
        {
            **message,
            "contacts": [{k: v for k, v in line.items() if k not in _OF_THE_CLOCK} for line in message["contacts"]],
        }
        for message in messages
    ]
