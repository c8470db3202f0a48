"""Judges texts with a model of stock Rasa. The Python of stock Rasa runs it, where nothing of Wegwijs is installed.

Usage: python judge_with_stock.py MODEL < texts.json > judged.json
"""

import asyncio
import json
import sys
import time
from typing import Any

from rasa.core.agent import Agent


async def _judge(model: str, texts: list[str]) -> dict[str, Any]:
    """Return the intents of every text, and the seconds of processor time that all took."""
    agent = Agent.load(model)
    begun = time.process_time()
    parsed = [await agent.parse_message(text.lstrip("/")) for text in texts]
    return {"seconds": time.process_time() - begun, "rankings": [one["intent_ranking"] for one in parsed]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_judge(sys.argv[1], json.load(sys.stdin)))))
