"""A process of a benchmark that is told what to do, one JSON line at a time."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

Command = Callable[..., object]


class Talking:
    """Start a module as a process; it answers one JSON line for each line it is given.

    Args:
        environment: its whole environment; this process's own when absent.
    """

    def __init__(
        self, module: str, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._module = module

    def ask(self, do: str, **arguments: object) -> Any:
        """Have a command done and return what it gives.

        Raises:
            RuntimeError: the process ended instead.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
            self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._module} ended with {self.process.wait()} at {do!r}")
        return json.loads(line)

    def end(self) -> None:
        """Close its standard input, which ends it; a process that stays is killed."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()


def obey(commands: Mapping[str, Command]) -> None:
    """Do what standard input says until it ends; between lines this thread stands still."""
    for line in sys.stdin:
        told = json.loads(line)
        print(json.dumps(commands[told.pop("do")](**told)), flush=True)
