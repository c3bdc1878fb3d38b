"""The one verb: `estimate` turns a claims table and a question into a band per day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from trooptally.errors import BadDate, RefusedInput
from trooptally.estimates.answers import Estimates, framed, nothing
from trooptally.estimates.bands import Method
from trooptally.estimates.catalogue import method_named
from trooptally.estimates.origins import Kind, Origin, collapse
from trooptally.estimates.series import Series, day, select
from trooptally.vocabulary import Basis

_STEPS = {"day": "D", "week": "W", "month": "ME", "quarter": "QE", "year": "YE"}
_MOST_POINTS = 50_000
_SPARE = "student"

Day = date | datetime | str


def estimate(
    claims: pd.DataFrame,
    *,
    force: str,
    place: str,
    component: str = "military",
    basis: str | None = None,
    on: Day | None = None,
    start: Day | None = None,
    end: Day | None = None,
    every: str = "month",
    method: str = "grid",
    theatres: Mapping[str, Collection[str]] | None = None,
) -> Estimates:
    """Return how many of a force were at a place, with a 90 % band and the claims that say so.

    Args:
        claims: The claims table (`Ledger.claims`); what was known at a past time is a matter of which claims come in.
        force: Id of the force whose people are counted.
        place: Id of the place where they are.
        component: Which people are counted.
        basis: What the count includes; None asks for everybody present.
        on: The one day asked for; otherwise `start` to `end`, by default from the first claim to the last.
        start: First day, as a date or ISO text; a month or year means its first day.
        end: Last day; a month or year means its last day.
        every: day, week, month, quarter or year; points stand at the end of each.
        method: Name of a file in `trooptally.estimates.methods`.
        theatres: Theatre id -> ids of its places: a theatre's claims bound its places and are never split.

    Raises:
        RefusedInput: The method or the step is unknown, or the question asks for too many points.
        BadDate: A day that is none.
        BadTable: The claims table lacks a column.
    """
    chosen = method_named(method)
    series = select(claims, force=force, place=place, component=component, basis=basis, theatres=theatres)
    origins = collapse(series)
    keys: dict[str, Any] = {
        "force": force,
        "place": place,
        "component": component,
        "basis": series.basis,
        "method": method,
        "notes": _notes(series, basis),
        "left_out": series.left_out,
    }
    reason = _not_enough(series, origins)
    if reason:
        _days_asked(origins, on, start, end, every)
        return nothing(keys, reason)
    days = _days_asked(origins, on, start, end, every)
    return _answered(chosen, origins, days, keys)


def _answered(
    chosen: Method, origins: tuple[Origin, ...], days: np.ndarray[Any, Any], keys: dict[str, Any]
) -> Estimates:
    bands = chosen.answer(origins, days)
    if not all(np.isfinite(column).all() for column in (bands.low, bands.best, bands.high)):
        keys = {**keys, "method": _SPARE}
        chosen = method_named(_SPARE)
        bands = chosen.answer(origins, days)
    frame = framed(bands, days.tolist(), origins, keys["method"], chosen.COVERAGE)
    return Estimates(**keys, frame=frame, origins=origins, bands=bands)


def _not_enough(series: Series, origins: tuple[Origin, ...]) -> str:
    """Return why nothing can be said, or nothing."""
    about = f"{series.force} at {series.place} ({series.component})"
    if not series.claims and not origins:
        return f"There is no estimate for {about}: no accepted claim gives a number{_elsewhere(series)}."
    if not any(origin.kind == Kind.LEVEL for origin in origins):
        kinds = sorted({claim.measure for claim in series.claims} or {"theatre bounds"})
        return f"There is not enough to estimate {about}: no claim says how many are present, only {', '.join(kinds)}."
    return ""


def _elsewhere(series: Series) -> str:
    """Return which other people are counted there, or nothing."""
    if not series.elsewhere:
        return ""
    named = ", ".join(f"{name} ({count})" for name, count in series.elsewhere.items())
    return f" for it; counted apart, and not added up: {named}"


def _notes(series: Series, asked: str | None) -> tuple[str, ...]:
    notes = []
    if asked is None and series.basis is not None:
        notes.append(f"Nobody counted everybody present; this is the count on the basis {series.basis}.")
    if Basis.PERMANENTLY_ASSIGNED in series.other_bases and asked is None:
        notes.append(
            "Official counts of permanently assigned people are another series (from December 2017 the United States "
            "publishes no other); ask for them by basis."
        )
    if any(claim.addends for claim in series.claims):
        notes.append("Where one report counts active and reserve apart and gives no whole, their sum is the military.")
    if series.wholes or series.parts:
        notes.append("Claims about a wider or narrower place bound this estimate; they are never split or added.")
    return tuple(notes)


def _days_asked(
    origins: tuple[Origin, ...], on: Day | None, start: Day | None, end: Day | None, every: str
) -> np.ndarray[Any, Any]:
    """Return the days asked for, as ordinals."""
    if every not in _STEPS:
        raise RefusedInput(f"{every!r} is no step in time; expected {', '.join(_STEPS)}.")
    if on is not None:
        return np.array([ordinal(on, last=True)], dtype=np.int64)
    known = [origin.claim for origin in origins if origin.kind == Kind.LEVEL]
    first, last = min((c.earliest for c in known), default=1), max((c.latest for c in known), default=1)
    if end is not None:
        last = ordinal(end, last=True)
    first = ordinal(start, last=False) if start is not None else min(first, last)
    if end is None:
        last = max(first, last)
    if last < first:
        raise RefusedInput(f"The days asked for end on {date.fromordinal(last)}, before they start.")
    return _steps(first, last, every)


def _steps(first: int, last: int, every: str) -> np.ndarray[Any, Any]:
    """Return the ends of the steps from the first day to the last, and the last day itself."""
    begin, finish = np.datetime64(date.fromordinal(first)), np.datetime64(date.fromordinal(last))
    if (last - first) / _SHORTEST[every] > _MOST_POINTS:
        raise RefusedInput(f"That asks for more than {_MOST_POINTS} points; ask for a shorter time or a longer step.")
    stamps = pd.date_range(pd.Timestamp(begin), pd.Timestamp(finish), freq=_STEPS[every])
    days = [stamp.toordinal() for stamp in stamps]
    return np.array(sorted({*days, last} if not days or days[-1] != last else days), dtype=np.int64)


_SHORTEST = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}


def ordinal(given: Day, *, last: bool) -> int:
    """Return a day as a proleptic ordinal; a month or year means its first or last day.

    Raises:
        BadDate: It is no day.
    """
    text = given.isoformat() if isinstance(given, date) else str(given)
    found = day(text, last=last)
    if found is None:
        raise BadDate(text, expected="a day such as 2021-09-20, or a month or year")
    return found
