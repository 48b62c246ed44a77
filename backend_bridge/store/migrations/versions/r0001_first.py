"""The first tables: journal, states, keys, users, facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_journal()
    for name in ("alarms", "incidents"):
        _create_state(name, numbered=True)
    for name in ("commands", "service_marks"):
        _create_state(name, numbered=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "users",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("roles", sa.LargeBinary, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", _SEQUENCE, primary_key=True, autoincrement=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("seat", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("equipment_id", sa.Text),
        sa.Column("alarm_id", sa.Text),
        sa.Column("incident_id", sa.Text),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    for subject in ("alarm_id", "incident_id"):
        present = sa.text(f"{subject} IS NOT NULL")
        op.create_index(
            f"ix_journal_{subject}",
            "journal",
            [subject, "seq"],
            sqlite_where=present,
            postgresql_where=present,
        )


def _create_state(name: str, *, numbered: bool) -> None:
    number = [sa.Column("number", sa.BigInteger, nullable=False)] if numbered else []
    op.create_table(
        name,
        sa.Column("id", sa.Text, primary_key=True),
        *number,
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    is_open = sa.column("is_open", sa.Boolean).is_(True)
    op.create_index(
        f"ix_{name}_open", name, ["seq"], sqlite_where=is_open, postgresql_where=is_open
    )
    if numbered:
        op.create_index(f"ix_{name}_number", name, ["number"])
