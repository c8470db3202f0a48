"""Ends a process that hangs, so that it is started again: whoever asks it would wait in vain."""

import asyncio
import faulthandler

# Longer than any turn and any pause of a busy machine; a conversation of its is locked no longer than this.
_PATIENCE_SECONDS = 20.0
_BETWEEN_SECONDS = 1.0


async def watch(patience: float = _PATIENCE_SECONDS) -> None:
    """Go on for ever; when the event loop stands still, the process ends with code 1 and says where it stood.

    The clock runs outside of Python, so that it ends also what holds the interpreter. It writes names of functions and
    numbers of lines, no values: what people type is not among them.

    Args:
        patience: seconds that the loop may stand still.
    """
    try:
        while True:
            faulthandler.dump_traceback_later(patience, exit=True)
            await asyncio.sleep(_BETWEEN_SECONDS)
    finally:
        faulthandler.cancel_dump_traceback_later()
