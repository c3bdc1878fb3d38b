"""The sheets of a workbook (XLSX, ODS, XLS), parsed in a process of its own that cannot take ours with it."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from trooptally.errors import UnreadableDocument
from trooptally.importing.preflight import LARGEST_FILE, check_workbook

Cell = str | int | float | bool | dt.date | dt.datetime | None

_WORKER = Path(__file__).with_name("sheetworker.py")
_WALL_SECONDS = 30.0
_PASSED_ON = ("PATH", "PYTHONPATH", "HOME", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: every cell from A1 on.

    Attributes:
        rows: `rows[0][0]` is A1; empty cells are None, dates are dates, numbers are numbers.
    """

    name: str
    rows: list[list[Cell]] = field(repr=False)

    def text_rows(self) -> list[list[str]]:
        """Return the cells as a person sees them: whole numbers without a point, days in ISO 8601."""
        return [[cell_text(cell) for cell in row] for row in self.rows]


def cell_text(cell: Cell) -> str:
    """Return one cell as text."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return str(int(cell))
        case dt.date():
            return cell.isoformat().removesuffix("T00:00:00")
        case _:
            return str(cell)


def read_workbook(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook.

    Raises:
        UnreadableDocument: it is broken, encrypted, or asks for more than a table of figures needs.
    """
    check_workbook(content, name)
    answer = _answer(content, name, "workbook")
    if "error" in answer:
        raise UnreadableDocument(f"{name} is a broken workbook, or one with a password: it cannot be parsed.")
    return _sheets(answer)


def read_parquet(content: bytes, name: str) -> Sheet:
    """Return a Parquet file as a sheet without a name; its first row is the names of its columns.

    Raises:
        UnreadableDocument: it is broken, or larger than a table of figures.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableDocument(f"{name} has more than {LARGEST_FILE / 1e6:.0f} MB of Parquet; split it.")
    answer = _answer(content, name, "parquet")
    if "error" in answer:
        many = "too many cells" in answer["error"]
        raise UnreadableDocument(
            f"{name} has too many cells; split it." if many else f"{name} is a broken Parquet file."
        )
    return _sheets(answer)[0]


def _sheets(answer: dict[str, Any]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(name=sheet["name"], rows=[[_cell(cell) for cell in row] for row in sheet["rows"]])
        for sheet in answer["sheets"]
    )


def _answer(content: bytes, name: str, kind: str) -> dict[str, Any]:
    try:
        worker = subprocess.run(  # noqa: S603 - our own script and interpreter, no shell
            [sys.executable, "-P", str(_WORKER), kind],
            input=content,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
            env={key: os.environ[key] for key in _PASSED_ON if key in os.environ},
        )
    except subprocess.TimeoutExpired as err:
        raise UnreadableDocument(
            f"{name} takes longer than {_WALL_SECONDS:.0f} seconds to read; save it as CSV."
        ) from err
    if worker.returncode != 0:
        raise UnreadableDocument(f"{name} needs more memory or time than a table of figures does; save it as CSV.")
    answer: dict[str, Any] = orjson.loads(worker.stdout)
    return answer


def _cell(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]  # JSON carries text, numbers, booleans and null only
    written = str(cell["date"])
    try:
        return dt.datetime.fromisoformat(written) if "T" in written else dt.date.fromisoformat(written)
    except ValueError:  # a time of day alone
        return written
