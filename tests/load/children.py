# /// script
# requires-python = ">=3.10,<3.11"
# dependencies = ["locust>=2.30,<3"]
# ///
"""Children for Locust: each holds whole conversations, thinks before every message, and mostly leaves without wiping.

Run by tests/load/__main__.py, in an environment of its own (`uv run --script`), locked beside this file.
"""

import json
import os
import random
import secrets
import sys
from pathlib import Path

import gevent
from locust import FastHttpUser, constant, task
from locust.main import main

_CHAT = "/webhooks/webchat"
_WIPES = 0.3  # of those who have talked
_conversations = json.loads(Path(os.environ["CONVERSATIONS"]).read_text())
_least, _most = map(float, os.environ["THINKS"].split())


class Child(FastHttpUser):
    """Somebody at the widget."""

    wait_time = constant(0)

    @task
    def talk(self) -> None:
        """Hold one conversation."""
        conversation = random.choice(_conversations)
        _think()
        begun = self.client.post(f"{_CHAT}/sessions", json=conversation["opening"], name="begin")
        if begun.status_code != 201:
            return
        headers = {"Authorization": f"Bearer {begun.json()['session']}"}
        for turn in conversation["turns"]:
            _think()
            body = {**turn, "id": secrets.token_hex(12)}
            with self.client.post(
                f"{_CHAT}/messages", json=body, headers=headers, name="message", catch_response=True
            ) as answer:
                # The channel's own answer, which says that something broke, has no items.
                if answer.status_code != 200 or any("items" not in one for one in answer.json()["messages"]):
                    return answer.failure(f"{answer.status_code}: no answer in earnest")
        if random.random() < _WIPES:
            self.client.delete(f"{_CHAT}/sessions", headers=headers, name="wipe")
        return None


def _think() -> None:
    gevent.sleep(random.uniform(_least, _most))


if __name__ == "__main__":
    sys.argv[1:1] = ["--locustfile", __file__]
    main()
