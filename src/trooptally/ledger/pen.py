"""One change being written: gathers rows, takes its place in the chain, and puts everything down at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from trooptally.errors import RefusedInput
from trooptally.ledger.chain import FIRST, change_hash
from trooptally.ledger.roll import pages, root_of_roll, row_line
from trooptally.model import slug
from trooptally.vocabulary import Act, ContributorKind
from trooptally_db import tables

_COPY_FROM = 1000
"""From how many rows on PostgreSQL is given a COPY instead of single inserts."""
_PUT_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRows:
    """Rows that are made while they are written, so that many of them never stand in memory at once."""

    size: int
    make: Callable[[], Iterator[tuple[Any, ...]]]

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self.make()


Page = Sequence[tuple[Any, ...]] | MadeRows
"""Rows of one table."""


@dataclass(slots=True)
class Pen:
    """The next change: its number, its instant, and the rows it will add.

    The instant is taken under the write lock and is always later than the one before, so that what was known at any
    moment of the past can never change.
    """

    connection: Connection
    seq: int
    at: int
    previous: str
    lines: list[str] = field(default_factory=list)
    pages: list[tuple[Table, tuple[str, ...], Page]] = field(default_factory=list)

    @classmethod
    def take(cls, connection: Connection) -> Pen:
        """Return the pen for the next change; the connection must hold the write lock."""
        change = tables.change.c
        last = connection.execute(
            select(change.seq, change.at, change.hash).order_by(change.seq.desc()).limit(1)
        ).first()
        now = time.time_ns() // 1000
        if last is None:
            return cls(connection, 1, now, FIRST)
        return cls(connection, last.seq + 1, max(now, last.at + 1), last.hash)

    def add(self, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
        """Put rows of a table under this change; `change_seq` is filled in where the table has it."""
        if not rows:
            return
        if "change_seq" in table.c and "change_seq" not in columns:
            columns, rows = (*columns, "change_seq"), [(*row, self.seq) for row in rows]
        # A row enters the root as it is first written: what is superseded later was NULL then.
        order = [columns.index(column.name) for column in table.columns]
        self.lines.extend(row_line(table, [row[n] for n in order]) for row in rows)
        self.pages.append((table, columns, rows))

    def add_hashed(self, table: Table, columns: tuple[str, ...], rows: Page, lines: Iterable[str]) -> None:
        """Put rows whose lines of the root the caller has made (claims carry a hash of their own)."""
        self.lines.extend(lines)
        self.pages.append((table, columns, rows))

    def write(
        self,
        *,
        act: Act,
        contributor: str,
        reason: str,
        program: str = "",
        undoes: int | None = None,
        claims: int = 0,
    ) -> int:
        """Write the change and all its rows; return its number.

        Raises:
            RefusedInput: no contributor or no reason is named.
        """
        if not contributor.strip():
            raise RefusedInput("A change needs a contributor: nobody was named.")
        if not reason.strip():
            raise RefusedInput("A change needs a reason: none was given.")
        name, what = (
            contributor.strip(),
            (act.value, reason.strip(), program, undoes, claims, root_of_roll(self.lines)),
        )
        link = change_hash((self.seq, self.at, name, *what), self.previous)
        row = (self.seq, self.at, self._contributor(name), *what, self.previous, link)
        put(self.connection, tables.change, tuple(tables.change.c.keys()), [row])
        for table, columns, rows in self.pages:
            put(self.connection, table, columns, rows)
        self._write_roll()
        return self.seq

    def _write_roll(self) -> None:
        self.lines.sort()
        for page, lines in pages(self.lines):
            put(self.connection, tables.roll, ("change_seq", "page", "lines"), [(self.seq, page, lines)])

    def _contributor(self, name: str) -> str:
        """Return the contributor's id, entering the name when it is new."""
        contributor = tables.contributor
        known = self.connection.execute(select(contributor.c.contributor_id).where(contributor.c.name == name)).scalar()
        if known is not None:
            return str(known)
        taken = set(self.connection.execute(select(contributor.c.contributor_id)).scalars())
        wanted, number = slug(name), 2
        contributor_id = wanted
        while contributor_id in taken:
            contributor_id, number = f"{wanted}-{number}", number + 1
        self.connection.execute(
            insert(contributor).values(
                contributor_id=contributor_id,
                name=name,
                kind=ContributorKind.PERSON.value,
                created_at=self.at,
            )
        )
        return contributor_id


def put(connection: Connection, table: Table, columns: tuple[str, ...], rows: Page) -> None:
    """Insert rows of plain values the fastest way the engine knows."""
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.dialect.name == "postgresql" and len(rows) >= _COPY_FROM:
        _copy(connection, f'COPY "{table.name}" ({names}) FROM STDIN', rows)
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(columns))
    sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608  our own names, bound values
    waiting = iter(rows)
    while some := list(islice(waiting, _PUT_AT_ONCE)):
        connection.exec_driver_sql(sql, some if len(some) > 1 else some[0])


def _copy(connection: Connection, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)
