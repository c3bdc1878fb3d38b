"""The layout of a ledger: made, checked at every opening, and brought up to date by Alembic in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import URL

from trooptally.errors import LedgerError, LedgerVersion, NotALedger
from trooptally.ledger.engine import explained, where, writing_engine
from trooptally_db.revisions import HEAD, REVISIONS, HistoryKept

if TYPE_CHECKING:
    from alembic.config import Config


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database carries, or None if it is none of ours."""
    tables = inspect(connection)
    if not tables.has_table("alembic_version") or not tables.has_table("change"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def require_current(connection: Connection, url: URL) -> None:
    """Refuse a database that is not a ledger of this program's revision.

    Raises:
        NotALedger: a database of something else.
        LedgerVersion: a ledger, but newer than this program or not yet migrated.
    """
    found = require_known(connection, url)
    if found != HEAD:
        raise LedgerVersion(
            f"The ledger at {where(url)} is at revision {found}, this program writes {HEAD}; "
            "'trooptally migrate' brings it up to date after taking a backup."
        )


def require_known(connection: Connection, url: URL) -> str:
    """Return the revision of a ledger that this program can read or migrate.

    Raises:
        NotALedger: a database of something else.
        LedgerVersion: a ledger that is newer than this program.
    """
    found = revision_of(connection)
    if found is None:
        raise NotALedger(where(url), "the database has none of a ledger's tables")
    if found in REVISIONS:
        return found
    raise LedgerVersion(
        f"The ledger at {where(url)} is at revision {found}, which is newer than this program ({HEAD}): "
        "update trooptally to open it."
    )


def create(connection: Connection, url: URL) -> None:
    """Lay out an empty database as a ledger, inside the caller's transaction.

    Raises:
        LedgerError: the database already has tables.
    """
    require_empty(connection, url)
    upgrade(connection, HEAD)


def require_empty(connection: Connection, url: URL) -> None:
    """Refuse a database that has tables.

    Raises:
        LedgerError: it has.
    """
    if inspect(connection).get_table_names():
        raise LedgerError(f"{where(url)} already has tables; a new ledger needs an empty database.")


def upgrade(connection: Connection, revision: str) -> None:
    """Run every migration up to a revision on a connection whose transaction is the caller's."""
    from alembic import command

    command.upgrade(_alembic(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Run migrations back down to a revision ("base" for none).

    Raises:
        LedgerError: rows of history would be lost.
    """
    from alembic import command

    try:
        command.downgrade(_alembic(connection), revision)
    except HistoryKept as error:
        raise LedgerError(str(error)) from error


@contextmanager
def migrating(url: URL, *, keep: bool = True) -> Iterator[Connection]:
    """Yield a connection for migrations: one transaction, foreign keys off, checked before it commits.

    Args:
        url: The ledger.
        keep: False takes everything back at the end.

    Raises:
        LedgerError: a row refers to one that is not there; nothing was changed.
    """
    with explained(url):
        engine = writing_engine(url, foreign_keys=False)
        try:
            with engine.connect() as connection, connection.begin() as transaction:
                yield connection
                if url.get_backend_name() == "sqlite":
                    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if orphan is not None:
                        raise LedgerError(f"The migration would orphan a row of {orphan[0]}; nothing was changed.")
                if not keep:
                    transaction.rollback()
        finally:
            engine.dispose()


def _alembic(connection: Connection) -> Config:
    from importlib.resources import files

    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(files("trooptally_db") / "migrations"))
    configuration.attributes["connection"] = connection
    return configuration
