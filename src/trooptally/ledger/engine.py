"""Connections: how a ledger's URL becomes an engine that reads and an engine that writes, and what their errors mean.

The defaults of drivers lose updates, so both engines begin their transactions themselves. On SQLite every writer takes
the write lock at once (BEGIN IMMEDIATE), the journal is a write-ahead log that is flushed at every commit, and the
reading engine refuses to write. On PostgreSQL a writer takes one advisory lock, which makes the order of changes total.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from trooptally.errors import LedgerBusy, LedgerError, LedgerMissing, LedgerReadOnly, NotALedger
from trooptally.ledger.authorizer import authorized

WRITER_LOCK = 0x7472_6F6F_7074
"""The advisory lock that a PostgreSQL writer holds to the end of its transaction ("troopt" in ASCII)."""

SAFE_LOG = (3, 51, 3)
"""The first SQLite whose write-ahead log is safe with several connections."""

_SQLITE_SETTINGS = ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "trusted_schema=OFF")
_JOURNAL_LIMIT = 64 * 1024 * 1024
_WRITER_CACHE_KIB = 128 * 1024
_LONGEST_PAUSE = 0.016
_TAKEN = ("locked", "busy")


def busy_seconds() -> float:
    """Return how long a writer waits for another one, in seconds (TROOPTALLY_BUSY_SECONDS, 30 if unset)."""
    return float(os.environ.get("TROOPTALLY_BUSY_SECONDS", "30"))


def sqlite_driver() -> ModuleType:
    """Return the SQLite module to use: Python's own, or the newer one that was installed beside it.

    Before 3.51.3, a checkpoint that races with a commit can damage a write-ahead log.
    """
    if sqlite3.sqlite_version_info >= SAFE_LOG:
        return sqlite3
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def journal_mode() -> str:
    """Return the journal that this machine's SQLite keeps safely: a write-ahead log, or a truncated journal."""
    return "WAL" if sqlite_driver().sqlite_version_info >= SAFE_LOG else "TRUNCATE"


def ledger_url(text: str) -> URL:
    """Return the URL of a ledger; a plain path means SQLite.

    Raises:
        LedgerError: the text is no URL of an engine that a ledger can live on.
    """
    spelled = text if "://" in text else f"sqlite:///{text}"
    try:
        url = make_url(spelled)
    except ArgumentError:
        raise LedgerError(f"{text!r} is not a ledger's URL; expected sqlite:///FILE or postgresql://…") from None
    match url.get_backend_name():
        case "sqlite":
            if not url.database or url.database == ":memory:":
                raise LedgerError("A ledger needs a file: expected sqlite:///FILE, not a database in memory.")
            return url
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise LedgerError(f"A ledger lives on SQLite or PostgreSQL, not on {other!r}.")


def where(url: URL) -> str:
    """Return the ledger's place as a person would say it: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def require_file(url: URL) -> None:
    """Refuse a SQLite file that is not there or not SQLite, before a driver would make or mend it.

    Raises:
        LedgerMissing: no file.
        NotALedger: a folder, an empty file, or a file of another kind.
    """
    if url.get_backend_name() != "sqlite":
        return
    path = Path(str(url.database))
    if path.is_dir():
        raise NotALedger(str(path), "it is a folder")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        raise LedgerMissing(str(path)) from None
    except OSError as error:
        raise LedgerError(f"{path} cannot be opened: {error.strerror}.") from error
    if head != b"SQLite format 3\x00":
        found = "it is empty" if not head else "it is not a SQLite database"
        raise NotALedger(str(path), found)


def reading_engine(url: URL) -> Engine:
    """Return an engine whose every transaction reads one moment of the ledger and cannot write."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, begin="BEGIN", settings=("query_only=ON",))
    engine = create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True, connect_args=_POSTGRESQL)
    return engine.execution_options(postgresql_readonly=True)


def writing_engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    """Return an engine whose every transaction holds the ledger's one write lock from its first statement on.

    Args:
        url: The ledger.
        foreign_keys: Off only for migrations: SQLite rebuilds a table by dropping the old one, which would cascade.
    """
    if url.get_backend_name() == "sqlite":
        settings: tuple[str, ...] = (
            f"journal_mode={journal_mode()}",
            f"journal_size_limit={_JOURNAL_LIMIT}",
            f"cache_size=-{_WRITER_CACHE_KIB}",
        )
        if not foreign_keys:
            settings = (*settings, "foreign_keys=OFF")
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", settings=settings)
    engine = create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, connect_args=_POSTGRESQL)

    @event.listens_for(engine, "begin")
    def _lock(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(busy_seconds() * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    return engine


_POSTGRESQL = {"connect_timeout": 10, "application_name": "trooptally"}


def _sqlite_engine(url: URL, *, begin: str, settings: tuple[str, ...]) -> Engine:
    # Readers keep connections, because dashboards ask many times a second; writers open one each time. A pool of one
    # connection per thread will not do: with more threads than it keeps, it closes connections that others are using.
    kept: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 16, "max_overflow": 48}
    pool = kept if begin == "BEGIN" else {"poolclass": NullPool}
    engine = create_engine(url, module=sqlite_driver(), connect_args={"timeout": busy_seconds()}, **pool)
    guarded = "foreign_keys=OFF" not in settings  # a migration must be able to rebuild tables

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions on its own
        for setting in _SQLITE_SETTINGS + settings:
            connection.execute(f"PRAGMA {setting}")
        if guarded:
            connection.set_authorizer(authorized)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if begin == "BEGIN":
            connection.exec_driver_sql(begin)
        else:
            _take_turn(connection.connection.dbapi_connection, begin)

    return engine


def _take_turn(connection: Any, begin: str) -> None:
    """Begin to write as soon as no one else does, asking the more often the longer it has waited.

    SQLite's own wait asks ever more seldom, so that of many writers the newest goes first and some wait for seconds.
    """
    longest, start = busy_seconds(), time.monotonic()
    connection.execute("PRAGMA busy_timeout = 0")
    while True:
        waited = time.monotonic() - start
        try:
            connection.execute(begin)
            break
        except sqlite_driver().OperationalError as error:
            if waited >= longest or not any(word in str(error) for word in _TAKEN):
                raise
        time.sleep(random.uniform(0, _LONGEST_PAUSE / (1 + 4 * waited)))  # noqa: S311 - a pause, no secret
    connection.execute(f"PRAGMA busy_timeout = {int(longest * 1000)}")


def wait_for_writer(url: URL, reader: Engine) -> None:
    """Take the write lock and let it go, writing nothing; on a replica, which knows no writers, do nothing.

    Args:
        url: The ledger.
        reader: An engine that reads it.
    """
    longest = busy_seconds()
    if url.get_backend_name() == "sqlite":
        with closing(sqlite_driver().connect(str(url.database), timeout=longest, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        return
    with reader.connect() as connection:
        if connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar():
            return
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(longest * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({WRITER_LOCK})")


@contextmanager
def explained(url: URL, *, reading: bool = False) -> Iterator[None]:
    """Turn what a driver raises into one of our own sentences.

    Args:
        url: The ledger.
        reading: Nothing is to be written, so that a SQLite that complains of rights could not keep its log.
    """
    try:
        with _log_explained(url) if reading else nullcontext():
            yield
    except NoSuchModuleError as error:
        raise LedgerError(f"No driver for {where(url)} is installed: {error}.") from error
    except DBAPIError as error:
        raise _meaning(url, error) from error
    except (sqlite3.DatabaseError, sqlite_driver().DatabaseError) as error:
        raise _sqlite_meaning(url, str(error)) or LedgerError(f"{where(url)}: {error}.") from error


@contextmanager
def _log_explained(url: URL) -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError, sqlite_driver().OperationalError) as error:
        complains = any(words in str(error) for words in ("readonly", "unable to open"))
        if url.get_backend_name() != "sqlite" or not complains:
            raise
        raise LedgerError(
            f"{where(url)} cannot be read: SQLite keeps a log beside it, and you may not write to the folder; "
            "ask for the right to write to it, or restore a backup of the ledger to a folder of your own."
        ) from error


def _meaning(url: URL, error: DBAPIError) -> LedgerError:
    text = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    if url.get_backend_name() == "sqlite":
        known = _sqlite_meaning(url, text)
        if known is not None:
            return known
    elif isinstance(error, OperationalError) and "lock timeout" in text:
        return LedgerBusy(where(url), busy_seconds())
    elif isinstance(error, OperationalError):
        return LedgerError(f"The server of {where(url)} could not be used: {text}. Nothing was written.")
    if isinstance(error, DatabaseError):
        return LedgerError(f"{where(url)} refused: {text}. Nothing was written.")
    return LedgerError(f"{where(url)}: {text}.")


def _sqlite_meaning(url: URL, text: str) -> LedgerError | None:
    """Return the sentence for what SQLite said, by the words it is known to use."""
    place = where(url)
    meanings: tuple[tuple[tuple[str, ...], LedgerError], ...] = (
        (_TAKEN, LedgerBusy(place, busy_seconds())),
        (("readonly", "read-only"), LedgerReadOnly(place)),
        (("not a database", "encrypted"), NotALedger(place, "it is not a SQLite database")),
        (("malformed",), LedgerError(f"{place} is damaged ({text}); restore a backup of it.")),
        (("full",), LedgerError(f"The disk that holds {place} is full; nothing was written.")),
        (
            ("unable to open",),
            LedgerError(f"{place} cannot be opened: check that its folder exists and may be read and written."),
        ),
    )
    return next((error for words, error in meanings if any(word in text for word in words)), None)
