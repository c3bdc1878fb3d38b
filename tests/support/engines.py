"""Raw connections to a ledger's file or database, past the program, as an attacker or an administrator has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from trooptally.ledger.engine import ledger_url, sqlite_driver


@contextmanager
def raw(url: str) -> Iterator[Any]:
    """Yield a function that runs SQL on a ledger, each statement at once and for good."""
    target = ledger_url(url)
    if target.get_backend_name() == "sqlite":
        with closing(sqlite_driver().connect(target.database, isolation_level=None)) as connection:
            yield lambda sql: connection.execute(sql).fetchall()
        return
    plain = target.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield lambda sql: _run(connection, sql)


def _run(connection: psycopg.Connection[Any], sql: str) -> list[Any]:
    cursor = connection.execute(sql.encode())
    return cursor.fetchall() if cursor.description else []


def without_guards(url: str, *statements: str) -> None:
    """Run statements as the owner of the ledger can: triggers off, then on again as if nothing had been."""
    with raw(url) as run:
        if ledger_url(url).get_backend_name() == "postgresql":
            for statement in ("SET session_replication_role = replica", *statements):
                run(statement)
            return
        triggers = run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        run("PRAGMA foreign_keys = OFF")
        for name, _ in triggers:
            run(f"DROP TRIGGER {name}")
        for statement in statements:
            run(statement)
        for _, sql in triggers:
            run(sql)
