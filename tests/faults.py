"""The fault matrix: what can break, what a person sees then, and the test that proves it (docs/reliability.md)."""

import resource
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from redis import Redis

from tests import report
from tests.cluster import Cluster

Sight = Literal["answer", "help", "begins anew"]
_IN_WORDS: dict[Sight, str] = {
    "answer": "the usual answer",
    "help": "whom to call, 112 first",
    "begins anew": "that the conversation has ended, with 112; the widget begins anew with what was typed",
}


@dataclass(frozen=True)
class Fault:
    """Something that breaks, and is mended."""

    name: str
    strike: Callable[[Cluster], None]
    mend: Callable[[Cluster], None]
    meanwhile: Sight
    afterwards: Sight = "answer"


def _configure(cluster: Cluster, **settings: str) -> None:
    with Redis.from_url(cluster.redis.address) as client:
        for name, value in settings.items():
            client.config_set(name.replace("_", "-"), value)


def _limit_files(cluster: Cluster, size: int) -> None:
    """Let no file grow beyond a size: what a full disk does to whoever writes."""
    for worker in cluster.workers:
        _, most = resource.prlimit(worker.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (size, most))


FAULTS = (
    Fault(
        "Redis is killed",
        lambda cluster: cluster.redis.kill(),
        lambda cluster: cluster.redis.start(),
        "help",
        "begins anew",
    ),
    Fault("Redis hangs", lambda cluster: cluster.redis.freeze(), lambda cluster: cluster.redis.thaw(), "help"),
    Fault(
        "Redis has no memory left",
        lambda cluster: _configure(cluster, maxmemory="1", maxmemory_policy="noeviction"),
        lambda cluster: _configure(cluster, maxmemory="0"),
        "help",
    ),
    Fault(
        "the disk is full",
        lambda cluster: _limit_files(cluster, 0),
        lambda cluster: _limit_files(cluster, resource.RLIM_INFINITY),
        "answer",
    ),
    Fault(
        "a worker is killed",
        lambda cluster: cluster.workers[0].kill(),
        lambda cluster: cluster.workers[0].start(),
        "answer",
    ),
    Fault(
        "a worker hangs",
        lambda cluster: cluster.workers[0].freeze(),
        lambda cluster: cluster.workers[0].thaw(),
        "answer",
    ),
)

# What breaks, what a person sees, and where that is tested; beside FAULTS.
_ELSEWHERE = (
    (
        "a part of the reading raises",
        "whom to call, 112 first",
        "test_fault_matrix::test_whatever_part_of_the_reading_breaks",
    ),
    (
        "no memory for one message",
        "whom to call, 112 first",
        "test_fault_matrix::test_whatever_part_of_the_reading_breaks",
    ),
    ("an action raises", "whom to call, 112 first", "test_faults::test_without_action_code_nobody_meets_silence"),
    ("an action hangs", "whom to call, 112 first", "test_faults::test_who_waits_too_long_is_answered"),
    ("the answer is empty", "whom to call, 112 first", "test_faults::test_an_answer_without_words_is_silence_too"),
    ("danger is overlooked", "112 first", "test_faults::test_danger_that_rasa_overlooks_is_seen_by_the_channel"),
    (
        "Redis is away at the start of a worker",
        "whom to call; danger first; the usual answer as soon as it is there",
        "test_fault_matrix::test_a_worker_starts_without_redis",
    ),
    (
        "Redis is away when the chat is opened",
        "the usual welcome, then whom to call, 112 first; afterwards the talk begins anew",
        "test_fault_matrix::test_the_chat_is_opened_without_redis",
    ),
    (
        "a talk is wiped while Redis is away",
        "an empty page; the chat asks the server four more times, then the talk ends by itself",
        "test_fault_matrix::test_who_wipes_without_redis_takes_no_worker_away",
    ),
    (
        "all workers but one are killed at the same moment",
        "whom to call, 112 first (a 503 of the proxy, once at most); sent again, the usual answer",
        "test_fault_matrix::test_all_workers_but_one_are_killed",
    ),
    (
        "a worker dies in the middle of a reply and leaves its lock",
        "danger: 112 first, at once; else the usual answer, or whom to call until the lock ends",
        "test_fault_matrix::test_a_worker_dies_in_the_middle_of_a_reply",
    ),
    (
        "every worker is restarted",
        "the usual answer",
        "test_fault_matrix::test_the_talk_goes_on_when_every_worker_was_restarted",
    ),
    (
        "the one worker without Redis is killed",
        _IN_WORDS["begins anew"],
        "test_continuity::test_the_server_is_killed_and_comes_back",
    ),
    ("the clock of the machine jumps", "the usual answer", "test_fault_matrix::test_the_clock_jumps"),
    ("a talk is idle for too long", _IN_WORDS["begins anew"], "test_fault_matrix::test_redis_itself_ends_a_talk"),
    (
        "somebody leaves before the answer",
        "on the next page, the answer",
        "test_http::test_who_leaves_in_the_middle_of_a_turn_finds_its_answer",
    ),
    ("two tabs at the same moment", "the usual answers", "test_fault_matrix::test_two_tabs_at_the_same_moment"),
    ("a message is sent twice", "its answer, once more", "test_http::test_what_is_sent_twice_is_said_once"),
    (
        "a message is sent twice at the same moment, to two workers",
        "its answer, once more",
        "test_fault_matrix::test_the_same_message_at_the_same_moment_to_two_workers",
    ),
    ("messages come out of order", "an answer to each", "test_fault_matrix::test_messages_out_of_order"),
    (
        "the connection breaks",
        "what was typed, and whom to call",
        "test_continuity::test_a_broken_connection_loses_and_doubles_nothing",
    ),
    (
        "the model is missing",
        "nothing: it is made before anybody is served",
        "test_faulty_start::test_a_missing_model_is_made",
    ),
    (
        "the model is cut off, or of another version of Rasa",
        "nothing: that worker does not start, the others serve",
        "test_faulty_start::test_a_model_that_does_not_fit_stops_the_start",
    ),
    (
        "a content file is broken",
        "nothing: that worker does not start, the others serve",
        "test_faulty_start::test_content_that_is_broken_stops_the_start",
    ),
)


def table() -> list[str]:
    """Return the matrix as a table."""
    survived = "test_fault_matrix::test_a_fault_is_survived"
    struck = (
        (one.name, f"{_IN_WORDS[one.meanwhile]}; afterwards {_IN_WORDS[one.afterwards]}", survived) for one in FAULTS
    )
    rows = [f"| {what} | {seen} | `{test}` |" for what, seen, test in (*struck, *_ELSEWHERE)]
    return ["| what breaks | what a person sees | test |", "|---|---|---|", *rows]


if __name__ == "__main__":
    report.write("faults", table())
