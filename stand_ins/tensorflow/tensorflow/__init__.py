"""Stands where Rasa 3.6.21 imports TensorFlow: its modules load, and whatever would need TensorFlow says so.

Rasa imports TensorFlow with every command, for components (DIET, TED ...) that Wegwijs does not have. The real one
takes 2 GB of disk, half of the memory of a server and most of its start (docs/performance.md).
"""

from typing import Any

import stand_in

_WHY = "this needs TensorFlow, which is not installed here (stand_ins/tensorflow)"

stand_in.for_modules(("tensorflow", "keras"), _WHY)
__version__ = "2.12.0"
__path__: list[str] = []


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return stand_in.absent(name, _WHY)
