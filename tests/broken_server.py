"""Runs `wegwijs` with a recogniser and an action that fail, each with all that it was given in its exception."""

from typing import Any

from wegwijs.cli import main

RECOGNISER, ACTION = "kapotte herkenner", "kapotte actie"  # the messages with these break


def break_parts() -> None:
    """Put the broken parts in their places."""
    from actions.action_answer import ActionAnswer
    from bot.components.danger_recognizer import DangerRecognizer

    answer, run = DangerRecognizer.answer, ActionAnswer.run

    def broken_answer(self: DangerRecognizer, message: Any, probabilities: Any) -> None:
        if RECOGNISER in message.get("text"):
            raise ValueError(message.get("text"), message.as_dict())
        answer(self, message, probabilities)

    def broken_run(self: ActionAnswer, dispatcher: Any, tracker: Any, domain: Any) -> Any:
        if ACTION in (tracker.latest_message.get("text") or ""):
            raise KeyError(tracker.latest_message, tracker.sender_id)
        return run(self, dispatcher, tracker, domain)

    DangerRecognizer.answer, ActionAnswer.run = broken_answer, broken_run


if __name__ == "__main__":
    from bot.logs import keep_words_out

    keep_words_out()  # before Rasa is imported
    break_parts()
    main()
