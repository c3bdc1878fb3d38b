"""Tables with a header row, from delimited text or a sheet, in blocks of columns with row numbers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from trooptally.errors import BadTable
from trooptally.importing.kinds import Kind
from trooptally.model import Issue
from trooptally.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from trooptally.importing.document import Document

_DELIMITERS = (",", ";", "\t", "|")
_BLOCK_ROWS = 50_000
_LOOKED_AT = 20
_ROWS_SEARCHED = 200
_LONGEST_LINE = 20_000  # of which is looked at; a cell of the csv module has an end
_LABEL = re.compile(r"[^\W\d][^\n]{0,59}(?<![.!?:;,])\Z")
_LONGEST_LONE_LABEL = 2  # words
_SURE_LABELS = 4  # as many short labels in a line are a header, whatever is broken below
_SURE_CELLS = 3  # a first line of as many cells is no title
_MOST_TITLES = 15  # lines above a header
_LONGEST_LABEL = 5  # words, where no figures stand below
_LONGEST_CELL = 6  # words; a sentence has more
_SENTENCE_END = re.compile(r"[^\W\d_][.!?:]\Z")
_NUMBER = re.compile(r"[(-]?\d[\d., \u00a0\u202f']*%?[)*]?\Z")


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

    Titles may stand above the labels, and notes below.

    Raises:
        UnreadableDocument: the document is no text.
    """
    if document.kind is not Kind.TEXT:
        return False
    records = [row for row in _first_records(document) if any(row)]
    return bool(records) and (_has_labels_on_top(records) or _has_rows_of_figures(records))


def _has_labels_on_top(records: Sequence[list[str]]) -> bool:
    header, below = records[0], records[1:]
    labels = [cell.strip() for cell in header]
    labels = labels if labels[0] else labels[1:]  # a column of row numbers has no label
    if len(labels) < len(("label", "label")):
        return False
    if not all(_LABEL.match(label) for label in labels) or len(set(labels)) < len(labels):
        return False
    short = all(len(label.split()) <= _LONGEST_LONE_LABEL for label in labels)
    if not below or (short and len(labels) >= _SURE_LABELS):
        return short
    if any(len(label.split()) > _LONGEST_LABEL for label in labels):
        return False
    return sum(len(row) == len(header) for row in below) * 2 > len(below)


def _has_rows_of_figures(records: Sequence[list[str]]) -> bool:
    """Return whether half of the rows are of one width without a sentence, two of them with a bare number."""
    terse = [row for row in records if len(row) > 1 and _is_terse(row)]
    figured = Counter(len(row) for row in terse if any(_NUMBER.match(cell.strip()) for cell in row))
    width, times = max(figured.items(), key=lambda pair: pair[1], default=(0, 0))
    return times > 1 and sum(len(row) == width for row in terse) * 2 >= len(records)


def _is_terse(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row]
    return not any(len(cell.split()) > _LONGEST_CELL or _SENTENCE_END.search(cell) for cell in cells)


def _first_records(document: Document) -> list[list[str]]:
    with document.lines(newline="") as lines:
        head = [line[:_LONGEST_LINE] for line in islice(lines, _LOOKED_AT)]
    # The head may end inside a quoted cell, so it is read leniently.
    return list(csv.reader(head, delimiter=_delimiter(head), skipinitialspace=True))


def _delimiter(head: Iterable[str]) -> str:
    """Return what parts the cells: what parts the first line best, or most lines alike where that is a title."""
    lines = [line[:_LONGEST_LINE] for line in head if line.strip()]
    best = max(_DELIMITERS, key=lambda mark: _cells(lines[0], mark)) if lines else _DELIMITERS[0]
    if not lines or _cells(lines[0], best) >= _SURE_CELLS:
        return best
    # A comma also parts thousands, so that any other mark which does as well is the one.
    return max(reversed(_DELIMITERS), key=lambda mark: _alike(lines, mark))


def _cells(line: str, mark: str) -> int:
    return len(next(csv.reader([line], delimiter=mark), []))


def _alike(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """Return how many lines a mark parts into one number of cells, and that number."""
    widths = Counter(width for line in lines if (width := _cells(line, mark)) > 1)
    return max(((times, width) for width, times in widths.items()), default=(0, 0))


def _delimited(document: Document) -> Table:
    header_row, header = header_of(islice(_records(document), _ROWS_SEARCHED))
    if not header_row:  # nothing but blank rows, or many of them
        header_row, header = header_of(_records(document))
    if not header_row:
        raise BadTable(f"{document.name} has no header row.")

    def below() -> Iterator[list[str]]:
        return islice(_records(document), header_row, None)

    return Table(name="", header=_trimmed(header), header_row=header_row, records=below)


def header_of(rows: Iterable[list[str]]) -> tuple[int, list[str]]:
    """Return the number and the cells of the row of headings; 0 where every row is blank.

    That is the first row that is filled, or where titles of one cell stand there, the first wide one below them.
    """
    titles, first = 0, (0, list[str]())
    for number, row in enumerate(rows, start=1):
        filled = sum(bool(cell.strip()) for cell in row)
        if not filled:
            continue
        first = first if first[0] else (number, row)
        if filled >= _SURE_CELLS:
            return number, row
        if filled > 1 or titles >= _MOST_TITLES:
            break
        titles += 1
    return first


def all_records(document: Document) -> Iterator[list[str]]:
    """Yield every row of a delimited text, those above its headings too.

    Raises:
        BadTable: the text is broken from some row on.
    """
    return _records(document)


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
    number, header_row = header_of(rows)
    if not number:
        return
    header = _trimmed(header_row)
    while header and not header[-1]:  # sheets are often wider than what is used of them
        header = header[:-1]

    def below() -> Iterator[list[str]]:
        return iter([list(row) for row in rows[number:]])

    yield Table(name=name, header=header, header_row=number, records=below)


def _trimmed(row: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)
