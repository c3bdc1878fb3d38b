"""What a backup says about itself, in a small file beside it."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from hashlib import file_digest
from pathlib import Path

import orjson

from trooptally.errors import LedgerError, RefusedInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup is of.

    Attributes:
        file: Name of the backup, in the manifest's folder.
        engine: "sqlite" or "postgresql".
        revision: Layout of its tables.
        change: Number of its last change.
        hash: That change's hash, which anchors the whole history in the backup.
        taken_at: Instant, ISO 8601 in UTC.
        bytes: Size of the backup.
        sha256: Its SHA-256.
    """

    file: str
    engine: str
    revision: str
    change: int
    hash: str
    taken_at: str
    bytes: int
    sha256: str

    def write(self, path: Path) -> None:
        """Write the manifest of a backup, whole or not at all."""
        part = path.with_name(f".{path.name}.partial")
        with part.open("wb") as file:
            file.write(orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)


def manifest_path(backup: Path) -> Path:
    """Return where the manifest of a backup is."""
    return backup.with_name(f"{backup.name}.json")


def read_manifest(backup: Path) -> Manifest:
    """Return the manifest of a backup, once the backup's bytes are those it speaks of.

    Raises:
        RefusedInput: there is no backup or no manifest, or one of them is damaged.
    """
    path = manifest_path(backup)
    if not backup.is_file():
        raise RefusedInput(f"There is no backup at {backup}.")
    try:
        read = orjson.loads(path.read_bytes())
        manifest = Manifest(**{f.name: read[f.name] for f in fields(Manifest)})
    except FileNotFoundError:
        raise RefusedInput(f"{backup} has no manifest ({path.name}): it is no backup, or was not finished.") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusedInput(f"{path} is not the manifest of a backup: {type(error).__name__}.") from error
    if backup.stat().st_size != manifest.bytes or sha256_of(backup) != manifest.sha256:
        raise RefusedInput(f"{backup} is not as it was written: its size or SHA-256 is not that of its manifest.")
    return manifest


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_free(path: Path, what: str) -> None:
    """Refuse a path that is taken, or whose folder is not there.

    Raises:
        LedgerError: it is one of these.
    """
    if path.exists():
        raise LedgerError(f"{path} already exists; no {what} is written over it.")
    if not path.parent.is_dir():
        raise LedgerError(f"{path} cannot be made: there is no folder {path.parent}.")
