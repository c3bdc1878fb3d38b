"""Parse one workbook or Parquet file from standard input into JSON, under hard limits; run as a script.

It stands alone and imports nothing of ours, so that a parser that is tricked into asking for gigabytes,
looping or crashing takes only this process with it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import sys
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
MOST_CELLS = 4_000_000


def limit() -> None:
    """Bind this process to its memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no limits; the parent's clock remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: Any) -> Any:
    """Return the cell as JSON knows it: null for empty, {"date": ...} for a date or time."""
    if cell == "":
        return None
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return {"date": cell.isoformat()}
    if isinstance(cell, dt.timedelta):
        return str(cell)
    return cell


def sheets_of(content: bytes) -> list[dict[str, Any]]:
    """Return every sheet with its name and its rows from A1 on."""
    import python_calamine

    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        found = []
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found.append({"name": name, "rows": [[plain(cell) for cell in row] for row in rows]})
        return found


def parquet_rows(content: bytes) -> list[dict[str, Any]]:
    """Return a Parquet file as one sheet without a name, its column names in the first row."""
    import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # same

    pa.set_memory_pool(pa.system_memory_pool())
    opened = pq.ParquetFile(io.BytesIO(content))
    if opened.metadata.num_rows * opened.metadata.num_columns > MOST_CELLS:
        raise ValueError("too many cells")
    table = opened.read(use_threads=False)
    columns = [[plain(_known(cell)) for cell in column.to_pylist()] for column in table.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [{"name": "", "rows": [[str(name) for name in table.column_names], *rows]}]


def _known(cell: Any) -> Any:
    """Return a cell as JSON can carry it; decimals, bytes and nested cells as their text."""
    kinds = str | int | float | dt.datetime | dt.date | dt.time | dt.timedelta
    return cell if cell is None or isinstance(cell, kinds) else str(cell)


def main() -> int:
    """Answer the parent: the sheets, or the parser's reason."""
    content = sys.stdin.buffer.read()
    parse = parquet_rows if sys.argv[1:] == ["parquet"] else sheets_of
    if parse is parquet_rows:
        import pyarrow.parquet  # noqa: F401 - its libraries ask for more address space than they use
    limit()
    try:
        answer: dict[str, Any] = {"sheets": parse(content)}
    except Exception as err:  # noqa: BLE001 - whatever the parser says becomes the parent's sentence
        answer = {"error": f"{type(err).__name__}: {err}"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
