"""Migrating: a ledger of an older layout becomes one of this program's, after a backup and in one transaction."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from trooptally.errors import LedgerError
from trooptally.ledger import schema
from trooptally.ledger.engine import explained, ledger_url, reading_engine, require_file, where
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.keeping.backups import backup
from trooptally.ledger.verify import verify
from trooptally_db.revisions import HEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What a migration did.

    Attributes:
        before: The revision that the ledger was at.
        after: The one it is at now; the same if nothing was to do.
        backup: The backup taken before, if one was.
        dry_run: Whether everything was tried and taken back.
    """

    before: str
    after: str
    backup: Path | None = None
    dry_run: bool = False


def migrate(
    url: str, *, backup_to: Path | None = None, without_backup: bool = False, dry_run: bool = False
) -> Migrated:
    """Bring a ledger to this program's layout; if anything is lost or wrong on the way, nothing is changed.

    Args:
        url: The ledger.
        backup_to: Where the backup goes: a file or folder; beside the ledger, or in the current folder, if not given.
        without_backup: Take none.
        dry_run: Migrate and compare, then take everything back.

    Raises:
        LedgerVersion: the ledger is newer than this program.
        LedgerError: it cannot be backed up, read or written, or its history would not be the same.
    """
    target = ledger_url(url)
    require_file(target)
    before = _revision(target)
    if before == HEAD:
        return Migrated(before=before, after=HEAD, dry_run=dry_run)
    saved = None if dry_run or without_backup else _backed_up(url, target, before, backup_to)
    with schema.migrating(target, keep=not dry_run) as connection:
        _migrate(connection, where(target))
    return Migrated(before=before, after=HEAD, backup=saved, dry_run=dry_run)


def _migrate(connection: Connection, place: str) -> None:
    there = _measure(connection)
    schema.upgrade(connection, HEAD)
    if _measure(connection) != there:
        raise LedgerError(f"The migration of {place} would not keep every row; nothing was changed.")
    verified = verify(connection)
    if verified.findings:
        raise LedgerError(f"After the migration {place} would not verify, nothing was changed: {verified.findings[0]}")


_MEASURED = (
    "SELECT count(*), coalesce(max(seq), 0), coalesce(max(hash), '') FROM change",
    "SELECT count(*), count(superseded_at), coalesce(sum(coalesce(low, point, high)), 0), min(claim_id) FROM claim",
    "SELECT count(*), min(report_id), max(report_id) FROM report",
    "SELECT count(*), min(text), max(text) FROM qualifier",
    "SELECT count(*), min(message), max(message) FROM issue",
)


def _measure(connection: Connection) -> list[Any]:
    """Return counts and sums that no migration may change."""
    return [tuple(connection.exec_driver_sql(asked).one()) for asked in _MEASURED]


def _revision(target: URL) -> str:
    engine = reading_engine(target)
    try:
        with explained(target, reading=True), engine.connect() as connection:
            return schema.require_known(connection, target)
    finally:
        engine.dispose()


def _backed_up(url: str, target: URL, before: str, backup_to: Path | None) -> Path:
    stamp = printed_instant(time.time_ns() // 1000).replace(":", "").replace("-", "")
    named = f"before-{HEAD}-{stamp}"
    if backup_to is None:
        file = Path(where(target)) if target.get_backend_name() == "sqlite" else Path(f"{target.database}.dump")
        backup_to = file.with_name(f"{file.stem}.{before}-{named}{file.suffix}")
    manifest = backup(url, backup_to)
    return backup_to / manifest.file if backup_to.is_dir() else backup_to
