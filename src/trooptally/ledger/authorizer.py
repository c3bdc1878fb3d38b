"""What the program's own connections to SQLite may do, asked by SQLite for every statement before it runs.

A second fence in front of the triggers: whatever reaches SQL through this program can neither edit history nor take
its guards away. It asks by the kind of a statement; `INSERT OR REPLACE` is an insert to it, and left to the triggers.
"""

from __future__ import annotations

import sqlite3

from trooptally_db.grants import SET_LATER
from trooptally_db.tables import APPEND_ONLY

_KEPT = frozenset(table.name for table in APPEND_ONLY)
_SET_LATER = frozenset(SET_LATER)
_ALLOWED = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
    }
)


def authorized(action: int, first: str | None, second: str | None, _schema: str | None, _by: str | None) -> int:
    """Return whether SQLite may do this: read, add rows, and update or delete what is not history."""
    match action:
        case sqlite3.SQLITE_INSERT:
            allowed = first is None or not first.startswith("sqlite_")
        case sqlite3.SQLITE_UPDATE:
            allowed = first not in _KEPT or (first, second) in _SET_LATER
        case sqlite3.SQLITE_DELETE:
            allowed = first not in _KEPT and not str(first).startswith("sqlite_")
        case sqlite3.SQLITE_PRAGMA:
            allowed = second is None or first in _HARMLESS_PRAGMAS
        case _:
            allowed = action in _ALLOWED
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


_HARMLESS_PRAGMAS = frozenset(
    {
        "integrity_check",
        "quick_check",
        "table_info",
        "table_xinfo",
        "table_list",
        "index_list",
        "index_info",
        "index_xinfo",
        "foreign_key_list",
        "foreign_key_check",
        "busy_timeout",
    }
)
