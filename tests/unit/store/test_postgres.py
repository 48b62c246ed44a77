"""The SQL we send, compiled for PostgreSQL and run by its own psql, without our driver."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from backend_bridge.core.storage import AuditQuery
from backend_bridge.store.audit import links_query
from backend_bridge.store.group import _BY_KEY, _JOURNAL, _KEYS, _NEWEST, _STATES
from backend_bridge.store.tables import journal, metadata
from backend_bridge.store.users import _WRITE
from tests.fakes.postgres import running_postgres

_DIALECT = sa.make_url("postgresql+psycopg://").get_dialect()()
_WRITES = (_JOURNAL, _KEYS, *_STATES.values(), _WRITE)


def _ddl() -> list[str]:
    tables = metadata.sorted_tables
    return [
        *(str(CreateTable(table).compile(dialect=_DIALECT)) for table in tables),
        *(
            str(CreateIndex(index).compile(dialect=_DIALECT))
            for table in tables
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ),
    ]


def test_every_statement_compiles_for_postgresql() -> None:
    for write in _WRITES:
        sql, names = write.statement(_DIALECT, 3)
        assert names is not None  # its drivers take parameters by name
        assert len(names) == 3 * len(write.columns)
        assert all(f"%({name})s" in sql for name in names)
        assert ("ON CONFLICT" in sql) == (write.key is not None)
    schema = "\n".join(_ddl())
    assert "seq BIGINT NOT NULL" in schema
    assert "payload BYTEA NOT NULL" in schema
    assert "WHERE is_open IS true" in schema
    assert "WHERE alarm_id IS NOT NULL" in schema


@pytest.mark.peer
def test_postgresql_itself_takes_our_tables_and_writes() -> None:
    with running_postgres() as server:
        server.sql(";\n".join(_ddl()) + ";")
        first = _insert_journal(1) + _upsert_alarm(1, is_open=True)
        second = _insert_journal(2) + _upsert_alarm(2, is_open=False)
        server.sql(f"BEGIN; SELECT pg_advisory_xact_lock(1); {first} COMMIT;")
        server.sql(second)
        assert server.sql(f"{_literal(_NEWEST)};").strip().startswith("2|")
        keyed = _literal(_BY_KEY, keys=["k1", 'A/B "è" \' ;'])
        assert server.sql(f"INSERT INTO idempotency_keys VALUES ('k1', 2); {keyed};") != ""
        state = server.sql("SELECT id, is_open, seq FROM alarms;").strip()
        assert state == "AL-1|f|2"
        query = sa.select(journal.c.seq).where(journal.c.alarm_id.in_(["AL-1"])).limit(1)
        assert server.sql(f"{_literal(query.order_by(journal.c.seq.desc()))};").strip() == "2"
        asked = AuditQuery(user="è", event="alarm", from_ms=1, to_ms=99)
        links = server.sql(f"{_literal(links_query(asked, 0, 5))};").strip().splitlines()
        assert [line.partition("|")[0] for line in links] == ["2", "1"]
        assert server.sql(f"{_literal(links_query(AuditQuery(), 2, 5))};").startswith("1|")


def _literal(query: sa.Select[Any], **values: object) -> str:
    bound = query.params(**values) if values else query
    compiled = bound.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
    return str(compiled).replace("%%", "%")


def _insert_journal(seq: int) -> str:
    sql, names = _JOURNAL.statement(_DIALECT, 1)
    row = (
        str(seq),
        "5",
        "'è'",
        "''",
        "'alarm'",
        "NULL",
        "'AL-1'",
        "NULL",
        r"'\xc1'::bytea",
        "NULL",
    )
    return sql % dict(zip(names or (), row, strict=True)) + ";"


def _upsert_alarm(seq: int, *, is_open: bool) -> str:
    (write,) = (write for table, write in _STATES.items() if table.name == "alarms")
    sql, names = write.statement(_DIALECT, 1)
    row = ("'AL-1'", "1", str(is_open).lower(), str(seq), r"'\xc1'::bytea")
    return sql % dict(zip(names or (), row, strict=True)) + ";"
