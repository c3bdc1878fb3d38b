"""The measuring tracks: hidden official reports (A) and simulated press over real series (B), smoothing and nowcast."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from press import Climate, simulate
from rivals import last_with_band, straight_line, student_on_claims, usual_student
from scores import Score, measured, summed_up
from starter import starter_claims

from trooptally.estimates.bands import Bands
from trooptally.estimates.methods import gaussian, grid, kernel, last_report, min_max, student
from trooptally.estimates.origins import Kind, Origin, collapse
from trooptally.estimates.series import Series, select

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from press import Case
    from truth import Truth

Answer = Callable[[Sequence[Origin], "NDArray[np.int64]"], Bands]

STORIES = (3, 6, 12, 25, 50, 100, 200)
QUARTERLY = 120
YARDSTICK = "defense manpower data center|dmdc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One question with its true answers: origins, the same claims uncollapsed, days, levels."""

    country: str
    stories: int
    origins: tuple[Origin, ...]
    printed: tuple[Origin, ...]
    days: NDArray[np.int64]
    levels: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A method in the tables; `printed` ones see every claim, echoes and all, as most such methods do."""

    title: str
    answer: Answer
    printed: bool = False


GRID = Contender(title="**grid filter**", answer=grid.answer)
STUDENT = Contender(title="local level Student-t, on origins", answer=student.answer)
STUDENT_PRINTED = Contender(title="local level Student-t, on claims", answer=student_on_claims, printed=True)
STUDENT_USUAL = Contender(title="local level Student-t, 4 d.f., on claims", answer=usual_student, printed=True)
LAST = Contender(title="last report", answer=last_report.answer)
KERNEL = Contender(title="kernel average", answer=kernel.answer)
CONTENDERS = (
    LAST,
    Contender(title="last report + fitted band", answer=last_with_band),
    Contender(title="smallest to largest, 550 days", answer=min_max.answer),
    KERNEL,
    Contender(title="local level Gaussian", answer=gaussian.answer),
    STUDENT_USUAL,
    STUDENT_PRINTED,
    STUDENT,
    GRID,
)
LINE = Contender(title="straight line", answer=straight_line)


def press_jobs(
    truths: Sequence[Truth], seed: int, *, stories: Sequence[int] = STORIES, climate: Climate | None = None
) -> list[Job]:
    """Return track B, smoothing: all claims of a case, at all official days between its stories."""
    cases = [simulate(truth, count, seed, climate) for truth in truths for count in stories]
    jobs = [_job(case, case.claims, case.days, case.levels) for case in cases if len(case.days)]
    return [job for job in jobs if job is not None]


def nowcast_jobs(truths: Sequence[Truth], seed: int, *, per_case: int = 4) -> list[Job]:
    """Return track B, nowcast: what had been published on some official days, at those days."""
    jobs = []
    for case in (simulate(truth, count, seed) for truth in truths for count in STORIES):
        spots: list[int] = (
            []
            if not len(case.days)
            else np.unique(np.linspace(0, len(case.days) - 1, per_case).round().astype(int)).tolist()
        )
        for n in spots:
            known = case.known_on(int(case.days[n]))
            jobs.append(_job(case, known, case.days[n : n + 1], case.levels[n : n + 1]))
    return [job for job in jobs if job is not None]


def hidden_jobs(truths: Sequence[Truth], every: int, *, quarterly: bool) -> list[Job]:
    """Return track A: every so manieth official report is shown, the others are asked for."""
    jobs = []
    for truth in truths:
        chosen = _quarters(truth.days) if quarterly else ~_quarters(truth.days)
        days, levels = truth.days[chosen], truth.levels[chosen]
        if len(days) > 2 * every:
            jobs.append(_hidden(truth, days, levels, every))
    return jobs


def claimed_jobs(truths: Sequence[Truth]) -> list[Job]:
    """Return track C: the shipped press claims, at official days between the first and the last of them."""
    claims = starter_claims()
    own = claims["attributed_to"].str.contains(YARDSTICK, case=False)
    jobs = []
    for truth in truths:
        about = claims[~own & (claims["place"] == truth.country)]
        if truth.basis == "all_present" and not about.empty:
            jobs.append(_claimed(truth, about))
    return [job for job in jobs if len(job.days)]


def _claimed(truth: Truth, claims: pd.DataFrame) -> Job:
    series = select(claims, force="USA", place=truth.country)
    first, last = (end(claim.latest for claim in series.claims) for end in (min, max))
    inside = (truth.days >= first) & (truth.days <= last)
    return Job(
        country=truth.country,
        stories=len(series.claims),
        origins=collapse(series),
        printed=_uncollapsed(series),
        days=truth.days[inside],
        levels=truth.levels[inside],
    )


def _uncollapsed(series: Series) -> tuple[Origin, ...]:
    return tuple(Origin(kind=Kind.LEVEL, claim=claim) for claim in series.claims if claim.measure == "present")


def run(contender: Contender, jobs: Sequence[Job]) -> tuple[Score, pd.DataFrame]:
    """Return the scores of a method over jobs, and every point."""
    found, spent = [], 0.0
    for job in jobs:
        started = time.perf_counter()
        bands = contender.answer(job.printed if contender.printed else job.origins, job.days)
        spent += time.perf_counter() - started
        points = measured(bands.low, bands.best, bands.high, job.levels)
        found.append(points.assign(country=job.country, stories=job.stories))
    every = pd.concat(found, ignore_index=True)
    return summed_up(contender.title, every, 1000 * spent / len(jobs)), every


def _job(case: Case, claims: pd.DataFrame, days: NDArray[np.int64], levels: NDArray[np.float64]) -> Job | None:
    if claims.empty:
        return None
    series = select(claims, force="USA", place=case.truth.country)
    origins = collapse(series)
    if not any(origin.kind == Kind.LEVEL for origin in origins):
        return None
    return Job(
        country=case.truth.country,
        stories=case.stories,
        origins=origins,
        printed=_uncollapsed(series),
        days=days,
        levels=levels,
    )


def _hidden(truth: Truth, days: NDArray[np.int64], levels: NDArray[np.float64], every: int) -> Job:
    shown = np.arange(len(days)) % every == 0
    claims = pd.DataFrame(
        {
            "claim_id": [f"{n:032x}" for n in range(int(shown.sum()))],
            "force": "USA",
            "place": truth.country,
            "measure": "present",
            "low": levels[shown],
            "point": levels[shown],
            "high": levels[shown],
            "hedge": "exact",
            "as_of_earliest": [_iso(day) for day in days[shown]],
            "as_of_latest": [_iso(day) for day in days[shown]],
            "published_on": [_iso(day + 60) for day in days[shown]],
            "source": "ministry",
            "origin": "ministry",
            "attributed_to": "ministry",
        }
    )
    origins = collapse(select(claims, force="USA", place=truth.country))
    last = np.flatnonzero(shown)[-1]
    asked = ~shown & (np.arange(len(days)) < last)
    return Job(
        country=truth.country,
        stories=int(shown.sum()),
        origins=origins,
        printed=origins,
        days=days[asked],
        levels=levels[asked],
    )


def _quarters(days: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which reports belong to a quarterly run: the next or the one before is a quarter away."""
    gaps = np.diff(days) <= QUARTERLY
    return np.append(gaps, False) | np.insert(gaps, 0, False)


def _iso(day: int) -> str:
    return date.fromordinal(int(day)).isoformat()
