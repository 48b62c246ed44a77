"""The bridge needs no simulator: without a single one it runs on a Modbus server of others."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend_bridge.contract.quality import Quality
from console.scenarios.stack import OPERATOR, PASSWORD, Program, Stack
from tests.fakes.headless import HeadlessConsole
from tests.fakes.peers import ROOT, require_peer

SERVER = ROOT / "tests" / "fixtures" / "modbus_server.js"


@pytest.fixture
def foreign_port() -> Iterator[int]:
    """Run npm's modbus-serial server; holding register n holds n."""
    package = require_peer("modbus-serial").parent
    server = subprocess.Popen(
        ["node", str(SERVER), str(package)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    yield int(server.stdout.readline())
    server.stdin.close()
    server.wait(timeout=10)
    server.stdout.close()


@pytest.mark.peer
def test_bridge_without_any_simulator_reads_a_server_nobody_here_wrote(
    tmp_path: Path, foreign_port: int
) -> None:
    program = tmp_path / "program"
    for package in ("backend_bridge", "resources"):
        shutil.copytree(
            ROOT / package, program / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    deleted = list(program.rglob("simulator.py"))
    assert deleted
    for path in deleted:
        path.unlink()

    used = subprocess.run(
        [sys.executable, "-c", "import backend_bridge; print(backend_bridge.__file__)"],
        cwd=program,
        capture_output=True,
        text=True,
        check=True,
    )
    assert used.stdout.startswith(str(program)), "the test would run the whole program"

    stack = Stack(tmp_path / "run", cabinets=1, lamps=4)
    stack.prepare()
    links = stack.territory / "links.toml"
    # the server names no model: what its register 7 says is written down as the device's name
    said = "identity = { table = 'input', register = 7, value = 14, unit = 1 }"
    links.write_text(re.sub(r"port = \d+", f"port = {foreign_port}, {said}", links.read_text()))
    bridge = Program(
        "beffroi-bridge",
        [
            *("env", "-C", str(program), sys.executable, "-m", "backend_bridge.daemon"),
            *("--data", str(stack.data), "--territory", str(stack.territory)),
            *("--wire", stack.wire, "--http", "127.0.0.1:0"),
        ],
        tmp_path / "bridge.log",
    )
    try:
        bridge.ready("bridge ready")
        with HeadlessConsole.of(stack.console_dir) as console:
            console.sign_in(OPERATOR, PASSWORD)
            catalogue = console.world.catalogue
            assert catalogue is not None
            lamp = next(item for item in catalogue.equipment if item.kind == "lamp")
            points = console.world.points.state
            console.until(
                lambda: points[lamp.first_point].quality is Quality.GOOD, what="a lamp heard"
            )
            assert points[lamp.first_point].value == 100
    finally:
        assert bridge.stop() == 0
