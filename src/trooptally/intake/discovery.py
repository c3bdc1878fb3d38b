"""Importers, found in their folder and chosen by what a document contains."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from trooptally import importers as folder
from trooptally.errors import RefusedInput, UnreadableDocument

if TYPE_CHECKING:
    from trooptally.importing import Document, Importer

_FORM = "claims-table"


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer there is, by name."""
    modules = pkgutil.iter_modules(folder.__path__, f"{folder.__name__}.")
    found: list[Importer] = [import_module(module.name).importer for module in modules]
    return tuple(sorted(found, key=lambda importer: importer.name))


def importer_for(document: Document, name: str = "") -> Importer:
    """Return the importer of that name, or else the one that knows the document by its content.

    Raises:
        RefusedInput: there is no importer of that name, or several know the document.
        UnreadableDocument: none knows it, or it cannot be read at all.
    """
    if name:
        return _named(name)
    willing = [importer for importer in importers() if importer.identify(document)]
    if len(willing) > 1:
        names = " and ".join(importer.name for importer in willing)
        raise RefusedInput(f"{document.name} could be read as {names}; say which with --as.")
    # A table that nobody knows is told apart best by what it lacks as the form that people fill in.
    return willing[0] if willing else _named(_FORM)


def _named(name: str) -> Importer:
    for importer in importers():
        if importer.name == name:
            return importer
    known = ", ".join(importer.name for importer in importers())
    raise UnreadableDocument(f"There is no importer {name!r}; there are {known}.")
