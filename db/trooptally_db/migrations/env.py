"""Alembic's entry: one transaction for all revisions, on the connection that the ledger hands over.

The caller has opened the transaction and, on SQLite, switched foreign keys off before it (a table rebuild would
otherwise cascade into the children of the table it replaces).
"""

from __future__ import annotations

from alembic import context

from trooptally_db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
