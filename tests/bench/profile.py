"""Where the time of a message goes: the steps in this process, without HTTP (`make profile`)."""

import asyncio
import cProfile
import math
import pstats
import statistics
import time
from itertools import chain

from rasa.core.agent import load_agent
from rasa.core.utils import AvailableEndpoints

from bot.channels.requests import Said
from bot.conversations import Conversations
from bot.in_order import InOrderGraphRunner
from bot.logs import keep_words_out
from tests.bench.measures import LONGEST, conversations, text_of
from wegwijs.files import BOT
from wegwijs.model import model_path

_MESSAGES = 500
_TURNS = 5  # of one conversation
_FIRST = 200  # first messages
_TIMES = 8  # each, of which the least counts: what else the machine does is not in it
# A step, and the function whose time, with all that it calls, is that of the step.
_STEPS = {
    "the talk is read and kept": ("bot/session_tracker_store.py", "hold"),
    "pieces are sealed": ("bot/conversations.py", "_as_said"),
    "understood": ("rasa/core/processor.py", "_parse_message_with_graph"),
    "  danger, looked at twice": ("bot/components/danger_recognizer.py", "answer"),
    "slots filled": ("rasa/core/actions/action.py", "run"),
    "answered": ("bot/in_process_actions.py", "_run"),
    "  what to say": ("wegwijs/dialogue.py", "take_turn"),
    "counted": ("bot/channels/tally.py", "tally"),
}


async def _main() -> None:
    texts = list(chain.from_iterable(conversations()))[:_MESSAGES]
    agent = await load_agent(str(model_path()), endpoints=AvailableEndpoints.read_endpoints(str(BOT / "endpoints.yml")))
    agent.processor.graph_runner = InOrderGraphRunner(agent.processor.graph_runner)
    ours = Conversations(agent)
    await _type(ours, texts)  # warm
    times = await _type(ours, texts)
    begun, said = await _least(ours, texts[:_FIRST])
    _, [longest] = await _least(ours, [text_of(LONGEST, conversations())])
    print(f"least of {_TIMES} times: beginning a talk {statistics.median(begun):.2f} ms,", end=" ")
    print(
        f"its first message {statistics.median(said):.2f} (p99 {statistics.quantiles(said, n=100)[98]:.2f}),", end=" "
    )
    print(f"one of {LONGEST:,} characters {longest:.1f}")
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    await _type(ours, texts)
    profile.disable()
    stats = pstats.Stats(profile)
    milliseconds = statistics.median(times) * 1000
    print(f"{milliseconds:.2f} ms of processor time a message (median of {len(times)}); with the profiler:")
    print(f"{stats.total_calls / len(texts):,.0f} function calls a message")
    for step, (file, function) in _STEPS.items():
        found = [row[3] for (path, _, name), row in stats.stats.items() if name == function and file in path]
        print(f"{step:28}  {1000 * max(found, default=0) / len(texts):6.2f} ms")


async def _least(ours: Conversations, texts: list[str]) -> tuple[list[float], list[float]]:
    """Return the milliseconds that beginning a talk and its first message take, for every text."""
    begun, said = [[math.inf] * len(texts) for _ in range(2)]
    for round_ in range(_TIMES):
        for place, text in enumerate(texts):
            token = f"first {round_} {place}"
            start = time.perf_counter()
            await ours.begin(token, {})
            between = time.perf_counter()
            await ours.say(token, Said(text))
            begun[place] = min(begun[place], 1000 * (between - start))
            said[place] = min(said[place], 1000 * (time.perf_counter() - between))
    return begun, said


async def _type(ours: Conversations, texts: list[str]) -> list[float]:
    times = []
    for place, text in enumerate(texts):
        token = f"profile {place // _TURNS}"
        if place % _TURNS == 0:
            await ours.begin(token, {})
        begun = time.process_time()
        await ours.say(token, Said(text))
        times.append(time.process_time() - begun)
    return times


if __name__ == "__main__":
    keep_words_out()
    asyncio.run(_main())
