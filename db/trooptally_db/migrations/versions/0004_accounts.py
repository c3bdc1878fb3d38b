"""Accounts, sessions and sign-in links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "account",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.Column("disabled_at", WHOLE),
        sa.CheckConstraint(
            "role IN ('viewer', 'contributor', 'reviewer', 'administrator')", name=op.f("ck_account_role_known")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_account")),
        sa.UniqueConstraint("folded", name=op.f("uq_account_folded")),
        sqlite_strict=True,
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.Column("expires_at", WHOLE, nullable=False),
        sa.Column("seen_at", WHOLE, nullable=False),
        sa.Column("ended_at", WHOLE),
        sa.ForeignKeyConstraint(["name"], ["account.name"], name=op.f("fk_session_name")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
        sqlite_strict=True,
    )
    op.create_index("ix_session_name", "session", ["name"])
    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expires_at", WHOLE, nullable=False),
        sa.Column("used_at", WHOLE),
        sa.ForeignKeyConstraint(["name"], ["account.name"], name=op.f("fk_sign_in_link_name")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
        sqlite_strict=True,
    )
    op.create_index("ix_sign_in_link_name", "sign_in_link", ["name"])


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    op.drop_table("sign_in_link")
    op.drop_table("session")
    op.drop_table("account")
