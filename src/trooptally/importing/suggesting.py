"""Drafts of mapping files, made by looking at a table; what cannot be seen is left for a person to say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trooptally.dates import parse_as_of
from trooptally.errors import RefusedInput
from trooptally.importing.counts import Count, parse_printed
from trooptally.importing.gridrows import Grid, grids_of
from trooptally.importing.headings import branch_of, component_of, plain
from trooptally.importing.placetables import single_spaced
from trooptally.vocabulary import Basis, Component, Measure

if TYPE_CHECKING:
    from trooptally.importing.document import Document
    from trooptally.names import Names

_LOOKED_AT = 200
_MOSTLY = 0.49
_FORCE_WORDS = re.compile(r"\bNATIONS?\b|\bCONTRIBUT|\bFORCE\b|\bOWNER\b|\bSENDING\b|\bWHOSE\b")
_DAY_WORDS = re.compile(r"\bDATE\b|\bDAY\b|\bYEAR\b|\bMONTH\b|\bQUARTER\b|\bAS OF\b|\bPERIOD\b")
_TOTAL_WORDS = re.compile(r"\bTOTALS?\b|\bSUM\b")
_BRANCH_WORDS = re.compile(r"\b(?:ARMY|NAVY|MARINES?|AIR FORCE|SPACE FORCE|COAST GUARD)\b")
_YEARS = range(1800, 2101)
_CLOSED = {"measure": Measure, "component": Component, "basis": Basis}


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What was seen in a table: field -> heading, headings of figures, headings that say nothing we know."""

    fields: dict[str, str]
    figures: list[str]
    others: list[str]
    totals: list[str]


def suggest_mapping(document: Document, names: Names) -> str:
    """Return the draft of a mapping file for the first table of a document.

    Raises:
        RefusedInput: the document cannot be read, or has no table.
    """
    grid = grids_of(document)[0]
    header = grid.heading(0)
    heads = [single_spaced(cell) for cell in grid.rows[header]]
    below = grid.rows[header + 1 : header + 1 + _LOOKED_AT]
    columns = {
        head: [row[at].strip() for row in below if at < len(row) and row[at].strip()]
        for at, head in enumerate(heads)
        if head
    }
    return _written(grid, header, _looked_through(columns, names))


def _looked_through(columns: dict[str, list[str]], names: Names) -> _Seen:
    seen = _Seen(fields={}, figures=[], others=[], totals=[])
    for head, cells in columns.items():
        field = _field(head, cells, names, seen)
        if field == "figure":
            seen.figures.append(head)
        elif field:
            seen.fields[field] = head
        else:
            seen.others.append(head)
    if "place" in seen.fields:
        labels = columns[seen.fields["place"]]
        seen.totals = sorted({label for label in labels if _TOTAL_WORDS.search(plain(label))})
    return seen


def _field(head: str, cells: Sequence[str], names: Names, seen: _Seen) -> str:
    """Return which field of a claim a column is, "figure", or nothing."""
    words = plain(head)
    if not cells:
        return ""
    for name, closed in _CLOSED.items():
        if name not in seen.fields and _share(cells, lambda cell, c=closed: cell.casefold() in list(c)) > _MOSTLY:  # type: ignore[misc]  # mypy cannot type a lambda's default
            return name
    if "as_of" not in seen.fields and _is_day(words, cells):
        return "as_of"
    named = _named(words, cells, names, seen)
    if named:
        return named
    return "figure" if _share(cells, _is_figure) > _MOSTLY and not _DAY_WORDS.search(words) else ""


def _named(words: str, cells: Sequence[str], names: Names, seen: _Seen) -> str:
    texts = [cell for cell in cells if not cell.isdigit()]
    if not texts:
        return ""
    force = _share(texts, lambda cell: names.force(cell) is not None)
    place = _share(texts, lambda cell: names.place(cell) is not None)
    if force > _MOSTLY and "force" not in seen.fields and (_FORCE_WORDS.search(words) or place <= _MOSTLY):
        return "force"
    return "place" if place > _MOSTLY and "place" not in seen.fields else ""


def _is_day(words: str, cells: Sequence[str]) -> bool:
    def dated(cell: str) -> bool:
        try:
            parse_as_of(cell)
        except RefusedInput:
            return False
        return not cell.isdigit() or int(cell) in _YEARS

    plain_numbers = _share(cells, str.isdigit) > _MOSTLY
    return _share(cells, dated) > _MOSTLY and (not plain_numbers or bool(_DAY_WORDS.search(words)))


def _is_figure(cell: str) -> bool:
    count = parse_printed(cell)
    return isinstance(count, Count) and (count.point is not None or count.low is not None or count.high is not None)


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells)


def _written(grid: Grid, header: int, seen: _Seen) -> str:
    lines = ["# A draft made by looking at the table. Check every line; what is empty must be said.", "", "[table]"]
    lines += [f"sheet = {_quoted(grid.sheet)}"] if grid.sheet else []
    lines += [f"header_row = {grid.first_row + header}", "", "[report]", 'publisher = ""', 'title = ""']
    lines += ['published_on = ""', 'url = ""', "", "[columns]"]
    lines += [f"{name} = {_quoted(head)}" for name, head in seen.fields.items()]
    one = len(seen.figures) == 1
    lines += [f"figure = {_quoted(seen.figures[0])}"] if one else []
    lines += ["", "[fixed]"]
    lines += [f'{name} = ""  # {why}' for name, why in _TO_SAY.items() if name not in seen.fields]
    lines += ['measure = "present"'] if "measure" not in seen.fields else []
    if not one:
        for head in seen.figures:
            lines += ["", f"[figures.{_quoted(head)}]", *_said_of(head)]
    totals = [head for head in seen.figures if _TOTAL_WORDS.search(plain(head)) and "GRAND" in plain(head)]
    lines += ["", "[totals]", f"rows = {_listed(seen.totals)}", f"columns = {_listed(totals)}"]
    lines += ["", "[missing]", '# ".." = "not_available"', "", "[decisions.place]", '# "Ivory Cost" = "CIV"']
    lines += ["", "# Columns that were not understood and are left out:", *[f"#   {head}" for head in seen.others]]
    return "\n".join(lines) + "\n"


_TO_SAY = {
    "force": "whose people are counted, such as USA",
    "place": "where they are",
    "as_of": "the day or period that the figures are about, such as 2024-03-31",
}


def _said_of(head: str) -> list[str]:
    words = plain(head)
    said = [f"component = {_quoted(component_of(words, ()))}"]
    if _BRANCH_WORDS.search(words) and not _TOTAL_WORDS.search(words):
        said.append(f"branch = {_quoted(branch_of(head))}")
    return said


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"
