"""Rows pasted from a spreadsheet: what would become of each, before anything is written."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trooptally.entry import FIELD_NAMES, FIELDS, guarded, match_headers
from trooptally.errors import RefusedInput
from trooptally.importing import Document
from trooptally.intake.taking import Checked, check
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trooptally.names import Names

MOST_ROWS = 5_000
COLUMNS = tuple(one.name for one in FIELDS if one.in_template)
_AT = re.compile(r"row (\d+)(?:, column (\w+))?\Z")
_FIRST_ROW = 2  # of a claims table: the header is row 1


@dataclass(slots=True, kw_only=True)
class Outlook:
    """What would become of one row.

    Attributes:
        fate: "recorded", "flagged" (recorded, with doubts), "draft" (kept for review), "repeated" or "refused".
        remarks: Column ("" for the whole row) and message of each issue.
    """

    fate: str = "recorded"
    remarks: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Pasted rows and what would become of them."""

    checked: Checked
    outlooks: tuple[Outlook, ...]

    def counted(self) -> dict[str, int]:
        """Return how many rows have each fate."""
        fates = [outlook.fate for outlook in self.outlooks]
        return {fate: fates.count(fate) for fate in dict.fromkeys(fates)}


def pasted(text: str) -> list[dict[str, str]]:
    """Return pasted cells as rows by field: by their header if the first row is one, else in the template's order.

    Raises:
        RefusedInput: there are too many rows, or more columns than a claims table has.
    """
    delimiter = "\t" if "\t" in text else ";" if text.partition("\n")[0].count(";") > 2 else ","  # noqa: PLR2004 - a claims table has at least three columns
    table = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row))]
    if not table:
        return []
    if len(table) > MOST_ROWS + 1:
        raise RefusedInput(f"{len(table):,} rows were pasted; at most {MOST_ROWS:,} go in here, 'import' takes more.")
    headers = match_headers(table[0])
    if len(headers.columns) > len(table[0]) // 2:
        return [_cells(row, headers.columns) for row in table[1:]]
    if max(map(len, table)) > len(COLUMNS):
        raise RefusedInput(f"A row has more than the {len(COLUMNS)} columns of a claims table; paste its header too.")
    return [_cells(row, {name: at for at, name in enumerate(COLUMNS)}) for row in table]


def rows_document(rows: Iterable[Mapping[str, str]]) -> Document:
    """Return rows as a claims table."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(FIELD_NAMES)
    for row in rows:
        writer.writerow([guarded(str(row.get(name) or "").replace("\x00", "")) for name in FIELD_NAMES])
    return Document(name="the grid", content=stream.getvalue().encode())


def preview(rows: Sequence[Mapping[str, str]], names: Names) -> Preview:
    """Return what would become of each row.

    Raises:
        RefusedInput: there is no row, or there are too many.
    """
    if not rows:
        raise RefusedInput("There are no rows yet.")
    if len(rows) > MOST_ROWS:
        raise RefusedInput(f"There are {len(rows):,} rows; at most {MOST_ROWS:,} go in here.")
    checked = check(rows_document(rows), names, importer="claims-table")
    outlooks = [Outlook() for _ in rows]
    held = {each for each, why in zip(checked.extract.drafts.claim_id, checked.extract.drafts.held, strict=True) if why}
    for issue in checked.extract.issues:
        at = _AT.search(issue.locator)
        if at is None or not 0 <= int(at[1]) - _FIRST_ROW < len(rows):
            continue
        outlook = outlooks[int(at[1]) - _FIRST_ROW]
        outlook.remarks.append((at[2] or "", issue.message.removesuffix("; the row was left out")))
        outlook.fate = _graver(outlook.fate, _fate(issue.severity, issue.message, held=issue.claim_id in held))
    return Preview(checked=checked, outlooks=tuple(outlooks))


_GRAVITY = ("recorded", "flagged", "draft", "repeated", "refused")


def _fate(severity: Severity, message: str, *, held: bool) -> str:
    if severity is Severity.ERROR:
        return "refused"
    if message.startswith("the row repeats"):
        return "repeated"
    if held:
        return "draft"
    return "flagged" if severity is Severity.WARNING else "recorded"


def _graver(one: str, other: str) -> str:
    return max(one, other, key=_GRAVITY.index)


def _cells(row: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {name: row[at].strip() for name, at in columns.items() if at < len(row) and row[at].strip()}
