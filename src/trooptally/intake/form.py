"""One claim from the form, taken in by the same rules as a claims table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from trooptally.entry import FIELD_NAMES, guarded
from trooptally.importing import Document
from trooptally.vocabulary import Hedge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trooptally.model import DraftTable


_HEDGES = {
    Hedge.EXACT: "exactly",
    Hedge.APPROXIMATE: "approximately",
    Hedge.AT_LEAST: "at least",
    Hedge.MORE_THAN: "more than",
    Hedge.UP_TO: "at most",
    Hedge.FEWER_THAN: "fewer than",
    Hedge.VAGUE: "vaguely, at least",
}


def form_document(answers: Mapping[str, str]) -> Document:
    """Return the filled form as a claims table of one row."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(FIELD_NAMES)
    # An answer is what somebody typed, not a cell that a spreadsheet has marked.
    writer.writerow([_as_cell(answers.get(name, "")) for name in FIELD_NAMES])
    return Document(name="the form", content=stream.getvalue().encode())


def spoken(drafts: DraftTable, row: int = 0) -> str:
    """Return in words what was understood of one draft's figure."""
    hedge, low, high = drafts.hedge[row], drafts.low[row], drafts.high[row]
    if hedge is None:
        return f"no figure ({(drafts.missing_reason[row] or 'not stated').replace('_', ' ')})"
    if hedge == Hedge.RANGE:
        return f"between {low:,} and {high:,}"
    number = next(n for n in (drafts.point[row], low, high) if n is not None)
    return f"{_HEDGES[Hedge(hedge)]} {number:,}"


def _as_cell(answer: str) -> str:
    return guarded(answer.replace("\x00", ""))
