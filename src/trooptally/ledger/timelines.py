"""What pages draw beside a series: the units that moved, the instants at which it changed, its levels over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from trooptally.ledger.claims import part, standing
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.sources import Level, levels
from trooptally.ledger.tally import SERIES_KEY
from trooptally.vocabulary import Measure, QualifierKind, Status
from trooptally_db import tables

_MOVES = (Measure.ROTATING.value, Measure.DEPLOYING.value, Measure.WITHDRAWING.value)
_MOST_PAIRS = 12
_LEVEL_KEY = ("force", "place", "component", "basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMove:
    """A named unit that came, went or relieved another; texts that nobody gave are ""."""

    claim_id: str
    unit: str
    measure: str
    earliest: str
    latest: str
    relieved: str
    duration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The accepted levels of one series in the order of time, as parallel tuples; days are ISO text."""

    key: tuple[str, str, str, str]
    days: tuple[str, ...]
    lows: tuple[int | None, ...]
    points: tuple[int | None, ...]
    highs: tuple[int | None, ...]
    origins: tuple[str, ...]


def newest_change(connection: Connection) -> int:
    """Return the number of the last change, 0 of a ledger without any."""
    newest = connection.exec_driver_sql("SELECT max(seq) FROM change").scalar()
    return int(newest or 0)


def unit_moves(connection: Connection, force: str, place: str, *, known_at: int | None) -> list[UnitMove]:
    """Return the moves of named units with their days, the first to come first."""
    claim = tables.claim.c
    asked = (
        select(claim.claim_id, claim.version, claim.unit, claim.measure, claim.as_of_earliest, claim.as_of_latest)
        .where(
            claim.force == force,
            claim.place == place,
            claim.measure.in_(_MOVES),
            claim.status.in_([Status.ACCEPTED.value, Status.DRAFT.value]),
            claim.rank != "deprecated",
            claim.unit != "",
            claim.as_of_earliest.is_not(None),
            standing(known_at),
        )
        .order_by(claim.as_of_earliest, claim.as_of_latest, claim.claim_id)
    )
    rows = connection.execute(asked).all()
    said = _qualifiers(connection, [(row.claim_id, row.version) for row in rows])
    return [
        UnitMove(
            claim_id=row.claim_id,
            unit=row.unit,
            measure=row.measure,
            earliest=row.as_of_earliest,
            latest=row.as_of_latest,
            relieved=said.get((row.claim_id, QualifierKind.RELIEVED_UNIT), ""),
            duration=said.get((row.claim_id, QualifierKind.DURATION), ""),
        )
        for row in rows
    ]


def _qualifiers(connection: Connection, claims: Sequence[tuple[str, int]]) -> dict[tuple[str, str], str]:
    """Return the relieved unit and the duration of each claim that names them."""
    if not claims:
        return {}
    qualifier = tables.qualifier.c
    versions = dict(claims)
    asked = select(qualifier.claim_id, qualifier.version, qualifier.kind, qualifier.text).where(
        qualifier.claim_id.in_(list(versions)),
        qualifier.kind.in_([QualifierKind.RELIEVED_UNIT.value, QualifierKind.DURATION.value]),
    )
    return {
        (row.claim_id, row.kind): row.text for row in connection.execute(asked) if versions[row.claim_id] == row.version
    }


def instants(connection: Connection, force: str, place: str) -> list[str]:
    """Return the instants at which claims of a force at a place were written, the first first."""
    tally = tables.tally.c
    asked = select(tally.recorded_at).where(tally.force == force, tally.place == place).distinct()
    return [printed_instant(at) for at in sorted(connection.execute(asked).scalars())]


def histories(connection: Connection, *, force: str | None, place: str | None) -> list[History]:
    """Return the dated levels of every series of a force or a place; one walk over an index a series."""
    rows = connection.execute(_dated_levels(force, place)).all()
    return [_history(key, list(own)) for key, own in groupby(rows, key=lambda row: (row[0], row[1], row[2], row[3]))]


def _history(key: tuple[str, str, str, str], rows: list[Row[Any]]) -> History:
    *_, days, lows, points, highs, origins = zip(*rows, strict=True)
    return History(key=key, days=days, lows=lows, points=points, highs=highs, origins=origins)


def _dated_levels(force: str | None, place: str | None) -> Select[Any]:
    """The outer join is what makes SQLite begin at the series: it would read every claim otherwise."""
    claim, series = tables.claim.c, tables.series.c
    same = and_(*[claim[name] == series[name] for name in SERIES_KEY], *_comparable())
    columns = ("as_of_latest", "low", "point", "high", "origin_id")
    asked = (
        select(*[series[name] for name in _LEVEL_KEY], *[claim[name] for name in columns])
        .select_from(tables.series.outerjoin(tables.claim, same))
        .where(series.measure == Measure.PRESENT.value, func.coalesce(claim.as_of_latest, "") != "")
        .order_by(*[series[name] for name in _LEVEL_KEY], claim.as_of_latest)
    )
    for column, wanted in ((series.force, force), (series.place, place)):
        if wanted is not None:
            asked = asked.where(column == wanted)
    return asked


def _comparable() -> tuple[Any, ...]:
    """The conditions on claims that can be set beside each other."""
    claim = tables.claim.c
    return (
        claim.status == Status.ACCEPTED.value,
        claim.as_of_latest.is_not(None),
        claim.rank != "deprecated",
        standing(None),
        part().is_(None),
    )


def fresh_levels(connection: Connection, *, since: int, most: int) -> tuple[list[Level], set[str]]:
    """Return the comparable levels and ceilings of the places where claims were last recorded.

    Args:
        connection: Where to read.
        since: The instant from which a claim counts as new.
        most: So many of the claims recorded last are looked at.

    Returns:
        The levels, in the order of force, place and time, and the ids of the new claims among those looked at.
    """
    claim = tables.claim.c
    newest = (
        select(claim.claim_id, claim.force, claim.place, claim.recorded_at)
        .where(standing(None), claim.measure == Measure.PRESENT.value, claim.status == Status.ACCEPTED.value)
        .order_by(claim.change_seq.desc())
        .limit(most)
    )
    rows = [row for row in connection.execute(newest) if row.recorded_at >= since]
    pairs = list(dict.fromkeys((row.force, row.place) for row in rows))[:_MOST_PAIRS]
    found = [level for pair in sorted(pairs) for level in levels(connection, pair=pair)]
    return found, {row.claim_id for row in rows}
