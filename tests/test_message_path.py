"""The way of a message stays short: counts, which do not jitter as times do."""

import copy
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import GraphNode
from rasa.shared.core.trackers import DialogueStateTracker

from bot.in_order import InOrderGraphRunner
from bot.talks.talk import Talk
from tests.chat import Chat
from wegwijs.ngrams import Ngrams

WHAT = (
    (InOrderGraphRunner, "run"),
    (GraphNode, "__call__"),
    (Ngrams, "row"),
    (RulePolicy, "predict_action_probabilities"),
    (DialogueStateTracker, "__init__"),
    (DialogueStateTracker, "copy"),
    (Talk, "loads"),
    (Talk, "dumps"),
    (copy, "deepcopy"),
)
TALK = ("ik word gepest in de klas", "wat kan ik doen?", "hoe bewaar ik bewijs?", "wie kan ik bellen?")


@pytest.fixture
def counts(breakable: str, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each step was taken."""
    counted: Counter[str] = Counter()

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*args: Any, **kwargs: Any) -> Any:
            counted[name] += 1
            return function(*args, **kwargs)

        return count

    for owner, name in WHAT:
        step = counting(f"{owner.__name__}.{name}", getattr(owner, name))
        monkeypatch.setattr(owner, name, staticmethod(step) if (owner, name) == (Talk, "loads") else step)
    return counted


def cost(chat: Chat, counts: Counter[str], text: str) -> Counter[str]:
    """Return what one message takes."""
    counts.clear()
    chat.say(text)
    return Counter(counts)


def test_a_message_is_understood_once_and_nothing_is_replayed(breakable: str, counts: Counter[str]) -> None:
    """One pass of the model, one tracker, one record read and one written; the rules are not asked again."""
    chat = Chat(breakable)
    for text in TALK:
        chat.say(text)
    taken = cost(chat, counts, TALK[0])
    assert taken == {
        "InOrderGraphRunner.run": 1,
        "GraphNode.__call__": taken["GraphNode.__call__"],
        "Ngrams.row": 1,
        "DialogueStateTracker.__init__": 1,
        "Talk.loads": 1,
        "Talk.dumps": 1,
    }
    assert taken["GraphNode.__call__"] <= 13


def test_the_fiftieth_message_takes_no_more_steps_than_the_fifth(breakable: str, counts: Counter[str]) -> None:
    """However long somebody talks, a message takes the same steps."""
    chat = Chat(breakable)
    taken = [cost(chat, counts, TALK[turn % len(TALK)]) for turn in range(50)]
    assert taken[49] == taken[5]


def test_no_tensorflow_is_loaded() -> None:
    """The server loads nothing of it, nor of what comes with it."""
    code = "import bot.server, sys; print([name for name in ('jax', 'h5py', 'grpc') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert version("tensorflow") == "2.12.0+stand.in.1"


def test_a_server_leaves_out_what_it_never_uses() -> None:
    """Of other channels, stores and the training a server loads nothing, and what wants it all the same says so."""
    code = (
        "from wegwijs.left_out import leave_out; leave_out(); import bot.server, sys; "
        "loaded = [sys.modules.get(name) for name in ('boto3', 'sklearn', 'lightgbm')]; "
        "print([module for module in loaded if getattr(module, '__file__', None)]); "
        "import pymongo; pymongo.MongoClient('mongodb://nowhere')"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]"
    assert "ImportError: MongoClient: a server of Wegwijs leaves this out" in done.stderr


def test_what_needs_tensorflow_says_so() -> None:
    """Who puts a component of TensorFlow into config.yml reads what is missing."""
    code = "import bot; import tensorflow as tf; tf.constant([1])"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert "this needs TensorFlow, which is not installed here" in done.stderr
