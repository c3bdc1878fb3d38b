"""Where a claim stands in a chart: its day, its height, its bounds, and what its hedge leaves open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from trooptally_dashboards import palette, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trooptally.ledger import SeriesColumns
    from trooptally_dashboards.palette import Mark
    from trooptally_dashboards.questions import SeriesQuestion

_PLAIN_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_OPEN_ABOVE = frozenset({"at_least", "more_than", "vague"})
_OPEN_BELOW = frozenset({"up_to", "fewer_than"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A place on the time axis: the middle of the period, and the period where it is longer than a day."""

    day: str
    period: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The claims of a series that a question lets through.

    Attributes:
        claims: All claims of the series.
        question: What was asked.
        rows: The positions of those let through, in their order.
        echoes: The same positions, those together that repeat one origin's figure for one as-of; the first to be
            published stands first.
        marks: How each source is drawn.
    """

    claims: SeriesColumns
    question: SeriesQuestion
    rows: list[int]
    echoes: list[list[int]]
    marks: dict[str, Mark]

    @property
    def keys(self) -> list[str]:
        """The source that a colour stands for, for each claim of the series."""
        return _keys(self.claims, self.question)


def select(claims: SeriesColumns, question: SeriesQuestion) -> Selection:
    """Return the claims that the question lets through, echoes with the claim that they repeat."""
    rows, keys = _shown_rows(claims, question), _keys(claims, question)
    return Selection(
        claims=claims,
        question=question,
        rows=rows,
        echoes=_echoes(claims, rows, question),
        marks=palette.marks(keys[row] for row in rows),
    )


def _keys(claims: SeriesColumns, question: SeriesQuestion) -> list[str]:
    return claims.origin_id if question.by == "origin" else claims.source_id


def _shown_rows(claims: SeriesColumns, question: SeriesQuestion) -> list[int]:
    measures, component, basis = question.measures, question.component, question.basis
    statuses = {"accepted", "draft"} if question.drafts else {"accepted"}
    hidden_ranks = {"deprecated"} if question.rank == "best" else set[str]()
    rows = [
        row
        for row, (measure, part, counts, status, rank) in enumerate(
            zip(claims.measure, claims.component, claims.basis, claims.status, claims.rank, strict=True)
        )
        if status in statuses
        and rank not in hidden_ranks
        and (not measures or measure in measures)
        and (not component or part == component)
        and (not basis or counts == basis)
    ]
    if question.source:
        rows = [row for row in rows if question.source in {claims.source_id[row], claims.origin_id[row]}]
    return [row for row in rows if _touches(claims, row, question)] if question.since or question.until else rows


def _touches(claims: SeriesColumns, row: int, question: SeriesQuestion) -> bool:
    """Whether a claim is about any day of the time asked for; what has no as-of counts by its publication."""
    first = claims.as_of_earliest[row] or claims.published_on[row] or ""
    last = claims.as_of_latest[row] or first
    return bool(first) and last >= question.since and (not question.until or first <= question.until)


def _echoes(claims: SeriesColumns, rows: Sequence[int], question: SeriesQuestion) -> list[list[int]]:
    """Return the rows in groups; where colours stand for publishers, each stands alone, so that all are seen."""
    if question.by != "origin":
        return [[row] for row in rows]
    said = list(
        zip(
            claims.origin_id,
            claims.as_of,
            claims.measure,
            claims.component,
            claims.basis,
            claims.hedge,
            claims.low,
            claims.point,
            claims.high,
            claims.missing_reason,
            claims.status,
            claims.rank,
            strict=True,
        )
    )
    groups: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        # What has no as-of may be about another day: nobody can tell that it repeats anything.
        groups.setdefault(said[row] if claims.as_of[row] else (row,), []).append(row)
    published = claims.published_on
    return [
        group if len(group) == 1 else sorted(group, key=lambda row: published[row] or "9999")
        for group in groups.values()
    ]


def height(low: int | None, point: int | None, high: int | None) -> float | None:
    """Return where the mark stands: at the point, else between the bounds, else at the known bound."""
    if point is not None:
        return point
    if low is not None and high is not None:
        return (low + high) / 2
    return low if low is not None else high


def glyph(hedge: str | None) -> str:
    """Return the sign that shows what the hedge leaves open: an arrow up or down, "about", or nothing."""
    if hedge in _OPEN_ABOVE:
        return "\N{UPWARDS ARROW}"
    if hedge in _OPEN_BELOW:
        return "\N{DOWNWARDS ARROW}"
    return "\N{ALMOST EQUAL TO}" if hedge == "approximate" else ""


@lru_cache(maxsize=8192)
def moment(earliest: str | None, latest: str | None, published: str | None) -> Moment | None:
    """Return where a claim stands in time: at its as-of, else at its publication, else nowhere (None)."""
    if not earliest or not latest:
        day = published or ""
        return Moment(day=day) if _PLAIN_DATE.fullmatch(day) else None
    if earliest == latest:
        return Moment(day=earliest)
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    return Moment(day=(first + (last - first) / 2).isoformat(), period=(earliest, latest))


def moments(claims: SeriesColumns, rows: Iterable[int]) -> dict[int, Moment]:
    """Return where each of the claims stands in time; those without any date are left out."""
    placed: dict[int, Moment] = {}
    for row in rows:
        at = moment(claims.as_of_earliest[row], claims.as_of_latest[row], claims.published_on[row])
        if at is not None:
            placed[row] = at
    return placed


def level(claims: SeriesColumns, row: int) -> str:
    """Return the claim's figure in words, or why there is none."""
    hedge = claims.hedge[row]
    if hedge is None:
        return words.missing(claims.missing_reason[row])
    return words.figure(claims.low[row], claims.point[row], claims.high[row], hedge)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return the text so that a chart prints it as it stands: no mark-up, no template fields."""
    return escape(text, quote=False).replace("%{", "%\N{ZERO WIDTH SPACE}{")
