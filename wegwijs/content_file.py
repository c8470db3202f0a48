"""The schema of one YAML file under content/, and of what stands there once: ready replies, and words between facts."""

from typing import Literal, get_args

from pydantic import validator

from wegwijs.content_schema import Block, Choice, Heard, Item
from wegwijs.directory_schema import Helpline, Platform, School, SourceText
from wegwijs.guide_schema import Calendar, Guide, Sheet
from wegwijs.schema import Strict

# Why the server refuses or cannot answer; each has a sentence in failsafe.yml.
ErrorCode = Literal[
    "bad_json",
    "bad_request",
    "empty_text",
    "too_long",
    "too_fast",
    "unknown_session",
    "unknown_choice",
    "origin_not_allowed",
    "not_found",
    "method_not_allowed",
    "payload_too_large",
    "not_deleted",
    "server_error",
]


class FailsafeReply(Strict):
    """A ready reply that needs no choice."""

    text: tuple[Block, ...]
    contacts: tuple[str, ...]


class Failsafe(Strict):
    """What the server says by itself: when something broke, and with every 4xx."""

    reply: FailsafeReply
    danger: FailsafeReply
    errors: dict[ErrorCode, str]

    @validator("errors")
    def _none_is_missing(cls, errors: dict[str, str]) -> dict[str, str]:
        missing = set(get_args(ErrorCode)) - set(errors)
        if missing:
            raise ValueError(f"no sentence for {', '.join(sorted(missing))}")
        return errors


class Navigation(Heard):
    """A quick reply that stands under every step of a guide, and the words that mean the same."""

    label: str


class Words(Strict):
    """The words between the facts: how opening hours are said, and how one walks through a guide."""

    always: str
    open_until: str
    opens: dict[Literal["today", "tomorrow", "later"], str]
    days: tuple[str, str, str, str, str, str, str]  # from Monday
    see_site: str
    by_phone: str
    greeting: Navigation  # its words tell a hello from an age or a place
    school: dict[str, str]  # what a field of a profile is called where there is no profile, or it is empty
    resume_guide: Navigation  # its label has the {title} of the guide
    print_guide: str
    next_step: Navigation
    previous_step: Navigation
    leave_guide: Navigation


class ContentFile(Strict):
    """One YAML file under content/; any file may hold any of these."""

    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    sources: tuple[SourceText, ...] = ()
    guides: tuple[Guide, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    platforms: tuple[Platform, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    schools: tuple[School, ...] = ()
    # Texts for children that are harder to read than they should be, with the reason.
    reading_exceptions: dict[str, str] = {}
    # Texts that hold words for somebody else to say, so that je stands in a text for adults.
    address_exceptions: dict[str, str] = {}
    failsafe: Failsafe | None
    words: Words | None
