"""A town whose only cabinet is libmodbus's and counts what is written to it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.scenarios.stack import LINKS_FROM, OPERATOR, PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole
from tests.fakes.peers import require_peer

FIXTURES = Path(__file__).parents[1] / "fixtures"
LAMPS = 12
COMMANDS_AT = 1100


class Cabinet:
    """The device: a process of its own, outliving every bridge."""

    def __init__(self, program: Path, port: int) -> None:
        self._process = subprocess.Popen(
            [program, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._read()

    def kill_at_next_write(self, pid: int, moment: int, pause_us: int) -> None:
        """Let the device kill a process when it is written to."""
        self._ask(f"k {pid} {moment} {pause_us}")

    def be_deaf(self, deaf: bool) -> None:
        """Let lamps ignore what is written, though the device answers and counts it."""
        self._ask(f"d {int(deaf)}")

    def counted(self, rank: int, value: int) -> tuple[int, int]:
        """Return how often a lamp was told a value, and what its command register holds."""
        times, holds = self._ask(f"c {COMMANDS_AT + 2 * rank} {value}").split()
        return int(times), int(holds)

    def writes(self) -> int:
        """Return how many writes came in all."""
        return int(self._ask("n"))

    def end(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


class Town(Stack):
    """A stack whose only cabinet is the counting one."""

    def __init__(self, folder: Path, program: Path) -> None:
        super().__init__(folder, cabinets=1, lamps=LAMPS)
        self._program = program
        self.cabinet: Cabinet | None = None

    def start_field(self) -> None:
        self.cabinet = Cabinet(self._program, self.ports.first + LINKS_FROM)

    def stop(self) -> None:
        super().stop()
        if self.cabinet is not None:
            self.cabinet.end()
            self.cabinet = None


def build_cabinet(folder: Path) -> Path:
    """Return the counting cabinet's program, compiled into a folder."""
    require_peer("libmodbus")
    program = folder / "counting_cabinet"
    source = FIXTURES / "counting_cabinet.c"
    flags = ("-O2", "-Wall", "-Werror", "-I/usr/include/modbus")
    subprocess.run(["gcc", *flags, "-o", str(program), str(source), "-lmodbus"], check=True)
    return program


@contextmanager
def counting_town(folder: Path) -> Iterator[tuple[Town, Cabinet, HeadlessConsole]]:
    """Run it, with an operator signed in at a console."""
    with (
        Town(folder / "town", build_cabinet(folder)) as town,
        HeadlessConsole.of(town.console_dir) as console,
    ):
        assert town.cabinet is not None
        console.sign_in(OPERATOR, PASSWORD)
        yield town, town.cabinet, console
