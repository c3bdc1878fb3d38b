"""Counting: after each change, how many claims, drafts and origins every series that it touched has.

Counts are kept, not computed, because a table of all series must not read all claims. Each change adds one row a
series, so that counts as they stood at an instant are one seek too. They follow from the claims, and `verify` compares.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from trooptally.ledger.pen import Pen, put
from trooptally.vocabulary import Status
from trooptally_db import tables

SERIES_KEY = ("force", "place", "measure", "component", "basis")

Key = tuple[str, ...]
"""The values of a series' key."""

Moves = Mapping[tuple[str, ...], int]
"""Claims that entered (positive) or left (negative) a place: series key, status, origin."""

_ASKED_SINGLY = 200
_KEY = ", ".join(f'"{name}"' for name in SERIES_KEY)
_IS_KEY = " AND ".join(f'"{name}" = ?' for name in SERIES_KEY)


def moves_of(rows: Iterable[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """Return the moves of rows of a series key, a status and an origin, each entering once."""
    return Counter(rows)


def count(pen: Pen, moves: Moves) -> None:
    """Write the counts of every series that a change touches."""
    steps: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    spoken: Counter[tuple[str, ...]] = Counter()
    for (*key, status, origin), step in moves.items():
        of_series = steps[tuple(key)]
        if status == Status.ACCEPTED:
            of_series[0] += step
            spoken[*key, origin] += step
        elif status == Status.DRAFT:
            of_series[1] += step
    before = _before(pen.connection, steps)
    fresh = sorted(key for key in steps if key not in before)
    _enter_series(pen.connection, fresh)
    _enter_origins(pen.connection, spoken, before)
    _tally_fresh(pen, fresh, steps, spoken)
    _tally_known(pen, before, steps)


def latest(known_at: int | None = None) -> Select[Any]:
    """Return the instant of the last tally of a series, now or as it stood at an instant, for the series outside."""
    tally, series = tables.tally.c, tables.series.c
    same = and_(*[tally[name] == series[name] for name in SERIES_KEY])
    asked = select(func.max(tally.recorded_at)).where(same)
    return asked if known_at is None else asked.where(tally.recorded_at <= known_at)


def counted(known_at: int | None = None) -> Select[Any]:
    """Return every series with its claims, drafts and origins, one seek each.

    The outer join is what makes SQLite begin at the series: it would read every tally that ever was otherwise.
    """
    tally, series = tables.tally, tables.series
    same = and_(*[tally.c[name] == series.c[name] for name in SERIES_KEY])
    newest = latest(known_at).correlate(series).scalar_subquery()
    counts = (tally.c.claims, tally.c.drafts, tally.c.origins)
    joined = series.outerjoin(tally, and_(same, tally.c.recorded_at == newest))
    return (
        select(*[series.c[name] for name in SERIES_KEY], *counts)
        .select_from(joined)
        .where(func.coalesce(tally.c.claims, -1) >= 0)
    )


def _before(connection: Connection, keys: Iterable[Key]) -> dict[Key, tuple[int, int]]:
    """Return claims and drafts of those of the series that have any tally."""
    wanted = list(keys)
    if len(wanted) > _ASKED_SINGLY:
        among = set(wanted)
        rows = (tuple(row) for row in connection.execute(counted()))
        return {row[:5]: (row[5], row[6]) for row in rows if row[:5] in among}
    asked = _spelled(
        connection,
        f"SELECT claims, drafts FROM tally WHERE {_IS_KEY} ORDER BY recorded_at DESC LIMIT 1",  # noqa: S608  own names
    )
    found = {key: connection.exec_driver_sql(asked, key).first() for key in wanted}
    return {key: (row[0], row[1]) for key, row in found.items() if row is not None}


def _enter_series(connection: Connection, keys: Sequence[Key]) -> None:
    if keys:
        entered = "INSERT INTO series VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        connection.exec_driver_sql(_spelled(connection, entered), list(keys))


def _enter_origins(connection: Connection, spoken: Moves, before: Mapping[Key, tuple[int, int]]) -> None:
    columns = (*SERIES_KEY, "origin_id", "claims")
    fresh = [(*key, claims) for key, claims in sorted(spoken.items()) if key[:5] not in before]
    if fresh:
        put(connection, tables.series_origin, columns, fresh)
    known: list[tuple[Any, ...]] = sorted((*key, n) for key, n in spoken.items() if key[:5] in before and n)
    adding = "DO UPDATE SET claims = series_origin.claims + excluded.claims"
    entered = f"INSERT INTO series_origin VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ({_KEY}, origin_id) {adding}"  # noqa: S608  own names
    left = f'UPDATE series_origin SET claims = claims + ? WHERE {_IS_KEY} AND "origin_id" = ?'  # noqa: S608  own names
    more = [row for row in known if row[6] > 0]
    fewer = [(row[6], *row[:6]) for row in known if row[6] < 0]
    for statement, rows in ((entered, more), (left, fewer)):
        if rows:
            connection.exec_driver_sql(_spelled(connection, statement), rows)


def _tally_fresh(pen: Pen, fresh: Sequence[Key], steps: Mapping[Key, list[int]], spoken: Moves) -> None:
    origins = Counter(key[:5] for key, claims in spoken.items() if claims)
    rows = [(*key, pen.at, pen.seq, *steps[key], origins[key]) for key in fresh]
    if rows:
        columns = (*SERIES_KEY, "recorded_at", "change_seq", "claims", "drafts", "origins")
        put(pen.connection, tables.tally, columns, rows)


def _tally_known(pen: Pen, before: Mapping[Key, tuple[int, int]], steps: Mapping[Key, list[int]]) -> None:
    values = "?, ?, ?, ?, ?, ?, ?, ?, ?"
    if pen.connection.dialect.name == "postgresql":
        # In a SELECT the server cannot guess the types of parameters from the columns they go into.
        values = ", ".join(["?::text"] * 5 + ["?::bigint"] * 4)
    spoken = f"SELECT count(*) FROM series_origin WHERE {_IS_KEY} AND claims > 0"  # noqa: S608  our own names
    written = _spelled(pen.connection, f"INSERT INTO tally SELECT {values}, ({spoken})")
    rows = [
        (*key, pen.at, pen.seq, claims + steps[key][0], drafts + steps[key][1], *key)
        for key, (claims, drafts) in sorted(before.items())
    ]
    if rows:
        pen.connection.exec_driver_sql(written, rows)


def _spelled(connection: Connection, sql: str) -> str:
    """Return SQL with the engine's own mark for a parameter."""
    return sql if connection.dialect.name == "sqlite" else sql.replace("?", "%s")
