"""How a ledger's speed changes as it grows: reading a series, all series, counts, writing, verifying.

    python bench/ledger_speed.py [--sizes 10000,1000000] [--postgresql URL_OF_AN_EMPTY_LEDGER]

Every size is a ledger of its own with 20,000 pairs of force and place, a few frequent and most rare, and one pair that
has 130 claims in all of them. Times are medians in milliseconds in this process, warm. A server's database holds one
ledger, so `--postgresql` grows the same one from size to size.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from trooptally.ledger import Ledger
from trooptally.ledger.engine import ledger_url, reading_engine, sqlite_driver
from trooptally.ledger.record import CLAIM
from trooptally.model import Attribution, DraftTable, Link, Report
from trooptally.model.identity import claim_id

WHO: dict[str, Any] = {"contributor": "bench", "reason": "measuring"}
_BATCH = 100_000
_A_REPORT = 50
_FREQUENT = 130
_HEDGES = ("exact", "approximate", "approximate", "at_least", "up_to")


def batches(
    size: int, forces: list[str], places: list[str], start: int = 0
) -> Iterator[tuple[list[Report], DraftTable]]:
    """Yield reports with drafts until there are as many claims as asked for."""
    chance = random.Random(start + 5)  # noqa: S311 - a reproducible ledger, not a secret
    pairs = [(force, place) for force in forces for place in places]
    chance.shuffle(pairs)
    weights = list(accumulate(1 / (rank + 1) ** 0.7 for rank in range(len(pairs))))
    origins = [_said(f"origin-{number}") for number in range(40)]
    while start < size:
        stop = min(size, start + _BATCH)
        chosen = chance.choices(pairs, cum_weights=weights, k=stop - start)
        if start == 0:
            chosen[:_FREQUENT] = [("USA", "IRQ")] * _FREQUENT
        yield _batch(chance, start, chosen, origins)
        start = stop


def _said(origin: str) -> Attribution:
    links = (Link(source_id="the-bench", printed="The Bench"), Link(source_id=origin, printed=origin))
    return Attribution(links=links, printed=origin)


def _batch(
    chance: random.Random, start: int, pairs: list[tuple[str, str]], origins: list[Attribution]
) -> tuple[list[Report], DraftTable]:
    first, table = date(1990, 1, 1), DraftTable()
    reports: list[Report] = []
    for number, (force, place) in enumerate(pairs, start):
        if number % _A_REPORT == 0 or not reports:
            reports.append(_report(number // _A_REPORT))
        report, day = reports[-1].report_id, (first + timedelta(days=chance.randrange(12_000))).isoformat()
        figure, hedge = chance.randrange(10, 200_000), chance.choice(_HEDGES)
        low = figure if hedge in ("exact", "at_least") else None
        high = figure if hedge in ("exact", "up_to") else None
        point = figure if hedge in ("exact", "approximate") else None
        printed = f"{figure:,}"
        row = (
            *(claim_id(report, f"row {number}", printed), report, f"row {number}", f"There are {printed} troops"),
            *(printed, force, place, "present", "military", "unstated", low, point, high, hedge, None),
            *(day, day, day, chance.choice(origins), "", "", (), ""),
        )
        for column, cell in zip(table.columns(), row, strict=True):
            column[1].append(cell)
    return reports, table


def _report(number: int) -> Report:
    day = (date(1990, 1, 1) + timedelta(days=number % 12_000)).isoformat()
    url = f"https://bench.example/{number}"
    days = {"published_on": day, "published_earliest": day, "published_latest": day}
    return Report(source_id="the-bench", publisher="The Bench", title=f"Report {number}", url=url, **days)


def build(ledger: Ledger, size: int, start: int = 0) -> tuple[float, str]:
    """Fill a ledger to a size; return the seconds of writing alone, and an instant halfway."""
    forces, places = sorted(ledger.labels("force"))[:99], sorted(ledger.labels("place"))[:199]
    forces, places = ["USA", *(f for f in forces if f != "USA")], ["IRQ", *(p for p in places if p != "IRQ")]
    seconds, instants = 0.0, []
    for reports, table in batches(size, forces, places, start):
        before = time.perf_counter()
        ledger.record(reports, table, **WHO)
        seconds += time.perf_counter() - before
        instants.append(ledger.recent_changes(1)[0].at)
    return seconds, instants[len(instants) // 2]


def median(act: Callable[[], object], times: int) -> float:
    """Return the median milliseconds of an act."""
    act()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def reads(ledger: Ledger, url: str, half: str) -> dict[str, float]:
    """Return the milliseconds of each question."""
    assert len(ledger.series("USA", "IRQ")) >= _FREQUENT
    return {
        "one series, raw SQL": _raw_series(url),
        "one series": median(lambda: ledger.series("USA", "IRQ"), 60),
        "one series, known at": median(lambda: ledger.series("USA", "IRQ", known_at=half), 30),
        "one series as a frame": median(lambda: ledger.claims(force="USA", place="IRQ"), 20),
        "all series, newest": median(ledger.heads, 3),
        "all series, known at": median(lambda: ledger.heads(known_at=half), 3),
        "counts by place": median(lambda: ledger.facets("place"), 5),
        "last changes": median(ledger.recent_changes, 20),
    }


def _raw_series(url: str) -> float:
    """Return the milliseconds of the same series through the driver alone."""
    from trooptally.ledger import oneseries

    engine = reading_engine(ledger_url(url))
    of_pair = oneseries._series(None).params(force="USA", place="IRQ")  # noqa: SLF001 - the very same SQL
    asked = str(of_pair.compile(engine, compile_kwargs={"literal_binds": True}))
    try:
        with engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            return median(lambda: driver.execute(asked).fetchall(), 60)
    finally:
        engine.dispose()


def writes(ledger: Ledger) -> float:
    """Return the milliseconds of saving one claim, durably."""
    numbers = iter(range(10**9, 2 * 10**9))

    def save() -> None:
        number = next(numbers)
        chance = random.Random(number)  # noqa: S311 - same
        reports, table = _batch(chance, number, [("USA", "SYR")], [_said("origin-1")])
        ledger.record(reports, table, **WHO)

    return median(save, 20)


def bare(url: str, folder: Path) -> float:
    """Return the seconds of a bare insert of a ledger's claims into an empty copy with the same indexes and checks."""
    source, copy = str(ledger_url(url).database), folder / "bare.db"
    names = ", ".join(f'"{name}"' for name in CLAIM)
    Ledger.create(f"sqlite:///{copy}").close()
    with closing(sqlite3.connect(source)) as connection:
        rows = connection.execute(f"SELECT {names} FROM claim ORDER BY rowid").fetchall()  # noqa: S608 - own names
        others = {n: connection.execute(f"SELECT * FROM {n}").fetchall() for n in _REFERRED}  # noqa: S608 - same
    with closing(sqlite_driver().connect(copy, isolation_level=None)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-131072", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        for name, given in others.items():
            connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({_marks(given)})", given)  # noqa: S608 - same
        connection.execute("PRAGMA foreign_keys = ON")
        start = time.perf_counter()
        for page in range(0, len(rows), _BATCH):
            connection.execute("BEGIN IMMEDIATE")
            sql = f"INSERT INTO claim ({names}) VALUES ({_marks(rows)})"  # noqa: S608 - same
            connection.executemany(sql, rows[page : page + _BATCH])
            connection.execute("COMMIT")
        return time.perf_counter() - start


_REFERRED = ("contributor", "change", "source", "report", "attribution")


def _marks(rows: list[Any]) -> str:
    return ", ".join("?" * len(rows[0]))


def main() -> None:
    """Print a column for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="10000,1000000")
    parser.add_argument("--postgresql", metavar="URL")
    given = parser.parse_args()
    measured: list[dict[str, float]] = []
    sizes, before = [int(size) for size in given.sizes.split(",")], 0
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for size in sizes:
            url = given.postgresql or f"sqlite:///{folder}/{size}.db"
            if not given.postgresql:
                Ledger.create(url).close()
            with Ledger.open(url) as ledger:
                seconds, half = build(ledger, size, before)
                column = {"import, seconds": seconds, **reads(ledger, url, half), "one save": writes(ledger)}
                start = time.perf_counter()
                verified = ledger.verify()
                assert verified.sound, verified.findings[0]
                column["verify, rows a second"] = verified.rows / (time.perf_counter() - start)
            if given.postgresql:
                before = size
            else:
                column["bare insert, seconds"] = bare(url, Path(folder))
                column["import / bare insert"] = seconds / column["bare insert, seconds"]
                Path(folder, "bare.db").unlink()
            measured.append(column)
            print(f"{size:,} claims measured", flush=True)
    _print(sizes, measured)


def _print(sizes: list[int], measured: list[dict[str, float]]) -> None:
    print(f"{'':26}" + "".join(f"{size:>14,}" for size in sizes) + f"{'growth':>10}")
    for name in measured[0]:
        cells = [column[name] for column in measured]
        print(f"{name:26}" + "".join(f"{cell:>14,.3f}" for cell in cells) + f"{cells[-1] / cells[0]:>10.2f}")


if __name__ == "__main__":
    main()
