"""How long the overview takes on a large ledger, beside the same statements alone with their rows as JSON.

python bench/serving_overview.py LEDGER

The statements that the page makes the ledger run are listened to, and then run once more through the bare driver; what
is compared is making the whole answer (map, table, line of each place) with fetching all rows and encoding them.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import event

from trooptally_dashboards.ledger_door import LedgerDoor
from trooptally_dashboards.pages.overview import chosen, overview_of

ROUNDS = 15
ASKED = {"force": "USA", "since": "2015-01-01"}


def median_ms(act: Callable[[], object]) -> float:
    """Return the median milliseconds of an act."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        spent.append(1_000 * (time.perf_counter() - start))
    return statistics.median(spent)


def main(path: str) -> None:
    """Print both times and their ratio."""
    door = LedgerDoor(f"sqlite:///{path}")
    ran: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            ran.append((statement, parameters))

    def page() -> int:
        return len(orjson.dumps(chosen(overview_of(door, ASKED))))

    page()
    engine = door()._reader  # noqa: SLF001 - the connections have no public name, and listening changes nothing
    event.listen(engine, "before_cursor_execute", listen)
    page()
    event.remove(engine, "before_cursor_execute", listen)
    bare = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def alone() -> None:
        for statement, parameters in ran:
            orjson.dumps([list(row) for row in bare.execute(statement, parameters)])

    alone()
    times = [(median_ms(page), median_ms(alone)) for _ in range(3)]
    ours, theirs = (statistics.median(side) for side in zip(*times, strict=True))
    print(f"{len(ran)} statements; overview {ours:.1f} ms, statements alone {theirs:.1f} ms, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
