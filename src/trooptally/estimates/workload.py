"""All series of a ledger at once: on every core, with a call after each series, in an order that never changes."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

from trooptally.estimates.question import estimate
from trooptally.estimates.series import completed
from trooptally.vocabulary import Rank, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from trooptally.estimates.answers import Estimates

_KEY = ["force", "place", "component"]
_BATCH = 8


class Key(NamedTuple):
    """One force at one place, of one component."""

    force: str
    place: str
    component: str


def estimate_all(
    claims: pd.DataFrame,
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    **question: Any,
) -> Iterator[tuple[Key, Estimates]]:
    """Yield an estimate for every force, place and component of a claims table, in the order of their names.

    Args:
        claims: The claims table.
        workers: Processes to use; by default one per core, and 1 means none but this.
        progress: Called after each series with how many are done and how many there are.
        question: Passed on to `estimate`: start, end, every, method, basis.
    """
    jobs = _jobs(claims, question)
    count = workers or os.cpu_count() or 1
    done = _answered(jobs) if count == 1 else _answered_apart(jobs, count)
    for number, found in enumerate(done, start=1):
        if progress is not None:
            progress(number, len(jobs))
        yield found


class _Job(NamedTuple):
    key: Key
    claims: pd.DataFrame
    question: dict[str, Any]


def _jobs(claims: pd.DataFrame, question: dict[str, Any]) -> list[_Job]:
    table = completed(claims)
    counted = table[(table["status"] == Status.ACCEPTED) & (table["rank"] != Rank.DEPRECATED)]
    groups = counted.groupby(_KEY, sort=True, observed=True)
    return [_Job(Key(*(str(part) for part in key)), rows, question) for key, rows in groups]


def _answered(jobs: list[_Job]) -> Iterator[tuple[Key, Estimates]]:
    return (_one(job) for job in jobs)


def _answered_apart(jobs: list[_Job], workers: int) -> Iterator[tuple[Key, Estimates]]:
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_one, jobs, chunksize=_BATCH)


def _one(job: _Job) -> tuple[Key, Estimates]:
    return job.key, estimate(job.claims, **job.key._asdict(), **job.question)
