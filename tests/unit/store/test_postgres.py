"""PostgreSQL without a Python driver: the SQL we would send is compiled for it, and run by psql.

The driver (psycopg) is not among our dependencies yet; this keeps the SQL portable until it is.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from backend_bridge.core.storage import AuditQuery
from backend_bridge.store.audit import links_query
from backend_bridge.store.group import _BY_KEY, _JOURNAL, _KEYS, _NEWEST, _STATES
from backend_bridge.store.tables import journal, metadata
from backend_bridge.store.users import _WRITE
from tests.fakes.waiting import until_sync

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


def _program(name: str) -> str | None:
    found = shutil.which(name)
    if found is None:
        places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        found = str(places[-1]) if places else None
    return found


class _Server:
    """A PostgreSQL of its own on 127.0.0.1, run by a user who is not root."""

    def __init__(self, folder: Path) -> None:
        self.user = "nobody" if os.geteuid() == 0 else None
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = str(probe.getsockname()[1])

    def run(self, *command: str, text: str = "") -> str:
        """Run a program as the server's user; fail with what it said."""
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, check=False, cwd=self._folder,
            user=self.user, group="nogroup" if self.user else None,
            extra_groups=[] if self.user else None,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sql(self, statements: str) -> str:
        """Return what psql prints for some SQL, rows only."""
        psql = _program("psql") or "psql"
        return self.run(
            psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
            "-p", self._port, "-U", "beffroi", "postgres", text=statements,
        )  # fmt: skip

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Start it, wait until it answers, stop it."""
        initdb, pg_ctl = _program("initdb") or "", _program("pg_ctl") or ""
        data = str(self._folder / "data")
        self.run(initdb, "-D", data, "-U", "beffroi", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p {self._port}"
        log = str(self._folder / "log")
        self.run(pg_ctl, "-D", data, "-l", log, "-w", "-t", "30", "-o", options, "start")
        try:
            until_sync(lambda: self.sql("SELECT 1").strip() == "1", timeout_s=10)
            yield
        finally:
            self.run(pg_ctl, "-D", data, "-m", "immediate", "stop")


@pytest.mark.peer
@pytest.mark.skipif(
    not (_program("initdb") and _program("pg_ctl") and _program("psql")),
    reason="no PostgreSQL on this machine; none of this issue's work needs one",
)
def test_postgresql_itself_takes_our_tables_and_writes() -> None:
    folder = Path(tempfile.mkdtemp(prefix="beffroi-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("nobody")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    server = _Server(folder)
    try:
        with server.running():
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
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
