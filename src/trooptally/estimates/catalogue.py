"""Which methods there are: the files of the folder `methods`, found and not registered."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from trooptally.errors import UnknownName
from trooptally.estimates import methods
from trooptally.estimates.bands import Method


def method_names() -> tuple[str, ...]:
    """Return the names of all methods, sorted."""
    return tuple(sorted(module.name for module in iter_modules(methods.__path__)))


def method_named(name: str) -> Method:
    """Return a method by its file's name.

    Raises:
        UnknownName: No file of that name is in the folder.
    """
    if name not in method_names():
        raise UnknownName(name, "method", method_names())
    return cast("Method", import_module(f"{methods.__name__}.{name}"))
