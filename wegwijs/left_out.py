"""What Rasa imports and a server of Wegwijs never uses: other channels, stores and components, and the training."""

import stand_in

# Together a quarter of what a server imports (docs/performance.md). Nothing that `bot/server.py` runs uses them;
# something that does, all the same, raises an ImportError that says so.
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
_WHY = "a server of Wegwijs leaves this out (wegwijs/left_out.py)"


def leave_out() -> None:
    """Let stand-ins take their places; only what is not imported yet can be left out."""
    stand_in.for_modules(_UNUSED, _WHY)
