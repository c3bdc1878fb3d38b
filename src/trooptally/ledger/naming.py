"""New names: a force, place, source or unit that no code list carries, or one more name of a known one.

Names are added as changes of their own, with who, when and why, and like all history they are never edited or deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import Connection, Table, select

from trooptally.errors import RefusedInput, UnknownName
from trooptally.ledger import reference
from trooptally.ledger.pen import Pen
from trooptally.model import slug
from trooptally.vocabulary import Act, ForceKind, PlaceKind, SourceKind
from trooptally_db import tables

if TYPE_CHECKING:
    from trooptally.names import Names

Named: TypeAlias = Literal["force", "place", "source", "unit"]

SORTS: Mapping[Named, tuple[str, ...]] = {
    "force": tuple(word.value for word in ForceKind),
    "place": tuple(word.value for word in PlaceKind if word is not PlaceKind.UNSTATED),
    "source": tuple(word.value for word in SourceKind),
    "unit": ("unit",),
}
"""What a new name can be the name of; the words of the vocabulary."""

_TABLES: Mapping[Named, Table] = {
    "force": tables.force,
    "place": tables.place,
    "source": tables.source,
    "unit": tables.unit,
}
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """A name to be added.

    Attributes:
        kind: Of what it is a name.
        name: The name, as reports print it.
        means: Id or name of a known one of the same kind, where this is one more name of it.
        sort: What it is, one of `SORTS[kind]`; empty where `means` is given.
        within: Id or name: the country or region around a place, the force of a unit, the country of a source,
            the alliance around a force. Only a unit must have one.
        url: Web address of a source.
    """

    kind: Named
    name: str
    means: str = ""
    sort: str = ""
    within: str = ""
    url: str = ""


def add_name(connection: Connection, new: NewName, *, contributor: str, reason: str) -> tuple[str, int]:
    """Write a new name; return the id that it means and the number of the change.

    Raises:
        RefusedInput: the name is none, or known already, or nobody or no reason is named.
        UnknownName: what it is to mean, or to lie within, is not known.
    """
    name = _plain(new.name)
    names = reference.names(connection)
    known = meaning(names, new.kind, name)
    if known:
        raise RefusedInput(f"{name!r} is known already: it means {names.label(new.kind, known)} ({known}).")
    pen = Pen.take(connection)
    if new.means:
        identity = _required(names, new.kind, new.means)
        pen.add(
            tables.alias,
            ("name", "kind", "target", "section", "valid_from", "valid_to", "reason"),
            [(name, new.kind, identity, "", "", "", reason.strip())],
        )
    else:
        identity = _free_id(connection, new, names, name)
        columns = _columns(names, new, name)
        table = _TABLES[new.kind]
        pen.add(table, (f"{new.kind}_id", *columns), [(identity, *columns.values())])
    change = pen.write(act=Act.REFERENCE, contributor=contributor, reason=reason)
    if meaning(reference.names(connection), new.kind, name) != identity:
        raise RefusedInput(f"{name!r} already means more than one {new.kind}; write the {new.kind} in full instead.")
    return identity, change


def meaning(names: Names, kind: Named, name: str) -> str:
    """Return the id that a name means, or an empty text where no list carries it."""
    match kind:
        case "force":
            return names.force(name) or ""
        case "place":
            return names.place(name) or ""
        case "source":
            identity = names.source(name).source_id
            return identity if names.facts("source", identity) else ""
        case "unit":
            found = {entry.id for entry in names.entries("unit") if entry.printed.casefold() == name.casefold()}
            return name if names.facts("unit", name) else next(iter(found), "")


def _plain(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > _LONGEST or not plain.isprintable():
        raise RefusedInput(f"A name has 1 to {_LONGEST} printable characters.")
    if not any(letter.isalpha() for letter in plain):
        raise RefusedInput(f"{plain!r} has no letter in it, and is no name.")
    return plain


def _columns(names: Names, new: NewName, name: str) -> dict[str, str]:
    """Return the columns of a new row but its id."""
    blank = {column.name: "" for column in _TABLES[new.kind].columns if column.name != "change_seq"}
    del blank[f"{new.kind}_id"]
    if new.kind != "unit" and new.sort not in SORTS[new.kind]:
        raise RefusedInput(f"Say what {name} is: one of {', '.join(SORTS[new.kind])}.")
    match new.kind:
        case "force":
            return blank | {"name": name, "kind": new.sort, "within": _within(names, "force", new.within)}
        case "place":
            return blank | {"name": name, "kind": new.sort, "within": _within(names, "place", new.within)}
        case "source":
            country = _within(names, "place", new.within)
            return blank | {"name": name, "kind": new.sort, "country": country, "url": _address(new.url)}
        case "unit":
            if not new.within:
                raise RefusedInput(f"Say to which force {name} belongs.")
            return blank | {"name": name, "force_id": _required(names, "force", new.within)}


def _address(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise RefusedInput(f"{url!r} is no web address; it begins with https:// or http://.")
    return url


def _within(names: Names, kind: Named, printed: str) -> str:
    return _required(names, kind, printed) if printed.strip() else ""


def _required(names: Names, kind: Named, printed: str) -> str:
    identity = meaning(names, kind, printed.strip())
    if not identity:
        raise UnknownName(printed, kind, names.suggest(printed, kind))
    return identity


def _free_id(connection: Connection, new: NewName, names: Names, name: str) -> str:
    """Return an id for a new name, readable and not taken."""
    column = _TABLES[new.kind].c[f"{new.kind}_id"]
    taken = set(connection.execute(select(column)).scalars())
    match new.kind:
        case "source":
            wanted = slug(name)  # the id that reports of an unlisted source carry as well
            if wanted in taken:
                raise RefusedInput(f"{name!r} is known already, as a source that the ledger's reports name.")
        case "unit":
            wanted = slug(f"{meaning(names, 'force', new.within)} {name}")
        case _:
            wanted = slug(name).upper()
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free
