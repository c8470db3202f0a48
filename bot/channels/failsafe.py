"""What the channel says by itself, with nothing of Rasa: when something broke, and with every error."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.channels.requests import TEXT_LIMIT
from wegwijs import contacts, reply
from wegwijs.content import Content
from wegwijs.content_file import ErrorCode
from wegwijs.patterns import Hit
from wegwijs.situation import Situation
from wegwijs.vocabulary import ESCALATIONS, escalation_of


def message(hits: tuple[Hit, ...], situation: Situation, content: Content, now: datetime) -> dict[str, Any]:
    """Return a message that needs neither the classifier nor the action code, and never is silence.

    Args:
        hits: what the word patterns found in what was typed.
        situation: what is known of the person; a danger of before counts.
    """
    dangers = [hit.danger for hit in hits]
    escalation = escalation_of(dangers, now=any(hit.emergency for hit in hits)) if dangers else situation.escalation
    ready = content.failsafe.danger if dangers or situation.danger else content.failsafe.reply
    lines = contacts.pick(ready.contacts, situation.but(role="unknown"), content, len(ready.contacts))
    return {
        "blocks": [reply.shown(block, content) for block in ready.text],
        "alert": escalation if escalation in ESCALATIONS else None,
        "contacts": [contacts.as_contact(line, content, now) for line in lines],
        "choices": [],
        "sources": [],
    }


def is_none_of(answers: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether all of these come from Rasa: only those say of which items they are made."""
    return all("items" in answer for answer in answers)


def error(content: Content, code: ErrorCode) -> dict[str, Any]:
    """Return the body of a 4xx or 5xx, with a sentence in Dutch."""
    sentence = content.failsafe.errors[code].replace("{limit}", str(TEXT_LIMIT))
    return {"error": {"code": code, "message": content.fill_in(sentence)}}
