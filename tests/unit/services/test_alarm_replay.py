"""Rules over the past: what would have rung is what rang, and other rules ring otherwise."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from backend_bridge import cli
from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.journal import JournalEntry, ServiceEvent
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.core.storage import Draft, HistorySample
from backend_bridge.services.alarms import AlarmFiles, Design, Rule, Ways
from backend_bridge.services.alarms.replay import Replay, Replayed, by_rule
from backend_bridge.services.alarms.rules import Watch, Where
from backend_bridge.services.facts import Facts
from backend_bridge.store import Store, StoreSettings
from backend_bridge.territory import generate_small, load
from tests.fakes.clock import ManualClock
from tests.unit.services.kit import Room, make_catalogue, make_links

FAULT = Rule(
    key="lamp_failed", severity=Severity.LOW, kind="lamp", point="fault", is_=True, on_delay_s=60.0
)
OVER = Rule(key="over", severity=Severity.MEDIUM, kind="cabinet", point="voltage_v", above=250.0)
LOST = Rule(key="link_lost", severity=Severity.HIGH, watch=Watch.LINK, off_delay_s=2.0)
START_MS = 1_700_000_000_000
HOUR_MS = 3_600_000


def _sample(
    seconds: float, point: str, value: float | None, quality: Quality = Quality.GOOD
) -> HistorySample:
    equipment_id, _, key = point.rpartition(".")
    return HistorySample(equipment_id, key, START_MS + round(seconds * 1000), value, quality)


def _replay(
    files: AlarmFiles, samples: list[HistorySample], entries: list[JournalEntry] | None = None
) -> Replayed:
    catalogue = make_catalogue()
    links = make_links(catalogue)
    replay = Replay(
        files,
        Facts(catalogue, links),
        links,
        Ways(),
        [10.0] * catalogue.points_total,
        from_ms=START_MS,
    )
    before = [sample for sample in samples if sample.at_ms < START_MS]
    after = [sample for sample in samples if sample.at_ms >= START_MS]
    return replay.run(before, after, entries or [], START_MS + HOUR_MS)


def test_delays_and_limits_ring_at_the_moment_they_would_have() -> None:
    samples = [
        _sample(-10, "EP-0001.voltage_v", 230.0),
        _sample(0, "EP-0001-D1-01.fault", 1.0),
        _sample(30, "EP-0001-D1-01.fault", 0.0),
        _sample(100, "EP-0001.voltage_v", 255.0),
        _sample(200, "EP-0001-D1-01.fault", 1.0),
        _sample(300, "EP-0001.voltage_v", 230.0),
        _sample(400, "EP-0001.voltage_v", 256.0),
        _sample(500, "gone.fault", 1.0),
    ]
    found = _replay(AlarmFiles((FAULT, OVER)), samples)
    assert [(ring.rule, (ring.at_ms - START_MS) / 1000) for ring in found.rings] == [
        ("over", 100),
        ("lamp_failed", 260),
        ("over", 400),
    ]
    stricter = AlarmFiles((msgspec.structs.replace(OVER, above=255.5),))
    assert by_rule(found.rings, _replay(stricter, samples).rings) == {
        "over": (2, 1),
        "lamp_failed": (1, 0),
    }


def test_lost_points_are_a_lost_link_and_what_is_quiet_is_counted_apart() -> None:
    points = ["EP-0001.voltage_v", "EP-0001-D1.closed", "EP-0001-D1-01.fault"]
    samples = [_sample(1, point, 1.0) for point in points[1:]]
    samples += [_sample(100, point, None, Quality.UNAVAILABLE) for point in points]
    samples += [_sample(200, point, 0.0) for point in points]
    samples += [_sample(300, "EP-0001-D1-01.fault", 1.0)]
    quiet = Design(
        key="no_feed",
        rules=("lamp_failed",),
        while_=(Where(point="closed", kind="feeder", is_=False),),
    )
    found = _replay(AlarmFiles((FAULT, LOST), (quiet,)), samples)
    assert [ring.rule for ring in found.rings] == ["lamp_failed", "link_lost"]
    assert found.quiet == 1


def test_what_was_in_maintenance_then_rings_not_now() -> None:
    mark = ServiceMark(
        equipment_id="EP-0001", state=ServiceState.MAINTENANCE, by="a", reason="r", since_ms=0
    )
    entry = JournalEntry(
        seq=1, at_ms=START_MS + 1, user="a", seat="s",
        event=ServiceEvent(mark=mark, equipment_kind="cabinet"),
    )  # fmt: skip
    samples = [_sample(100, "EP-0001.voltage_v", 255.0)]
    assert len(_replay(AlarmFiles((OVER,)), samples).rings) == 1
    assert _replay(AlarmFiles((OVER,)), samples, [entry]).rings == ()


async def test_replay_of_what_the_service_did_is_what_it_did() -> None:
    room = await Room(rules=[FAULT, OVER]).start()
    kept: list[HistorySample] = []
    start_ms = room.clock.now_ms()

    def keep(seconds: float, point: str, value: float) -> None:
        equipment_id, _, key = point.rpartition(".")
        room.set(equipment_id, key, bool(value) if key == "fault" else value)
        at_ms = START_MS + room.clock.now_ms() - start_ms
        kept.append(HistorySample(equipment_id, key, at_ms, value, Quality.GOOD))
        assert seconds >= 0

    for step in range(120):
        keep(0, "EP-0001.voltage_v", 230.0 + step % 30)
        keep(0, "EP-0001-D1-01.fault", float(step % 4 < 3))
        await room.advance(25)
        for alarm in room.listed():
            if not alarm.active:
                await room.acknowledge(alarm.id)
    live = room.alarm_changes().count("raised") + room.alarm_changes().count("raised_again")
    assert live > 10
    assert len(_replay(AlarmFiles((FAULT, OVER)), kept).rings) == live


async def test_command_line_reads_a_bridge_s_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = tmp_path / "city"
    generate_small(city, seed=5, cabinets=2, lamps=12, base_port=20000)
    territory = load(city)
    cabinet = next(item for item in territory.equipment if item.kind == "cabinet")
    clock = ManualClock()
    settings = StoreSettings(directory=tmp_path / "data")
    room = await Room(rules=[OVER]).start()
    async with Store.open(settings, clock) as store:
        now_ms = clock.now_ms()
        store.history.keep(
            [
                HistorySample(cabinet.id, "voltage_v", now_ms + at * 1000, value, Quality.GOOD)
                for at, value in ((0, 230.0), (60, 256.0), (120, 230.0))
            ]
        )
        room.set("EP-0001", "voltage_v", 255.0)
        await room.settle()
        event = room.journal.log[0].event
        await store.journal.append([Draft(user="b", seat="", at_ms=now_ms + 1, event=event)])
        await store.history.flush()
        arguments = ["alarms", "replay", "--territory", str(city), "--data", str(tmp_path / "data")]
        span = ["--from", "2023-11-14T22:00", "--to", "2023-11-14T23:00"]
        assert await asyncio.to_thread(cli.main, [*arguments, *span]) == 0
    said = capsys.readouterr().out
    assert "would have rung 1 (0.2 per ten minutes), rang 1" in said
    assert f"overvoltage{'':<17}{1:>8}{0:>8}" in said
    assert f"over{'':<24}{0:>8}{1:>8}" in said
    assert cabinet.id in said
    assert "2023-11-14 22:00        1 ####" in said

    arguments[5] = str(tmp_path / "nowhere")
    assert await asyncio.to_thread(cli.main, [*arguments, *span]) == 4
    assert "cannot be read" in capsys.readouterr().err
    backwards = ["--from", "2023-11-15", "--to", "2023-11-14"]
    assert await asyncio.to_thread(cli.main, [*arguments, *backwards]) == 1
    assert "--from must lie before --to" in capsys.readouterr().err


def test_check_names_every_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["alarms", "check", str(tmp_path)]) == 1
    assert "no rule" in capsys.readouterr().err
    (tmp_path / "mine.toml").write_text(
        '[[rule]]\nkey = "a"\nseverity = 2\nkind = "lmap"\npoint = "fault"\nis = true\n'
        '[[suppress]]\nkey = "b"\nrules = ["aa"]\n'
        'while = [{ kind = "feeder", point = "closd", is = true }]\n',
        "utf-8",
    )
    assert cli.main(["alarms", "check", str(tmp_path)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    for line, word in zip(said, ("lamp", "a", "closed"), strict=True):
        assert f'did you mean "{word}"?' in line
