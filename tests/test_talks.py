"""Where talks are kept: one message at a time holds a talk, no words stand in it, and it ends."""

import asyncio
from collections.abc import Iterator

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from redis import Redis

from bot.talks import in_redis, records
from bot.talks.in_memory import InMemory
from bot.talks.in_redis import LOCK, TALK, InRedis
from bot.talks.records import IDLE_SECONDS, Records, Unavailable
from bot.talks.talk import Talk
from tests.cluster import redis_on
from tests.running import free_port

MARKER = "zeldzaam-woord-4711"


class Clock:
    """A clock that stands still until it is told otherwise."""

    seconds = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.seconds


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis."""
    process = redis_on(free_port(), tmp_path_factory.mktemp("redis"))
    process.start()
    yield process.address
    process.end()


@pytest.fixture(params=["memory", "redis"])
def kept(request: pytest.FixtureRequest, redis: str) -> Records:
    """Each place where talks can be."""
    with Redis.from_url(redis) as client:
        client.flushall()
    return InMemory() if request.param == "memory" else InRedis(redis)


async def read(kept: Records, name: str) -> str | None:
    """Return the record of a talk."""
    async with kept.hold(name) as held:
        return held.kept


async def write(kept: Records, name: str, record: str | None) -> None:
    """Keep a record of a talk."""
    async with kept.hold(name) as held:
        held.kept = record


async def test_what_stands_in_a_talk_at_the_end_is_kept(kept: Records) -> None:
    """A talk is there for the next message, another is not mixed up with it, and one that was removed is gone."""
    assert await read(kept, "a") is None
    await write(kept, "a", "één")
    await write(kept, "b", "twee")
    assert await read(kept, "a") == "één"
    await write(kept, "a", None)
    assert await read(kept, "a") is None
    assert await read(kept, "b") == "twee"


async def test_an_error_leaves_the_talk_as_it_was(kept: Records) -> None:
    """What broke in the middle keeps nothing, and the next message gets in."""
    await write(kept, "a", "before")

    async def break_in_the_middle() -> None:
        async with kept.hold("a") as held:
            held.kept = "after"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await break_in_the_middle()
    assert await read(kept, "a") == "before"


async def test_messages_of_one_talk_wait_for_each_other_in_order(kept: Records) -> None:
    """Messages that come at once are answered one after another, in the order in which they came."""
    order = []

    async def message(number: int) -> None:
        async with kept.hold("a") as held:
            order.append(number)
            before = held.kept or ""
            await asyncio.sleep(0.01)
            held.kept = f"{before}{number}"

    await asyncio.gather(*(message(number) for number in range(5)))
    assert order == [0, 1, 2, 3, 4]
    assert await read(kept, "a") == "01234"


async def test_talks_do_not_wait_for_each_other(kept: Records) -> None:
    """While one talk is held another can be had."""
    async with kept.hold("a"):
        await write(kept, "b", "other")
        assert await read(kept, "b") == "other"


async def test_nobody_waits_for_ever(kept: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot get hold of a talk within the time hears so."""
    monkeypatch.setattr(records, "PATIENCE_SECONDS", 0.1)
    async with kept.hold("a"):
        with pytest.raises(Unavailable):
            await read(kept, "a")


async def test_nobody_waits_for_ever_for_who_came_before(kept: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes when a talk has just been let go, while another waits for it already, waits no longer than others."""
    monkeypatch.setattr(records, "PATIENCE_SECONDS", 0.1)

    async def hold_for_long() -> None:
        async with kept.hold("a"):
            await asyncio.sleep(0.5)

    async with kept.hold("a"):
        second = asyncio.create_task(hold_for_long())
        await asyncio.sleep(0.01)
    with pytest.raises(Unavailable):
        await read(kept, "a")
    await second


async def test_an_idle_talk_ends_in_memory() -> None:
    """After thirty idle minutes nothing is left; every message begins them anew."""
    clock = Clock()
    kept = InMemory(clock=clock)
    await write(kept, "a", "talk")
    clock.seconds = IDLE_SECONDS - 1
    assert await read(kept, "a") == "talk"
    clock.seconds = 2 * IDLE_SECONDS - 2
    assert len(kept) == 1
    clock.seconds = 2 * IDLE_SECONDS
    assert len(kept) == 0


async def test_an_idle_talk_ends_though_nobody_comes() -> None:
    """No message is needed for a talk to end."""
    kept = InMemory(idle_seconds=0.05)
    await write(kept, "a", "talk")
    assert await asyncio.wait_for(_emptied(kept), 10)


async def _emptied(kept: InMemory) -> bool:
    while kept._records:
        await asyncio.sleep(0.01)
    return True


async def test_redis_ends_idle_talks_by_itself(redis: str) -> None:
    """Whatever is written to Redis has an end: a talk after thirty minutes from its last message, the rest sooner."""
    await write(InRedis(redis), "a", "talk")
    await write(InRedis(redis, idle_seconds=0.05), "b", "talk")
    await asyncio.sleep(0.2)
    assert await read(InRedis(redis), "b") is None
    with Redis.from_url(redis) as client:
        ends = {key.decode(): client.ttl(key) for key in client.scan_iter()}
    assert IDLE_SECONDS - 5 <= ends.pop(f"{TALK}a") <= IDLE_SECONDS
    assert all(0 < end <= in_redis.LOCK_SECONDS for end in ends.values())


async def test_workers_wait_for_each_other(redis: str) -> None:
    """A talk that one worker holds is had by another as soon as it is let go, with what was kept."""
    first, second = InRedis(redis), InRedis(redis)

    async def wait() -> str | None:
        return await read(second, "shared")

    async with first.hold("shared") as held:
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0.05)
        assert not waiting.done()
        held.kept = "from the first"
    assert await waiting == "from the first"


async def test_the_lock_of_a_dead_worker_ends(redis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that was killed keeps others from a talk for a short time only, and the talk is as it was before."""
    monkeypatch.setattr(in_redis, "LOCK_SECONDS", 0.3)
    await write(InRedis(redis), "left", "before")
    await InRedis(redis)._open("left")  # and is killed
    assert await read(InRedis(redis), "left") == "before"


async def test_a_worker_that_stood_still_writes_over_nothing(redis: str) -> None:
    """Who lost the lock to another learns so, and what the other kept stays."""
    slow, quick = InRedis(redis), InRedis(redis)

    async def stand_still() -> None:
        async with slow.hold("a") as held:
            held.kept = "old"
            with Redis.from_url(redis) as client:
                client.delete(f"{LOCK}a")  # its time is over
            await write(quick, "a", "new")

    with pytest.raises(Unavailable):
        await stand_still()
    assert await read(quick, "a") == "new"


async def test_a_worker_that_stood_still_keeps_its_answer_when_nobody_came(redis: str) -> None:
    """Its lock has ended, but the talk is as it was: what somebody reads is what the next answer follows from."""
    slow = InRedis(redis)
    await write(slow, "still", "before")
    async with slow.hold("still") as held:
        with Redis.from_url(redis) as client:
            client.delete(LOCK + "still")
        held.kept = "after"
    assert await read(slow, "still") == "after"


async def test_a_lock_of_which_the_worker_never_heard_stops_it_not(redis: str) -> None:
    """The answer of Redis got lost, the lock is there: the worker that has it goes on at once."""
    kept = InRedis(redis)
    await write(kept, "own", "talk")
    await kept._open("own")
    assert await read(kept, "own") == "talk"


async def test_without_redis_no_talk_can_be_had() -> None:
    """A Redis that is not there is an answer, not an error that nobody expects."""
    nowhere = InRedis(f"redis://127.0.0.1:{free_port()}/0")
    with pytest.raises(Unavailable):
        await read(nowhere, "a")
    assert await nowhere.why_not() == "Redis does not answer"


def test_a_talk_has_no_words_and_goes_on_where_it_was() -> None:
    """The slots come back as they were; what was typed is not there."""
    domain = Domain.from_dict({"slots": {"topic": {"type": "text", "mappings": [{"type": "custom"}]}}})
    tracker = DialogueStateTracker.from_events("a", [], slots=domain.slots)
    tracker.update(UserUttered(MARKER, {"name": "ask_tips"}, [], {"text": MARKER}))
    tracker.update(SlotSet("topic", "ask_tips"))
    talk = Talk(answers=[{"blocks": []}], said="id")
    talk.remember(tracker)
    assert MARKER not in talk.dumps()
    again = Talk.loads(talk.dumps())
    assert again == talk
    assert again.tracker("a", domain).get_slot("topic") == "ask_tips"
