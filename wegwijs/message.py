"""A reply as a message of Rasa: plain text and buttons for any channel, the whole of it for the web chat."""

import json
from typing import Any

from wegwijs.reply import Offered, Reply

# Under this key the web chat finds the whole reply in a message of Rasa.
ANSWER = "answer"


def as_message(reply: Reply) -> dict[str, Any]:
    """Return the fields of a Rasa message: `text`, `buttons` and ANSWER."""
    choices = [{"id": choice.id, "label": choice.label, "payload": payload(choice)} for choice in reply.choices]
    return {
        "text": _plain(reply),
        "buttons": [{"title": choice["label"], "payload": choice["payload"]} for choice in choices],
        ANSWER: {
            "items": list(reply.items),
            "blocks": list(reply.blocks),
            "alert": reply.alert,
            "contacts": list(reply.contacts),
            "choices": choices,
            "sources": list(reply.sources),
            "sheet": reply.sheet,
            "calendar": reply.calendar,
            "links": list(reply.links),
        },
    }


def payload(choice: Offered) -> str:
    """Return what Rasa is told when this quick reply is chosen, such as /ask_tips{"role": "child"}."""
    return f"/{choice.intent}" + (json.dumps(choice.entities) if choice.entities else "")


def _plain(reply: Reply) -> str:
    lines = [
        line
        for block in reply.blocks
        for line in ([block["text"]] if "text" in block else [f"- {item}" for item in block["items"]])
    ]
    contacts = [
        " · ".join(filter(None, (contact["name"], contact["phone"], contact["url"]))) for contact in reply.contacts
    ]
    return "\n".join([*lines, *contacts])
