"""The rights that the program's own role has on PostgreSQL: to read, to add, and nothing that alters history.

The tables belong to the role that migrates. The program runs under another one, which may select and insert, set the
end of a version (`superseded_at`; a trigger lets it be set once) and move the roll-up of counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from trooptally_db.tables import APPEND_ONLY, metadata, series, series_origin

SET_LATER = (
    *(("claim", "superseded_at"), ("event", "superseded_at"), ("series_origin", "claims")),
    *(("account", "role"), ("account", "password_hash"), ("account", "disabled_at")),
    *(("session", "seen_at"), ("session", "ended_at"), ("sign_in_link", "used_at")),
)
"""The columns that the program may update."""


def grants(role: str) -> Iterator[str]:
    """Yield the statements that give a role its rights, to be run by the owner of the tables."""
    name = f'"{role.replace(chr(34), chr(34) * 2)}"'
    every = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    yield f'REVOKE ALL ON {every}, "alembic_version" FROM PUBLIC, {name}'
    yield f"GRANT SELECT, INSERT ON {every} TO {name}"
    yield f'GRANT SELECT ON "alembic_version" TO {name}'
    for owner, column in SET_LATER:
        yield f'GRANT UPDATE ("{column}") ON "{owner}" TO {name}'
    for table in metadata.sorted_tables:
        if table not in (*APPEND_ONLY, series, series_origin):  # accounts and the like are no history
            yield f'GRANT UPDATE, DELETE ON "{table.name}" TO {name}'
