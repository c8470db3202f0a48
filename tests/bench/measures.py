"""What is measured of one running bot, in this order; each measure is some figures by name."""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence

from tests.bench.bots import Bot
from tests.bench.burst import at_once, connections
from tests.bench.people import Person, Sender
from tests.bench.processes import forget_peak, megabytes, processor_seconds
from tests.bench.wire import Alone, Answer, Crowd, Wire
from tests.scenario import FILES
from wegwijs.files import read_yaml

Figures = dict[str, float]
Talks = Sequence[Sequence[str]]
TURNS = (10, 50, 100, 200)
CLIENTS = (8, 32)
LONGEST = 2_000  # characters that Wegwijs accepts
TOO_LONG = 10_000  # characters; Rasa takes more, and then the memory of the machine
CROWD = int(os.environ.get("BENCH_CROWD", "64"))
_NEW = 200  # conversations
_PAIRS = 30
_SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
_AROUND = 4  # turns before and after those of TURNS, with the same texts each time
_SHORT = "ze lachen me altijd uit"
# One rule with one action and one with two. Stock Rasa sees no danger in a text, but does what `/police` says.
_ONE_ACTION, _TWO_ACTIONS = "ze lachen mij uit in de klas en de app", "hij heeft een mes en komt nu naar mij"
_ONE_INTENT, _TWO_INTENT = "/ask_police", "/police"


def conversations() -> list[list[str]]:
    """Return what is typed in each conversation of tests/scenarios."""
    found = ([turn["say"] for turn in read_yaml(file)["turns"] if "say" in turn] for file in FILES)
    return [texts for texts in found if texts]


async def measured(bot: Bot, round_: int) -> Figures:
    """Take all measures of a bot that has just become ready."""
    talks = conversations()
    talks = talks[round_ * 7 % len(talks) :] + talks[: round_ * 7 % len(talks)]
    figures: Figures = {"ready_s": bot.ready_seconds, **_memory("ready", bot)}
    for measure in (_first, _new_conversations, _long_talk, _burst, _second_action, _longest):
        with Alone(bot.address) as wire:
            figures |= await measure(bot, wire, talks)
    async with Crowd(bot.address) as wires:
        for count in CLIENTS:
            figures |= await _throughput(bot, wires, talks, count)
        figures |= await _crowd(bot, wires, talks)
    figures |= _memory("loaded", bot)
    with Alone(bot.address) as wire:
        figures |= await _too_long(bot, wire, talks)
    return figures


def _memory(when: str, bot: Bot) -> Figures:
    figures = {f"memory_{when}_mb": megabytes(bot.pid)}
    helper = megabytes(bot.action_server) if bot.action_server else 0.0
    return {**figures, f"memory_{when}_all_mb": figures[f"memory_{when}_mb"] + helper}


async def _somebody(bot: Bot, wire: Wire) -> Person:
    person = bot.person(wire)
    answer = await person.begin()
    if answer.status != 201:
        raise RuntimeError(f"no conversation could be begun: {answer}")
    return person


async def _first(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    answer = await (await _somebody(bot, wire)).say(_SHORT)
    return {"first_message_ms": answer.milliseconds}


async def _new_conversations(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    messages, wholes = [], []
    for text in itertools.islice(itertools.chain.from_iterable(talks), _NEW):
        begun = time.perf_counter()
        answer = await (await _somebody(bot, wire)).say(text)
        wholes.append((time.perf_counter() - begun) * 1000)
        messages.append(answer.milliseconds)
        _must_be_answered(answer)
    return _percentiles("message", messages) | _percentiles("conversation", wholes)


async def _long_talk(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    """Measure single turns of one talk; quick bots have several such talks."""
    fixed = next(talk for talk in conversations() if len(talk) > 2 * _AROUND)
    times: dict[int, list[float]] = {turn: [] for turn in TURNS}
    async for _ in _repeat(least=1):
        person, filling = await _somebody(bot, wire), _endless(talks)
        for turn in range(1, TURNS[-1] + _AROUND + 1):
            near = next((point for point in TURNS if abs(point - turn) <= _AROUND), None)
            text = next(filling) if near is None else fixed[turn - near + _AROUND]
            answer = await person.say(text)
            _must_be_answered(answer)
            if near is not None:
                times[near].append(answer.milliseconds)
    figures = {f"turn_{turn}_ms": statistics.median(found) for turn, found in times.items()}
    return {**figures, "flatness": figures[f"turn_{TURNS[-1]}_ms"] / figures[f"turn_{TURNS[0]}_ms"]}


async def _burst(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    """One person sends four messages at once, right after another sent them one by one: a server at rest is slower."""
    texts = next(talk for talk in talks if len(talk) >= 4 and min(map(len, talk[:4])) > 30)[:4]
    singles, lasts, in_order = [], [], 0
    async for _ in _repeat(least=2):
        with connections(bot.address, len(texts)) as sockets:
            person = await _somebody(bot, wire)
            singles += [(await person.say(text)).milliseconds for text in texts]
            person = await _somebody(bot, wire)
            order, last = at_once(sockets, [person.request(bot.address, text) for text in texts])
        lasts.append(last)
        in_order += order == sorted(order)
    last, single = statistics.median(lasts), statistics.median(singles)
    return {"burst_last_ms": last, "burst_x_single": last / single, "burst_in_order": in_order / len(lasts)}


async def _second_action(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    """Compare a message that one action answers with one that a response and an action answer."""
    one, two = (_ONE_INTENT, _TWO_INTENT) if bot.person is Sender else (_ONE_ACTION, _TWO_ACTIONS)
    times: dict[str, list[float]] = {one: [], two: []}
    for text in (one, two) * _PAIRS:
        answer = await (await _somebody(bot, wire)).say(text)
        _must_be_answered(answer)
        times[text].append(answer.milliseconds)
        alerts = [message.get("alert") for message in answer.messages]
        if bot.person is not Sender and any(alerts) != (text == two):
            raise RuntimeError(f"{text!r} is no longer answered by as many actions as the measure needs")
    return {"second_action_ms": statistics.median(times[two]) - statistics.median(times[one])}


async def _longest(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    long_text, times = text_of(LONGEST, talks), {LONGEST: [], 0: []}
    async for _ in _repeat(least=3):
        for length, text in ((LONGEST, long_text), (0, _SHORT)):
            answer = await (await _somebody(bot, wire)).say(text)
            _must_be_answered(answer)
            times[length].append(answer.milliseconds)
    long_ms, short_ms = statistics.median(times[LONGEST]), statistics.median(times[0])
    return {"longest_ms": long_ms, "longest_x_short": long_ms / short_ms}


async def _throughput(bot: Bot, wire: Wire, talks: Talks, count: int) -> Figures:
    """Let so many people have whole conversations, beginning them included, and count the messages answered."""
    waiting, answered, refused = itertools.cycle(talks), 0, 0
    begun, spent = time.perf_counter(), _processor(bot)

    async def talk() -> None:
        nonlocal answered, refused
        while time.perf_counter() < begun + _SECONDS:
            person = await _somebody(bot, wire)
            for text in next(waiting):
                answer = await person.say(text)
                if time.perf_counter() > begun + _SECONDS:
                    return
                answered += bool(answer.messages)
                refused += not answer.messages

    await asyncio.gather(*(talk() for _ in range(count)))
    spent = _processor(bot) - spent
    figures = {f"rate_{count}_per_s": answered / _SECONDS, f"rate_{count}_refused": float(refused)}
    return {**figures, f"processor_{count}_ms": 1000 * spent / max(answered, 1)}


async def _crowd(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    """Let very many people say something at the same moment."""
    people = [await _somebody(bot, wire) for _ in range(CROWD)]
    texts = list(itertools.islice(_endless(talks), CROWD))
    answers = await asyncio.gather(*(person.say(text) for person, text in zip(people, texts, strict=True)))
    return {
        "crowd_slowest_ms": max(answer.milliseconds for answer in answers),
        "crowd_answered": float(sum(bool(answer.messages) for answer in answers)),
        "crowd_refused": float(sum(not answer.messages and not answer.silent for answer in answers)),
        "crowd_silent": float(sum(answer.silent for answer in answers)),
    }


async def _too_long(bot: Bot, wire: Wire, talks: Talks) -> Figures:
    text, times = text_of(TOO_LONG, talks), []
    person = await _somebody(bot, wire)
    forget_peak(bot.pid)
    before = megabytes(bot.pid)
    async for _ in _repeat(least=1, most=20):
        answer = await person.say(text)
        times.append(answer.milliseconds)
    growth = megabytes(bot.pid, "VmHWM") - before
    refused = float(400 <= answer.status < 500)
    return {"too_long_ms": statistics.median(times), "too_long_growth_mb": growth, "too_long_refused": refused}


async def _repeat(least: int, most: int = 1000) -> AsyncIterator[int]:
    """Count as long as there is time."""
    begun = time.perf_counter()
    for times in range(most):
        if times >= least and time.perf_counter() > begun + _SECONDS / 2:
            return
        yield times


def _endless(talks: Talks) -> Iterator[str]:
    return itertools.cycle(text for talk in talks for text in talk)


def text_of(length: int, talks: Talks) -> str:
    """Return so many characters of what is typed in these conversations."""
    return ". ".join(itertools.islice(_endless(talks), length // 2))[:length]


def _processor(bot: Bot) -> float:
    return sum(processor_seconds(pid) for pid in (bot.pid, bot.action_server) if pid)


def _percentiles(name: str, times: Sequence[float]) -> Figures:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {f"{name}_p{percent}_ms": cuts[percent - 1] for percent in (50, 95, 99)}


def _must_be_answered(answer: Answer) -> None:
    if not answer.messages:
        raise RuntimeError(f"a message was not answered: {answer}")
