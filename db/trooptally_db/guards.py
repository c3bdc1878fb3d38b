"""The triggers that make history append-only, as SQL text for each engine.

On SQLite three guards stand before every table of history: no UPDATE, no DELETE, and no INSERT onto a key that is
taken (`INSERT OR REPLACE` would otherwise delete the old row without asking the DELETE guard). PostgreSQL needs no
third guard, but one against TRUNCATE. The one UPDATE that is let through sets the `superseded_at` of a claim's or
event's version, once.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table, UniqueConstraint

from trooptally_db.tables import APPEND_ONLY

PREFIX = "keep_"


def sqlite_guards() -> Iterator[str]:
    """Yield the CREATE TRIGGER statements for SQLite."""
    for table in APPEND_ONLY:
        name = table.name
        allowed = f"WHEN NOT ({_superseding_only(table, same='IS')})" if _superseded(table) else ""
        key = " OR ".join(_taken(columns) for columns in _keys(table))
        yield _sqlite_trigger(f"{PREFIX}{name}_update", f"BEFORE UPDATE ON {name} {allowed}", name)
        yield _sqlite_trigger(f"{PREFIX}{name}_delete", f"BEFORE DELETE ON {name}", name)
        yield _sqlite_trigger(
            f"{PREFIX}{name}_replace",
            f"BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE {key})",  # noqa: S608  our own names
            name,
        )


def postgresql_guards() -> Iterator[str]:
    """Yield the statements that make the guards of PostgreSQL."""
    yield (
        "CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION USING MESSAGE = 'append-only: ' || TG_TABLE_NAME || ' keeps every row'; END $$"
    )
    for table in APPEND_ONLY:
        name = table.name
        same = "IS NOT DISTINCT FROM"
        allowed = f"WHEN (NOT ({_superseding_only(table, same=same)}))" if _superseded(table) else ""
        yield (
            f"CREATE TRIGGER {PREFIX}{name}_update BEFORE UPDATE ON {name} "
            f"FOR EACH ROW {allowed} EXECUTE FUNCTION keep_history()"
        )
        yield (
            f"CREATE TRIGGER {PREFIX}{name}_delete BEFORE DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION keep_history()"
        )
        yield (
            f"CREATE TRIGGER {PREFIX}{name}_truncate BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_history()"
        )


def _superseded(table: Table) -> bool:
    return "superseded_at" in table.c


def _keys(table: Table) -> Iterator[list[Column[object]]]:
    """Yield the columns of the primary key and of every other unique key."""
    yield list(table.primary_key)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield list(constraint.columns)


def _taken(columns: list[Column[object]]) -> str:
    return " AND ".join(f'"{c.name}" IS NEW."{c.name}"' for c in columns)


def _superseding_only(table: Table, *, same: str) -> str:
    """Return the condition under which an UPDATE only sets `superseded_at`, and for the first time."""
    untouched = " AND ".join(
        f'OLD."{c.name}" {same} NEW."{c.name}"' for c in table.columns if c.name != "superseded_at"
    )
    return f"OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND {untouched}"


def _sqlite_trigger(name: str, when: str, table: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'append-only: {table} keeps every row'); END"
