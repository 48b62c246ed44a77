"""A stack whose bridge keeps its journal on a PostgreSQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from console.scenarios.people import SUPERVISOR
from console.scenarios.stack import CONSOLE, PASSWORD, Program, Stack, run_step
from tests.fakes.postgres import PostgresServer

PROBE_S = 0.5


class SharedStack(Stack):
    """Hold a city whose store is on a server, which outlives it; the rest is for the next class."""

    def __init__(self, folder: Path, server: PostgresServer, **city: Any) -> None:
        super().__init__(folder, **(city or {"cabinets": 1, "lamps": 4}))
        self.server = server
        self.config = folder / "bridge.toml"

    def prepare(self) -> None:
        """Make territory, configuration, keys and the supervisor."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.config.exists():
            return
        self._make_territory()
        secret = self.folder / "store.url"
        secret.touch(mode=0o600)
        secret.write_text(self.server.url)
        self.write_config(self.config, self.data)
        enrol = ("--data", str(self.data), "--enroll", "--out", str(self.console_dir))
        run_step("keys", "new", CONSOLE, *enrol, "--bridge", self.wire)
        run_step(
            *("users", "add", SUPERVISOR.login, "--config", str(self.config)),
            *("--role", SUPERVISOR.role, "--name", SUPERVISOR.name, "--password-file", "-"),
            secret=PASSWORD + "\n",
        )

    def write_config(self, path: Path, data: Path) -> None:
        """Write the configuration of a bridge with a data directory of its own."""
        path.write_text(
            f'data = "{data}"\nterritory = "{self.territory}"\n'
            f'[store]\nurl_file = "store.url"\nprobe_s = {PROBE_S}\n'
        )

    def start_bridge(self) -> None:
        """Start the bridge on the same address each time."""
        self.bridge = self.another_bridge(self.config, self.wire, "bridge.log")
        self.http = self.bridge.ready("bridge ready")["http"]

    def another_bridge(self, config: Path, wire: str, log: str) -> Program:
        """Start a bridge and return it before it is ready."""
        words = ("--config", str(config), "--wire", wire, "--http", "127.0.0.1:0")
        return Program(
            "beffroi-bridge",
            [sys.executable, "-m", "backend_bridge.daemon", *words],
            self.folder / log,
        )
