"""Conversations: begun, gone on with, taken up again, ended. Never silence, whatever breaks."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.trackers import DialogueStateTracker

from bot.barometer import barometer
from bot.channels import failsafe, metrics
from bot.channels.pieces import Seal, joined
from bot.channels.requests import Refused, Said
from bot.channels.tally import Tally, tally
from bot.components.danger_recognizer import ESCALATION
from bot.session_tracker_store import SessionTrackerStore
from bot.talks.records import LONGEST_TURN_SECONDS, Unavailable
from bot.talks.talk import Talk
from bot.turn import Turns
from wegwijs.contacts import now
from wegwijs.content import content
from wegwijs.message import ANSWER
from wegwijs.normalise import normalise
from wegwijs.patterns import Hit, danger_patterns
from wegwijs.situation import is_chosen, situation_of

logger = logging.getLogger(__name__)

NAME = "webchat"
Answers = list[dict[str, Any]]


class Collected(OutputChannel):
    """The answers of one turn."""

    def __init__(self) -> None:
        """Begin with none."""
        self.answers: Answers = []

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel."""
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take the structured answer out of a message of Rasa; one without words is none."""
        if message.get(ANSWER, {}).get("blocks"):
            self.answers.append(message[ANSWER])


class Conversations:
    """The conversations that an agent has."""

    def __init__(self, agent: Agent) -> None:
        """Take an agent that is loaded."""
        self._store = _our_store(agent)
        self._turns = Turns(agent.processor)
        self._welcomes: dict[str, tuple[datetime, str]] = {}

    async def why_not(self) -> str | None:
        """Say why no conversation can be had, if so."""
        return await self._store.records.why_not()

    async def answer_nobody(self) -> None:
        """Answer everything once before anybody asks: a first answer takes up to a second more than a later one."""
        for text in ("hoi", *(f"/{intent}" for intent in self._store.domain.intents)):
            await self._answer("nobody", Talk(), text)

    async def begin(self, token: str, known: Mapping[str, str]) -> Answers:
        """Begin a conversation.

        Args:
            token: by which the client will name it.
            known: what the page knows of the person, in the words of labels.yml.
        """
        talk = await self._welcomed(known)
        try:
            async with self._store.hold(name_of(token)) as held:
                held.kept = talk
        except Unavailable as error:  # the first message will find no conversation, and the widget begins another
            _could_not_keep(error)
        metrics.begun(talk.answers)
        return talk.answers

    async def say(self, token: str, said: Said) -> Answers:
        """Answer a message; one that comes once more gets the answer that it had.

        Raises:
            Refused: no such conversation (any more), or a choice that was not offered.
        """
        begun, conversation = time.perf_counter(), name_of(token)
        answers: Answers = []
        counted: Tally | None = None
        new: list[str] = []
        try:
            async with self._store.hold(conversation) as held:
                talk = _there(held.kept)
                if said.id and said.id == talk.said:
                    metrics.repeated()
                    return talk.answers
                text, talk.pieces = _as_said(talk, said, Seal(token))
                answers, understood = await self._answer(conversation, talk, text)
                talk.said, talk.answers = said.id, answers
                with _uncounted_at_worst():
                    counted = tally(understood, talk.slots, answers, content())
                    if sums := barometer():
                        new = sums.new(counted, talk.counted)
                        talk.counted = [*talk.counted, *new]
        except Unavailable as error:
            _could_not_keep(error)
            answers, new = answers or without_talk(said), []
        with _uncounted_at_worst():
            metrics.turn(counted or tally({}, {}, answers, content()), answers, time.perf_counter() - begun)
            if counted and (sums := barometer()):
                sums.add(counted, new)
        return answers

    async def take_up(self, token: str) -> Answers:
        """Return the last answer once more.

        Raises:
            Refused: no such conversation (any more).
        """
        try:
            async with self._store.hold(name_of(token)) as held:
                return _there(held.kept).answers
        except Unavailable as error:
            _could_not_keep(error)
            return without_talk(Said())

    async def end(self, token: str) -> None:
        """Remove everything of a conversation.

        Raises:
            Refused: it could not be removed now.
        """
        try:
            async with self._store.hold(name_of(token)) as held:
                held.kept = None
        except Unavailable as error:
            _could_not_keep(error)
            # Not 503: a proxy would take this worker for sick, and the others after it, and nobody would be answered.
            raise Refused("not_deleted", status=500) from error

    async def _welcomed(self, known: Mapping[str, str]) -> Talk:
        """Return a talk that was just begun: within a minute the same for all of whom the same is known."""
        text, minute = "/greet" + json.dumps(known, sort_keys=True), now().replace(second=0, microsecond=0)
        since, record = self._welcomes.get(text, (None, ""))
        if since == minute:
            return Talk.loads(record)
        talk = Talk()
        talk.answers, _ = await self._answer("nobody", talk, text)
        if failsafe.is_none_of(talk.answers):
            self._welcomes[text] = minute, talk.dumps()
        return talk

    async def _answer(self, conversation: str, talk: Talk, text: str) -> tuple[Answers, dict[str, Any]]:
        """Let Rasa answer; answer ourselves when it breaks, hangs, says nothing, or overlooks a danger.

        Rasa hangs only while it waits (for an action server, say): what computes in this process cannot be interrupted.

        Returns:
            What is said, and what was understood.
        """
        tracker, output = talk.tracker(conversation, self._store.domain), Collected()
        whole = True
        try:
            await asyncio.wait_for(self._turns.take(tracker, text, output), LONGEST_TURN_SECONDS)
        except Exception:  # whatever it is, the person gets an answer
            logger.exception("a turn failed")
            metrics.failed()
            whole = False
        understood = _understood(tracker)
        hits = () if any(answer["alert"] for answer in output.answers) else _dangers(text)
        # What the DangerRecognizer judged goes: it sees more than the word patterns, which fit a lesson too.
        if not output.answers or (hits and not (whole and understood.get(ESCALATION))):
            situation = situation_of(tracker.current_slot_values(), (), "", content())
            output.answers.insert(0, failsafe.message(hits, situation, content(), now()))
        talk.remember(tracker)
        return output.answers, understood


@lru_cache(maxsize=1)
def conversations(agent: Agent) -> Conversations:
    """Return the conversations of the agent of this process."""
    return Conversations(agent)


def name_of(token: str) -> str:
    """Return the name of a conversation, by which no one can go on with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def without_talk(said: Said) -> Answers:
    """Answer a message in the cheapest way: danger first, and people to call; nothing of before is known."""
    return [failsafe.message(_dangers(said.text or ""), situation_of({}, (), "", content()), content(), now())]


def is_danger(said: Said) -> bool:
    """Tell whether the word patterns see a danger for sure."""
    return bool(_dangers(said.text or ""))


def _dangers(text: str) -> tuple[Hit, ...]:
    """Return what the word patterns find for sure; what a quick reply tells Rasa was typed by nobody."""
    return () if is_chosen(text) else tuple(hit for hit in danger_patterns().find(text) if not hit.ask)


def _there(talk: Talk | None) -> Talk:
    if talk is None:
        raise Refused("unknown_session", status=401)
    return talk


def _as_said(talk: Talk, said: Said, seal: Seal) -> tuple[str, str | None]:
    """Return what Rasa is told: what a quick reply of the last message means, chosen or typed out, or the text.

    The text comes after the pieces before it where these make it a danger. The pieces from now on come with it, sealed;
    a quick reply leaves them as they are.

    Raises:
        Refused: a choice that was not offered there.
    """
    typed = said.text and normalise(said.text)
    for one in talk.answers[-1]["choices"] if talk.answers else ():
        if one["id"] == said.choice or (typed and normalise(one["label"]) == typed):
            return str(one["payload"]), talk.pieces
    if said.text is None:
        raise Refused("unknown_choice")
    typed_at = time.time()
    text, pieces = joined(said.text, seal.open(talk.pieces, typed_at), typed_at)
    return text, seal.close(pieces)


def _understood(tracker: DialogueStateTracker) -> dict[str, Any]:
    message = tracker.latest_message
    return dict(message.parse_data) if message else {}


@contextmanager
def _uncounted_at_worst() -> Iterator[None]:
    """Let a count that fails take no answer away."""
    try:
        yield
    except Exception:
        logger.exception("something was not counted")


def _could_not_keep(error: Unavailable) -> None:
    logger.error("a conversation could not be read or kept", exc_info=error)
    metrics.store_error()


def _our_store(agent: Agent) -> SessionTrackerStore:
    """Return our tracker store from under the wrapper that Rasa puts around it."""
    store = agent.tracker_store
    while not isinstance(store, SessionTrackerStore):
        store = store._tracker_store
    return store
