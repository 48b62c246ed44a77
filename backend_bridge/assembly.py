"""Put a bridge together from its parts, start them in order, and stop them in order."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import structlog
from prometheus_client.core import Metric

from backend_bridge import config
from backend_bridge.cli import installed_version
from backend_bridge.commands import CommandGateway
from backend_bridge.config import BridgeConfig, ConfigFileError
from backend_bridge.contract.journal import SystemChange
from backend_bridge.contract.times import Clock, SystemClock
from backend_bridge.core.bus import Bus
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.points import PointTable
from backend_bridge.core.pulse import Pulse
from backend_bridge.core.requests import Handler
from backend_bridge.core.settings import SettingsError
from backend_bridge.core.storage import Situation, StorageError
from backend_bridge.core.supervisor import Supervisor
from backend_bridge.drivers.registry import Registry, configured_directories
from backend_bridge.metrics import Meters
from backend_bridge.queries import Queries
from backend_bridge.security.enrolments import Enrolments
from backend_bridge.security.keys import KeyFileError, ensure_bridge_pair
from backend_bridge.security.passwords import Passwords
from backend_bridge.security.roles import RoleError, Roles, load_roles
from backend_bridge.security.sessions import UserAuthenticator
from backend_bridge.security.users import SECRET_FILE, ensure_administrator
from backend_bridge.server.http import Health, HttpServer, Probes
from backend_bridge.server.settings import WireSettings
from backend_bridge.server.wire import WireServer
from backend_bridge.services.alarms import AlarmService, incident_of, load_rules
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import IncidentService, load_kinds
from backend_bridge.services.service_marks import ServiceMarks
from backend_bridge.services.tables import shipped_rules
from backend_bridge.store import HistoryRecorder, Store, StoreSettings
from backend_bridge.syslog import SystemLog
from backend_bridge.systemd import Notifier
from backend_bridge.territory import Territory

STOP_STEP_S = 0.8
"""Longest wait for one part to stop; three parts stop one after the other."""
WATCHDOG_BEATS = 4
"""The pulse looks four times a second; systemd hears of it once."""

_log = structlog.get_logger(__name__)


class SetupError(Exception):
    """Something given to the bridge cannot be used; the text says what and what to do."""


class Bridge:
    """One bridge: everything it is made of, from configuration to clean stop.

    Everything runs on the loop that runs :meth:`run`.

    Raises:
        SetupError: roles, rules, drivers or a link's settings cannot be used.
    """

    def __init__(
        self,
        settings: BridgeConfig,
        territory: Territory,
        *,
        clock: Clock | None = None,
        notifier: Notifier | None = None,
    ) -> None:
        self._settings = settings
        self._territory = territory
        self._clock = clock or SystemClock()
        self._notifier = notifier or Notifier()
        self._bus = Bus()
        self._table = PointTable(territory.allowed_ages_s, self._clock)
        self._meters = Meters(territory, self._table)
        self._started_mono_s = self._clock.mono_s()
        self._beats = 0
        self._link_listeners: list[Callable[[LinkState], None]] = []
        try:
            self._roles = _load_roles(settings, territory)
            rules = Path(settings.rules) if settings.rules else shipped_rules()
            self._rules = load_rules(rules, territory.kinds)
            self._incident_kinds = load_kinds(rules, incident_of(self._rules))
            self._supervisor = self._make_supervisor()
        except (RoleError, SettingsError, ConfigError) as error:
            raise SetupError(
                f"The bridge cannot use what it was given:\n  {error}\nIt does not start, because "
                "a city seen in part is worse than a message. Correct what is named."
            ) from error
        self._facts = Facts(territory.catalogue, territory.links, territory.link_roots)
        self._pulse = Pulse(self._clock, self._on_clock_jump, on_beat=self._on_beat)
        self.wire_address = ""
        self.http_address = ""
        self.epoch = ""

    async def run(self, stop: asyncio.Event, on_ready: Callable[[Bridge], None]) -> None:
        """Serve until ``stop`` is set; ``on_ready`` is called once everything listens.

        Raises:
            StoreOpenError: the store cannot be opened.
            KeyFileError: the bridge's key or the administrator's secret cannot be made or read.
            WireError: the wire's address is taken or cannot be listened on.
            HttpError: the same for HTTP.
            StorageError: the store cannot be read.
        """
        async with AsyncExitStack() as stack:
            store = await stack.enter_async_context(
                Store.open(_store_settings(self._settings), self._clock)
            )
            passwords = Passwords()
            stack.callback(passwords.close)
            await self._first_start(store, passwords)
            self._system = SystemLog(
                store.journal, self._bus, self._clock, lambda: store.storage_ok
            )
            parts = await self._assemble(store, passwords)
            http = await self._open(parts, store, stack)
            self.http_address = http.address
            HistoryRecorder(self._table, self._territory.catalogue, store.history).follow()
            self._system.note(SystemChange.STARTED, f"beffroi {installed_version()}")
            await self._system.flush()
            gc.collect()
            gc.freeze()  # the territory lives as long as the bridge: never look at it again
            await self._serve(parts, stop, on_ready)
            self._notifier.tell("STOPPING=1")
            self._system.note(SystemChange.STOPPED)
            await self._system.flush()
            _log.info("bridge_stopped", epoch=self.epoch)

    async def _first_start(self, store: Store, passwords: Passwords) -> None:
        """Make what a bridge needs and never had: its key, its first administrator."""
        data = Path(self._settings.data)
        await asyncio.to_thread(ensure_bridge_pair, data / "keys")
        try:
            secret = await ensure_administrator(store.users, passwords, data)
        except StorageError as error:
            _log.warning("administrator_not_made", error=str(error))
            return
        if secret is not None:
            _log.warning(
                "first_start",
                detail="sign in once as administrator with the word in this file, then choose "
                "a password",
                secret_file=str(secret),
            )

    async def _assemble(self, store: Store, passwords: Passwords) -> _Parts:
        situation = await store.journal.situation()
        common = {"journal": store.journal, "bus": self._bus, "clock": self._clock}
        alarms = AlarmService(
            rules=self._rules,
            facts=self._facts,
            table=self._table,
            situation=situation,
            **common,
        )
        incidents = IncidentService(
            kinds=self._incident_kinds,
            opens=incident_of(self._rules),
            facts=self._facts,
            situation=situation,
            **common,
        )
        marks = ServiceMarks(facts=self._facts, situation=situation, **common)
        self._link_listeners.append(alarms.on_link_state)
