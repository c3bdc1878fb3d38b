"""Parse one workbook from standard input into JSON on standard output, under hard limits; run as a script.

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


def main() -> int:
    """Answer the parent: the sheets, or the parser's reason."""
    content = sys.stdin.buffer.read()
    limit()
    try:
        answer: dict[str, Any] = {"sheets": sheets_of(content)}
    except Exception as err:  # noqa: BLE001 - whatever the parser says becomes the parent's sentence
        answer = {"error": f"{type(err).__name__}: {err}"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
