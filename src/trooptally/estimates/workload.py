"""All series of a ledger at once: on every core, with a call after each series, in an order that never changes."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from trooptally.estimates.addends import with_sums
from trooptally.estimates.question import estimate
from trooptally.estimates.series import PRESENT_BASES, completed, neighbours
from trooptally.vocabulary import Rank, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trooptally.estimates.answers import Estimates

_BATCH = 8
_EVERYBODY = ""


class Key(NamedTuple):
    """One series; basis is None where everybody present is counted, said or unsaid."""

    force: str
    place: str
    component: str
    basis: str | None


def estimate_all(
    claims: pd.DataFrame,
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    **question: Any,
) -> Iterator[tuple[Key, Estimates]]:
    """Yield an estimate for every force, place, component and basis of a claims table, in the order of their names.

    Args:
        claims: The claims table.
        workers: Processes to use; by default one per core, and 1 means none but this.
        progress: Called after each series with how many are done and how many there are.
        question: Passed on to `estimate`: start, end, every, method, theatres.
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
    table = with_sums(completed(claims)).astype(object)  # cut into thousands of small tables, plain cells are fastest
    counted = table[(table["status"] == Status.ACCEPTED) & (table["rank"] != Rank.DEPRECATED)]
    scope = counted["basis"].mask(counted["basis"].isin(sorted(PRESENT_BASES)), _EVERYBODY)
    groups = counted.groupby(["force", "place", "component", scope], sort=True, observed=True)
    rows = {_key(parts): group for parts, group in groups}
    return [_Job(key, _with_neighbours(key, rows, question), question) for key in rows]


def _key(parts: Any) -> Key:
    force, place, component, basis = (str(part) for part in parts)
    return Key(force, place, component, basis or None)


def _with_neighbours(key: Key, rows: dict[Key, pd.DataFrame], question: dict[str, Any]) -> pd.DataFrame:
    """Return the rows of a series, with those of the theatres around it and the places inside it."""
    inside, around = neighbours(key.place, question.get("theatres") or {})
    near = [rows[other] for place in (*inside, *around) if (other := key._replace(place=place)) in rows]
    return pd.concat([rows[key], *near]) if near else rows[key]


def _answered(jobs: list[_Job]) -> Iterator[tuple[Key, Estimates]]:
    return (_one(job) for job in jobs)


def _answered_apart(jobs: list[_Job], workers: int) -> Iterator[tuple[Key, Estimates]]:
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_one, jobs, chunksize=_BATCH)


def _one(job: _Job) -> tuple[Key, Estimates]:
    return job.key, estimate(job.claims, **job.key._asdict(), **job.question)
