"""A delimited text seen as a sheet: every row from the first on, titles and notes included.

Official workbooks are often saved again as CSV; their importers read such a text as they read the sheet it was.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from trooptally.importing.tables import all_records, is_tabular
from trooptally.importing.workbook import Sheet

if TYPE_CHECKING:
    from trooptally.importing.document import Document
    from trooptally.importing.workbook import Cell

_LOOKED_AT = 60
_MOST_ROWS = 200_000


def top_sheets(document: Document) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, or the first rows of a delimited text as one; none of any other document.

    Raises:
        UnreadableDocument: it cannot be read.
        BadTable: the text is broken from some row on.
    """
    if document.is_workbook:
        return document.sheets
    return (_sheet(document, _LOOKED_AT),) if is_tabular(document) else ()


def whole_sheets(document: Document) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, or a delimited text as one; none of any other document.

    Raises:
        UnreadableDocument: it cannot be read.
        BadTable: the text is broken from some row on.
    """
    if document.is_workbook:
        return document.sheets
    return (_sheet(document, _MOST_ROWS),) if is_tabular(document) else ()


def cell_at(sheet: Sheet, cell: str) -> str:
    """Return where a cell ("C5") stands: with the name of its sheet, where it has one."""
    return f"{sheet.name}!{cell}" if sheet.name else cell


def _sheet(document: Document, rows: int) -> Sheet:
    return Sheet(name="", rows=[_cells(row) for row in islice(all_records(document), rows)])


def _cells(row: list[str]) -> list[Cell]:
    return [cell or None for cell in row]
