"""Start the real programs as children, wait for their ready line, and end them."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

READY_S = 20.0
STOP_S = 10.0


class Program:
    """A running program of ours.

    Attributes:
        ready: what its ready line says, by name (``wire``, ``http``, ``epoch``, ``control``).
    """

    def __init__(
        self, module: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        self.ready: dict[str, str] = {}
        self._said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._readers = [
            threading.Thread(target=self._read_out, name="read-out"),
            threading.Thread(target=self._read_err, name="read-err"),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        """Return its process id."""
        return self._process.pid

    @property
    def errors(self) -> str:
        """Return what it wrote on standard error so far."""
        return "".join(self._said)

    def wait_ready(self, timeout_s: float = READY_S) -> None:
        """Wait for the ready line.

        Raises:
            AssertionError: it ended or said nothing; names what it wrote.
        """
        end_s = time.monotonic() + timeout_s
        while time.monotonic() < end_s:
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=0.05)
                if " ready " in line:
                    self.ready = dict(re.findall(r"(\w+)=(\S+)", line))
                    return
            if self._process.poll() is not None and self._lines.empty():
                break
        raise AssertionError(f"not ready (code {self._process.poll()}): {self.errors}")

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def wait(self, timeout_s: float = STOP_S) -> int:
        """Wait for its end and return its exit code."""
        code = self._process.wait(timeout_s)
        for reader in self._readers:
            reader.join()
        return code

    def end(self) -> None:
        """End it whatever it does, and reap it."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self.wait()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _read_out(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)

    def _read_err(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._said.append(line)


@contextmanager
def field(territory: Path) -> Iterator[Program]:
    """Run ``beffroi-field`` for a territory."""
    program = Program("backend_bridge.field.main", ["--territory", str(territory)])
    try:
        program.wait_ready()
        yield program
    finally:
        program.end()


@contextmanager
def bridge(
    territory: Path,
    data: Path,
    *more: str,
    environment: Mapping[str, str] | None = None,
    ready: bool = True,
) -> Iterator[Program]:
    """Run ``beffroi-bridge`` on free ports; ``ready=False`` does not wait for its ready line."""
    program = Program(
        "backend_bridge.daemon",
        [
            *("--territory", str(territory), "--data", str(data)),
            *("--wire", "tcp://127.0.0.1:0", "--http", "127.0.0.1:0"),
            *more,
        ],
        environment,
    )
    try:
        if ready:
            program.wait_ready()
        yield program
    finally:
        program.end()


def refused(
    town: Path, data: Path, *more: str, environment: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Start a bridge that must not start; return its exit code and what it said last."""
    with bridge(town, data, *more, ready=False, environment=environment) as program:
        code = program.wait(READY_S)
        return code, program.errors[program.errors.index("beffroi-bridge: ") :]


@contextmanager
def small_disk(where: Path, size: str, *, read_only: bool = False) -> Iterator[Path]:
    """Mount a disk that is soon full, or takes nothing; skips where tests may not mount."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    where.mkdir()
    options = f"size={size}{',ro' if read_only else ''}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", str(where)], check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let tests mount")
    try:
        yield where
    finally:
        subprocess.run(["umount", str(where)], check=True)


def free_ports(count: int) -> int:
    """Return the first of ``count`` free ports in a row."""
    for base in range(21_000 + os.getpid() % 5_000, 60_000, count):
        with contextlib.ExitStack() as stack:
            try:
                for port in range(base, base + count):
                    taken = stack.enter_context(socket.socket())
                    taken.bind(("127.0.0.1", port))
            except OSError:
                continue
            return base
    raise AssertionError("no free ports")
