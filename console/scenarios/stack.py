"""Start what a console needs to have something true to show: a simulated field and a bridge.

Both are the real programs, as processes of their own, on free ports of 127.0.0.1, with their files
in one folder. Nothing of the bridge is imported here.
"""

from __future__ import annotations

import http.client
import json
import math
import os
import re
import subprocess
import sys
import time
import tomllib
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any, Self

from console.scenarios.people import SUPERVISOR, Person
from console.scenarios.ports import Ports

OPERATOR = SUPERVISOR.login
PASSWORD = "porte-guillaume-21"  # noqa: S105 - of a demonstration that lives in a temporary folder
CONSOLE = "pupitre-demo"
READY_TIMEOUT_S = 120.0
STOP_TIMEOUT_S = 10.0
CONTROL_TIMEOUT_S = 60.0
STEP_TIMEOUT_S = 600.0
"""A metropolis of ten times the size is written in a minute, on a busy machine in more."""
SYSTEM_PYTHON = "/usr/bin/python3"
LINKS_FROM = 2
"""Of a stack's ports the first is the bridge's, the second the cameras', the rest the links'."""
LAMPS_A_CABINET = 40
"""At least, of a simulated cabinet: an imported city needs no more cabinets than that tells."""
LINKS_OF_SIZE_1 = 900
LINKS_STILL_S = 30.0
METROPOLIS_SIZE, METROPOLIS_PERIOD_S = 3.0, "5"
"""From three times Dijon on, devices are polled each five seconds: two cores do no more."""


class StackError(Exception):
    """Say which program did not start, and what it printed."""


class Program:
    """Run one program; keep what it prints in a file; know when it says it is ready."""

    def __init__(self, name: str, arguments: Sequence[str], log: Path) -> None:
        self.name = name
        self.log = log
        self._lines: Queue[str | None] = Queue()
        self._errors = log.open("ab")
        self.process = subprocess.Popen(
            arguments,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._reader = Thread(target=self._read, name=f"beffroi-demo-{name}", daemon=True)
        self._reader.start()

    def ready(self, pattern: str, timeout_s: float = READY_TIMEOUT_S) -> dict[str, str]:
        """Wait for the line that says the program is ready; return its ``name=value`` words.

        Raises:
            StackError: it ended, or said nothing of the kind in time.
        """
        while True:
            try:
                line = self._lines.get(timeout=timeout_s)
            except Empty as error:
                raise StackError(
                    f"{self.name} was not ready in {timeout_s:.0f} s: {self._tail()}"
                ) from error
            if line is None:
                code = self.process.wait()
                raise StackError(
                    f"{self.name} ended with {code} before it was ready: {self._tail()}"
                )
            if re.match(pattern, line):
                return dict(re.findall(r"(\w+)=(\S+)", line))

    def stop(self) -> int | None:
        """Ask it to end, insist after ten seconds, and return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._reader.join(STOP_TIMEOUT_S)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._errors.close()
        return self.process.returncode

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()
        self.stop()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for raw in self.process.stdout:
            self._lines.put(raw.decode(errors="replace").rstrip())
        self._lines.put(None)

    def _tail(self) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-12:]) or "it printed nothing"


def beffroi(*words: str) -> list[str]:
    """Return the command line of ``beffroi <words>`` in this Python."""
    return [sys.executable, "-m", "backend_bridge.cli", *words]


class Stack:
    """Hold a territory, its simulated field and its bridge in one folder.

    Attributes:
        field: the running field; ``bridge`` likewise, both ``None`` while stopped.
        wire: ``tcp://host:port`` of the bridge.
        person: who takes the seat.
        console_dir: what ``beffroi-console --config`` takes.

    Args:
        rtsp: every fourth camera of a made city is served by RTSP.
        person: may sign in besides the supervisor, with the same password.
    """

    def __init__(
        self,
        folder: Path,
        *,
        territory: Path | None = None,
        seed: int = 1,
        size: float | None = None,
        cabinets: int = 10,
        lamps: int = 76,
        base_port: int | None = None,
        rtsp: bool = False,
        person: Person = SUPERVISOR,
    ) -> None:
        self.person = person
        self.folder = folder
        self.data = folder / "bridge"
        self.console_dir = folder / "console"
        self.territory = folder / "territory"
        self._given = territory
        self._seed = seed
        self._size = size
        self._cabinets = cabinets
        self._lamps = lamps
        self.field: Program | None = None
        self.bridge: Program | None = None
        self.control = ""
        self._rtsp = rtsp
        self.ports = Ports(LINKS_FROM + self._links() + rtsp, base_port)
        self.wire = f"tcp://127.0.0.1:{self.ports.first}"
        self.http = ""

    def __enter__(self) -> Self:
        try:
            self.prepare()
            self.start_field()
            self.start_bridge()
            if self._size is not None and self._size >= METROPOLIS_SIZE:
                self._wait_for_links()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def programs(self) -> tuple[Program, ...]:
        """Return the programs that run: field and bridge."""
        return tuple(item for item in (self.field, self.bridge) if item is not None)

    def prepare(self) -> None:
        """Make the territory, the keys and the operator; a folder already prepared is kept.

        Raises:
            StackError: a step failed; with what it printed.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.territory / "territory.toml").exists():
            self._make_territory()
        if not self.console_dir.exists():
            run_step(
                *("keys", "new", CONSOLE, "--data", str(self.data), "--enroll"),
                *("--out", str(self.console_dir), "--bridge", self.wire),
            )
            for person in dict.fromkeys((SUPERVISOR, self.person)):
                run_step(
                    *("users", "add", person.login, "--data", str(self.data)),
                    *("--role", person.role, "--name", person.name, "--password-file", "-"),
                    secret=PASSWORD + "\n",
                )

    def _links(self) -> int:
        """Return how many ports the field's devices may take, at most."""
        if self._given is not None:
            return most_links(self._given)
        return self._cabinets if self._size is None else math.ceil(self._size * LINKS_OF_SIZE_1)

    def _make_territory(self) -> None:
        """Generate one, or copy the given one with every device moved to this machine."""
        base = ("--base-port", str(self.ports.first + LINKS_FROM))
        video = ("--video-port", str(self.ports.first + 1))
        seed = ("--seed", str(self._seed))
        made = str(self.territory)
        if self._given is not None:
            run_step("territory", "simulate", str(self._given), "--out", made, *base, *video)
        elif self._size is not None:
            size: tuple[str, ...] = ("--size", str(self._size))
            if self._size >= METROPOLIS_SIZE:
                size = (*size, "--poll-period", METROPOLIS_PERIOD_S)
            if self._rtsp:
                size = (*size, "--rtsp-port", str(self.ports.first + self.ports.count - 1))
            run_step("territory", "make-demo", made, *seed, *size, *base, *video)
        else:
            small = ("--cabinets", str(self._cabinets), "--lamps", str(self._lamps))
            run_step("territory", "make-small", made, *seed, *small, *base)

    def start_field(self) -> None:
        """Start ``beffroi-field`` for the territory."""
        self.field = Program(
            "beffroi-field",
            [
                *(sys.executable, "-m", "backend_bridge.field.main"),
                *("--territory", str(self.territory), "--seed", str(self._seed)),
            ],
            self.folder / "field.log",
        )
        self.control = self.field.ready("field ready")["control"]

    def start_bridge(self) -> None:
        """Start ``beffroi-bridge`` for the territory, on the same address each time."""
        self.bridge = Program(
            "beffroi-bridge",
            [
                *(sys.executable, "-m", "backend_bridge.daemon", "--data", str(self.data)),
                *("--territory", str(self.territory), "--wire", self.wire),
                *("--http", "127.0.0.1:0"),
            ],
            self.folder / "bridge.log",
        )
        self.http = self.bridge.ready("bridge ready")["http"]

    def _wait_for_links(self) -> None:
        """Let a bridge of thousands of devices hear each of them once: the story begins after.

        Raises:
            StackError: no further device was heard for a while.
        """
        address = urllib.parse.urlsplit(self.http)
        most, moved_s = -1, time.monotonic()
        while True:
            link = http.client.HTTPConnection(address.netloc, timeout=CONTROL_TIMEOUT_S)
            try:
                link.request("GET", "/health")
                health = json.loads(link.getresponse().read())
            finally:
                link.close()
            if not health["links_down"]:
                return
            if health["links_up"] > most:
                most, moved_s = health["links_up"], time.monotonic()
            if time.monotonic() - moved_s > LINKS_STILL_S:
                raise StackError(f"{health['links_down']} devices are not heard by the bridge")
            time.sleep(1)

    def stop(self) -> None:
        """End both, the bridge first, and give the ports back."""
        for program in (self.bridge, self.field):
            if program is not None:
                program.stop()
        self.bridge = self.field = None
        self.ports.release()

    def truth(self, link: str | None = None) -> dict[str, Any]:
        """Return what the simulated equipment really does, by equipment id; of one link if named.

        It waits for the answer, of a metropolis half a second: not on an event loop.
        """
        query = "" if link is None else "?" + urllib.parse.urlencode({"link": link})
        return self._control("GET", f"/truth{query}")

    def fault(self, **what: object) -> dict[str, Any]:
        """Break something: ``link=``, ``fault=`` and its own parameters."""
        return self._control("POST", "/fault", what)

    def clear(self, **what: object) -> dict[str, Any]:
        """Mend it again."""
        return self._control("POST", "/clear", what)

    def burst(self, **what: object) -> dict[str, Any]:
        """Set off many changes at once: ``burst=`` and its own parameters; return what begins."""
        return self._control("POST", "/burst", what)

    def health(self) -> dict[str, Any]:
        """Return how the field is: how many links are faulty, how many bursts are not over."""
        return self._control("GET", "/health")

    def _control(
        self, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        address = urllib.parse.urlsplit(self.control)
        link = http.client.HTTPConnection(address.netloc, timeout=CONTROL_TIMEOUT_S)
        try:
            sent = None if body is None else json.dumps(body)
            link.request(method, path, sent, {"Content-Type": "application/json"})
            answer = link.getresponse()
            text = answer.read().decode()
        finally:
            link.close()
        if answer.status != http.HTTPStatus.OK:
            raise StackError(f"the field refused {path}: {answer.status} {text}")
        found: dict[str, Any] = json.loads(text)
        return found


def rtsp_served() -> bool:
    """Return whether the field can serve RTSP here: GStreamer's server for the system's Python."""
    asked = "import gi; gi.require_version('GstRtspServer', '1.0')"
    try:
        found = subprocess.run(
            [SYSTEM_PYTHON, "-c", asked], capture_output=True, check=False, timeout=STEP_TIMEOUT_S
        )
    except OSError:
        return False
    return found.returncode == 0


def run_step(*words: str, secret: str | None = None) -> str:
    """Run ``beffroi <words>`` to its end and return what it printed.

    Raises:
        StackError: it failed; with what it printed.
    """
    done = subprocess.run(
        beffroi(*words),
        capture_output=True,
        text=True,
        input=secret,
        check=False,
        timeout=STEP_TIMEOUT_S,
    )
    if done.returncode != 0:
        raise StackError(
            f"beffroi {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}"
        )
    return done.stdout


def most_links(directory: Path) -> int:
    """Return how many devices a territory's simulated copy has at most.

    Raises:
        StackError: there is no territory that can be read.
    """
    try:
        links = tomllib.loads((directory / "links.toml").read_text("utf-8")).get("link", [])
        if links:
            return len(links)
        equipment = (directory / "equipment.geojson").read_bytes()
        lamps, others = equipment.count(b'"lamp"'), equipment.count(b'"Feature"')
    except (OSError, ValueError) as error:
        raise StackError(
            f"{directory} is no territory: {error}. Name a directory that `beffroi territory "
            "import` or `make-demo` wrote."
        ) from error
    return lamps // LAMPS_A_CABINET + 1 + max(0, others - lamps)
