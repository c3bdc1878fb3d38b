"""How long official tables take into the ledger, beside pandas and a bare insert, and how much memory.

    python bench/tables_speed.py [FILE]

FILE is a troopdata compilation; without it, one of the same shape is made (15,482 rows, 52 columns). The import reads,
checks, resolves and records every cell. The bare way is `pandas.read_csv` and one `executemany` of the claims that the
import wrote, held in memory, into the same table with the same indexes, in one durable transaction. Memory is the
growth of the process during the import, beside the claims as a frame. A workbook of 600,000 cells follows: what the
guards before parsing cost.
"""

from __future__ import annotations

import csv
import io
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from openpyxl import Workbook

from trooptally.importers.troopdata_reports import importer
from trooptally.importing import Document
from trooptally.importing.preflight import check_workbook
from trooptally.intake import check, record
from trooptally.ledger import Ledger
from trooptally.names import Names

_ROWS = 15_482
_NEW = ("Army", "Navy", "Marine Corps", "Air Force", "Coast Guard")
_HEADER = (
    *("ccode", "countryname", "region", "year", "month", "quarter", "source", "Location", "iso3c", "Total"),
    *("Total Ashore", "Total Afloat", "Army Total", "Navy Ashore", "Navy Temporary Ashore", "Navy Other"),
    *("Marine Corps Ashore", "Marine Corps Afloat", "Air Force Total", "Navy Afloat", "Navy Total"),
    *("Marine Corps Total", "troops_ad", "army_ad", "navy_ad", "marine_corps_ad", "air_force_ad", "Macro Location"),
    *(f"{branch} Active Duty" for branch in _NEW),
    *("Total Active Duty", "Army National Guard", "Army Reserve", "Navy Reserve", "Marine Corps Reserve"),
    *("Air National Guard", "Air Force Reserve", "Coast Guard Reserve", "Total Selected Reserve", "Army Civilian"),
    *("Navy Civilian", "Marine Corps Civilian", "Air Force Civilian", "DOD Civilian", "Total Civilian"),
    *("Grand Total", "Space Force Active Duty", "coast_guard_ad", "space_force_ad"),
)


def made_table(path: Path) -> None:
    """Write a compilation of the real one's shape."""
    chance = random.Random(7)  # noqa: S311 - a reproducible table, not a secret
    names = Names.shipped()
    places = [names.label("place", entry.id) for entry in names.entries("place") if len(entry.id) == 3][:600]
    places = sorted({name for name in places if names.place(name, section="OVERSEAS")})[:180]
    reports = [f"{month} {year}" for year in range(1953, 2026) for month in ("June", "September")][-111:]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, _HEADER, restval="NA")
        writer.writeheader()
        for number in range(_ROWS):
            source, place = reports[number // 140], places[number % 140]
            writer.writerow(_made_row(chance, source, place))


def _made_row(chance: random.Random, source: str, place: str) -> dict[str, str | int]:
    said: dict[str, str | int] = {"source": source, "Location": place, "troops_ad": 0}
    people = [chance.choice((0, 1, 2, 5, 8, 40, 900)) for _ in _NEW]
    if int(source[-4:]) < 2008:
        return (
            said
            | {"Total": sum(people[:4]), "Army Total": people[0], "Navy Total": people[1]}
            | {
                "Marine Corps Total": people[2],
                "Air Force Total": people[3],
            }
        )
    active = {f"{branch} Active Duty": many for branch, many in zip(_NEW, people, strict=True)}
    reserve = {"Army Reserve": people[0], "Total Selected Reserve": people[0]}
    civilian = {"Army Civilian": people[1], "Total Civilian": people[1]}
    return said | active | reserve | civilian | {"Total Active Duty": sum(people)}


def timed_import(url: str, path: Path) -> tuple[float, float, int]:
    """Return the seconds of reading and of writing, and how many claims were written."""
    with Ledger.open(url) as ledger:
        names = ledger.names()
        names.place("Iraq")  # the lists are loaded once for a process, not for a table
        start = time.perf_counter()
        checked = check(Document.at(path), names)
        read = time.perf_counter()
        receipt = record(ledger, checked, contributor="bench", reason="measuring")
        return read - start, time.perf_counter() - read, receipt.recorded + receipt.drafts


def timed_bare_way(path: Path, written: Path, copy: Path) -> tuple[float, float]:
    """Return the seconds of `pandas.read_csv` and of a bare insert of the claims that an import wrote."""
    import pandas as pd

    start = time.perf_counter()
    pd.read_csv(path)
    read = time.perf_counter() - start
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
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO claim VALUES ({marks})", rows)  # noqa: S608 - question marks only
        connection.execute("COMMIT")
        return read, time.perf_counter() - start


def frame_megabytes(url: str) -> float:
    """Return the size of all claims as a frame of plain Python objects, in megabytes."""
    with Ledger.open(url, read_only=True) as ledger:
        return float(ledger.claims(rank="all", status="all").astype(object).memory_usage(deep=True).sum()) / 1e6


def given_megabytes(path: Path) -> tuple[float, float]:
    """Return the size of the file itself as a frame, numbers as numbers and then every cell as text, in megabytes."""
    import pandas as pd

    frames = (pd.read_csv(path), pd.read_csv(path, dtype=object, keep_default_na=False))
    sizes = [float(frame.memory_usage(deep=True).sum()) / 1e6 for frame in frames]
    return sizes[0], sizes[1]


def peak_megabytes() -> float:
    """Return the largest size that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def big_workbook(rows: int = 12_000, columns: int = 50) -> bytes:
    """Return a workbook of 600,000 numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("big")
    for number in range(rows):
        sheet.append([number * columns + at for at in range(columns)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def show_workbook() -> None:
    """Print what guards and parsing of a large workbook cost."""
    content = big_workbook()
    start = time.perf_counter()
    check_workbook(content, "big.xlsx")
    guarded = time.perf_counter() - start
    start = time.perf_counter()
    sheets = Document(name="big.xlsx", content=content).sheets
    whole = time.perf_counter() - start
    cells = sum(len(row) for row in sheets[0].rows)
    print(f"workbook   {cells:,} cells: guards {guarded:.2f} s of {whole:.2f} s until its rows are here")


def main() -> None:
    """Print times, their ratio, and memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder, "reports.csv")
        if len(sys.argv) < 2:
            made_table(path)
        assert importer.identify(Document.at(path))
        ledger = Path(folder, "ledger.db")
        url = f"sqlite:///{ledger}"
        Ledger.create(url).close()
        before = peak_megabytes()
        reading, writing, claims = timed_import(url, path)
        grown = peak_megabytes() - before
        print(
            f"import     {reading + writing:8.2f} s  (reading {reading:.2f}, writing {writing:.2f}; {claims:,} claims)"
        )
        read, insert = timed_bare_way(path, ledger, Path(folder, "bare.db"))
        print(f"bare       {read + insert:8.2f} s  (pandas.read_csv {read:.2f}, executemany {insert:.2f})")
        print(f"ratio      {(reading + writing) / (read + insert):8.2f}")
        frame, given = frame_megabytes(url), given_megabytes(path)
        print(f"memory     {grown:8.0f} MB grown; the claims as a frame {frame:.0f} MB; ratio {grown / frame:.2f}")
        print(f"           the file as a frame {given[0]:.0f} MB, as a frame of text {given[1]:.0f} MB; ", end="")
        print(f"ratios {grown / given[0]:.1f} and {grown / given[1]:.1f}")
    show_workbook()


if __name__ == "__main__":
    main()
