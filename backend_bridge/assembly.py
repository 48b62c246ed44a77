"""Put a bridge together from its parts, start them in order, and stop them in order."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable, Coroutine, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from prometheus_client.core import Metric

from backend_bridge.city_files import city_facts, city_interlocks, city_plans
from backend_bridge.config import BridgeConfig, host_and_port, loaded, read_secret
from backend_bridge.contract.journal import SystemChange
from backend_bridge.contract.times import Clock, SystemClock
from backend_bridge.core.bus import Bus
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.lasting import Lasting
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.points import PointTable
from backend_bridge.core.pulse import Pulse
from backend_bridge.core.settings import SettingsError
from backend_bridge.core.storage import Situation, StorageError
from backend_bridge.core.strays import for_ever
from backend_bridge.core.supervisor import Supervisor
from backend_bridge.drivers.registry import Registry, configured_directories
from backend_bridge.metrics import Meters
from backend_bridge.parts import Ground, Services, make_services
from backend_bridge.security.anchors import Anchors
from backend_bridge.security.enrolments import Enrolments
from backend_bridge.security.keys import ensure_bridge_pair
from backend_bridge.security.passwords import Passwords
from backend_bridge.security.roles import RoleError, Roles, load_roles
from backend_bridge.security.sessions import UserAuthenticator
from backend_bridge.security.users import SECRET_FILE, ensure_administrator
from backend_bridge.server.http import Health, HttpServer, Probes
from backend_bridge.server.settings import WireSettings
from backend_bridge.server.wire import WireServer
from backend_bridge.services.alarms import incident_of, load_alarm_files
from backend_bridge.services.incidents import load_kinds
from backend_bridge.services.overrides import load_ladder
from backend_bridge.services.tables import shipped_rules
from backend_bridge.store import HistoryRecorder, Store, StoreSettings
from backend_bridge.syslog import SystemLog
from backend_bridge.systemd import Notifier
from backend_bridge.territory import Territory
from backend_bridge.version import installed_version

STOP_STEP_S = 0.8
"""Longest wait for one part to stop; three parts stop one after the other."""
WATCHDOG_BEATS = 4
"""The pulse looks four times a second; systemd hears of it once."""

_log = structlog.get_logger(__name__)


class SetupError(Exception):
    """Something given to the bridge cannot be used; the text says what and what to do."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What lives as long as the store is open."""

    store: Store
    system: SystemLog
    services: Services
    anchors: Anchors
    wire: WireServer


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
        self._lasting = Lasting()
        self._on_link: tuple[Callable[[LinkState], None], ...] = ()
        self._system: SystemLog | None = None
        self._at_beat: Callable[[], None] = lambda: None
        try:
            self._roles = _load_roles(settings, territory)
            rules = Path(settings.rules) if settings.rules else shipped_rules()
            self._alarm_files = load_alarm_files(rules, territory.kinds)
            self._incident_kinds = load_kinds(rules, incident_of(self._alarm_files.rules))
            self._interlocks = city_interlocks(settings, territory)
            self._ladder = load_ladder()
            self._facts = city_facts(territory)
            self._plans = city_plans(settings, territory, self._facts, self._ladder)
            self._supervisor = self._make_supervisor()
        except (RoleError, SettingsError, ConfigError) as error:
            raise SetupError(
                f"The bridge cannot use what it was given:\n  {error}\nIt does not start, because "
                "a city seen in part is worse than a message. Correct what is named."
            ) from error
        self._pulse = Pulse(self._clock, self._on_clock_jump, on_beat=self._on_beat)
        self.wire_address = ""
        self.http_address = ""
        self.epoch = ""

    async def run(self, stop: asyncio.Event, on_ready: Callable[[Bridge], None]) -> None:
        """Serve until ``stop`` is set; ``on_ready`` is called once everything listens.

        Raises:
            ConfigFileError: the store's secret cannot be read.
            StoreOpenError: the store cannot be opened.
            KeyFileError: the bridge's key or the administrator's secret cannot be made or read.
            WireError: the wire's address is taken or cannot be listened on.
            HttpError: the same for HTTP.
            StorageError: the store cannot be read, or must be read anew.
        """
        async with AsyncExitStack() as stack:
            store = await stack.enter_async_context(
                Store.open(store_settings(self._settings), self._clock)
            )
            self._at_beat = lambda: stop.set() if store.lost else None
            passwords = Passwords()
            stack.callback(passwords.close)
            await self._first_start(store, passwords)
            parts = self._assemble(store, passwords, await store.journal.situation())
            self._system = parts.system
            await self._listen(parts, stack)
            HistoryRecorder(self._table, self._territory.catalogue, store.history).follow()
            parts.system.note(SystemChange.STARTED, f"beffroi {installed_version()}")
            parts.system.say(
                await asyncio.to_thread(loaded, self._settings, self._territory.catalogue.revision)
            )
            if store.new_key is not None:
                parts.system.sealed_anew(*store.new_key)
            await parts.system.flush()
            self._lasting.begin()
            await self._serve(parts, stop, on_ready)
            parts.system.note(SystemChange.STOPPED)
            with contextlib.suppress(TimeoutError):  # a database that hangs: better stopped
                async with asyncio.timeout(3 * STOP_STEP_S):
                    await parts.system.flush()
                    await parts.anchors.write()
        _log.info("bridge_stopped", epoch=self.epoch)
        if store.lost is not None:
            raise store.lost

    async def _listen(self, parts: _Parts, stack: AsyncExitStack) -> None:
        """Take both addresses before anything runs: a bridge nobody can reach must not start."""
        host, port = host_and_port(self._settings.http.address)
        http = HttpServer(
            host, port, Probes(lambda: self._health(parts), lambda: self._metrics(parts))
        )
        await http.open()
        stack.push_async_callback(http.close)
        self.http_address = http.address
        await asyncio.to_thread(parts.wire.open)
        self.wire_address = parts.wire.address

    async def _first_start(self, store: Store, passwords: Passwords) -> None:
        """Make what a bridge needs and never had: its key, its first administrator."""
        data = Path(self._settings.data)
        await asyncio.to_thread(_make_keys, data / "keys")
        try:
            secret = await ensure_administrator(store.users, passwords, data, self._clock)
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

    def _assemble(self, store: Store, passwords: Passwords, situation: Situation) -> _Parts:
        """Make the services and the wire; nothing runs or listens yet."""
        ground = Ground(
            territory=self._territory,
            facts=self._facts,
            table=self._table,
            supervisor=self._supervisor,
            bus=self._bus,
            clock=self._clock,
            alarm_files=self._alarm_files,
            incident_kinds=self._incident_kinds,
            interlocks=self._interlocks,
            gateway=self._settings.gateway(),
            ladder=self._ladder,
            plans=self._plans,
            zone=self._settings.zone(),
            epoch=lambda: self.epoch,
        )
        services = make_services(ground, store.journal, store.audit, store.history, situation)
        self._on_link = (
            services.alarms.on_link_state,
            services.returner.on_link_state,
            services.carrier.on_link_state,
        )
        system = SystemLog(store.journal, self._bus, self._clock, lambda: store.fault)
        anchors = self._settings.audit.anchors
        return _Parts(
            store=store,
            system=system,
            services=services,
            anchors=Anchors(store.audit.tip, Path(anchors) if anchors else None, self._clock),
            wire=self._make_wire(store, passwords, services, system),
        )

    def _make_wire(
        self, store: Store, passwords: Passwords, services: Services, system: SystemLog
    ) -> WireServer:
        data = Path(self._settings.data)
        wire = WireServer(
            WireSettings(
                key_directory=data / "keys",
                address=self._settings.wire.address,
                bridge=self._settings.wire.name,
                software=f"beffroi {installed_version()}",
                heartbeat_s=self._settings.wire.heartbeat_s,
            ),
            table=self._table,
            catalogue=self._territory.catalogue,
            journal=store.journal,
            bus=self._bus,
            handlers=services.handlers,
            authenticator=UserAuthenticator(
                store.users,
                self._roles,
                passwords,
                self._clock,
                secret_file=data / SECRET_FILE,
            ),
            enrolments=Enrolments(data / "keys" / "enrolled"),
            clock=self._clock,
            storage_ok=lambda: store.storage_ok,
            storage_fault=lambda: store.fault,
            relieve=services.incidents.relieve,
            place_of=self._facts.place,
            editing=services.edit_mode.is_on,
            on_consoles=system.say,
        )
        self.epoch = wire.epoch
        return wire

    def _make_supervisor(self) -> Supervisor:
        territory = self._territory
        directories = [Path(item) for item in self._settings.drivers] or configured_directories()
        limits = {}
        for kind in territory.kinds:
            for point in kind.points:
                if point.low is not None or point.high is not None:
                    limits[kind.key, point.key] = (point.low, point.high)
        owners = territory.equipment_of
        return Supervisor(
            territory.links,
            Registry(directories).make_driver,
            self._table,
            point_index=territory.point_index,
            clock=self._clock,
            on_link_state=self._hear_link,
            settings=self._settings.supervisor(),
            limits={
                territory.point_index(bound.equipment_id, bound.point_key): found
                for link in territory.links
                for bound in link.points
                if (found := limits.get((owners[bound.equipment_id].kind, bound.point_key)))
            },
            meters=territory.link_meters,
            networks=territory.uplinks,
            network_of=territory.uplink_of,
        )

    async def _serve(
        self, parts: _Parts, stop: asyncio.Event, on_ready: Callable[[Bridge], None]
    ) -> None:
        """Run everything until ``stop``, then end it: first the room, then the field."""
        async with asyncio.TaskGroup() as tasks:

            def start(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
                return tasks.create_task(for_ever(work, name), name=name)

            services = [start(item.run(), type(item).__name__) for item in parts.services.actors]
            services += [
                start(parts.services.gateway.run(), "commands"),
                start(parts.services.returner.run(), "overrides"),
                start(parts.services.carrier.run(), "plans"),
                start(parts.system.run(), "system log"),
                start(parts.anchors.run(), "audit anchors"),
                start(self._pulse.run(), "pulse"),
            ]
            field = start(self._supervisor.run(), "supervisor")
            wire = start(parts.wire.run(), "wire")
            self._notifier.tell(f"READY=1\nSTATUS={len(self._territory.links)} links")
            on_ready(self)
            await stop.wait()
            _log.info("bridge_stopping", epoch=self.epoch)
            self._lasting.end()
            self._notifier.tell("STOPPING=1")
            for step in ([wire], [field], services):
                for task in step:
                    task.cancel()
                await asyncio.wait(step, timeout=STOP_STEP_S)

    def _health(self, parts: _Parts) -> Health:
        states = self._supervisor.states.values()
        up = sum(state.up for state in states)
        return Health(
            live=parts.store.storage_ok,
            storage_ok=parts.store.storage_ok,
            storage_fault=parts.store.fault,
            links_up=up,
            links_down=len(states) - up,
            head=self._table.head,
            journal_head=parts.store.journal.head,
            lag_ms=round(self._pulse.lag_ms, 1),
            epoch=self.epoch,
            version=installed_version(),
            uptime_s=round(self._clock.mono_s() - self._started_mono_s, 1),
        )

    async def _metrics(self, parts: _Parts) -> Iterable[Metric]:
        descriptions = await self._supervisor.describe()
        store = parts.store
        levels = {
            "storage_ok": store.storage_ok,
            "points_head": self._table.head,
            "journal_head": store.journal.head,
            "loop_lag_seconds": self._pulse.lag_ms / 1000,
            "loop_worst_lag_seconds": self._pulse.worst_lag_ms / 1000,
            "waiting_changes": sum(item.waiting for item in parts.services.actors),
        }
        return itertools.chain(
            self._meters.points(),
            self._meters.links(self._supervisor.states, descriptions),
            self._meters.wire(parts.wire.counters),
            self._meters.store(store.counters()),
            self._meters.bridge(levels),
        )

    def _hear_link(self, state: LinkState) -> None:
        for hear in self._on_link:
            hear(state)
        self._lasting.hear(state)

    def _on_clock_jump(self, jump_s: float) -> None:
        _log.warning("clock_jumped", seconds=round(jump_s, 3))
        if self._system is not None:
            self._system.note(SystemChange.CLOCK_JUMPED, f"{jump_s:+.1f} s")

    def _on_beat(self) -> None:
        self._beats += 1
        self._at_beat()
        if self._beats % WATCHDOG_BEATS == 0:
            self._notifier.tell("WATCHDOG=1")


def _make_keys(directory: Path) -> None:
    ensure_bridge_pair(directory)
    with contextlib.suppress(OSError):  # who may come in is read again and again, and said then
        (directory / "enrolled").mkdir(mode=0o700, exist_ok=True)


def _load_roles(settings: BridgeConfig, territory: Territory) -> Roles:
    city = Path(settings.roles) if settings.roles else None
    return load_roles(city, territory.kinds, territory.sector_names)


def store_settings(settings: BridgeConfig) -> StoreSettings:
    """Return where the store is and how much it may hold."""
    store = settings.store
    return StoreSettings(
        directory=Path(settings.data),
        url=read_secret(Path(store.url_file)) if store.url_file else "",
        history_bytes=store.history_bytes,
        history_flush_s=store.history_flush_s,
        probe_s=store.probe_s,
    )
