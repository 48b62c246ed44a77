"""A whole city that may be troubled: field, bridge, and proxies in the middle of its links."""

from __future__ import annotations

import contextlib
import mmap
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from backend_bridge.security import keys
from backend_bridge.security.enrolments import enroll
from console.scenarios.stack import Program, Stack
from tests.bench._talking import Talking

FIXTURES = Path(__file__).parents[1] / "fixtures"
DISK = "256m"
"""What the bridge has for everything it keeps, where a disk of its own can be mounted."""
CONSOLES_WAY = "consoles"


class Town(Stack):
    """A stack whose links, and some of whose consoles, go through a proxy.

    Attributes:
        proxy: see :mod:`tests.faults.proxy`; its ways are the links' ids and ``consoles``.
        near: the address of the bridge behind the proxy.
        disk: where the bridge's disk of its own is mounted, ``None`` where tests may not mount.
        links: what each link leads to: id to the root equipment.

    Args:
        consoles: keys to make for consoles.
    """

    def __init__(self, folder: Path, *, size: float, seed: int, consoles: int) -> None:
        super().__init__(folder, size=size, seed=seed)
        self.seen_territory = folder / "territory-behind-proxy"
        self._count = consoles
        self._shift_file = folder / "shift"
        self._shim = folder / "shifted_clock.so"
        self._shift: mmap.mmap | None = None
        self.disk: Path | None = None
        self.proxy = Talking("tests.faults.proxy", str(seed))
        self.near = ""
        self.links: dict[str, str] = {}

    @property
    def directories(self) -> list[str]:
        """Return the directories of the consoles' keys."""
        return [str(self.folder / f"console-{number}") for number in range(self._count)]

    def prepare(self) -> None:
        """Make all that is needed, the disk first, the proxied territory last."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._mount()
        self._make_clock()
        super().prepare()
        self._enroll()
        self._put_proxies()

    def start_bridge(self) -> None:
        """Start the bridge on the proxied links, with a clock that can be set."""
        clock = (f"LD_PRELOAD={self._shim}", f"SHIFTED_CLOCK={self._shift_file}")
        self.bridge = Program(
            "beffroi-bridge",
            [
                *("env", *(clock if self._shift is not None else ())),
                *(sys.executable, "-m", "backend_bridge.daemon"),
                *("--data", str(self.data), "--territory", str(self.seen_territory)),
                *("--wire", self.wire, "--http", "127.0.0.1:0"),
            ],
            self.folder / "bridge.log",
        )
        self.http = self.bridge.ready("bridge ready")["http"]

    def stop(self) -> None:
        """End everything, and take the disk away."""
        super().stop()
        self.proxy.end()
        if self._shift is not None:
            self._shift.close()
            self._shift = None
        if self.disk is not None:
            subprocess.run(["umount", "--lazy", str(self.disk)], check=True)
            self.disk = None

    def set_clock(self, shift_s: int) -> bool:
        """Set the bridge's wall clock ahead; return whether that is possible here."""
        if self._shift is None:
            return False
        self._shift[:8] = struct.pack("q", shift_s)
        return True

    def uplinks(self) -> dict[str, list[str]]:
        """Return the links through each network, those of networks below it included."""
        found = tomllib.loads((self.territory / "links.toml").read_text("utf-8"))
        above = {each["id"]: each.get("parent", "") for each in found.get("uplink", ())}
        below: dict[str, list[str]] = {each: [] for each in above}
        for link in found["link"]:
            uplink = link.get("uplink", "")
            while uplink:
                below[uplink].append(link["id"])
                uplink = above[uplink]
        return below

    def _mount(self) -> None:
        self.data.mkdir(exist_ok=True)
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0700", "none", str(self.data)]
        with contextlib.suppress(OSError):
            if not subprocess.run(mounting, check=False, capture_output=True).returncode:
                self.disk = self.data

    def _make_clock(self) -> None:
        source = str(FIXTURES / "shifted_clock.c")
        making = ["gcc", "-O2", "-shared", "-fPIC", "-o", str(self._shim), source, "-ldl"]
        try:
            subprocess.run(making, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return
        self._shift_file.write_bytes(bytes(8))
        with self._shift_file.open("r+b") as file:
            self._shift = mmap.mmap(file.fileno(), 8)

    def _enroll(self) -> None:
        bridge = keys.ensure_bridge_pair(self.data / "keys")
        for directory in map(Path, self.directories):
            if directory.exists():
                continue
            pair, name = keys.generate(), directory.name
            keys.write_pair(directory, name, pair)
            keys.write_public(directory, keys.BRIDGE_NAME, bridge.public)
            text = f'name = "{name}"\nbridges = ["{self.wire}"]\nrequest_timeout_s = 8\n'
            keys.write_private(directory / "console.toml", text, mode=0o644)
            enroll(self.data / "keys" / "enrolled", name, pair.public)

    def _put_proxies(self) -> None:
        """Copy the territory with every link leading to the proxy."""
        shutil.copytree(self.territory, self.seen_territory, dirs_exist_ok=True)
        path = self.seen_territory / "links.toml"
        text = path.read_text("utf-8")
        found: list[dict[str, Any]] = tomllib.loads(text)["link"]
        self.links = {link["id"]: link["equipment"] for link in found}
        ways = {link["id"]: ("127.0.0.1", link["settings"]["port"]) for link in found}
        ways[CONSOLES_WAY] = ("127.0.0.1", int(self.wire.rpartition(":")[2]))
        ports: dict[str, int] = self.proxy.ask("listen", ways=ways)
        self.near = f"tcp://127.0.0.1:{ports[CONSOLES_WAY]}"
        leads = {port: ports[name] for name, (_, port) in ways.items()}
        path.write_text(
            re.sub(r"\bport = (\d+)", lambda hit: f"port = {leads[int(hit[1])]}", text), "utf-8"
        )
