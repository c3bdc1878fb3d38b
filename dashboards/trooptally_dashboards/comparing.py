"""Several series beside each other: what is asked, which levels stand on which day, what changed between two states."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from trooptally_dashboards.figures.points import Moment, height, moments, select
from trooptally_dashboards.questions import SeriesQuestion, known_at

if TYPE_CHECKING:
    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.adding import Kind, Pair

MODES = ("beside", "together", "added")
MOST_SERIES = 8
STANDS = 366  # days for which a level stands where nothing newer is said
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareQuestion:
    """Which series are compared, and how.

    Attributes:
        pairs: Force and place of each.
        mode: "beside" (a row each), "together" (one row) or "added" (where that is lawful).
        asked: The choices that each series is asked with.
        then: A second state of the ledger to lay over the first, ISO 8601, or "".
    """

    pairs: tuple[Pair, ...]
    mode: str
    asked: SeriesQuestion
    then: str

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> CompareQuestion:
        """Return the question that an address asks; what it cannot mean is left at its default."""
        named = str(query.get("series") or "").split(",")
        pairs = [(force, place) for force, _, place in (name[:_LONGEST].partition("/") for name in named) if place]
        mode = str(query.get("mode") or "")
        asked = SeriesQuestion.from_query("", "", {**query, "measure": "present"})
        return cls(
            pairs=tuple(dict.fromkeys(pairs))[:MOST_SERIES],
            mode=mode if mode in MODES else "beside",
            asked=asked,
            then=known_at(str(query.get("then") or "")),
        )

    def link(self) -> str:
        """Return the address that asks this question."""
        asked = {
            "series": ",".join(f"{force}/{place}" for force, place in self.pairs),
            "mode": "" if self.mode == "beside" else self.mode,
            "component": self.asked.component,
            "basis": self.asked.basis,
            "from": self.asked.since,
            "to": self.asked.until,
            "scale": "" if self.asked.scale == "linear" else self.asked.scale,
            "known_at": self.asked.known_at,
            "then": self.then,
        }
        query = urlencode({name: text for name, text in asked.items() if text}, safe=",:/")
        return "/compare" + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One series as the ledger has or had it: its claims, and the rows that the question lets through."""

    pair: Pair
    claims: SeriesColumns
    rows: list[int]
    moments: dict[int, Moment]


def state(pair: Pair, claims: SeriesColumns, question: CompareQuestion) -> State:
    """Return the levels of a series that the question lets through; drafts are nobody's word yet."""
    asked = replace(question.asked, force=pair[0], place=pair[1], drafts=False)
    rows = select(claims, asked).rows
    return State(pair=pair, claims=claims, rows=rows, moments=moments(claims, rows))


def kinds(one: State) -> frozenset[Kind]:
    """Return the components and bases in which the series has a level."""
    return frozenset((one.claims.component[r], one.claims.basis[r]) for r in one.rows if people(one, r) is not None)


def people(one: State, row: int) -> float | None:
    """Return how many a claim says, as far as a chart can show it."""
    return height(one.claims.low[row], one.claims.point[row], one.claims.high[row])


def steps(one: State, kind: Kind | None) -> list[tuple[int, float | None, int]]:
    """Return day number, level (None for a report without a figure) and row, of one kind, the last word of each day."""
    spoken: dict[int, tuple[str, float | None, int]] = {}
    for row, moment in one.moments.items():
        if len(moment.day) != len("2021-09-20"):
            continue
        if kind is not None and (one.claims.component[row], one.claims.basis[row]) != kind:
            continue
        day = date.fromisoformat(moment.day).toordinal()
        said = (one.claims.published_on[row] or "", people(one, row), row)
        if day not in spoken or said[0] >= spoken[day][0]:
            spoken[day] = said
    return [(day, level, row) for day, (_, level, row) in sorted(spoken.items())]


def standing_on(told: Sequence[tuple[int, float | None, int]], day: int) -> float | None:
    """Return the level that stands on a day: the last one told, unless it is too old or none is given any more."""
    place = bisect_right([told_on for told_on, _, _ in told], day) - 1
    if place < 0 or day - told[place][0] > STANDS:
        return None
    return told[place][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A stretch of days in which every added series stands at one level."""

    first: int
    last: int
    levels: tuple[float, ...]


def slices(series: Sequence[Sequence[tuple[int, float | None, int]]]) -> list[Slice]:
    """Return the stretches of time in which all series have a level that stands; between them nothing is added."""
    edges = sorted({day for told in series for on, _, _ in told for day in (on, on + STANDS + 1)})
    found: list[Slice] = []
    for first, following in pairwise(edges):
        levels = tuple(standing_on(told, first) for told in series)
        known = tuple(level for level in levels if level is not None)
        if len(known) == len(levels):
            found.append(Slice(first=first, last=following, levels=known))
    return found


def difference(then: State, now: State) -> dict[str, str]:
    """Return what became of each claim between two states: "added", "changed" or "gone", by claim id."""
    old = {then.claims.claim_id[row]: then.claims.version[row] for row in then.rows}
    new = {now.claims.claim_id[row]: now.claims.version[row] for row in now.rows}
    told = {one: "added" for one in new if one not in old}
    told |= {one: "changed" for one in new if one in old and new[one] != old[one]}
    return told | {one: "gone" for one in old if one not in new}
