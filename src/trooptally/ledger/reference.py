"""What claims refer to: the code lists, put into a new ledger and read back as names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, select
from trooptally_db import codelists, tables

from trooptally.ledger.pen import Pen
from trooptally.vocabulary import Act

if TYPE_CHECKING:
    from trooptally.names import Names

_LISTS: tuple[tuple[str, Table], ...] = (
    ("forces", tables.force),
    ("places", tables.place),
    ("place_members", tables.place_member),
    ("sources", tables.source),
    ("units", tables.unit),
    ("aliases", tables.alias),
)


def seed(connection: Connection, *, contributor: str, reason: str) -> int:
    """Put every code list into an empty ledger as its first change."""
    pen = Pen.take(connection)
    for name, table in _LISTS:
        columns = tuple(c for c in table.c.keys() if c != "change_seq")
        pen.add(table, columns, [tuple(row[c] for c in columns) for row in _rows(name)])
    return pen.write(act=Act.INIT, contributor=contributor, reason=reason, program="code lists")


def _rows(name: str) -> list[dict[str, str]]:
    """Return a code list's rows; spelled-out aliases of sources and units stand among the aliases."""
    rows = list(codelists.rows(name))
    if name != "aliases":
        return rows
    for kind, of in (("source", "sources"), ("unit", "units")):
        for row in codelists.rows(of):
            for alias in filter(None, row["aliases"].split("|")):
                rows.append(_alias(alias, kind, row[f"{kind}_id"]))
    return rows


def _alias(name: str, kind: str, target: str) -> dict[str, str]:
    return {
        "name": name,
        "kind": kind,
        "target": target,
        "section": "",
        "valid_from": "",
        "valid_to": "",
        "reason": "",
    }


def newest_change(connection: Connection) -> int:
    """Return the number of the last change that can have brought a name."""
    return int(connection.execute(select(func.max(tables.change.c.seq))).scalar() or 0)


def names(connection: Connection) -> Names:
    """Return the names that the ledger knows."""
    from trooptally.names import CodeLists, Names

    rows: Callable[[Table], tuple[dict[str, Any], ...]] = lambda table: tuple(
        dict(row) for row in connection.execute(select(table)).mappings()
    )
    return Names(CodeLists(**{name: rows(table) for name, table in _LISTS}))
