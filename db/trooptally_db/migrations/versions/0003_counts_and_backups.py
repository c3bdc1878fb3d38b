"""Counts of each series after every change, a log of backups, and indexes that answer alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = ("force", "place", "measure", "component", "basis")
PAGE = 10_000

SQLITE_GUARDS = (
    "CREATE TRIGGER keep_tally_update BEFORE UPDATE ON tally  BEGIN SELECT RAISE(ABORT, 'append-only: tally keeps every row'); END",
    "CREATE TRIGGER keep_tally_delete BEFORE DELETE ON tally BEGIN SELECT RAISE(ABORT, 'append-only: tally keeps every row'); END",
    'CREATE TRIGGER keep_tally_replace BEFORE INSERT ON tally WHEN EXISTS (SELECT 1 FROM tally WHERE "force" IS NEW."force" AND "place" IS NEW."place" AND "measure" IS NEW."measure" AND "component" IS NEW."component" AND "basis" IS NEW."basis" AND "recorded_at" IS NEW."recorded_at") BEGIN SELECT RAISE(ABORT, \'append-only: tally keeps every row\'); END',
    "CREATE TRIGGER keep_backup_update BEFORE UPDATE ON backup  BEGIN SELECT RAISE(ABORT, 'append-only: backup keeps every row'); END",
    "CREATE TRIGGER keep_backup_delete BEFORE DELETE ON backup BEGIN SELECT RAISE(ABORT, 'append-only: backup keeps every row'); END",
    'CREATE TRIGGER keep_backup_replace BEFORE INSERT ON backup WHEN EXISTS (SELECT 1 FROM backup WHERE "taken_at" IS NEW."taken_at") BEGIN SELECT RAISE(ABORT, \'append-only: backup keeps every row\'); END',
)

POSTGRESQL_GUARDS = (
    "CREATE TRIGGER keep_tally_update BEFORE UPDATE ON tally FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_tally_delete BEFORE DELETE ON tally FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_tally_truncate BEFORE TRUNCATE ON tally FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_backup_update BEFORE UPDATE ON backup FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_backup_delete BEFORE DELETE ON backup FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_backup_truncate BEFORE TRUNCATE ON backup FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
)

MOVES = """
SELECT n.force, n.place, n.measure, n.component, n.basis, n.recorded_at, n.change_seq, n.status, n.origin_id, 1
FROM claim n
UNION ALL
SELECT c.force, c.place, c.measure, c.component, c.basis, n.recorded_at, n.change_seq, c.status, c.origin_id, -1
FROM claim n JOIN claim c ON c.claim_id = n.claim_id AND c.version = n.version - 1
ORDER BY 1, 2, 3, 4, 5, 6
"""
"""Every claim that entered a series (1) or left it (-1), series by series in the order of time."""


def upgrade() -> None:
    """Bring the tables to this revision."""
    _make_roll_ups()
    op.create_table(
        "backup",
        sa.Column("taken_at", WHOLE, autoincrement=False, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("taken_at", name=op.f("pk_backup")),
        sqlite_strict=True,
    )
    _count_what_is_there()
    op.drop_index("ix_claim_known", "claim")
    op.drop_index("ix_claim_change_seq", "claim")
    known = [*KEY, "status", "as_of_latest", "recorded_at", "superseded_at", "rank", "claim_id", "version"]
    op.create_index("ix_claim_known", "claim", known, unique=False)
    op.create_index("ix_claim_change_seq", "claim", ["change_seq", "claim_id", "version"], unique=False)
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for statement in guards:
        op.get_bind().exec_driver_sql(statement)


def _make_roll_ups() -> None:
    op.create_table(
        "series_origin",
        *[sa.Column(name, sa.Text(), nullable=False) for name in KEY],
        sa.Column("origin_id", sa.Text(), nullable=False),
        sa.Column("claims", WHOLE, nullable=False),
        sa.CheckConstraint("claims >= 0", name=op.f("ck_series_origin_claims_not_negative")),
        sa.ForeignKeyConstraint(["origin_id"], ["source.source_id"], name=op.f("fk_series_origin_origin_id")),
        sa.ForeignKeyConstraint([*KEY], [f"series.{name}" for name in KEY], name=op.f("fk_series_origin_force")),
        sa.PrimaryKeyConstraint(*KEY, "origin_id", name=op.f("pk_series_origin")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        *[sa.Column(name, sa.Text(), nullable=False) for name in KEY],
        sa.Column("recorded_at", WHOLE, nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.Column("claims", WHOLE, nullable=False),
        sa.Column("drafts", WHOLE, nullable=False),
        sa.Column("origins", WHOLE, nullable=False),
        sa.CheckConstraint(
            "claims >= 0 AND drafts >= 0 AND origins >= 0 AND origins <= claims", name=op.f("ck_tally_counts_in_order")
        ),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_tally_change_seq")),
        sa.ForeignKeyConstraint([*KEY], [f"series.{name}" for name in KEY], name=op.f("fk_tally_force")),
        sa.PrimaryKeyConstraint(*KEY, "recorded_at", name=op.f("pk_tally")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _count_what_is_there() -> None:
    moves = op.get_bind().exec_driver_sql(MOVES, execution_options={"yield_per": PAGE})
    tallies: list[tuple[Any, ...]] = []
    origins: list[tuple[Any, ...]] = []
    for key, of_series in groupby((tuple(row) for row in moves), key=itemgetter(slice(0, 5))):
        now: Counter[str] = Counter()
        tallies += [(*key, *counts) for counts in _counted(of_series, now)]
        origins += [(*key, origin, claims) for origin, claims in sorted(now.items()) if claims]
        if len(tallies) >= PAGE or len(origins) >= PAGE:
            _write("tally", 10, tallies)
            _write("series_origin", 7, origins)
    _write("tally", 10, tallies)
    _write("series_origin", 7, origins)


def _counted(moves: Iterator[tuple[Any, ...]], origins: Counter[str]) -> Iterator[tuple[int, ...]]:
    """Yield instant, change, claims, drafts and origins after each change of one series."""
    statuses: defaultdict[str, int] = defaultdict(int)
    for (at, seq), of_change in groupby(moves, key=itemgetter(5, 6)):
        for *_, status, origin, step in of_change:
            statuses[status] += step
            if status == "accepted":
                origins[origin] += step
        spoken = sum(1 for claims in origins.values() if claims)
        yield at, seq, statuses["accepted"], statuses["draft"], spoken


def _write(table: str, columns: int, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        mark = "?" if op.get_bind().dialect.name == "sqlite" else "%s"
        marks = ", ".join([mark] * columns)
        op.get_bind().exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  our own names
        rows.clear()


def downgrade() -> None:
    """Bring the tables back to the revision before; what is dropped can be counted again, but the log of backups."""
    op.drop_index("ix_claim_known", "claim")
    op.drop_index("ix_claim_change_seq", "claim")
    op.create_index("ix_claim_known", "claim", [*KEY, "as_of_latest", "recorded_at", "superseded_at"], unique=False)
    op.create_index("ix_claim_change_seq", "claim", ["change_seq"], unique=False)
    for table in ("tally", "series_origin", "backup"):
        op.drop_table(table)
