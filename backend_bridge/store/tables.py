"""The tables of the store: one journal, the state its entries carry, users, keys and facts.

``migrations/`` makes them; ``tests/unit/store/test_opening.py`` compares the two. A row of state
holds the whole object as MessagePack (the wire's own encoding) beside the columns queries need:
unlike JSON it keeps not-a-number, infinities and the difference of 1 and 1.0.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

SCHEMA_REVISION = "0005"
"""The newest migration; a store at another revision is migrated or refused."""

metadata = MetaData()

# On SQLite only a primary key declared INTEGER is the row's own number.
_Sequence = BigInteger().with_variant(Integer, "sqlite")

journal = Table(
    "journal",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("seat", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("equipment_id", Text),
    Column("alarm_id", Text),
    Column("incident_id", Text),
    Column("payload", LargeBinary, nullable=False),
    # nullable only because a column added to a table that has rows must be
    Column("digest", LargeBinary),
)

AUDITED = "(user_name <> 'bridge' OR (kind <> 'alarm' AND kind <> 'incident'))"
"""What an auditor looks for: all but the alarms and incidents nobody had a hand in.

A database uses the index below only for a query that says this in the same words.
"""
AUDITED_USERS = "user_name <> 'bridge'"
for _column, _condition in (
    ("equipment_id", f"{AUDITED} AND equipment_id IS NOT NULL"),
    ("user_name", AUDITED_USERS),
):
    Index(
        f"ix_journal_audit_{_column}",
        journal.c[_column],
        journal.c.seq,
        sqlite_where=text(_condition),
        postgresql_where=text(_condition),
    )

for _subject in ("alarm_id", "incident_id"):
    _present = journal.c[_subject].is_not(None)
    Index(
        f"ix_journal_{_subject}",
        journal.c[_subject],
        journal.c.seq,
        sqlite_where=_present,
        postgresql_where=_present,
    )


def _state_table(name: str, *, numbered: bool) -> Table:
    """Declare a table of latest states; ``seq`` is the entry a row comes from."""
    number = [Column("number", BigInteger, nullable=False)] if numbered else []
    table = Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        *number,
        Column("is_open", Boolean, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("payload", LargeBinary, nullable=False),
    )
    is_open = table.c.is_open.is_(True)
    Index(f"ix_{name}_open", table.c.seq, sqlite_where=is_open, postgresql_where=is_open)
    if numbered:
        Index(f"ix_{name}_number", table.c.number)
    return table


alarms = _state_table("alarms", numbered=True)
incidents = _state_table("incidents", numbered=True)
commands = _state_table("commands", numbered=False)
service_marks = _state_table("service_marks", numbered=False)
circuit_marks = _state_table("circuit_marks", numbered=False)
compositions = _state_table("compositions", numbered=False)
orders = _state_table("orders", numbered=False)
approvals = _state_table("approvals", numbered=False)
overrides = _state_table("overrides", numbered=False)
interlock_marks = _state_table("interlock_marks", numbered=False)
hands_off = _state_table("hands_off", numbered=False)
plans = _state_table("plans", numbered=False)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("roles", LargeBinary, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
