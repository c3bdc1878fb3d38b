"""Events: what happened (an agreement, a vote, a base handed over), dated, sourced and versioned like claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select, update

from trooptally.dates import AsOf, parse_as_of
from trooptally.errors import Conflict, EventMissing, RefusedInput
from trooptally.ledger.chain import row_hash
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.pen import Pen
from trooptally.vocabulary import Act
from trooptally_db import tables

CORRECTABLE = ("status", "as_of", "title", "note", "url", "source", "force", "place")
"""What a correction of an event may change."""

COLUMNS = tuple(tables.event.c.keys())

_TEXTS = ("title", "note", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as it stands: what happened, when, and to whom and where it matters ("" means to any)."""

    event_id: str
    version: int
    status: str
    as_of: str
    as_of_earliest: str
    as_of_latest: str
    title: str
    note: str
    url: str
    source_id: str
    force: str
    place: str
    recorded_at: str


def events(
    connection: Connection, *, force: str | None = None, place: str | None = None, known_at: int | None = None
) -> list[Event]:
    """Return the accepted events in the order of time; those of any force or place are among those of each."""
    event = tables.event.c
    asked = select(tables.event).where(event.status == "accepted")
    if known_at is None:
        asked = asked.where(event.superseded_at.is_(None))
    else:
        open_then = or_(event.superseded_at.is_(None), event.superseded_at > known_at)
        asked = asked.where(event.recorded_at <= known_at, open_then)
    for column, wanted in ((event.force, force), (event.place, place)):
        if wanted is not None:
            asked = asked.where(or_(column == wanted, column.is_(None)))
    ordered = asked.order_by(event.as_of_earliest, event.as_of_latest, event.event_id)
    return [_event({**row}) for row in connection.execute(ordered).mappings()]


def _event(row: Mapping[str, Any]) -> Event:
    shown = {name: row[name] for name in COLUMNS if name not in ("change_seq", "superseded_at")}
    optional = {name: row[name] or "" for name in ("source_id", "force", "place")}
    return Event(**{**shown, **optional, "recorded_at": printed_instant(row["recorded_at"])})


def add_event(connection: Connection, fields: Mapping[str, Any], *, contributor: str, reason: str) -> str:
    """Write a new event and return its id; one that is already there is left as it is.

    Raises:
        RefusedInput: no title, no source of that id, or nobody or no reason is named.
    """
    given = {"status": "accepted", **_columns(fields)}
    event_id = row_hash(["event", *[given[name] for name in ("as_of", "title", "url", "force", "place")]])
    event = tables.event.c
    known = connection.execute(select(event.version).where(event.event_id == event_id).limit(1)).first()
    if known is None:
        _require_source(connection, given["source_id"])
        _write(connection, {**given, "event_id": event_id, "version": 1}, contributor=contributor, reason=reason)
    return event_id


def correct_event(
    connection: Connection,
    event_id: str,
    changes: Mapping[str, Any],
    *,
    version: int,
    contributor: str,
    reason: str,
) -> int:
    """Write an event's next version with other values; return the number of the change.

    Raises:
        EventMissing: there is no such event.
        Conflict: somebody has changed it since.
        RefusedInput: a value cannot be taken, or nothing would change.
    """
    event = tables.event
    versions = select(event).where(event.c.event_id == event_id).order_by(event.c.version.desc()).limit(1)
    row = connection.execute(versions).mappings().first()
    if row is None:
        raise EventMissing(event_id)
    if row["version"] != version:
        raise Conflict(event_id, version, row["version"], what="Event")
    following = {**row, **_columns(changes)}
    if following == dict(row):
        raise RefusedInput(f"Event {event_id} already is what was asked for; nothing was written.")
    _require_source(connection, following["source_id"])
    following["version"] = version + 1
    return _write(connection, following, contributor=contributor, reason=reason)


def _write(connection: Connection, row: Mapping[str, Any], *, contributor: str, reason: str) -> int:
    pen, event = Pen.take(connection), tables.event
    if row["version"] > 1:
        is_seen = (event.c.event_id == row["event_id"]) & (event.c.version == row["version"] - 1)
        connection.execute(update(event).where(is_seen).values(superseded_at=pen.at))
    written = {**row, "recorded_at": pen.at, "superseded_at": None, "change_seq": pen.seq}
    pen.add(event, COLUMNS, [tuple(written[name] for name in COLUMNS)])
    return pen.write(act=Act.EVENT, contributor=contributor, reason=reason)


def _require_source(connection: Connection, source_id: str | None) -> None:
    source = tables.source.c.source_id
    if source_id is not None and connection.execute(select(source).where(source == source_id)).first() is None:
        raise RefusedInput(f"No source in this ledger has the id {source_id!r}.")


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, wanted in fields.items():
        match name, wanted:
            case "as_of", AsOf() | str():
                columns |= _days(wanted)
            case (("force" | "place"), str()):
                columns[name] = wanted or None
            case "source", str():
                columns["source_id"] = wanted or None
            case "status", ("accepted" | "retracted"):
                columns[name] = wanted
            case "title", str() if not wanted.strip():
                raise RefusedInput("An event needs a title: none was given.")
            case (("title" | "note" | "url"), str()) if "\x00" not in wanted:
                columns[name] = wanted.strip()
            case _:
                expected = ", ".join(CORRECTABLE)
                raise RefusedInput(f"{name} of an event cannot be {wanted!r}; what can be given: {expected}.")
    return columns


def _days(as_of: AsOf | str) -> dict[str, str]:
    parsed = as_of if isinstance(as_of, AsOf) else parse_as_of(as_of)
    return {
        "as_of": parsed.edtf,
        "as_of_earliest": parsed.earliest.isoformat(),
        "as_of_latest": parsed.latest.isoformat(),
    }
