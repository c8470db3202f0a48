"""The store of running conversations: no words, and an end."""

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.session_tracker_store import IDLE_SECONDS, TURNS_KEPT, SessionTrackerStore

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
    entity = {"entity": "role", "value": "child", "start": 0, "end": len(MARKER)}
    understood = {
        "text": MARKER,
        "intent": {"name": "ask_tips"},
        "entities": [entity],
        "text_tokens": [(0, len(MARKER))],
        "intent_ranking": [{"name": "ask_tips"}],
    }
    tracker.update(UserUttered(MARKER, intent={"name": "ask_tips"}, entities=[entity], parse_data=understood))
    tracker.update(SlotSet("topic", "ask_tips"))
    return tracker


async def test_no_words_are_kept() -> None:
    """Of a typed message the intent stays and the text does not."""
    store = SessionTrackerStore(Domain.empty())
    await store.save(_talk("a"))
    assert MARKER not in str(store.store)
    assert "text_tokens" not in str(store.store), "not even the lengths of the words"
    kept = await store.retrieve("a")
    assert kept is not None
    assert kept.latest_message.intent["name"] == "ask_tips"
    assert kept.latest_message.text == ""


async def test_a_long_talk_stays_short_and_forgets_no_slot() -> None:
    """However long somebody talks, a few turns are kept, with every slot as it was."""
    store = SessionTrackerStore(Domain.empty())
    tracker = _talk("a")
    tracker.update(SlotSet("role", "parent"))
    sizes = []
    for turn in range(30):
        await store.save(tracker)
        kept = await store.retrieve("a")
        assert kept is not None
        tracker = kept
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered("hoi", intent={"name": "greet"}))
        tracker.update(SlotSet("topic", f"topic {turn}"))
        sizes.append(len(store.store["a"]))
    assert max(sizes[10:]) <= max(sizes[:10]) + 50
    slots = {event.key: event.value for event in tracker.events if isinstance(event, SlotSet)}
    assert slots == {"role": "parent", "topic": "topic 29"}
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == TURNS_KEPT + 1


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


async def test_who_is_still_there_is_not_forgotten() -> None:
    """A touch begins the thirty minutes anew, and makes nothing that was not there."""
    clock = Clock()
    store = SessionTrackerStore(Domain.empty(), clock)
    await store.save(_talk("a"))
    clock.seconds = IDLE_SECONDS - 1
    store.touch("a")
    store.touch("b")
    clock.seconds = 2 * IDLE_SECONDS - 2
    assert await store.retrieve("a") is not None
    assert await store.retrieve("b") is None
    clock.seconds = 2 * IDLE_SECONDS
    assert await store.retrieve("a") is None
