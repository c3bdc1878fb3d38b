"""Which column of a table is which field of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trooptally.entry.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURE_COLUMNS = ("figure", "low", "point", "high", "quote", "missing_reason")
_REQUIRED = tuple(field.name for field in FIELDS if field.required)
_NAMES = frozenset(field.name for field in FIELDS)
_ALIASES = {alias: field.name for field in FIELDS for alias in field.aliases}


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """A table's header, understood.

    Attributes:
        columns: Field name -> position in the table.
        unknown: Headers that are no field of the form, as printed.
        twice: Field names that two columns claim.
        missing: What a claims table cannot do without and this one lacks, in words.
    """

    columns: dict[str, int]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether rows under this header can be claims."""
        return not self.missing and not self.twice


def match_headers(header: Sequence[str]) -> Headers:
    """Return which column is which field: by name, then by alias, without regard to case and spacing."""
    columns: dict[str, int] = {}
    twice: list[str] = []
    plain = [_plain(cell) for cell in header]
    for position, name in enumerate(plain):
        if name in _NAMES:
            twice.extend([name] if name in columns else [])
            columns.setdefault(name, position)
    for position, name in enumerate(plain):
        if name in _ALIASES:
            columns.setdefault(_ALIASES[name], position)
    taken = set(columns.values())
    return Headers(
        columns=columns,
        unknown=tuple(cell for at, cell in enumerate(header) if at not in taken and plain[at] not in _NAMES),
        twice=tuple(twice),
        missing=_missing(columns),
    )


def _missing(columns: dict[str, int]) -> tuple[str, ...]:
    lacking = [name for name in _REQUIRED if name not in columns]
    if not any(name in columns for name in _FIGURE_COLUMNS):
        lacking.append("figure (or low, point and high)")
    return tuple(lacking)


def _plain(cell: str) -> str:
    return re.sub(r"[\s_\-]+", "_", cell.strip().casefold()).strip("_")
