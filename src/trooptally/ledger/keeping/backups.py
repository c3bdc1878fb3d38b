"""Backups: taken while others write, checked before they count, and restored only where nothing is.

A SQLite ledger is copied by SQLite's own backup (a plain copy of the file misses what is still in the write-ahead
log), a PostgreSQL one by pg_dump of one snapshot. A backup counts once its manifest stands beside it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, insert
from sqlalchemy.engine import URL

from trooptally.errors import LedgerError, RefusedInput
from trooptally.ledger import schema
from trooptally.ledger.anchors import Anchor
from trooptally.ledger.engine import (
    busy_seconds,
    explained,
    ledger_url,
    reading_engine,
    require_file,
    sqlite_driver,
    where,
    writing_engine,
)
from trooptally.ledger.instants import printed_instant
from trooptally.ledger.keeping import programs
from trooptally.ledger.keeping.manifest import (
    Manifest,
    manifest_path,
    read_manifest,
    require_free,
    sha256_of,
    sync_folder,
)
from trooptally.ledger.verify import verify
from trooptally_db import tables
from trooptally_db.revisions import HEAD


def backup(url: str, path: Path) -> Manifest:
    """Take a backup of a ledger, check it, and put it and its manifest in place.

    Args:
        url: The ledger; others may read and write it meanwhile.
        path: The file to make, or a folder that gets a file named after the instant.

    Raises:
        LedgerError: the ledger cannot be read or its history is broken, or the backup cannot be written.
    """
    source, at = ledger_url(url), time.time_ns() // 1000
    require_file(source)
    target = _named(source, path, at)
    require_free(target, "backup")
    require_free(manifest_path(target), "backup")
    with _partial(target) as part:
        anchor, revision = _copy_sqlite(source, part) if _is_sqlite(source) else _copy_postgresql(source, part)
        manifest = Manifest(
            file=target.name,
            engine=source.get_backend_name(),
            revision=revision,
            change=anchor.change,
            hash=anchor.hash,
            taken_at=printed_instant(at),
            bytes=part.stat().st_size,
            sha256=sha256_of(part),
        )
        part.replace(target)
    sync_folder(target.parent)
    manifest.write(manifest_path(target))
    _log(source, target, manifest, at)
    return manifest


def check(path: Path) -> Manifest:
    """Check a backup without restoring it: its bytes, its pages and its history.

    Raises:
        RefusedInput: it is no backup or not as it was written.
        LedgerError: its history is broken.
    """
    manifest = read_manifest(path)
    if manifest.engine == "sqlite":
        _require_same(path, _checked_sqlite(ledger_url(str(path)), manifest.revision, place=str(path)), manifest)
    return manifest


def restore(path: Path, to: str) -> Manifest:
    """Restore a backup to where no ledger is, and check what was restored.

    Raises:
        RefusedInput: it is no backup, not as it was written, or of another engine.
        LedgerError: something is already there, or the restored history is not that of the manifest.
    """
    target, manifest = ledger_url(to), read_manifest(path)
    if target.get_backend_name() != manifest.engine:
        raise RefusedInput(f"{path} is a backup of a {manifest.engine} ledger; it cannot become {where(target)}.")
    if _is_sqlite(target):
        _restore_sqlite(path, target, manifest)
    else:
        _restore_postgresql(path, target, manifest)
    return manifest


def _restore_sqlite(path: Path, target: URL, manifest: Manifest) -> None:
    file = Path(where(target))
    require_free(file, "ledger")
    with _partial(file) as part:
        shutil.copyfile(path, part)
        _require_same(path, _checked_sqlite(ledger_url(str(part)), manifest.revision, place=str(path)), manifest)
        _sync(part)
        part.replace(file)
    sync_folder(file.parent)


def _restore_postgresql(path: Path, target: URL, manifest: Manifest) -> None:
    engine = reading_engine(target)
    try:
        with explained(target), engine.connect() as connection:
            schema.require_empty(connection, target)
        programs.undump(target, path)
        with explained(target), engine.connect() as connection:
            _require_same(path, _sound(connection, where(target), manifest.revision), manifest)
    finally:
        engine.dispose()


def _copy_sqlite(source: URL, part: Path) -> tuple[Anchor, str]:
    driver = sqlite_driver()
    with (
        explained(source, reading=True),
        closing(driver.connect(where(source), timeout=busy_seconds())) as original,
        closing(driver.connect(part)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, not one with a log beside it
    _sync(part)
    revision = _revision(ledger_url(str(part)))
    return _checked_sqlite(ledger_url(str(part)), revision, place=where(source)), revision


def _copy_postgresql(source: URL, part: Path) -> tuple[Anchor, str]:
    programs.require_program("pg_dump")
    engine = reading_engine(source)
    try:
        with explained(source), engine.connect() as connection:
            snapshot = str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
            revision = schema.require_known(connection, source)
            anchor = _sound(connection, where(source), revision)
            programs.dump(source, part, snapshot)
    finally:
        engine.dispose()
    _sync(part)
    return anchor, revision


def _revision(url: URL) -> str:
    engine = reading_engine(url)
    try:
        with explained(url, reading=True), engine.connect() as connection:
            return schema.require_known(connection, url)
    finally:
        engine.dispose()


def _checked_sqlite(url: URL, revision: str, *, place: str) -> Anchor:
    engine = reading_engine(url)
    try:
        with explained(url, reading=True), engine.connect() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            if said != "ok":
                raise LedgerError(f"{place} is damaged ({' '.join(str(said).split())}).")
            return _sound(connection, place, revision)
    finally:
        engine.dispose()


def _sound(connection: Connection, place: str, revision: str) -> Anchor:
    """Return the anchor of a ledger whose history is as it was written; an older layout is only asked for its head."""
    if revision == HEAD:
        verified = verify(connection)
        if verified.findings:
            raise LedgerError(f"The history in {place} is broken: {verified.findings[0]}")
    last = connection.exec_driver_sql("SELECT seq, hash, at FROM change ORDER BY seq DESC LIMIT 1").first()
    if last is None:
        raise LedgerError(f"{place} has no history at all.")
    return Anchor(change=last[0], hash=last[1], at=printed_instant(last[2]))


def _require_same(path: Path, anchor: Anchor, manifest: Manifest) -> None:
    if (anchor.change, anchor.hash) != (manifest.change, manifest.hash):
        raise LedgerError(f"{path} does not hold the history that its manifest names.")


def _log(source: URL, target: Path, manifest: Manifest, at: int) -> None:
    """Remember the backup in the ledger, if it is of this layout and may be written."""
    if manifest.revision != HEAD:
        return
    engine = writing_engine(source)
    row = {"taken_at": at, "place": str(target.absolute()), "change_seq": manifest.change, "sha256": manifest.sha256}
    try:
        with suppress(LedgerError), explained(source), engine.begin() as connection:
            connection.execute(insert(tables.backup).values(row))
    finally:
        engine.dispose()


def _named(source: URL, path: Path, at: int) -> Path:
    if not path.is_dir():
        return path
    stamp = printed_instant(at).replace(":", "").replace("-", "")
    return path / f"trooptally-{stamp}.{'db' if _is_sqlite(source) else 'dump'}"


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """Yield a file beside the target that is gone afterwards, unless it has taken the target's place."""
    part = target.with_name(f".{target.name}.partial-{os.getpid()}")
    try:
        yield part
    except OSError as error:
        raise LedgerError(f"{target} could not be written: {error.strerror or error}.") from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"
