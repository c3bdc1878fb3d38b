"""How long a reader takes while another process imports: the 99th percentile, idle and during the import.

    python bench/ledger_readers.py [--rows 400000] [--postgresql URL_OF_AN_EMPTY_LEDGER]

A reader asks for one series again and again. Prints one line of JSON, in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from drill_ledger import REPORT, WHO, Child, drafts, fresh, template

from trooptally.ledger import Ledger


def during(ledger: Ledger, going_on: Callable[[], bool]) -> dict[str, float]:
    """Ask until it is over; return how often, the 99th percentile and the longest wait in milliseconds."""
    spent = []
    while going_on():
        start = time.perf_counter()
        ledger.series("USA", "IRQ")
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return {"asked": len(spent), "p99_ms": round(spent[len(spent) * 99 // 100], 2), "max_ms": round(spent[-1], 2)}


def readers(rows: int, url: str) -> dict[str, object]:
    """Measure a reader of a ledger, idle and while rows are imported."""
    with Ledger.open(url) as ledger:
        ledger.record([REPORT], drafts("before", 0, 500), **WHO)
    table = drafts("import", 0, rows)

    def work(say: Callable[[str], None]) -> None:
        with Ledger.open(url) as ledger:
            say("begins")
            ledger.record([REPORT], table, **WHO)

    with Ledger.open(url, read_only=True) as ledger:
        ledger.series("USA", "IRQ")
        until = time.perf_counter() + 5
        idle = during(ledger, lambda: time.perf_counter() < until)
        child = Child(work)
        child.first()
        busy = during(ledger, lambda: os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None)
        child.rest()
    return {"rows": rows, "idle": idle, "during": busy, "times": round(busy["p99_ms"] / idle["p99_ms"], 1)}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--postgresql", metavar="URL")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        url = given.postgresql or fresh(template(Path(folder)), Path(folder) / "read.db")
        print(json.dumps(readers(given.rows, url)))


if __name__ == "__main__":
    main()
