"""Bridge and field on two hosts of their own: they meet only where they say they do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.scenarios.stack import CONSOLE, Program, run_step
from tests.fakes.peers import require_peer

BRIDGE_ADDRESS = "10.213.77.1"
FIELD_ADDRESS = "10.213.77.2"
FIRST_PORT = 15_020
CABINETS = 2


@dataclass(frozen=True)
class _Hosts:
    bridge: str
    field: str

    def run(self, host: str, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["ip", "netns", "exec", host, *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )

    def start(self, host: str, log: Path, *command: str) -> Program:
        return Program(host, ["ip", "netns", "exec", host, *command], log)


@pytest.fixture
def hosts() -> Iterator[_Hosts]:
    """Give two hosts joined by a cable on which nothing but Modbus to the field passes."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("network namespaces need Linux and root")
    require_peer("ip")
    mark = uuid.uuid4().hex[:6]
    made = _Hosts(f"bf-b-{mark}", f"bf-f-{mark}")
    cable = (f"bfb{mark}", f"bff{mark}")
    try:
        for host in (made.bridge, made.field):
            done = subprocess.run(["ip", "netns", "add", host], capture_output=True, check=False)
            if done.returncode != 0:
                pytest.skip(f"no network namespace can be made here: {done.stderr.decode()}")
        _ip("link", "add", cable[0], "type", "veth", "peer", "name", cable[1])
        for end, host, address in (
            (cable[0], made.bridge, BRIDGE_ADDRESS),
            (cable[1], made.field, FIELD_ADDRESS),
        ):
            _ip("link", "set", end, "netns", host)
            _ip("-n", host, "addr", "add", f"{address}/30", "dev", end)
            _ip("-n", host, "link", "set", end, "up")
            _ip("-n", host, "link", "set", "lo", "up")
        yield made
    finally:
        for host in (made.bridge, made.field):
            subprocess.run(["ip", "netns", "del", host], capture_output=True, check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.mark.timeout(90)
def test_bridge_reaches_the_field_of_another_host_through_its_declared_ports_only(
    hosts: _Hosts, tmp_path: Path
) -> None:
    territory = _territory(tmp_path)
    data = tmp_path / "bridge"
    run_step("keys", "new", CONSOLE, "--data", str(data), "--enroll", "--out", str(tmp_path / "c"))
    field = hosts.start(
        hosts.field,
        tmp_path / "field.log",
        *(sys.executable, "-m", "backend_bridge.field.main", "--territory", str(territory)),
    )
    bridge = None
    try:
        field.ready("field ready")
        bridge = hosts.start(
            hosts.bridge,
            tmp_path / "bridge.log",
            *(sys.executable, "-m", "backend_bridge.daemon", "--data", str(data)),
            *("--territory", str(territory), "--wire", "tcp://127.0.0.1:4710"),
            *("--http", "127.0.0.1:8470"),
        )
        bridge.ready("bridge ready")
        assert _links_up(hosts) == CABINETS
        assert _listening(hosts, hosts.field) == set(range(FIRST_PORT, FIRST_PORT + CABINETS))
        assert _listening(hosts, hosts.bridge) == set(), "the bridge listens to itself only"
        talked = _peers(hosts)
        assert talked, "the bridge holds no connection to the field"
        assert talked <= {(FIELD_ADDRESS, FIRST_PORT + n) for n in range(CABINETS)}
    finally:
        for program in (bridge, field):
            if program is not None:
                program.stop()


def _territory(folder: Path) -> Path:
    directory = folder / "territory"
    run_step(
        *("territory", "make-small", str(directory), "--cabinets", str(CABINETS)),
        *("--lamps", "8", "--base-port", str(FIRST_PORT)),
    )
    links = directory / "links.toml"
    links.write_text(links.read_text().replace("127.0.0.1", FIELD_ADDRESS))
    return directory


def _links_up(hosts: _Hosts) -> int:
    """Return how many links the bridge says are up, waiting a few polls for all of them."""
    end_s = time.monotonic() + 15
    up = -1
    while time.monotonic() < end_s and up != CABINETS:
        script = (
            "import urllib.request;"
            "print(urllib.request.urlopen('http://127.0.0.1:8470/health').read().decode())"
        )
        said = hosts.run(hosts.bridge, sys.executable, "-c", script)
        if said.returncode == 0:
            up = json.loads(said.stdout)["links_up"]
    return up


def _listening(hosts: _Hosts, host: str) -> set[int]:
    """Return the TCP ports a host offers to others."""
    ports = set()
    for row in hosts.run(host, "ss", "-Hltn").stdout.splitlines():
        address, _, port = row.split()[3].rpartition(":")
        if address not in ("127.0.0.1", "[::1]"):
            ports.add(int(port))
    return ports


def _peers(hosts: _Hosts) -> set[tuple[str, int]]:
    """Return who the bridge's host is connected to, itself left out."""
    found = set()
    for row in hosts.run(hosts.bridge, "ss", "-Htn", "state", "established").stdout.splitlines():
        address, _, port = row.split()[3].rpartition(":")
        if not address.startswith("127."):
            found.add((address, int(port)))
    return found
