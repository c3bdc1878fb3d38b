"""The drills: kills, full disks, torn logs, crowds of writers and backups, at full length.

    python bench/drill.py [--short] [--postgresql URL_OF_AN_EMPTY_LEDGER]

Each prints what it counted as one line of JSON; the status is 1 if any promise was broken. What is promised to be
nought: lost, half, duplicates, corrupt, errors, unclear, stuck.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import drill_crashes
import drill_disk
import drill_writers

_PROMISED = ("lost", "half", "duplicates", "corrupt", "errors", "unclear", "stuck")

Drill = Callable[[Path], Mapping[str, float]]


def full(url: str | None) -> dict[str, Drill]:
    """Return the drills at full length."""
    if url:
        return {
            "writers": lambda folder: drill_writers.writers(16, 200, folder, url),
            "killed saves": lambda folder: drill_crashes.saves(50, folder, url),
            "killed imports": lambda folder: drill_crashes.imports(10, 40_000, folder, url),
        }
    return {
        "killed saves": lambda folder: drill_crashes.saves(50, folder),
        "killed imports": lambda folder: drill_crashes.imports(50, 40_000, folder),
        "writers": lambda folder: drill_writers.writers(16, 200, folder),
        "full disk": lambda folder: drill_disk.full_disk(40_000, folder),
        "torn logs": lambda folder: drill_disk.torn_logs(100, folder),
        "backups": lambda folder: drill_disk.backups(10, folder),
    }


def short(url: str | None) -> dict[str, Drill]:
    """Return the drills at a length that a test can bear."""
    if url:
        return {
            "writers": lambda folder: drill_writers.writers(4, 10, folder, url),
            "killed saves": lambda folder: drill_crashes.saves(4, folder, url),
            "killed imports": lambda folder: drill_crashes.imports(3, 2_000, folder, url),
        }
    return {
        "killed saves": lambda folder: drill_crashes.saves(5, folder),
        "killed imports": lambda folder: drill_crashes.imports(5, 2_000, folder),
        "writers": lambda folder: drill_writers.writers(4, 15, folder),
        "full disk": lambda folder: drill_disk.full_disk(20_000, folder),
        "torn logs": lambda folder: drill_disk.torn_logs(12, folder),
        "backups": lambda folder: drill_disk.backups(3, folder),
    }


def main() -> int:
    """Run the drills."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("names", nargs="*", help="all unless named")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--postgresql", metavar="URL")
    given = parser.parse_args()
    drills = (short if given.short else full)(given.postgresql)
    kept = True
    for name in given.names or drills:
        with tempfile.TemporaryDirectory(prefix="drill-") as folder:
            start = time.perf_counter()
            counted = dict(drills[name](Path(folder)))
        promised = all(not counted.get(promise) for promise in _PROMISED)
        kept = kept and promised
        seconds = round(time.perf_counter() - start, 1)
        print(json.dumps({"drill": name, "kept": promised, "seconds": seconds, **counted}), flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
