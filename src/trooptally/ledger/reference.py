"""What claims refer to: the code lists, put into a new ledger and read back as names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, select

from trooptally.ledger.pen import Pen
from trooptally.vocabulary import Act
from trooptally_db import codelists, tables

if TYPE_CHECKING:
    from trooptally.names import Names

Rows = tuple[dict[str, Any], ...]

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
        columns = tuple(c.name for c in table.columns if c.name != "change_seq")
        pen.add(table, columns, [tuple(row[c] for c in columns) for row in _rows(name)])
    return pen.write(act=Act.INIT, contributor=contributor, reason=reason, program="code lists")


def _rows(name: str) -> list[dict[str, str]]:
    """Return a code list's rows; spelled-out aliases of sources and units stand among the aliases."""
    rows = list(codelists.rows(name))
    if name != "aliases":
        return rows
    for kind, of in (("source", "sources"), ("unit", "units")):
        for row in codelists.rows(of):
            spelled = filter(None, row["aliases"].split("|"))
            rows += [_alias(name, kind, row[f"{kind}_id"]) for name in spelled]
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
    """Return the names that the ledger knows; the gazetteer of cities is the one that this program ships."""
    from trooptally.names import CodeLists, Names

    lists = {name: tuple(dict(row) for row in connection.execute(select(table)).mappings()) for name, table in _LISTS}
    for kind in ("source", "unit"):
        spelled = _spelled(lists["aliases"], kind)
        lists[f"{kind}s"] = tuple(
            {**row, "aliases": "|".join(spelled.get(row[f"{kind}_id"], ()))} for row in lists[f"{kind}s"]
        )
    lists["aliases"] = tuple(row for row in lists["aliases"] if row["kind"] not in ("source", "unit"))
    return Names(CodeLists(**lists, cities=codelists.rows("cities")))


def _spelled(aliases: Rows, kind: str) -> dict[str, list[str]]:
    """Return the aliases of one kind by what they stand for."""
    spelled: dict[str, list[str]] = {}
    for row in aliases:
        if row["kind"] == kind:
            spelled.setdefault(row["target"], []).append(row["name"])
    return spelled


def labels(connection: Connection, kind: str) -> dict[str, str]:
    """Return the display names of all forces, places or sources by id."""
    table = {"force": tables.force, "place": tables.place, "source": tables.source}[kind]
    return {row[0]: row[1] for row in connection.execute(select(table.c[f"{kind}_id"], table.c.name))}
