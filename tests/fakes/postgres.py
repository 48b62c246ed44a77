"""A PostgreSQL of a test's own: Debian's server in a folder, on a free port of 127.0.0.1."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.fakes.waiting import until_sync

USER = "beffroi"
_OTHERS = "nobody"
"""The server refuses to run as root; what it keeps then belongs to this user."""


def program(name: str) -> str | None:
    """Return where a program of PostgreSQL is; Debian keeps the server's out of the path."""
    found = shutil.which(name)
    if found is None:
        places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        found = str(places[-1]) if places else None
    return found


def require_postgres() -> None:
    """Skip the test without a PostgreSQL; fail it with ``BEFFROI_REQUIRE_PEERS=1``."""
    if program("initdb") and program("pg_ctl") and program("psql"):
        return
    reason = "no PostgreSQL on this machine: make peers installs it"
    if os.environ.get("BEFFROI_REQUIRE_PEERS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


class PostgresServer:
    """Run it, stop it, break it; everything is in one folder."""

    def __init__(self, folder: Path) -> None:
        self._as_other = _OTHERS if os.geteuid() == 0 else None
        self.folder = folder
        self.data = folder / "data"
        if self._as_other:
            owner = pwd.getpwnam(_OTHERS)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    @property
    def url(self) -> str:
        """Return what ``url_file`` of a bridge's configuration holds."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/postgres"

    def run(self, *command: str, text: str = "") -> str:
        """Run a program as the server's user; fail with what it said."""
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, check=False, cwd=self.folder,
            user=self._as_other, group="nogroup" if self._as_other else None,
            extra_groups=[] if self._as_other else None, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sql(self, statements: str) -> str:
        """Return what psql prints for some SQL, rows only."""
        return self.run(
            program("psql") or "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
            "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "postgres", text=statements,
        )  # fmt: skip

    def make(self) -> None:
        """Make an empty cluster, owned by :data:`USER`."""
        initdb = program("initdb") or ""
        where = ("-D", str(self.data))
        self.run(initdb, *where, "-U", USER, "-A", "trust", "--no-sync", "-E", "UTF8")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p {self.port}"
        log = str(self.folder / "log")
        self._control("-l", log, "-w", "-t", "30", "-o", options, "start")
        until_sync(lambda: self.sql("SELECT 1").strip() == "1", timeout_s=10)

    def stop(self) -> None:
        """End it as a power cut would."""
        self._control("-m", "immediate", "-w", "stop")

    def freeze(self) -> None:
        """Let all its processes stand still: connections stay open and nothing answers."""
        for process in self._processes():
            process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        for process in self._processes():
            process.send_signal(signal.SIGCONT)

    def _processes(self) -> list[psutil.Process]:
        first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        server = psutil.Process(first)
        return [server, *server.children(recursive=True)]

    def _control(self, *words: str) -> None:
        self.run(program("pg_ctl") or "", "-D", str(self.data), *words)


@contextlib.contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Make and start a server; end it and remove everything afterwards."""
    require_postgres()
    # not below pytest's own folder: the server's user could not get there
    folder = Path(tempfile.mkdtemp(prefix="beffroi-pg-"))
    server = PostgresServer(folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.thaw()
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
