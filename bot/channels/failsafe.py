"""What the channel says by itself, with nothing of Rasa: when something broke, and with every error."""

from datetime import datetime
from typing import Any

from wegwijs import contacts
from wegwijs.content import Content, FailsafeReply
from wegwijs.patterns import danger_patterns
from wegwijs.situation import Situation
from wegwijs.vocabulary import escalation_of

TEXT_LIMIT = 2000  # characters of one message; real ones have 150 to 400


def reply(content: Content, text: str, in_danger: bool, now: datetime) -> dict[str, Any]:
    """Return a message that needs neither the classifier nor the action code, and never is silence.

    Args:
        text: what the person typed; the word patterns look for danger in it.
        in_danger: danger was seen earlier in this conversation.

    """
    dangers = [hit.danger for hit in danger_patterns().find(text)]
    found = content.failsafe.danger if dangers or in_danger else content.failsafe.reply
    alert = escalation_of(dangers, now=any(hit.emergency for hit in danger_patterns().find(text))) if dangers else None
    return _message(found, content, alert, now)


def error(content: Content, code: str) -> dict[str, Any]:
    """Return the body of a 4xx or 5xx, with a sentence in Dutch.

    Raises:
        KeyError: content/failsafe.yml has no sentence for this code.

    """
    sentence = content.failsafe.errors[code].replace("{limit}", str(TEXT_LIMIT))
    return {"error": {"code": code, "message": content.fill_in(sentence)}}


def _message(found: FailsafeReply, content: Content, alert: str | None, now: datetime) -> dict[str, Any]:
    lines = contacts.pick(found.contacts, Situation(), content, len(found.contacts))
    return {
        "blocks": [
            {"type": "paragraph", "text": content.fill_in(text)} for block in found.text for text in block.texts()
        ],
        "alert": alert,
        "contacts": [contacts.as_contact(line, content, now) for line in lines],
        "choices": [],
        "sources": [],
    }
