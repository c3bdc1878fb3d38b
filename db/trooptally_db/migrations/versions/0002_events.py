"""Events, and a guard for names of contributors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from trooptally_db.revisions import HistoryKept

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_GUARDS = (
    'CREATE TRIGGER keep_event_update BEFORE UPDATE ON event WHEN NOT (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND OLD."event_id" IS NEW."event_id" AND OLD."version" IS NEW."version" AND OLD."change_seq" IS NEW."change_seq" AND OLD."recorded_at" IS NEW."recorded_at" AND OLD."status" IS NEW."status" AND OLD."as_of" IS NEW."as_of" AND OLD."as_of_earliest" IS NEW."as_of_earliest" AND OLD."as_of_latest" IS NEW."as_of_latest" AND OLD."title" IS NEW."title" AND OLD."note" IS NEW."note" AND OLD."url" IS NEW."url" AND OLD."source_id" IS NEW."source_id" AND OLD."force" IS NEW."force" AND OLD."place" IS NEW."place") BEGIN SELECT RAISE(ABORT, \'append-only: event keeps every row\'); END',
    "CREATE TRIGGER keep_event_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append-only: event keeps every row'); END",
    'CREATE TRIGGER keep_event_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE "event_id" IS NEW."event_id" AND "version" IS NEW."version") BEGIN SELECT RAISE(ABORT, \'append-only: event keeps every row\'); END',
)

POSTGRESQL_GUARDS = (
    'CREATE TRIGGER keep_event_update BEFORE UPDATE ON event FOR EACH ROW WHEN (NOT (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND OLD."event_id" IS NOT DISTINCT FROM NEW."event_id" AND OLD."version" IS NOT DISTINCT FROM NEW."version" AND OLD."change_seq" IS NOT DISTINCT FROM NEW."change_seq" AND OLD."recorded_at" IS NOT DISTINCT FROM NEW."recorded_at" AND OLD."status" IS NOT DISTINCT FROM NEW."status" AND OLD."as_of" IS NOT DISTINCT FROM NEW."as_of" AND OLD."as_of_earliest" IS NOT DISTINCT FROM NEW."as_of_earliest" AND OLD."as_of_latest" IS NOT DISTINCT FROM NEW."as_of_latest" AND OLD."title" IS NOT DISTINCT FROM NEW."title" AND OLD."note" IS NOT DISTINCT FROM NEW."note" AND OLD."url" IS NOT DISTINCT FROM NEW."url" AND OLD."source_id" IS NOT DISTINCT FROM NEW."source_id" AND OLD."force" IS NOT DISTINCT FROM NEW."force" AND OLD."place" IS NOT DISTINCT FROM NEW."place")) EXECUTE FUNCTION keep_history()',
    "CREATE TRIGGER keep_event_delete BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_event_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
)

NAME_TAKEN = 'CREATE TRIGGER keep_contributor_replace BEFORE INSERT ON contributor WHEN EXISTS (SELECT 1 FROM contributor WHERE "contributor_id" IS NEW."contributor_id" OR "name" IS NEW."name") BEGIN SELECT RAISE(ABORT, \'append-only: contributor keeps every row\'); END'
ID_TAKEN = 'CREATE TRIGGER keep_contributor_replace BEFORE INSERT ON contributor WHEN EXISTS (SELECT 1 FROM contributor WHERE "contributor_id" IS NEW."contributor_id") BEGIN SELECT RAISE(ABORT, \'append-only: contributor keeps every row\'); END'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "event",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.Column("recorded_at", WHOLE, nullable=False),
        sa.Column("superseded_at", WHOLE, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("as_of_earliest", sa.Text(), nullable=False),
        sa.Column("as_of_latest", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("force", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_event_version_from_one")),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_event_title_given")),
        sa.CheckConstraint("status IN ('accepted', 'retracted')", name=op.f("ck_event_status_known")),
        sa.CheckConstraint("as_of_earliest <= as_of_latest", name=op.f("ck_event_days_in_order")),
        sa.CheckConstraint(
            "superseded_at IS NULL OR superseded_at > recorded_at", name=op.f("ck_event_superseded_later")
        ),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_event_change_seq")),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], name=op.f("fk_event_source_id")),
        sa.ForeignKeyConstraint(["force"], ["force.force_id"], name=op.f("fk_event_force")),
        sa.ForeignKeyConstraint(["place"], ["place.place_id"], name=op.f("fk_event_place")),
        sa.PrimaryKeyConstraint("event_id", "version", name=op.f("pk_event")),
        sqlite_strict=True,
    )
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL_GUARDS:
            run(statement)
        return
    for statement in ("DROP TRIGGER keep_contributor_replace", NAME_TAKEN, *SQLITE_GUARDS):
        run(statement)


def downgrade() -> None:
    """Bring the tables back to the revision before.

    Raises:
        HistoryKept: the ledger has events.
    """
    run = op.get_bind().exec_driver_sql
    if run("SELECT 1 FROM event LIMIT 1").first() is not None:
        raise HistoryKept("The ledger has events, which revision 0001 has no table for; nothing was changed.")
    op.drop_table("event")
    if op.get_bind().dialect.name == "sqlite":
        run("DROP TRIGGER keep_contributor_replace")
        run(ID_TAKEN)
