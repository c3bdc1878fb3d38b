"""The newest level of every series, and how many claims there are of what: kept counts, one seek a series."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, select

from trooptally.ledger.claims import part, standing
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.tally import SERIES_KEY, counted
from trooptally.vocabulary import Measure, Rank, Status
from trooptally_db import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest level of one series: who is where, as last reported.

    Attributes:
        origins: How many independent origins speak of the series.
        claims: How many accepted claims there are.
    """

    force: str
    place: str
    component: str
    basis: str
    claim_id: str
    low: int | None
    point: int | None
    high: int | None
    hedge: str | None
    missing_reason: str | None
    printed: str
    as_of: str | None
    as_of_earliest: str | None
    as_of_latest: str | None
    published_on: str | None
    source_id: str
    origin_id: str
    recorded_at: str
    origins: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One force at one place, with its accepted claims and drafts of every measure, component and basis."""

    force: str
    place: str
    claims: int
    drafts: int


def heads(
    connection: Connection, *, force: str | None = None, place: str | None = None, known_at: int | None = None
) -> list[Head]:
    """Return the newest accepted level of each series, ordered by force and place; two index seeks a series.

    One finds the newest level, one the counts, which are kept after each change: no question reads all claims.
    """
    claim, report = tables.claim, tables.report
    counts = _counts(force, place, known_at).subquery()
    elsewhere = {"published_on": report.c.published_on, "origins": counts.c.origins, "claims": counts.c.claims}
    asked = (
        select(*[elsewhere[name] if name in elsewhere else claim.c[name] for name in _HEAD])
        .join_from(counts, claim, and_(claim.c.claim_id == counts.c.newest, standing(known_at)))
        .join(report, claim.c.report_id == report.c.report_id)
        .order_by(claim.c.force, claim.c.place, claim.c.component, claim.c.basis)
    )
    return [_head(row) for row in connection.execute(asked)]


_HEAD = tuple(f.name for f in fields(Head))


def _head(row: Row[Any]) -> Head:
    head = dict(zip(_HEAD, row, strict=True))
    head["recorded_at"] = printed_instant(head["recorded_at"])
    return Head(**head)


def _counts(force: str | None, place: str | None, known_at: int | None) -> Select[Any]:
    """Every series of levels with its counts and the id of its newest level."""
    series = tables.series
    # A claim without an as-of stands for a series only where no other can.
    newest = func.coalesce(
        *[_newest_level(known_at, dated=dated).correlate(series).scalar_subquery() for dated in (True, False)]
    )
    counted_series = counted(known_at).add_columns(newest.label("newest"))
    picked = counted_series.where(series.c.measure == Measure.PRESENT.value)
    for column, wanted in ((series.c.force, force), (series.c.place, place)):
        if wanted is not None:
            picked = picked.where(column == wanted)
    return picked


def _same_series() -> Any:
    claim, key = tables.claim.c, tables.series.c
    return and_(*[claim[name] == key[name] for name in SERIES_KEY])


def _newest_level(known_at: int | None, *, dated: bool) -> Select[Any]:
    """The claim that stands for a series: the newest as-of; of one day the preferred, then the last recorded."""
    claim = tables.claim.c
    rank = case((claim.rank == Rank.PREFERRED.value, 0), else_=1)
    return (
        select(claim.claim_id)
        .where(
            _same_series(),
            claim.status == Status.ACCEPTED.value,
            claim.as_of_latest.is_not(None) if dated else claim.as_of_latest.is_(None),
            claim.rank != Rank.DEPRECATED.value,
            standing(known_at),
            part().is_(None),
        )
        .order_by(claim.as_of_latest.desc(), rank, claim.recorded_at.desc(), claim.claim_id)
        .limit(1)
    )


def facets(connection: Connection, column: str, *, known_at: int | None = None) -> dict[str, tuple[int, int]]:
    """Return how many accepted claims and drafts there are, by a column of the series' key; from the kept counts."""
    counts = counted(known_at).subquery()
    asked = (
        select(counts.c[column], func.sum(counts.c.claims), func.sum(counts.c.drafts))
        .group_by(counts.c[column])
        .order_by(counts.c[column])
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(asked)}


def pairs(connection: Connection, *, known_at: int | None = None) -> list[Pair]:
    """Return every force at a place that has claims or drafts, ordered by force and place; from the kept counts."""
    counts = counted(known_at).subquery()
    key = (counts.c.force, counts.c.place)
    sums = [func.sum(counts.c[name]).label(name) for name in ("claims", "drafts")]
    asked = select(*key, *sums).group_by(*key).order_by(*key)
    found = [
        Pair(force=row.force, place=row.place, claims=int(row.claims), drafts=int(row.drafts))
        for row in connection.execute(asked)
    ]
    return [pair for pair in found if pair.claims or pair.drafts]
