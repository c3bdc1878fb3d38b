"""The programs of PostgreSQL that dump and restore a database."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from trooptally.errors import LedgerError
from trooptally.ledger.engine import where


def dump(url: URL, path: Path, snapshot: str) -> None:
    """Dump a database, as one snapshot of it stands, into a file.

    Raises:
        LedgerError: pg_dump is not installed, or it failed.
    """
    _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={path}")


def undump(url: URL, path: Path) -> None:
    """Restore a dump into an empty database, all of it or nothing.

    Raises:
        LedgerError: pg_restore is not installed, or it failed.
    """
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", str(path))


def require_program(name: str) -> str:
    """Return where a program of PostgreSQL is.

    Raises:
        LedgerError: it is not installed.
    """
    found = shutil.which(name)
    if found is None:
        newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        if not newest:
            raise LedgerError(
                f"{name} is not installed: install PostgreSQL's client programs to back up or restore a ledger on it."
            )
        found = str(newest[-1])
    return found


def _run(name: str, url: URL, *options: str) -> None:
    program = require_program(name)
    address = {"PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
    # The password travels in the environment: arguments are there for every user of the machine to read.
    given = {key: str(value) for key, value in address.items() if value is not None}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, arguments of ours, no shell
        [program, "--no-password", f"--dbname={url.database}", *options],
        env={**os.environ, **given},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it did not say why"]
        raise LedgerError(f"{name} could not be run on {where(url)}: {said[0]}.")
