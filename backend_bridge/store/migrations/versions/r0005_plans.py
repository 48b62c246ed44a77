"""Automatic plans: one row each, beside the other states."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    is_open = sa.column("is_open", sa.Boolean).is_(True)
    op.create_index(
        "ix_plans_open",
        "plans",
        ["seq"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
