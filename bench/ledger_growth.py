"""How reading slows down as a ledger grows to millions of claims, which are made by the database itself.

    python bench/ledger_growth.py --size 10000000 URL_OF_AN_EMPTY_LEDGER

The claims lie in 20,000 series, a few frequent and most rare, and one pair has 130 claims at every size; there is a
change for each 100,000 claims. They do not come through the program, so the ledger does not verify: use it for this
alone. Prints one line of JSON with the median milliseconds of each question, warm. On PostgreSQL the role must be a
superuser.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from ledger_speed import reads, writes

from trooptally.ledger import Ledger
from trooptally.ledger.engine import ledger_url, sqlite_driver
from trooptally.ledger.instants import printed_instant

_BATCH = 100_000
_FIRST_AT = 1_600_000_000_000_000
_STEP = 60_000_000
_PAIRS = 19_700
_FREQUENT = 130
_KEY = "force, place, measure, component, basis"

Run = Callable[[str], Any]

_SHARED = (
    "INSERT INTO contributor VALUES ('bench', 'bench', 'person', {first_at})",
    """
    INSERT INTO change SELECT n + 2, {first_at} + n * {step}, 'bench', 'record', 'growing', '', NULL, {batch}, 'x', 'x',
    'x' FROM number WHERE n < {changes}
    """,
    "INSERT INTO source SELECT 'origin-' || n, 'Origin ' || n, 'unknown', '', '', '', 2 FROM number WHERE n < 40",
    "INSERT INTO attribution SELECT 'said-' || n, 'origin ' || n, 'origin-' || n, 2 FROM number WHERE n < 40",
    """
    INSERT INTO report SELECT 'report-' || n, 'origin-0', 'The Bench', 'Report ' || n, 'https://bench.example/' || n,
    '2000-01-01', '2000-01-01', '2000-01-01', NULL, '', 'article', 2 FROM number WHERE n < {reports}
    """,
    """
    INSERT INTO claim SELECT {claim_id}, 1, n / {batch} + 2, {first_at} + (n / {batch}) * {step}, NULL, 'accepted',
    'normal', 'report-' || (n / 50), 'origin-0', 'origin-' || (n % 40), 'said-' || (n % 40), 'row ' || n,
    'There are about ' || (n % 90000) || ' troops', 'about ' || (n % 90000), p.force, p.place, 'present', 'military',
    'unstated', NULL, n % 90000, NULL, 'approximate', NULL, d, d, d, '', '', '', 'x'
    FROM (SELECT n, {day} AS d, CASE WHEN n < {frequent} THEN 0 ELSE 1 + {pair} END AS rank FROM number
    WHERE n < {size}) made JOIN pair p ON p.rank = made.rank
    """,
    "INSERT INTO series SELECT DISTINCT {key} FROM claim",
    "INSERT INTO series_origin SELECT {key}, origin_id, count(*) FROM claim GROUP BY {key}, origin_id",
    """
    INSERT INTO tally SELECT {key}, recorded_at, change_seq, so_far, 0, CASE WHEN so_far < 40 THEN so_far ELSE 40 END
    FROM (SELECT {key}, recorded_at, change_seq, sum(count(*)) OVER (PARTITION BY {key} ORDER BY change_seq) so_far
    FROM claim GROUP BY {key}, recorded_at, change_seq) counted
    """,
)


def fill(url: str, size: int) -> None:
    """Fill an empty ledger past the program: guards and wide indexes off, set-based inserts, and on again."""
    on_sqlite = ledger_url(url).get_backend_name() == "sqlite"
    named = {
        "first_at": _FIRST_AT,
        "step": _STEP,
        "batch": _BATCH,
        "size": size,
        "changes": (size + _BATCH - 1) // _BATCH,
        "reports": size // 50 + 1,
        "frequent": _FREQUENT,
    }
    spelled = (
        {
            "claim_id": "lower(hex(randomblob(16)))",
            "day": "date('1990-01-01', (abs(random()) % 12000) || ' days')",
            "pair": f"CAST({_PAIRS} * power(abs(random() % 1000000) / 1000000.0, 3) AS INTEGER)",
        }
        if on_sqlite
        else {
            "claim_id": "md5(n::text)",
            "day": "(DATE '1990-01-01' + floor(random() * 12000)::int)::text",
            "pair": f"floor({_PAIRS} * power(random(), 3))::int",
        }
    )
    with (_on_sqlite if on_sqlite else _on_postgresql)(url) as run:
        _numbers(run, max(size, named["reports"]), on_sqlite=on_sqlite)
        _pairs(run)
        for statement in _SHARED:
            run(statement.format(key=_KEY, **named, **spelled))


def _numbers(run: Run, size: int, *, on_sqlite: bool) -> None:
    run("CREATE TEMP TABLE number (n BIGINT PRIMARY KEY)")
    up = f"WITH RECURSIVE up(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM up WHERE n < {size}) SELECT n FROM up"  # noqa: S608 - same
    run(f"INSERT INTO number {up if on_sqlite else f'SELECT generate_series(0, {size})'}")


def _pairs(run: Run) -> None:
    run("CREATE TEMP TABLE pair (rank BIGINT PRIMARY KEY, force TEXT, place TEXT)")
    run("INSERT INTO pair VALUES (0, 'USA', 'IRQ')")
    run(
        "INSERT INTO pair SELECT row_number() OVER (ORDER BY f.force_id, p.place_id), f.force_id, p.place_id FROM "
        "(SELECT force_id FROM force WHERE force_id <> 'USA' ORDER BY force_id LIMIT 99) f, "
        "(SELECT place_id FROM place ORDER BY place_id LIMIT 200) p"
    )


@contextmanager
def _on_sqlite(url: str) -> Iterator[Run]:
    with closing(sqlite_driver().connect(str(ledger_url(url).database), isolation_level=None)) as connection:
        run: Run = connection.execute
        kept = run(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' OR (type = 'index' AND name LIKE 'ix_claim%') "
            "ORDER BY type"
        ).fetchall()
        for name, kind in run(
            "SELECT name, type FROM sqlite_master WHERE type = 'trigger' OR name LIKE 'ix_claim%'"
        ).fetchall():
            run(f"DROP {kind} {name}")
        for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -2000000", "temp_store = MEMORY"):
            run(f"PRAGMA {pragma}")
        yield run
        for (sql,) in kept:
            run(sql)
        run("PRAGMA journal_mode = WAL")


@contextmanager
def _on_postgresql(url: str) -> Iterator[Run]:
    plain = ledger_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:

        def run(sql: str) -> Any:
            return connection.execute(sql.encode())

        run("SET session_replication_role = replica")
        run("SET maintenance_work_mem = '1GB'")
        kept = run("SELECT indexdef FROM pg_indexes WHERE tablename = 'claim' AND indexname LIKE 'ix%'").fetchall()
        for (name,) in run(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'claim' AND indexname LIKE 'ix%'"
        ).fetchall():
            run(f"DROP INDEX {name}")
        yield run
        for (sql,) in kept:
            run(sql)
        for table in ("claim", "series", "series_origin", "tally", "report", "change"):
            run(f"VACUUM ANALYZE {table}")


def main() -> None:
    """Fill the ledger and print what each question takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--size", type=int, default=10_000)
    given = parser.parse_args()
    start = time.perf_counter()
    fill(given.url, given.size)
    filled = round(time.perf_counter() - start)
    changes = (given.size + _BATCH - 1) // _BATCH
    with Ledger.open(given.url) as ledger:
        took = reads(ledger, given.url, printed_instant(_FIRST_AT + (changes // 2) * _STEP))
        took["one save"] = writes(ledger)
    rounded = {name: round(milliseconds, 3) for name, milliseconds in took.items()}
    print(json.dumps({"claims": given.size, "seconds to fill": filled, **rounded}), flush=True)


if __name__ == "__main__":
    main()
