"""Tells whether a short message leans on what was said before: "en als dat niet helpt?", "dat heb ik al gedaan"."""

from wegwijs.reading import read_message

_CONCEPT = "disc_followup_reference"
# A longer message tells its own story, and a reference late in it points into that.
_MOST_WORDS = 8
_AT_THE_BEGINNING = 4


def follows_up(text: str) -> bool:
    """Tell it of a message as typed."""
    if len(text.split()) > _MOST_WORDS or text.startswith("/"):
        return False
    return any(tag.concept == _CONCEPT and tag.start < _AT_THE_BEGINNING for tag in read_message(text).tags)
