"""What is known of the person and the conversation when Wegwijs answers."""

from dataclasses import dataclass, replace

from wegwijs.vocabulary import NO_ESCALATION, UNKNOWN


@dataclass(frozen=True)
class Situation:
    """The slots of a conversation, in the words of labels.yml."""

    role: str = UNKNOWN
    position: str = UNKNOWN
    country: str = UNKNOWN
    form: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    escalation: str = NO_ESCALATION  # the highest that was acted on in this conversation
    topic: str | None = None  # the intent that is being answered; a question that is put in between keeps it
    given: tuple[str, ...] = ()  # ids of the items that were said, the latest last; an id may stand there twice
    last: tuple[str, ...] = ()  # ids of the items of the last reply

    def but(self, **changes: object) -> "Situation":
        """Return a copy with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]
