"""Claims as files: CSV, JSON, XLSX and Parquet, each with quotes and addresses, and none that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import orjson
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from trooptally.entry import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pandas import DataFrame


def as_csv(frame: DataFrame) -> bytes:
    """Return the frame as CSV; missing is empty, and no cell can be taken for a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows(["" if cell is None else guarded(str(cell)) for cell in row] for row in _rows(frame))
    return stream.getvalue().encode()


def as_json(frame: DataFrame) -> bytes:
    """Return the frame as a JSON list of objects; missing is null."""
    names = list(frame.columns)
    return orjson.dumps([dict(zip(names, row, strict=True)) for row in _rows(frame)], option=orjson.OPT_INDENT_2)


def as_xlsx(frame: DataFrame) -> bytes:
    """Return the frame as a workbook of one sheet; numbers are numbers, and no cell is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("claims")
    sheet.append(list(frame.columns))
    for row in _rows(frame):
        sheet.append([_spreadsheet_cell(cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_parquet(frame: DataFrame) -> bytes:
    """Return the frame as Parquet."""
    stream = io.BytesIO()
    frame.to_parquet(stream, index=False)
    return stream.getvalue()


FORMATS: dict[str, tuple[str, Callable[[DataFrame], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "parquet": ("application/vnd.apache.parquet", as_parquet),
}
"""The media type of each format, and what writes it."""


def _spreadsheet_cell(cell: Any) -> Any:
    return guarded(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell


def _rows(frame: DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows with None for missing; whole numbers stay whole."""
    plain = [column.astype(object).where(column.notna(), None).tolist() for _, column in frame.items()]
    yield from zip(*plain, strict=True)
