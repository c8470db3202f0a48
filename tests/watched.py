"""`wegwijs run` under watch: with parts that break on a word, and that tells what it holds, opens and connects to.

What it tells stands in the folder that the environment names.
"""

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Whoever types one of these breaks that part; the error holds what was typed, as the errors of libraries may.
BREAKS_RECOGNISER = "breekherkenner"
BREAKS_ACTION = "breekactie"

FOLDER = "WATCHED_FOLDER"
HELD, REACHED, WANTED = "held.json", "reached.txt", "wanted.txt"


def texts_in_reach() -> Iterator[str]:
    """Return every text that something of Python still refers to."""
    gc.unfreeze()  # what was loaded before the first question is no exception
    waiting, seen = gc.get_objects(), set()
    while waiting:
        for one in gc.get_referents(waiting.pop()):
            if isinstance(one, str):
                yield one
            elif isinstance(one, bytes | bytearray):
                yield bytes(one).decode("utf-8", "replace")
            elif not gc.is_tracked(one) and id(one) not in seen:  # such as a dict of texts
                seen.add(id(one))
                waiting.append(one)
    gc.freeze()


def _tell_what_is_held(folder: Path) -> None:
    wanted = tuple((folder / WANTED).read_text().split())
    told = folder / "held.tmp"
    gc.collect()
    held = {text for text in texts_in_reach() if any(one in text.lower() for one in wanted) and text not in wanted}
    told.write_text(json.dumps(sorted(held)))
    told.replace(folder / HELD)


def _tell_what_is_reached(folder: Path) -> None:
    reached = (folder / REACHED).open("a", buffering=1)

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.exec", "os.fork"):
            where = arguments[1] if event == "socket.connect" else arguments[0]
            reached.write(f"{event} {where!r}\n")

    sys.addaudithook(note)


def _break_parts() -> None:
    from actions.action_answer import ActionAnswer
    from bot.components.danger_recognizer import DangerRecognizer

    answer, run = DangerRecognizer.answer, ActionAnswer.run

    def breaking_answer(self: Any, message: Any, probabilities: Any) -> None:
        text = message.get("text") or ""
        if BREAKS_RECOGNISER in text:
            raise RuntimeError(text)
        answer(self, message, probabilities)

    def breaking_run(self: Any, dispatcher: Any, tracker: Any, domain: Any) -> Any:
        text = tracker.latest_message.get("text") or ""
        if BREAKS_ACTION in text:
            raise RuntimeError(text)
        return run(self, dispatcher, tracker, domain)

    DangerRecognizer.answer = breaking_answer  # type: ignore[method-assign]
    ActionAnswer.run = breaking_run  # type: ignore[method-assign]


def main() -> int:
    """Serve as the command does."""
    folder = Path(os.environ[FOLDER])
    _tell_what_is_reached(folder)
    from bot.logs import keep_words_out
    from wegwijs import cli
    from wegwijs.model import quiet_environment

    os.environ.update(quiet_environment())
    keep_words_out()
    _break_parts()
    signal.signal(signal.SIGUSR1, lambda *_: _tell_what_is_held(folder))
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
