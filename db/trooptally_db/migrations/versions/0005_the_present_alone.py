"""The index of the present carries all that a series shows, so that no row is looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = (
    "force",
    "place",
    "measure",
    "component",
    "basis",
    "status",
    "as_of_latest",
    "recorded_at",
    "claim_id",
    "version",
    "rank",
    "as_of",
    "as_of_earliest",
    "low",
    "point",
    "high",
    "hedge",
    "missing_reason",
    "source_id",
    "origin_id",
    "report_id",
    "printed",
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    _index([*COLUMNS, "superseded_at"])


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    _index([*COLUMNS])


def _index(columns: list[str]) -> None:
    now = sa.text("superseded_at IS NULL")
    op.drop_index("ix_claim_series", "claim", sqlite_where=now, postgresql_where=now)
    op.create_index("ix_claim_series", "claim", columns, unique=False, sqlite_where=now, postgresql_where=now)
