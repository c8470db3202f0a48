"""Stands where Rasa 3.6.21 imports Keras (see tensorflow/__init__.py)."""

from typing import Any

import tensorflow

__path__: list[str] = []


def __getattr__(name: str) -> Any:
    return tensorflow.__getattr__(name)
