"""What Rasa imports and a server of Wegwijs never uses: other channels, stores and components, and the training."""

import stand_in

# Together a fifth of the memory of a server and a quarter of its start (docs/performance.md). What is named here is
# used by nothing that `bot/server.py` runs; something that is, all the same, raises an ImportError that says so.
_UNUSED = (
    "aiogram",
    "boto3",
    "botocore",
    "dns",
    "google",
    "kafka",
    "matplotlib",
    "pandas",
    "prompt_toolkit",
    "pymongo",
    "questionary",
    "slack_sdk",
    "sklearn",
    "torch",
    "twilio",
    "webexteamssdk",
)


def leave_out() -> None:
    """Let stand-ins take their places; only what is not imported yet can be left out."""
    stand_in.for_modules(*_UNUSED)
