"""Tables with a header row, from delimited text or a sheet, in blocks of columns with row numbers."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from trooptally.errors import BadTable
from trooptally.importing.kinds import Kind
from trooptally.model import Issue
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trooptally.importing.document import Document

_DELIMITERS = (",", ";", "\t", "|")
_BLOCK_ROWS = 50_000
_LOOKED_AT = 20
_LABEL = re.compile(r"[^\W\d][^\n]{0,59}(?<![.!?:;,])\Z")
_LONGEST_LONE_LABEL = 2  # words
_SURE_LABELS = 4  # as many short labels in a line are a header, whatever is broken below


@dataclass(slots=True, kw_only=True)
class Block:
    """Some rows of a table as columns.

    Attributes:
        rows: The row numbers as a person counts them; the header of a plain table is row 1.
        columns: One list of cells for each cell of the header.
        blank: How many empty rows stood between them.
        refused: How many rows were too long to tell which cell belongs where.
        issues: One for each row that is too long or too short.
    """

    rows: list[int]
    columns: list[list[str]]
    blank: int = 0
    refused: int = 0
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and the rows under it.

    Attributes:
        name: The sheet's name, or empty for text.
        header: The header's cells, trimmed.
        header_row: The row number of the header.
        records: Yields the rows under the header, afresh at each call.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    records: Callable[[], Iterator[list[str]]] = field(repr=False)

    def blocks(self, size: int = _BLOCK_ROWS) -> Iterator[Block]:
        """Yield the rows as columns, in bounded pieces.

        Raises:
            BadTable: the text is broken from some row on.
        """
        records, first = self.records(), self.header_row + 1
        while batch := list(islice(records, size)):
            yield self._block(batch, first)
            first += len(batch)

    def _block(self, batch: list[list[str]], first: int) -> Block:
        width = len(self.header)
        odd = {at for at, row in enumerate(batch) if len(row) != width or not row[0] or row[0].isspace()}
        block = Block(rows=list(range(first, first + len(batch))), columns=[])
        if odd:
            kept = [at for at, row in enumerate(batch) if at not in odd or self._fits(row, first + at, block)]
            block.rows = [first + at for at in kept]
            batch = [batch[at] for at in kept]
        block.columns = [list(column) for column in zip(*batch, strict=True)] or [[] for _ in range(width)]
        return block

    def _fits(self, row: list[str], number: int, block: Block) -> bool:
        """Bring the row to the header's width; say why not where that cannot be done without guessing."""
        width = len(self.header)
        if not any(cell.strip() for cell in row):
            block.blank += 1
            return False
        if any(cell.strip() for cell in row[width:]):
            block.refused += 1
            message = f"the row has {len(row)} cells under a header of {width}; quote cells that contain a comma"
            block.issues.append(Issue(severity=Severity.ERROR, locator=f"row {number}", message=message))
            return False
        if len(row) < width:
            message = f"the row has {len(row)} of {width} cells; those missing at its end are read as empty"
            block.issues.append(Issue(severity=Severity.WARNING, locator=f"row {number}", message=message))
        row[:] = [*row[:width], *[""] * (width - len(row))]
        return True


def tables_of(document: Document) -> tuple[Table, ...]:
    """Return the tables of a document: one of a delimited text, one of each filled sheet of a workbook.

    Raises:
        BadTable: the document is text without a header row.
        UnreadableDocument: the document cannot be read at all.
    """
    if document.is_workbook:
        return tuple(table for sheet in document.sheets for table in _sheet_tables(sheet.name, sheet.text_rows()))
    return (_delimited(document),)


def is_tabular(document: Document) -> bool:
    """Return whether a text document looks like a delimited table: labels on top, rows of one width below.

    Raises:
        UnreadableDocument: the document is no text.
    """
    if document.kind is not Kind.TEXT:
        return False
    records = [row for row in _first_records(document) if any(row)]
    if not records or len(records[0]) < len(("label", "label")):
        return False
    header, below = records[0], records[1:]
    labels = [cell.strip() for cell in header]
    if not all(_LABEL.match(label) for label in labels) or len(set(labels)) < len(labels):
        return False
    short = all(len(label.split()) <= _LONGEST_LONE_LABEL for label in labels)
    if not below or (short and len(labels) >= _SURE_LABELS):
        return short
    return sum(len(row) == len(header) for row in below) * 2 > len(below)


def _first_records(document: Document) -> list[list[str]]:
    with document.lines(newline="") as lines:
        head = list(islice(lines, _LOOKED_AT))
    # The head may end inside a quoted cell, so it is read leniently.
    return list(csv.reader(head, delimiter=_delimiter(head), skipinitialspace=True))


def _delimiter(head: Iterable[str]) -> str:
    first = next((line for line in head if line.strip()), "")
    return max(_DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _delimited(document: Document) -> Table:
    numbered = enumerate(_records(document), start=1)
    found = next(((n, row) for n, row in numbered if any(cell.strip() for cell in row)), None)
    if found is None:
        raise BadTable(f"{document.name} has no header row.")
    header_row, header = found

    def below() -> Iterator[list[str]]:
        return islice(_records(document), header_row, None)

    return Table(name="", header=_trimmed(header), header_row=header_row, records=below)


def _records(document: Document) -> Iterator[list[str]]:
    with document.lines(newline="") as lines:
        mark = _delimiter(islice(lines, _LOOKED_AT))
    number = 0
    with document.lines(newline="") as lines:
        reader = csv.reader(lines, delimiter=mark, skipinitialspace=True, strict=True)
        try:
            for number, row in enumerate(reader, start=1):  # noqa: B007 - an error names the row after it
                yield row
        except csv.Error as err:
            raise BadTable(f"{document.name} is broken after row {number}: {_plainly(err)}.") from err


def _plainly(err: csv.Error) -> str:
    words = str(err)
    if "field larger" in words:
        return "a cell is longer than 131,072 characters, as when a quotation mark is never closed"
    if "unexpected end" in words:
        return "a quotation mark is never closed"
    return f"the quotation marks do not match ({words})"


def _sheet_tables(name: str, rows: list[list[str]]) -> Iterator[Table]:
    number = next((n for n, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)), 0)
    if not number:
        return
    header = _trimmed(rows[number - 1])
    while header and not header[-1]:  # sheets are often wider than what is used of them
        header = header[:-1]

    def below() -> Iterator[list[str]]:
        return iter([list(row) for row in rows[number:]])

    yield Table(name=name, header=header, header_row=number, records=below)


def _trimmed(row: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)
