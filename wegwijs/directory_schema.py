"""The schema of what texts refer to: helplines, schools, apps and the source texts (content/README.md)."""

import re
from datetime import date
from typing import Literal

import opening_hours
from pydantic import Field, validator

from wegwijs.content_schema import Heard
from wegwijs.schema import Strict

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d+)?")


class Platform(Heard):
    """An app, game or school system, known by its names and nicknames."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    name: str


class Helpline(Strict):
    """An organisation that helps. Phone numbers, addresses and hours stand here and nowhere else."""

    id: str = Field(regex=r"^[a-z0-9_]+$")
    name: str
    country: Literal["nl", "be", "both"]
    audience: tuple[Literal["child", "parent", "teacher"], ...]
    topics: tuple[str, ...]
    phone: str | None
    chat_url: str | None = Field(regex=r"^https?://")
    url: str | None = Field(regex=r"^https?://")
    hours: str | None  # of the phone, or the only ones, as in OpenStreetMap: "Mo-Fr 09:00-17:00; PH off"
    chat_hours: str | None  # where they differ, or are known by themselves
    hours_sure: bool
    cost: str | None
    note: str | None
    recommend: Literal["yes", "link_only", "mention", "with_care", "check_first", "only_if_asked"]
    checked: date
    sure: Literal["high", "medium", "low"]
    source: str

    @validator("hours", "chat_hours")
    def _can_be_read(cls, hours: str | None) -> str | None:
        if hours is not None and not opening_hours.validate(hours):
            raise ValueError(f'{hours!r} is not written like "Mo-Fr 09:00-17:00; PH off"')
        return hours


class School(Strict):
    """What is particular to one school: who is there, as children and parents call them. Any of it may be left out."""

    id: str = Field(regex=r"^[a-z0-9_-]+$")
    name: str
    country: Literal["nl", "be"]
    kind: Literal["primary", "secondary"]
    confidant: str | None
    coordinator: str | None  # against bullying
    mentor: str | None
    care_team: str | None
    management: str | None
    mailbox: str | None
    complaint_route: str | None
    police_contact: str | None
    # Sites of other addresses that show the chat of this school: "https://www.school.nl".
    origins: tuple[str, ...] = ()
    protocol_url: str | None = Field(regex=r"^https://")

    @validator("origins", each_item=True)
    def _is_an_origin(cls, origin: str) -> str:
        if not ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin!r} is not written like https://www.school.nl")
        return origin

    def has(self) -> tuple[str, ...]:
        """Return the fields that are filled in."""
        return tuple(name for name, value in self if value)


class SourceText(Strict):
    """One of the texts that `source: {doc: ...}` may name."""

    id: str
    title: str
    publisher: str
    country: Literal["nl", "be", "both"]
