"""How fast the estimates are: against the Student-t local level, by claims per series, and a whole ledger on all cores.

Run `python bench/estimates_speed.py [--claims N] [--workers N]`; figures go to the terminal.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trooptally.estimates import estimate_all
from trooptally.estimates.bands import Bands
from trooptally.estimates.methods import grid, student
from trooptally.estimates.origins import Origin, collapse
from trooptally.estimates.series import select

REPEATS = 7
FIRST = date(2003, 1, 1)
SIZES = (50, 200, 800, 3200, 12800)


def main(arguments: Sequence[str]) -> int:
    """Print the three measurements."""
    parser = argparse.ArgumentParser(prog="estimates", description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims of the whole ledger")
    parser.add_argument("--workers", type=int, default=None, help="processes, by default one per core")
    asked = parser.parse_args(arguments)
    _against_the_local_level()
    _by_size()
    _whole_ledger(asked.claims, asked.workers)
    return 0


def series_of(count: int, seed: int = 1, *, place: str = "IRQ", years: float = 20.0) -> pd.DataFrame:
    """Return claims by many desks about a level that stands still and jumps."""
    rng = np.random.default_rng([seed, count])
    days = np.sort(rng.integers(0, int(365.25 * years), count))
    levels = 3000 * np.exp(np.cumsum(np.where(rng.random(count) < 10 / count, rng.normal(0, 0.5, count), 0.0)))
    said = np.round(levels * np.exp(rng.normal(0, 0.1, count))).astype(np.int64)
    dates = [(FIRST + timedelta(days=int(day))).isoformat() for day in days]
    desks = [f"desk-{n}" for n in rng.integers(0, 40, count)]
    return pd.DataFrame(
        {
            "claim_id": [f"{place}-{n:08d}" for n in range(count)],
            "force": "USA",
            "place": place,
            "measure": "present",
            "component": "military",
            "low": said,
            "point": said,
            "high": said,
            "hedge": "exact",
            "as_of_earliest": dates,
            "as_of_latest": dates,
            "published_on": dates,
            "source": desks,
            "origin": desks,
            "attributed_to": desks,
            "status": "accepted",
            "rank": "normal",
        }
    )


def _against_the_local_level() -> None:
    origins = collapse(select(series_of(200), force="USA", place="IRQ"))
    days = np.array([origins[-1].middle], dtype=np.int64)
    slow, fast = (_fastest(method.answer, origins, days) for method in (grid, student))
    print(f"{len(origins)} origins: grid {slow:.1f} ms, Student-t local level {fast:.2f} ms, ratio {slow / fast:.0f}")


def _by_size() -> None:
    for size in SIZES:
        started = time.perf_counter()
        origins = collapse(select(series_of(size), force="USA", place="IRQ"))
        chosen = time.perf_counter()
        days = np.array([origin.middle for origin in origins[:: max(len(origins) // 240, 1)]], dtype=np.int64)
        grid.answer(origins, days)
        spent = time.perf_counter() - chosen
        print(f"{size} claims: choosing {1000 * (chosen - started):.0f} ms, {len(days)} points {1000 * spent:.0f} ms")


def _whole_ledger(count: int, workers: int | None) -> None:
    each = 500
    ledger = pd.concat([series_of(each, seed, place=f"P{seed:04d}") for seed in range(count // each)])
    started = time.perf_counter()
    for _ in estimate_all(ledger, every="quarter", workers=workers, progress=_shown):
        pass
    print(f"\n{len(ledger)} claims, {count // each} series: {time.perf_counter() - started:.0f} s", flush=True)


def _shown(done: int, jobs: int) -> None:
    if sys.stderr.isatty() or done == jobs:
        print(f"\r{done} of {jobs} series", end="", file=sys.stderr, flush=True)


def _fastest(answer: Callable[..., Bands], origins: Sequence[Origin], days: NDArray[np.int64]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        answer(origins, days)
        times.append(time.process_time() - started)
    return 1000 * min(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
