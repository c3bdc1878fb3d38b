"""The rows of any table file as text: delimited text, workbooks of every kind, and Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trooptally.errors import BadTable
from trooptally.importing.headings import column_letter
from trooptally.importing.tables import tables_of

if TYPE_CHECKING:
    from trooptally.importing.document import Document

_PARQUET = b"PAR1"
_ROWS_SEARCHED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as text.

    Attributes:
        sheet: The sheet's name, or empty.
        first_row: The number of the first row, as a person counts.
        rows: All rows; the heading is among them.
    """

    sheet: str
    first_row: int
    rows: Sequence[Sequence[str]]

    def locator(self, row: int, column: int, heading: str) -> str:
        """Return where a cell stands: sheet and cell in a workbook, row and column elsewhere."""
        if self.sheet:
            return f"{self.sheet}!{column_letter(column)}{row}"
        return f"row {row}, column {heading}"

    def heading(self, header_row: int) -> int:
        """Return the position of the row of headings: the one named, or the first with two texts."""
        if header_row:
            at = header_row - self.first_row
            if not 0 <= at < len(self.rows):
                raise BadTable(f"The mapping's header_row is {header_row}, but the table has no such row.")
            return at
        for at, row in enumerate(self.rows[:_ROWS_SEARCHED]):
            if sum(bool(cell.strip()) and not cell.strip().isdigit() for cell in row) > 1:
                return at
        raise BadTable("The table has no row of headings.")


def is_parquet(document: Document) -> bool:
    """Return whether the bytes are a Parquet file."""
    return document.content.startswith(_PARQUET)


def grids_of(document: Document) -> tuple[Grid, ...]:
    """Return the tables of a document.

    Raises:
        UnreadableDocument: it cannot be read.
        BadTable: it is text without any row.
    """
    if is_parquet(document):
        from trooptally.importing.workbook import read_parquet

        return (Grid(sheet="", first_row=1, rows=read_parquet(document.content, document.name).text_rows()),)
    if document.is_workbook:
        sheets = [Grid(sheet=sheet.name, first_row=1, rows=sheet.text_rows()) for sheet in document.sheets]
        return tuple(grid for grid in sheets if any(any(cell.strip() for cell in row) for row in grid.rows))
    tables = tables_of(document)
    return tuple(Grid(sheet="", first_row=t.header_row, rows=[t.header, *t.records()]) for t in tables)
