"""The whole bridge in one loop, without its field: clock jumps, defects, stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from backend_bridge import daemon, logs
from backend_bridge.assembly import Bridge, SetupError
from backend_bridge.config import BridgeConfig, HttpConfig, WireConfig
from backend_bridge.contract.journal import JournalEntry, SystemChange, SystemEvent
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.pulse import Pulse
from backend_bridge.store import Store, StoreSettings
from backend_bridge.systemd import Notifier
from backend_bridge.territory import Territory
from tests.fakes.waiting import until


class MovedClock(SystemClock):
    """The machine's clocks, the wall's moved by so many seconds."""

    moved_s = 0.0

    def now_ms(self) -> int:
        return super().now_ms() + round(self.moved_s * 1000)


class Manager(Notifier):
    """Remember what systemd would hear."""

    def __init__(self) -> None:
        super().__init__({})
        self.heard: list[str] = []

    def tell(self, state: str) -> None:
        self.heard.append(state)


@pytest.fixture
def settings(tmp_path: Path, town: Territory) -> BridgeConfig:
    return BridgeConfig(
        data=str(tmp_path / "data"),
        territory=str(town.directory),
        wire=WireConfig(address="tcp://127.0.0.1:0"),
        http=HttpConfig(address="127.0.0.1:0"),
    )


@asynccontextmanager
async def running(bridge: Bridge) -> AsyncIterator[None]:
    stop, ready = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(bridge.run(stop, lambda _: ready.set()))
    async with asyncio.timeout(10):
        await asyncio.wait(
            [task, asyncio.create_task(ready.wait())], return_when=asyncio.FIRST_COMPLETED
        )
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await task


async def journal(settings: BridgeConfig) -> list[JournalEntry]:
    async with Store.open(StoreSettings(directory=Path(settings.data)), SystemClock()) as store:
        return await store.journal.entries(0, 1000)


def system(entries: list[JournalEntry]) -> list[SystemChange]:
    return [entry.event.change for entry in entries if isinstance(entry.event, SystemEvent)]


async def test_a_clock_that_jumps_an_hour_is_journalled_and_the_bridge_goes_on(
    settings: BridgeConfig, town: Territory, log: list[Any]
) -> None:
    clock = MovedClock()
    bridge = Bridge(settings, town, clock=clock)
    async with running(bridge):
        clock.moved_s = 3600.0
        await until(lambda: any(line["event"] == "clock_jumped" for line in log))
        clock.moved_s = 0.0
        await until(lambda: sum(line["event"] == "clock_jumped" for line in log) == 2)

    entries = await journal(settings)
    assert system(entries) == [
        SystemChange.STARTED,
        SystemChange.CLOCK_JUMPED,
        SystemChange.CLOCK_JUMPED,
        SystemChange.STOPPED,
    ]
    details = [
        entry.event.detail
        for entry in entries
        if isinstance(entry.event, SystemEvent) and entry.event.change is SystemChange.CLOCK_JUMPED
    ]
    assert [float(detail.removesuffix(" s")) for detail in details] == [
        pytest.approx(3600, abs=1),
        pytest.approx(-3600, abs=1),
    ]


async def test_systemd_is_told_of_readiness_life_and_end(
    settings: BridgeConfig, town: Territory, log: list[Any]
) -> None:
    manager = Manager()
    async with running(Bridge(settings, town, notifier=manager)):
        await until(lambda: "WATCHDOG=1" in manager.heard)

    assert manager.heard[0].startswith("READY=1")
    assert manager.heard[-1] == "STOPPING=1"


async def test_a_lost_field_is_one_alarm_a_cabinet(
    settings: BridgeConfig, town: Territory, log: list[Any]
) -> None:
    async with running(Bridge(settings, town)):
        await until(lambda: sum(line["event"] == "link_lost" for line in log) == 2)

    raised = [
        entry.event
        for entry in await journal(settings)
        if entry.event.__class__.__name__ == "AlarmEvent"
    ]
    assert len(raised) == 2


def test_a_defect_of_a_part_ends_the_bridge_and_says_so(
    settings: BridgeConfig,
    town: Territory,
    monkeypatch: pytest.MonkeyPatch,
    expected_events: list[str],
) -> None:
    expected_events += ["bridge_failed", "administrator_made", "first_start", "link_lost"]
    expected_events += ["enrolments_unreadable", "enrolment_unusable"]

    async def fail(_self: Pulse) -> None:
        await asyncio.sleep(0.05)
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(Pulse, "run", fail)
    monkeypatch.setattr(logs, "configure", lambda *_: None)

    code = daemon.main(
        [
            *("--territory", settings.territory, "--data", settings.data),
            *("--wire", settings.wire.address, "--http", settings.http.address),
        ]
    )

    assert code == daemon.EXIT_DEFECT


@pytest.mark.parametrize("way", ["returns", "is cancelled from within"])
async def test_a_part_that_ends_by_itself_ends_the_bridge(
    settings: BridgeConfig, town: Territory, monkeypatch: pytest.MonkeyPatch, log: list[Any],
    way: str,
) -> None:  # fmt: skip
    async def end(_self: Pulse) -> None:
        await asyncio.sleep(0.05)
        if way != "returns":
            raise asyncio.CancelledError

    monkeypatch.setattr(Pulse, "run", end)
    async with asyncio.timeout(10):
        with pytest.raises(ExceptionGroup, match="unhandled errors in a TaskGroup"):
            await Bridge(settings, town).run(asyncio.Event(), lambda _: None)


def test_rules_that_do_not_fit_the_city_keep_it_from_starting(
    settings: BridgeConfig, town: Territory, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "own.toml").write_text('[[rule]]\nkey = "x"\nkind = "lantern"\n', "utf-8")

    with pytest.raises(SetupError, match=r"own\.toml"):
        Bridge(BridgeConfig(data=settings.data, rules=str(rules)), town)
