"""One series: the claims of a force at a place as plain columns, gathered by the database itself."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

import orjson
from sqlalchemy import BigInteger, BindParameter, Connection, Select, bindparam, func, select

from trooptally.ledger.claims import part, standing
from trooptally_db import tables


@dataclass(slots=True)
class SeriesColumns:
    """The claims of one force at one place, as parallel lists ordered by as-of; days and instants are ISO text."""

    claim_id: list[str] = field(default_factory=list)
    version: list[int] = field(default_factory=list)
    measure: list[str] = field(default_factory=list)
    component: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    low: list[int | None] = field(default_factory=list)
    point: list[int | None] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    hedge: list[str | None] = field(default_factory=list)
    missing_reason: list[str | None] = field(default_factory=list)
    as_of: list[str | None] = field(default_factory=list)
    as_of_earliest: list[str | None] = field(default_factory=list)
    as_of_latest: list[str | None] = field(default_factory=list)
    published_on: list[str | None] = field(default_factory=list)
    source_id: list[str] = field(default_factory=list)
    origin_id: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    rank: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    recorded_at: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.claim_id)


_SERIES = tuple(f.name for f in fields(SeriesColumns))


def series(connection: Connection, force: str, place: str, *, known_at: int | None = None) -> SeriesColumns:
    """Return the claims of a force at a place, of every measure, component, basis, status and rank.

    Claims of a part alone (a branch) are left out: beside the whole they would look like another level.
    """
    engine = connection.dialect.name
    given: dict[str, Any] = {"force": force, "place": place}
    if known_at is not None:
        given["known_at"] = known_at
    columns = connection.execute(_series_of(engine, then=known_at is not None), given).one()
    return SeriesColumns(*[_decoded(column) for column in columns])


def _gathered(engine: str, asked: Select[Any]) -> Select[Any]:
    """Return the columns of the rows asked for as one row of lists.

    A row at a time, Python gives its lock away and takes it back for each, which costs many readers at once most of
    their time; as lists, the database makes the whole answer while other threads go on.
    """
    rows = asked.subquery()
    gather = func.json_group_array if engine == "sqlite" else func.json_agg
    return select(*[gather(rows.c[name]) for name in _SERIES])


def _decoded(column: str | list[Any] | None) -> list[Any]:
    """Return a gathered column: text from SQLite, a list from PostgreSQL, which gathers no rows into nothing."""
    return orjson.loads(column) if isinstance(column, str) else column or []


def _series(known_at: BindParameter[int] | None) -> Select[Any]:
    claim, report = tables.claim, tables.report
    columns = [report.c.published_on if name == "published_on" else claim.c[name] for name in _SERIES]
    return (
        select(*columns)
        .join_from(claim, report, claim.c.report_id == report.c.report_id)
        .where(
            claim.c.force == bindparam("force"),
            claim.c.place == bindparam("place"),
            standing(known_at),
            part().is_(None),
        )
        .order_by(claim.c.as_of_latest, claim.c.as_of_earliest, claim.c.claim_id)
    )


@cache
def _series_of(engine: str, *, then: bool) -> Select[Any]:
    """Return the question, made once: making it takes longer than answering it."""
    return _gathered(engine, _series(bindparam("known_at", type_=BigInteger) if then else None))
