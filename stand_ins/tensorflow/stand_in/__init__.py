"""Stands where Rasa 3.6.21 imports what is not there or not wanted: the modules load, and using them says why not."""

import sys
from collections.abc import Collection
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class _Absent(type):
    """The type of every name: a class to inherit from, a type for annotations, a decorator."""

    _why: str

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return absent(name, cls._why)

    def __getitem__(cls, key: Any) -> Any:
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # @tf.function
        raise ImportError(f"{cls.__name__}: {cls._why}")


class _AbsentModule(ModuleType):
    """A module in which every name is there."""

    __path__: list[str] = []

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name)
        self._why = why

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return absent(name, self._why)


class _Finder(MetaPathFinder, Loader):
    """Finds every module below the names."""

    def __init__(self, names: Collection[str], why: str) -> None:
        self._names, self._why = names, why

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        parts = fullname.split(".")
        named = any(".".join(parts[:length]) in self._names for length in range(1, len(parts) + 1))
        return ModuleSpec(fullname, self, is_package=True) if named else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name, self._why)

    def exec_module(self, module: ModuleType) -> None:
        pass


def for_modules(names: Collection[str], why: str) -> None:
    """Stand in for modules, and all below them, that are not imported yet.

    Args:
        names: of the modules.
        why: what who uses one of them is told.
    """
    sys.meta_path.insert(0, _Finder(frozenset(names), why))


def absent(name: str, why: str) -> Any:
    """Return what stands in for a name."""
    return _Absent(name, (), {"_why": why})
