"""What follows from the claims and is kept beside them, recomputed: counts, series, ends of versions, guards."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, and_, func, select

from trooptally.ledger.rows import PAGE
from trooptally.ledger.tally import SERIES_KEY, Key
from trooptally.vocabulary import Status
from trooptally_db import guards, tables

Wrong = tuple[str, str]
"""Which row, and what is wrong with it."""


@dataclass(slots=True)
class Counts:
    """The counts of every series as they grow, change by change; memory grows with the series, not with the claims."""

    claims: Counter[Key] = field(default_factory=Counter)
    drafts: Counter[Key] = field(default_factory=Counter)
    origins: defaultdict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _touched: set[Key] = field(default_factory=set)

    def enter(self, moves: Mapping[tuple[str, ...], int]) -> None:
        """Count claims that entered (or, with negative numbers, left) a series, status and origin."""
        for (*parts, status, origin), step in moves.items():
            key = tuple(parts)
            self._touched.add(key)
            if status == Status.ACCEPTED:
                self.claims[key] += step
                self.origins[key][origin] += step
                if not self.origins[key][origin]:
                    del self.origins[key][origin]
            elif status == Status.DRAFT:
                self.drafts[key] += step

    def close(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Count versions that others took the place of."""
        self.enter({place: -step for place, step in Counter(rows).items()})

    def compare(self, at: int, rows: Iterable[tuple[Any, ...]]) -> Iterator[Wrong]:
        """Yield what is wrong with the tallies of a change."""
        written = {row[:5]: row[5:] for row in rows}
        for key in sorted(self._touched | written.keys()):
            expected = (at, self.claims[key], self.drafts[key], len(self.origins[key]))
            if written.get(key) != expected:
                yield f"tally of {'/'.join(key)}", "it does not count the claims that are there"
        self._touched.clear()


def derived_findings(connection: Connection, counts: Counts) -> Iterator[Wrong]:
    """Yield what is kept beside the claims and does not follow from them."""
    yield from _ends(connection, tables.claim, "claim_id")
    yield from _ends(connection, tables.event, "event_id")
    yield from _series(connection, counts)
    yield from _origins(connection, counts)
    yield from _contributors(connection)
    yield from _guards(connection)


def _ends(connection: Connection, table: Table, name: str) -> Iterator[Wrong]:
    """Every version ends when the next begins, and no version is missing in between."""
    this, following = table.alias("this"), table.alias("following")
    follows = and_(following.c[name] == this.c[name], following.c.version == this.c.version + 1)
    wrong = (
        select(this.c[name], this.c.version)
        .select_from(this.outerjoin(following, follows))
        .where(this.c.superseded_at.is_distinct_from(following.c.recorded_at))
    )
    for key, version in connection.execute(wrong.limit(PAGE)):
        yield f"{table.name} {key} version {version}", "its end is not the beginning of the next version"
    orphan = (
        select(following.c[name], following.c.version)
        .select_from(following.outerjoin(this, follows))
        .where(following.c.version > 1, this.c[name].is_(None))
    )
    for key, version in connection.execute(orphan.limit(PAGE)):
        yield f"{table.name} {key} version {version}", "the version before it is missing"


def _series(connection: Connection, counts: Counts) -> Iterator[Wrong]:
    columns = [tables.series.c[name] for name in SERIES_KEY]
    there = {tuple(row) for row in connection.execute(select(*columns))}
    expected = counts.claims.keys() | counts.drafts.keys() | counts.origins.keys()
    for key in sorted(expected - there):
        yield f"series {'/'.join(key)}", "it is missing although claims have its key"


def _origins(connection: Connection, counts: Counts) -> Iterator[Wrong]:
    table = tables.series_origin.c
    columns = [table[name] for name in (*SERIES_KEY, "origin_id", "claims")]
    there = {tuple(row[:6]): row[6] for row in connection.execute(select(*columns).where(table.claims != 0))}
    expected = {(*key, origin): number for key, of in counts.origins.items() for origin, number in of.items()}
    for place in sorted(there.keys() | expected.keys()):
        if there.get(place, 0) != expected.get(place, 0):
            yield f"series_origin {'/'.join(place)}", "it does not count the claims that are there"


def _contributors(connection: Connection) -> Iterator[Wrong]:
    """Every contributor was entered by the first change of theirs."""
    contributor, change = tables.contributor, tables.change
    first = (
        select(change.c.contributor_id, func.min(change.c.at).label("at")).group_by(change.c.contributor_id).subquery()
    )
    joined = contributor.outerjoin(first, first.c.contributor_id == contributor.c.contributor_id)
    wrong = select(contributor.c.contributor_id).select_from(joined)
    wrong = wrong.where(contributor.c.created_at.is_distinct_from(first.c.at)).order_by(contributor.c.contributor_id)
    for (key,) in connection.execute(wrong.limit(PAGE)):
        yield f"contributor {key}", "it was not entered by the first change of theirs"


def _guards(connection: Connection) -> Iterator[Wrong]:
    """Every trigger that keeps the history stands and is switched on."""
    if connection.dialect.name == "sqlite":
        statements, asked = guards.sqlite_guards(), "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        statements = guards.postgresql_guards()
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    expected = {name for statement in statements for name in re.findall(r"^CREATE TRIGGER (\w+)", statement)}
    for name in sorted(expected - set(connection.exec_driver_sql(asked).scalars())):
        yield f"trigger {name}", "it is missing or switched off, so rows could be edited"
