"""The logs: warnings and errors only, and never what a person typed."""

import logging

from rasa.utils.log_utils import configure_structlog


def keep_words_out() -> None:
    """Set the logs up before Rasa makes its loggers: below this level it writes the text of every message."""
    configure_structlog(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
