"""Tells whether a short message leans on what was said before: "en als dat niet helpt?", "dat heb ik al gedaan"."""

from wegwijs.reading import Reading

# The name under which Rasa hands it on with a message.
FOLLOWS_UP = "follows_up"
_CONCEPT = "disc_followup_reference"
# A longer message tells its own story, and a reference late in it points into that.
_MOST_WORDS = 8
_AT_THE_BEGINNING = 4


def follows_up(reading: Reading) -> bool:
    """Tell it of a message."""
    if len(reading.words) > _MOST_WORDS:
        return False
    return any(tag.concept == _CONCEPT and tag.start < _AT_THE_BEGINNING for tag in reading.tags)
