"""What acting on the field leaves: orders, agreements, overrides, interlocks, hands-off zones.

And the audit chain: every entry of the journal gets its digest, from the first one on. Entries that
were there before are sealed as they are found: for them the chain proves nothing of the time before
this migration, which ``meta`` names by the last of them.
"""

from __future__ import annotations

import hashlib

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SEALED = "seq, at_ms, user_name, seat, kind, equipment_id, alarm_id, incident_id, payload"
_AUDITED = "(user_name <> 'bridge' OR (kind <> 'alarm' AND kind <> 'incident'))"
_AT_ONCE = 5_000
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
    op.add_column("journal", sa.Column("digest", sa.LargeBinary))
    for column, condition in (
        ("equipment_id", f"{_AUDITED} AND equipment_id IS NOT NULL"),
        ("user_name", "user_name <> 'bridge'"),
    ):
        present = sa.text(condition)
        op.create_index(
            f"ix_journal_audit_{column}",
            "journal",
            [column, "seq"],
            sqlite_where=present,
            postgresql_where=present,
        )
    _seal(op.get_bind())


def _seal(connection: sa.Connection) -> None:
    """Give every entry its digest, in order; written out here so that it never changes."""
    page = sa.text(f"SELECT {_SEALED} FROM journal WHERE seq > :after ORDER BY seq LIMIT :most")  # noqa: S608 - our own words
    update = sa.text("UPDATE journal SET digest = :digest WHERE seq = :seq")
    before, last = bytes(32), 0
    while rows := connection.execute(page, {"after": last, "most": _AT_ONCE}).all():
        sealed = []
        for row in rows:
            fields = (*row[:-1], bytes(row[-1]))
            before = hashlib.sha256(before + msgspec.msgpack.encode(fields)).digest()
            sealed.append({"seq": row[0], "digest": before})
        connection.execute(update, sealed)
        last = rows[-1][0]
    if last:
        meta = sa.table("meta", sa.column("key"), sa.column("value"))
        value = str(last).encode("ascii")
        connection.execute(sa.insert(meta).values(key="sealed_later_upto", value=value))
