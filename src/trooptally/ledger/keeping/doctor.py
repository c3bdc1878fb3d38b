"""A look at a ledger's health: what is well, what is not, and what to do about it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from trooptally.errors import LedgerError
from trooptally.ledger.engine import (
    SAFE_LOG,
    explained,
    journal_mode,
    ledger_url,
    reading_engine,
    require_file,
    sqlite_driver,
    where,
    writing_engine,
)
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.schema import revision_of
from trooptally_db.revisions import HEAD, REVISIONS

_LITTLE_SPACE = 200_000_000
_OLD_BACKUP = 7 * 24 * 3600
_LONG_LOG = 256_000_000


class Health(StrEnum):
    """How well something is."""

    WELL = "well"
    LOOK = "look"
    ILL = "ill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that was looked at.

    Attributes:
        topic: What was looked at.
        health: How well it is.
        found: What was found, as a sentence.
        advice: What to do, empty if nothing.
    """

    topic: str
    health: Health
    found: str
    advice: str = ""


def examine(url: str) -> tuple[Sign, ...]:
    """Look at a ledger of any layout, without changing it.

    Raises:
        LedgerMissing, NotALedger, LedgerError: there is nothing that could be looked at.
    """
    target = ledger_url(url)
    require_file(target)
    signs: list[Sign] = []
    engine = reading_engine(target)
    try:
        with explained(target, reading=True), engine.connect() as connection:
            if target.get_backend_name() == "sqlite":
                signs += [_sqlite_version(connection), _journal(connection), _space(Path(where(target)))]
            else:
                signs += _server(connection)
            signs += [_layout(connection), _last_backup(connection, url)]
            ours = revision_of(connection) is not None
    finally:
        engine.dispose()
    return (*signs, *_writing(target)) if ours else tuple(signs)


def _sqlite_version(connection: Connection) -> Sign:
    version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar())
    module = sqlite_driver().__name__
    if tuple(map(int, version.split("."))) >= SAFE_LOG:
        return Sign(topic="sqlite", health=Health.WELL, found=f"SQLite {version} ({module}): its log is safe.")
    return Sign(
        topic="sqlite",
        health=Health.LOOK,
        found=f"SQLite {version} can damage a write-ahead log when a checkpoint races with a commit (fixed in 3.51.3).",
        advice="Install pysqlite3, which carries a newer SQLite; until then writers use a rollback journal.",
    )


def _journal(connection: Connection) -> Sign:
    found = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar()).upper()
    if found == journal_mode():
        return Sign(topic="journal", health=Health.WELL, found=f"The journal is {found}, flushed at every commit.")
    return Sign(
        topic="journal",
        health=Health.LOOK,
        found=f"The journal is {found}, this machine would keep {journal_mode()}.",
        advice="Nothing: the next write sets it.",
    )


def _space(file: Path) -> Sign:
    free, size = shutil.disk_usage(file.parent).free, file.stat().st_size
    log = file.with_name(f"{file.name}-wal")
    said = f"{free / 1e9:.1f} GB free, the ledger has {size / 1e6:.1f} MB"
    if log.exists() and log.stat().st_size > _LONG_LOG:
        return Sign(
            topic="space",
            health=Health.LOOK,
            found=f"{said}, its log {log.stat().st_size / 1e6:.0f} MB.",
            advice="Close programs that keep reading for long; the log shrinks at the next checkpoint.",
        )
    if free < max(3 * size, _LITTLE_SPACE):
        return Sign(
            topic="space", health=Health.ILL, found=f"{said}.", advice="Free some space before the next import."
        )
    return Sign(topic="space", health=Health.WELL, found=f"{said}.")


def _server(connection: Connection) -> Iterator[Sign]:
    version = str(connection.exec_driver_sql("SHOW server_version").scalar())
    yield Sign(topic="server", health=Health.WELL, found=f"PostgreSQL {version}.")
    lasting = str(connection.exec_driver_sql("SHOW fsync").scalar())
    commit = str(connection.exec_driver_sql("SHOW synchronous_commit").scalar())
    if lasting == "on" and commit != "off":
        yield Sign(topic="durability", health=Health.WELL, found="Every commit is flushed to disk.")
    else:
        yield Sign(
            topic="durability",
            health=Health.ILL,
            found=f"fsync is {lasting} and synchronous_commit is {commit}: a power cut can take acknowledged figures.",
            advice="Switch both on in postgresql.conf.",
        )
    owner = connection.exec_driver_sql(
        "SELECT pg_has_role(tableowner, 'MEMBER') FROM pg_tables WHERE tablename = 'claim' AND schemaname = ANY"
        "(current_schemas(false))"
    ).scalar()
    if owner:
        yield Sign(
            topic="rights",
            health=Health.LOOK,
            found="This role owns the tables and could switch their guards off.",
            advice="Let the program use a role with fewer rights: 'trooptally grants ROLE' prints them.",
        )
    else:
        yield Sign(topic="rights", health=Health.WELL, found="This role can add to the history and not alter it.")


def _layout(connection: Connection) -> Sign:
    found = revision_of(connection)
    if found == HEAD:
        return Sign(topic="layout", health=Health.WELL, found=f"The tables are at revision {HEAD}, as this program's.")
    if found in REVISIONS:
        return Sign(
            topic="layout",
            health=Health.ILL,
            found=f"The tables are at revision {found}, this program writes {HEAD}.",
            advice="Run 'trooptally migrate'; it takes a backup first.",
        )
    if found is None:
        return Sign(
            topic="layout",
            health=Health.ILL,
            found="The database has none of a ledger's tables.",
            advice="Name another with --db, or make one with 'trooptally init'.",
        )
    return Sign(
        topic="layout",
        health=Health.ILL,
        found=f"The tables are at revision {found}, which is newer than this program ({HEAD}).",
        advice="Update trooptally.",
    )


def _last_backup(connection: Connection, url: str) -> Sign:
    advice = f"Run 'trooptally --db {where(ledger_url(url))} backup PATH', best on another disk."
    if revision_of(connection) != HEAD:
        return Sign(topic="backup", health=Health.LOOK, found="This layout does not say when the last backup was.")
    last = connection.exec_driver_sql("SELECT taken_at, place FROM backup ORDER BY taken_at DESC LIMIT 1").first()
    if last is None:
        return Sign(topic="backup", health=Health.ILL, found="No backup was ever taken.", advice=advice)
    said = f"The last backup was taken at {printed_instant(last[0])} to {last[1]}."
    if time.time() - last[0] / 1e6 > _OLD_BACKUP:
        return Sign(topic="backup", health=Health.LOOK, found=said, advice=advice)
    return Sign(topic="backup", health=Health.WELL, found=said)


def _writing(target: URL) -> Iterator[Sign]:
    """Take the write lock and let it go again."""
    engine = writing_engine(target)
    try:
        with explained(target), engine.connect() as connection, connection.begin() as nothing:
            if target.get_backend_name() == "sqlite":
                flushed = connection.exec_driver_sql("PRAGMA synchronous").scalar()
                linked = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
                yield _settings(flushed, linked)
            nothing.rollback()
        yield Sign(topic="writing", health=Health.WELL, found="It can be written.")
    except LedgerError as error:
        yield Sign(topic="writing", health=Health.LOOK, found=str(error), advice="Reading goes on meanwhile.")
    finally:
        engine.dispose()


def _settings(flushed: object, linked: object) -> Sign:
    if (flushed, linked) == (2, 1):
        found = "A writer flushes every commit and checks references between rows."
        return Sign(topic="settings", health=Health.WELL, found=found)
    return Sign(
        topic="settings",
        health=Health.ILL,
        found=f"A writer has synchronous={flushed} and foreign_keys={linked}, expected 2 and 1.",
        advice="Report this as a fault of trooptally.",
    )
