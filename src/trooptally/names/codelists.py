"""The rows that names are resolved with, as a ledger or the shipped CSV files hand them over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from trooptally_db import codelists

Rows = tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLists:
    """The code lists as rows of text; a list that is left out is empty."""

    places: Rows = ()
    place_members: Rows = ()
    forces: Rows = ()
    aliases: Rows = ()
    units: Rows = ()
    sources: Rows = ()
    cities: Rows = ()

    @staticmethod
    @cache
    def shipped() -> CodeLists:
        """Return the lists that ship with the program."""
        return CodeLists(**{name: codelists.rows(name) for name in codelists.LISTS})
