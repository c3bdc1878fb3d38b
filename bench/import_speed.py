"""How long `trooptally import` of a claims table takes, beside a bare `sqlite3` insert of the same typed rows.

    python bench/import_speed.py [ROWS]        # 100000 unless given

Both run in this process, one after the other. The import reads the CSV, checks every field, removes duplicates,
writes the history and keeps the indexes. The bare insert is one `executemany` of the rows that the import wrote,
held in memory, into the same table with the same indexes and checks, in one durable transaction.
"""

from __future__ import annotations

import csv
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from trooptally.importing import Document
from trooptally.intake import check, record
from trooptally.ledger import Ledger

_HEADER = (
    *("force", "place", "measure", "component", "figure", "as_of", "published_on", "publisher"),
    *("attributed_to", "title", "url", "quote", "unit", "note"),
)
_MEASURES = ("present", "present", "present", "deploying", "withdrawing", "rotating", "planned", "authorized")
_HEDGES = ("", "", "about ", "around ", "more than ", "up to ", "at least ", "fewer than ")
_PUBLISHERS = ("The New York Times", "Reuters", "AFP", "The Washington Post", "Al Jazeera", "Military Times")
_SPEAKERS = ("", "Pentagon", "US officials", "Defense Manpower Data Center", "New York Times")


def write_table(path: Path, rows: int, forces: list[str], places: list[str]) -> None:
    """Write a claims table of that many different rows, about 230 bytes each."""
    chance = random.Random(7)  # noqa: S311 - a reproducible table, not a secret
    first = date(1990, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        for number in range(rows):
            day = (first + timedelta(days=chance.randrange(12_000))).isoformat()
            figure = f"{chance.choice(_HEDGES)}{chance.randrange(10, 200_000):,}"
            report = number // 8
            published = (first + timedelta(days=report % 12_000)).isoformat()
            writer.writerow(
                (
                    *(chance.choice(forces), chance.choice(places), chance.choice(_MEASURES), "military"),
                    *(figure, day, published, _PUBLISHERS[report % len(_PUBLISHERS)], chance.choice(_SPEAKERS)),
                    *(f"Report {report} on troops abroad", f"https://news.example/{published[:4]}/{report}.html"),
                    *(f"There are {figure} troops in row {number}", "", "a table made for measuring"),
                )
            )


def timed_import(url: str, path: Path) -> tuple[float, float, float]:
    """Return the wall seconds of reading, of writing, and the CPU seconds of both."""
    with Ledger.open(url) as ledger:
        names = ledger.names()
        names.force("United States")  # the lists are loaded once for a process, not for a row
        cpu, start = time.process_time(), time.perf_counter()
        checked = check(Document.at(path), names)
        read = time.perf_counter()
        receipt = record(ledger, checked, contributor="bench", reason="measuring")
        done = time.perf_counter()
    assert receipt.recorded == receipt.seen, receipt.as_json()
    return read - start, done - read, time.process_time() - cpu


def timed_bare_insert(written: Path, copy: Path) -> tuple[float, float]:
    """Return the wall and CPU seconds of a bare insert of the rows of a ledger into an emptied copy of it."""
    with closing(sqlite3.connect(written)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = connection.execute("SELECT * FROM claim").fetchall()
    shutil.copyfile(written, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for table in ("assessment", "qualifier", "claim"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
        connection.execute("VACUUM")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        marks = ",".join("?" * len(rows[0]))
        cpu, start = time.process_time(), time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO claim VALUES ({marks})", rows)  # noqa: S608 - question marks only
        connection.execute("COMMIT")
        return time.perf_counter() - start, time.process_time() - cpu


def main() -> None:
    """Print the times and their ratio."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path, ledger = Path(folder, "claims.csv"), Path(folder, "ledger.db")
        url = f"sqlite:///{ledger}"
        with Ledger.create(url) as made:
            places = sorted(made.labels("place"))
            forces = sorted(made.labels("force"))
        write_table(path, rows, forces[:40], places[:200])
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB of CSV")
        reading, writing, cpu = timed_import(url, path)
        again = timed_again(url, path)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        bare, bare_cpu = timed_bare_insert(ledger, Path(folder, "bare.db"))
        print(f"import     {reading + writing:8.2f} s  (reading {reading:.2f}, writing {writing:.2f}; CPU {cpu:.2f})")
        print(f"again      {again:8.2f} s  (adds nothing)")
        print(f"bare       {bare:8.2f} s  (CPU {bare_cpu:.2f})")
        print(f"ratio      {(reading + writing) / bare:8.2f}    (CPU {cpu / bare_cpu:.2f})")
        print(f"peak memory of the import {peak:,.0f} MB")


def timed_again(url: str, path: Path) -> float:
    """Return the wall seconds of importing the same table once more."""
    with Ledger.open(url) as ledger:
        start = time.perf_counter()
        receipt = record(ledger, check(Document.at(path), ledger.names()), contributor="bench", reason="again")
        assert receipt.recorded == 0
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
