"""What may come in over the web chat: checked before anything else sees it."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wegwijs import vocabulary
from wegwijs.content_file import ErrorCode

TEXT_LIMIT = 2000  # characters of one message; real ones have 150 to 400
_SCHOOL_LIMIT = 64
_ID_LIMIT = 64
_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{16,128})")
_SLASHES = re.compile(r"^[\s/]+")


class Refused(Exception):
    """A request that is not answered as asked; `code` names the sentence in content/failsafe.yml."""

    def __init__(self, code: ErrorCode, status: int = 400) -> None:
        """Take the code of the error and the HTTP status that goes with it."""
        super().__init__(code)
        self.code = code
        self.status = status


@dataclass(frozen=True)
class Said:
    """What the person did: typed a text, or chose a quick reply."""

    text: str | None = None
    choice: str | None = None
    id: str | None = None  # that the client gave it, the same when it sends it once more


def opening(body: bytes, schools: Collection[str]) -> dict[str, str]:
    """Read the body of POST sessions: what the page knows of the person, in the words of labels.yml.

    Args:
        body: JSON.
        schools: the ids of the schools that have a profile.

    Raises:
        Refused: no JSON object, another field, or a word that does not stand in labels.yml.
    """
    fields = _object(body or b"{}", allowed={"country", "role", "school"})
    school = fields.pop("school", None)
    if school is not None and (not isinstance(school, str) or len(school) > _SCHOOL_LIMIT):
        raise Refused("bad_request")
    known = {question: word for question, word in fields.items() if word is not None}
    for question, word in known.items():
        if not isinstance(word, str) or not vocabulary.is_word(question, word):
            raise Refused("bad_request")
    told = {question: word for question, word in known.items() if word != vocabulary.UNKNOWN}
    # A school without a profile is no reason to refuse a child: it gets what fits any school.
    return {**told, "school": school} if school and school in schools else told


def said(body: bytes) -> Said:
    """Read the body of POST messages.

    Raises:
        Refused: no JSON object with exactly one of text and choice, or a text that is empty or too long.
    """
    fields = _object(body, allowed={"text", "choice", "id"})
    name = fields.pop("id", None)
    if name is not None and (not isinstance(name, str) or not 0 < len(name) <= _ID_LIMIT):
        raise Refused("bad_request")
    if len(fields) != 1 or not all(isinstance(value, str) for value in fields.values()):
        raise Refused("bad_request")
    if "choice" in fields:
        return Said(choice=fields["choice"], id=name)
    # A new line ends a sentence; any other white space is a space.
    lines = [" ".join(_printable(line).split()) for line in fields["text"].splitlines()]
    text = "\n".join(line for line in lines if line)
    if not text:
        raise Refused("empty_text")
    if len(text) > TEXT_LIMIT:
        raise Refused("too_long", status=413)
    return Said(text=neutral(text), id=name)


def token(authorization: str | None) -> str:
    """Read the session token from the Authorization header.

    Raises:
        Refused: there is none, or one that the server cannot have made.
    """
    token = _BEARER.fullmatch(authorization or "")
    if not token:
        raise Refused("unknown_session", status=401)
    return token[1]


def neutral(text: str) -> str:
    """Return a text that Rasa cannot take for an intent payload: it does when the text begins with a slash."""
    return _SLASHES.sub("", text) or "?"


def _object(body: bytes, allowed: set[str]) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json") from error
    if not isinstance(fields, dict) or not set(fields) <= allowed:
        raise Refused("bad_request")
    return fields


def _printable(text: str) -> str:
    """Drop control characters and lone surrogates, which no person types."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign.isspace() else " " for sign in text)
