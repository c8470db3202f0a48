"""How well Wegwijs understands: `make eval` judges messages that it never learnt from, and writes the report."""

import logging

# Rasa imports packages that turn warnings of deprecation on, whatever PYTHONWARNINGS says.
logging.captureWarnings(True)
logging.getLogger("py.warnings").setLevel(logging.ERROR)
