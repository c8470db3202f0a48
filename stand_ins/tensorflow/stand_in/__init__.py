"""Stands where Rasa 3.6.21 imports what is not there or not wanted: the modules load, and using them says why not."""

import sys
from collections.abc import Collection
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class _Absent(type):
    """The type of every name: a class to inherit from, a type for annotations, a decorator."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return absent(name)

    def __getitem__(cls, key: Any) -> Any:
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # @tf.function
        raise ImportError(f"{cls.__name__}: a stand-in has its place here (stand_ins/tensorflow)")


class _AbsentModule(ModuleType):
    """A module in which every name is there."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return absent(name)


class _Finder(MetaPathFinder, Loader):
    """Finds every module below the names."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        parts = fullname.split(".")
        named = any(".".join(parts[:length]) in self._names for length in range(1, len(parts) + 1))
        return ModuleSpec(fullname, self, is_package=True) if named else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def for_modules(*names: str) -> None:
    """Stand in for modules, and all below them, that are not imported yet."""
    sys.meta_path.insert(0, _Finder(frozenset(names)))


def absent(name: str) -> Any:
    """Return what stands in for a name."""
    return _Absent(name, (), {})
