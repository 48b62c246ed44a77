"""What acting on the field leaves: orders, agreements, overrides, interlocks, hands-off zones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STATES = ("orders", "approvals", "overrides", "interlock_marks", "hands_off")


def upgrade() -> None:
    is_open = sa.column("is_open", sa.Boolean).is_(True)
    for name in _STATES:
        op.create_table(
            name,
            sa.Column("id", sa.Text, primary_key=True),
            sa.Column("is_open", sa.Boolean, nullable=False),
            sa.Column("seq", sa.BigInteger, nullable=False),
            sa.Column("payload", sa.LargeBinary, nullable=False),
        )
        op.create_index(
            f"ix_{name}_open",
            name,
            ["seq"],
            sqlite_where=is_open,
            postgresql_where=is_open,
        )
