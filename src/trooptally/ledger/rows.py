"""The rows of a ledger, change by change, as a verification reads them: streamed, and in the order of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, func, literal, select

from trooptally.ledger.record import CONTENT
from trooptally.ledger.roll import row_line
from trooptally.ledger.tally import SERIES_KEY
from trooptally_db import tables

PAGE = 5_000
"""How many rows are fetched at once."""

_PAGES = 20
"""How many pages of rolls are fetched at once."""

PLAIN = (
    tables.alias,
    tables.assessment,
    tables.attribution,
    tables.event,
    tables.force,
    tables.issue,
    tables.place,
    tables.place_member,
    tables.report,
    tables.source,
    tables.unit,
)
"""Tables whose rows enter the root of the change that they name."""


class Rows:
    """The rows of one table, in the order of their changes."""

    def __init__(self, name: str, rows: Iterator[tuple[int, Any]]) -> None:
        """Take rows with the number of their change."""
        self.name = name
        self._rows = rows
        self._next = next(rows, None)
        self._stray: int | None = None

    def of(self, seq: int) -> Iterator[Any]:
        """Yield the rows of one change, and go past those of changes before it that are not there."""
        while self._next is not None and self._next[0] <= seq:
            row = self._next
            self._next = next(self._rows, None)
            if row[0] == seq:
                yield row[1]
            elif self._stray is None:
                self._stray = row[0]

    def stray(self) -> int | None:
        """Return the number of the first change that a row names and that was never asked for, or None."""
        return self._stray if self._stray is not None or self._next is None else self._next[0]


def plain_lines(connection: Connection, table: Table) -> Iterator[tuple[int, str]]:
    """Yield the lines of a table's rows as they were first written."""
    columns = [c if c.name != "superseded_at" else literal(None) for c in table.columns]
    seq = [c.name for c in table.columns].index("change_seq")
    for row in _streamed(connection, select(*columns).order_by(table.c.change_seq)):
        yield row[seq], row_line(table, tuple(row))


def link_lines(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield the lines of the links of attributions, which belong to the change of their attribution."""
    link, attribution = tables.attribution_link, tables.attribution
    seq = func.coalesce(attribution.c.change_seq, 0)
    joined = link.outerjoin(attribution, attribution.c.attribution_id == link.c.attribution_id)
    for row in _streamed(connection, select(seq, *link.columns).select_from(joined).order_by(seq)):
        yield row[0], row_line(link, tuple(row[1:]))


def qualifiers(connection: Connection) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of qualifiers in the order in which `claims` yields the versions they belong to."""
    qualifier, claim = tables.qualifier, tables.claim
    same = and_(claim.c.claim_id == qualifier.c.claim_id, claim.c.version == qualifier.c.version)
    seq = func.coalesce(claim.c.change_seq, 0)
    order = (seq, *[qualifier.c[name] for name in ("claim_id", "version", "position")])
    asked = select(seq, *qualifier.columns).select_from(qualifier.outerjoin(claim, same)).order_by(*order)
    for row in _streamed(connection, asked):
        yield row[0], tuple(row[1:])


CLAIM_COLUMNS = ("claim_id", "version", "status", "rank", "recorded_at", "content_hash", *CONTENT)


def claims(connection: Connection) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield `CLAIM_COLUMNS` of each version, then the source of its report and the origin of its attribution."""
    claim, report, attribution = tables.claim, tables.report, tables.attribution
    columns: list[ColumnElement[Any]] = [claim.c[name] for name in CLAIM_COLUMNS]
    joined: FromClause = claim.outerjoin(report, report.c.report_id == claim.c.report_id)
    joined = joined.outerjoin(attribution, attribution.c.attribution_id == claim.c.attribution_id)
    asked = (
        select(claim.c.change_seq, *columns, report.c.source_id, attribution.c.origin_id)
        .select_from(joined)
        .order_by(claim.c.change_seq, claim.c.claim_id, claim.c.version)
    )
    for row in _streamed(connection, asked):
        yield row[0], tuple(row[1:])


def closings(connection: Connection) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield series key, status and origin of each version that a later one took the place of, by the later's change."""
    before, after = tables.claim.alias("before"), tables.claim.alias("after")
    follows = and_(after.c.claim_id == before.c.claim_id, after.c.version == before.c.version + 1)
    asked = (
        select(after.c.change_seq, *[before.c[name] for name in (*SERIES_KEY, "status", "origin_id")])
        .join_from(after, before, follows)
        .where(after.c.version > 1)
        .order_by(after.c.change_seq)
    )
    for row in _streamed(connection, asked):
        yield row[0], tuple(row[1:])


def tallies(connection: Connection) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield series key, instant, claims, drafts and origins of each tally."""
    tally = tables.tally.c
    names = (*SERIES_KEY, "recorded_at", "claims", "drafts", "origins")
    asked = select(tally.change_seq, *[tally[name] for name in names]).order_by(tally.change_seq)
    for row in _streamed(connection, asked):
        yield row[0], tuple(row[1:])


def roll(connection: Connection, seq: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield the lines of the rolls of all changes, or of one."""
    table = tables.roll.c
    asked = select(table.change_seq, table.lines).order_by(table.change_seq, table.page)
    if seq is not None:
        asked = asked.where(table.change_seq == seq)
    for number, lines in _streamed(connection, asked, _PAGES):
        for line in lines.split("\n"):
            yield number, line


def changes(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield what each change says, the contributor by name, in the order of the chain."""
    change, contributor = tables.change, tables.contributor
    joined = change.outerjoin(contributor, contributor.c.contributor_id == change.c.contributor_id)
    names = ("act", "reason", "program", "undoes", "claims", "root", "previous", "hash")
    columns = (change.c.seq, change.c.at, contributor.c.name, *[change.c[name] for name in names])
    for row in _streamed(connection, select(*columns).select_from(joined).order_by(change.c.seq)):
        yield tuple(row)


def _streamed(connection: Connection, asked: Any, at_once: int = PAGE) -> Iterator[Any]:
    return iter(connection.execute(asked, execution_options={"yield_per": at_once}))
