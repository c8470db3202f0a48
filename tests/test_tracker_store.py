"""The store of running conversations: no words, and an end."""

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.session_tracker_store import IDLE_SECONDS, SessionTrackerStore

MARKER = "zeldzaam-woord-4711"


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.seconds


def _talk(name: str) -> DialogueStateTracker:
    tracker = DialogueStateTracker.from_events(name, [], slots=Domain.empty().slots)
    entity = {"entity": "role", "value": "child"}
    tracker.update(
        UserUttered(MARKER, intent={"name": "ask_tips"}, entities=[entity], parse_data={"text": MARKER, "entities": []})
    )
    tracker.update(SlotSet("topic", "ask_tips"))
    return tracker


async def test_no_words_are_kept() -> None:
    """Of a typed message the intent stays and the text does not."""
    store = SessionTrackerStore(Domain.empty())
    await store.save(_talk("a"))
    assert MARKER not in str(store.store)
    kept = await store.retrieve("a")
    assert kept is not None
    assert kept.latest_message.intent["name"] == "ask_tips"
    assert kept.latest_message.text == ""


async def test_an_idle_conversation_ends() -> None:
    """After thirty idle minutes nothing is left; one second before, all of it is there."""
    clock = Clock()
    store = SessionTrackerStore(Domain.empty(), clock=clock)
    await store.save(_talk("a"))
    clock.seconds = IDLE_SECONDS - 1
    assert await store.retrieve("a") is not None
    clock.seconds = IDLE_SECONDS
    assert await store.retrieve("a") is None
    assert store.store == {}


async def test_every_message_begins_the_thirty_minutes_anew() -> None:
    """Somebody who goes on typing keeps the conversation."""
    clock = Clock()
    store = SessionTrackerStore(Domain.empty(), clock=clock)
    await store.save(_talk("a"))
    clock.seconds = IDLE_SECONDS - 1
    await store.save(_talk("a"))
    clock.seconds = IDLE_SECONDS + 10
    assert await store.retrieve("a") is not None


async def test_deleting_removes_everything_of_that_conversation_only() -> None:
    """Another conversation stays; deleting twice is no error."""
    store = SessionTrackerStore(Domain.empty())
    await store.save(_talk("a"))
    await store.save(_talk("b"))
    store.delete("a")
    store.delete("a")
    assert await store.retrieve("a") is None
    assert await store.retrieve("b") is not None
