"""The claims of a ledger as a table for people and programs: one row a claim, in the contract's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, ColumnElement, Connection, ScalarSelect, Select, and_, false, or_, select

from trooptally.ledger.instants import printed_instant
from trooptally.vocabulary import QualifierKind, Rank, Status
from trooptally_db import tables

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "claim_id",
    "force",
    "place",
    "measure",
    "component",
    "low",
    "point",
    "high",
    "hedge",
    "as_of",
    "as_of_earliest",
    "as_of_latest",
    "published_on",
    "recorded_at",
    "source",
    "origin",
    "attributed_to",
    "quote",
    "locator",
    "url",
    "rank",
    "status",
    "basis",
    "missing_reason",
    "printed",
    "unit",
    "part",
    "note",
    "title",
    "version",
    "report_id",
    "source_id",
    "origin_id",
)
"""The columns of `Ledger.claims`, in order; `part` is the branch or the part of a place that is counted alone."""

SHOWN = (Status.ACCEPTED, Status.DRAFT)
"""The statuses that are listed unless others are asked for; `status` tells the two apart."""

_PARTS = (QualifierKind.BRANCH.value, QualifierKind.SCOPE.value)
_WHOLE = ("low", "point", "high", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which claims are asked for; None means any.

    Attributes:
        as_of_from: First day (ISO 8601) of the period that a claim's as-of must touch.
        as_of_to: Last day of it.
        known_at: Instant in microseconds; the ledger as it stood then.
        best: Only the best rank: never deprecated, and of one key and as-of the preferred alone where there is one.
    """

    force: str | None = None
    place: str | None = None
    measure: str | None = None
    component: str | None = None
    basis: str | None = None
    as_of_from: str | None = None
    as_of_to: str | None = None
    known_at: int | None = None
    best: bool = True
    statuses: Sequence[Status] = SHOWN


def standing(known_at: int | BindParameter[int] | None) -> ColumnElement[bool]:
    """Return the condition that picks each claim's version as it stands now, or as it stood at an instant."""
    claim = tables.claim.c
    if known_at is None:
        now: ColumnElement[bool] = claim.superseded_at.is_(None)
        return now
    open_then = or_(claim.superseded_at.is_(None), claim.superseded_at > known_at)
    return and_(claim.recorded_at <= known_at, open_then)


def part() -> ScalarSelect[str]:
    """Return what part of its series a claim counts alone (a branch, a corner of the place), or null for all of it."""
    claim, qualifier = tables.claim.c, tables.qualifier.c
    return (
        select(qualifier.text)
        .where(qualifier.claim_id == claim.claim_id, qualifier.version == claim.version, qualifier.kind.in_(_PARTS))
        .order_by(qualifier.position)
        .limit(1)
        .correlate(tables.claim)
        .scalar_subquery()
    )


def claims_frame(connection: Connection, wanted: Filter) -> DataFrame:
    """Return the claims asked for, ordered by force, place, as-of and id.

    Returns:
        One row a claim with `COLUMNS`; numbers are nullable Int64, everything else text or missing.
    """
    import pandas as pd

    rows = connection.execute(_asked(wanted)).all()
    columns: dict[str, tuple[Any, ...]] = dict.fromkeys(COLUMNS, ())
    if rows:
        columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
    columns["recorded_at"] = tuple(map(printed_instant, columns["recorded_at"]))
    frame = pd.DataFrame(
        {name: pd.array(list(values), dtype="Int64" if name in _WHOLE else "str") for name, values in columns.items()}
    )
    return _best(frame) if wanted.best else frame


def _asked(wanted: Filter) -> Select[Any]:
    claim, report, attribution = tables.claim, tables.report, tables.attribution
    source, origin = tables.source, tables.source.alias("origin")
    named: dict[str, Any] = {
        "part": part(),
        "published_on": report.c.published_on,
        "source": source.c.name,
        "origin": origin.c.name,
        "attributed_to": attribution.c.printed,
        "url": report.c.url,
        "title": report.c.title,
    }
    asked = select(*[named[name] if name in named else claim.c[name] for name in COLUMNS]).select_from(
        claim.join(report, claim.c.report_id == report.c.report_id)
        .join(source, claim.c.source_id == source.c.source_id)
        .join(origin, claim.c.origin_id == origin.c.source_id)
        .join(attribution, claim.c.attribution_id == attribution.c.attribution_id)
    )
    return asked.where(*_conditions(wanted)).order_by(
        claim.c.force, claim.c.place, claim.c.as_of_latest, claim.c.as_of_earliest, claim.c.claim_id
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    claim = tables.claim.c
    conditions = [standing(wanted.known_at)]
    for name in ("force", "place", "measure", "component", "basis"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.append(claim[name] == value)
    conditions.append(claim.status.in_([s.value for s in wanted.statuses]) if wanted.statuses else false())
    if wanted.best:
        conditions.append(claim.rank != Rank.DEPRECATED.value)
    if wanted.as_of_from is not None:
        conditions.append(claim.as_of_latest >= wanted.as_of_from)
    if wanted.as_of_to is not None:
        conditions.append(claim.as_of_earliest <= wanted.as_of_to)
    return conditions


def _best(frame: DataFrame) -> DataFrame:
    """Drop claims beside a preferred one of the same key and as-of."""
    preferred = frame["rank"] == Rank.PREFERRED.value
    if not preferred.any():
        return frame
    key = ["force", "place", "measure", "component", "basis", "as_of"]
    beaten = preferred.groupby([frame[name] for name in key], dropna=False).transform("any") & ~preferred
    return frame[~beaten].reset_index(drop=True)
