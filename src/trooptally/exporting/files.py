"""A frame in each format, with None for missing and whole numbers whole."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, BinaryIO

from trooptally.entry import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pandas import DataFrame


def write_csv(frame: DataFrame, to: BinaryIO) -> None:
    """Write a frame as CSV; missing is empty, and no cell can be taken for a formula."""
    # Through a text stream of our own: the platform's would double the line ends on Windows.
    stream = io.TextIOWrapper(to, encoding="utf-8", newline="")
    try:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(frame.columns)
        writer.writerows(["" if cell is None else guarded(str(cell)) for cell in row] for row in _rows(frame))
    finally:
        stream.detach()


def as_csv(frame: DataFrame) -> bytes:
    """Return the frame as CSV; see `write_csv`."""
    stream = io.BytesIO()
    write_csv(frame, stream)
    return stream.getvalue()


def as_json(frame: DataFrame) -> bytes:
    """Return the frame as a JSON list of objects; missing is null."""
    import orjson

    names = list(frame.columns)
    return orjson.dumps([dict(zip(names, row, strict=True)) for row in _rows(frame)], option=orjson.OPT_INDENT_2)


def as_xlsx(frame: DataFrame) -> bytes:
    """Return the frame as a workbook of one sheet; numbers are numbers, and no cell is a formula."""
    from openpyxl import Workbook

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


FORMATS: dict[str, Callable[[DataFrame], bytes]] = {
    "csv": as_csv,
    "json": as_json,
    "xlsx": as_xlsx,
    "parquet": as_parquet,
}
"""What writes each format; the names are the ends of file names."""


def _spreadsheet_cell(cell: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return guarded(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell


def _rows(frame: DataFrame) -> Iterator[tuple[Any, ...]]:
    plain = [column.astype(object).where(column.notna(), None).tolist() for _, column in frame.items()]
    yield from zip(*plain, strict=True)
