"""Rules over the past: what would have rung is what rang, and other rules ring otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

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
from tests.fakes.postgres import running_postgres
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
    files: AlarmFiles,
    samples: list[HistorySample],
    entries: list[JournalEntry] | None = None,
    *,
    standing: Sequence[JournalEntry] = (),
    unseen_ms: Sequence[int] = (),
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
        standing=standing,
    )
    before = [sample for sample in samples if sample.at_ms < START_MS]
    after = [sample for sample in samples if sample.at_ms >= START_MS]
    return replay.run(before, after, entries or [], START_MS + HOUR_MS, unseen_ms=unseen_ms)


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


def test_lamps_lost_with_their_feeder_are_no_lost_link() -> None:
    tripped = Rule(
        key="tripped", severity=Severity.HIGH, kind="feeder", point="closed", is_=False,
        root_cause=True,
    )  # fmt: skip
    own = ["EP-0001.voltage_v", "EP-0001.door_open"]
    samples = [_sample(1, point, 0.0) for point in (*own, "EP-0001-D1-01.fault")]
    samples += [_sample(10, "EP-0001-D1.closed", 0.0)]
    samples += [_sample(10, "EP-0001-D1-01.fault", None, Quality.UNAVAILABLE)]
    samples += [_sample(20, own[0], None, Quality.UNAVAILABLE)]
    files = AlarmFiles((tripped, LOST))
    assert [ring.rule for ring in _replay(files, samples).rings] == ["tripped"]
    samples += [_sample(30, own[1], None, Quality.UNAVAILABLE)]
    assert [ring.rule for ring in _replay(files, samples).rings] == ["tripped", "link_lost"]


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


class Kept(NamedTuple):
    """A city and a bridge's files: three minutes of one cabinet, and one alarm in the journal."""

    city: Path
    settings: StoreSettings
    cabinet: str
    clock: ManualClock


async def _keep(tmp_path: Path, url: str = "") -> Kept:
    city = tmp_path / "city"
    generate_small(city, seed=5, cabinets=2, lamps=12, base_port=20000)
    cabinet = next(item.id for item in load(city).equipment if item.kind == "cabinet")
    kept = Kept(city, StoreSettings(directory=tmp_path / "data", url=url), cabinet, ManualClock())
    room = await Room(rules=[OVER]).start()
    room.set("EP-0001", "voltage_v", 255.0)
    await room.settle()
    event = room.journal.log[0].event
    async with Store.open(kept.settings, kept.clock) as store:
        now_ms = kept.clock.now_ms()
        await store.journal.append([Draft(user="b", seat="", at_ms=now_ms + 1, event=event)])
        await _volts(store, kept, 230.0, 256.0, 230.0)
    return kept


async def _volts(store: Store, kept: Kept, *values: float) -> None:
    """Keep one value a minute."""
    for value in values:
        at_ms = kept.clock.now_ms()
        store.history.keep([HistorySample(kept.cabinet, "voltage_v", at_ms, value, Quality.GOOD)])
        kept.clock.advance(60)
    await store.history.flush()


async def _say(kept: Kept, *arguments: str) -> int:
    where = ["--territory", str(kept.city), "--data", str(kept.settings.directory)]
    return await asyncio.to_thread(cli.main, ["alarms", "replay", *where, *arguments])


EVENING = ("--from", "2023-11-14T22:00", "--to", "2023-11-14T23:00")


async def test_command_line_reads_a_bridge_s_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = await _keep(tmp_path)
    assert await _say(kept, *EVENING) == 0
    said = capsys.readouterr().out
    assert "would have rung 1 (1.0 per ten minutes), rang 1" in said
    assert f"overvoltage{'':<17}{1:>8}{0:>8}" in said
    assert f"over{'':<24}{0:>8}{1:>8}" in said
    assert kept.cabinet in said
    assert "2023-11-14 22:00        1 ####" in said

    nowhere = kept._replace(settings=StoreSettings(directory=tmp_path / "nowhere"))
    assert await _say(nowhere, *EVENING) == 4
    assert "cannot be read" in capsys.readouterr().err
    assert await _say(kept, "--from", "2023-11-15", "--to", "2023-11-14") == 1
    assert "--from must lie before --to" in capsys.readouterr().err
    assert cli.main(["alarms", "replay", "--data", str(kept.settings.directory)]) == 1
    assert "--territory and --data" in capsys.readouterr().err


async def test_no_verdict_where_nothing_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = await _keep(tmp_path)
    assert await _say(kept, "--from", "2023-11-14T08:00", "--to", "2023-11-14T09:00") == 3
    said = capsys.readouterr().out
    assert "no point history was kept" in said
    assert "would have rung" not in said.replace("what would have rung", "")


async def test_what_the_verdict_stands_on_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = await _keep(tmp_path)
    kept.clock.advance(1_800)
    async with Store.open(kept.settings, kept.clock) as store:
        await _volts(store, kept, 256.0)  # half an hour nobody looked
    assert await _say(kept, *EVENING) == 0
    said = capsys.readouterr().out
    assert "history was kept for 4 min of 60 min; unknown: 2023-11-14 22:00 to" in said
    assert "2023-11-14 22:16 to 2023-11-14 22:46" in said
    assert "known at the beginning: 0 of" in said
    (blind,) = (line for line in said.splitlines() if line.startswith("no verdict"))
    rules = blind.partition(": ")[2].split(", ")
    assert {"gauge_high", "lamp_failed", "driver_failed", "bollard_elsewhere"} <= set(rules)
    assert {"overvoltage", "undervoltage", "meter_bad"}.isdisjoint(rules)
    assert "22:14 a rule may be silent that rang (meter_bad looks back 1 min)" in said


async def test_configuration_names_the_past_and_its_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = await _keep(tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.toml").write_text(
        '[[rule]]\nkey = "mine"\nseverity = 3\nkind = "cabinet"\npoint = "voltage_v"\n'
        "above = 229.0\n",
        "utf-8",
    )
    configured = tmp_path / "bridge.toml"
    configured.write_text('data = "data"\nterritory = "city"\nrules = "rules"\n', "utf-8")
    arguments = ["alarms", "replay", "--config", str(configured), *EVENING]
    assert await asyncio.to_thread(cli.main, arguments) == 0
    assert f"mine{'':<24}{1:>8}{0:>8}" in capsys.readouterr().out
    configured.write_text('dta = "data"\n', "utf-8")
    assert await asyncio.to_thread(cli.main, arguments) == 1
    assert kept.cabinet
    assert "cannot be used" in capsys.readouterr().err


@pytest.mark.peer
async def test_journal_on_a_server_is_replayed_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("psycopg")
    with running_postgres() as server:
        kept = await _keep(tmp_path, server.url)
        secret = tmp_path / "url"
        secret.write_text(server.url, "utf-8")
        secret.chmod(0o600)
        configured = tmp_path / "bridge.toml"
        configured.write_text(
            'data = "data"\nterritory = "city"\n[store]\nurl_file = "url"\n', "utf-8"
        )
        arguments = ["alarms", "replay", "--config", str(configured), *EVENING]
        assert await asyncio.to_thread(cli.main, arguments) == 0
        said = capsys.readouterr().out
        assert "would have rung 1 (1.0 per ten minutes), rang 1" in said
        assert kept.cabinet in said
    assert await asyncio.to_thread(cli.main, arguments) == 4, "the server is away"
    assert "cannot be reached" in capsys.readouterr().err


def test_what_stood_before_the_span_is_known_and_what_nobody_saw_is_not() -> None:
    def mark(state: ServiceState, at_ms: int) -> JournalEntry:
        done = ServiceMark(equipment_id="EP-0001", state=state, by="a", reason="r", since_ms=0)
        event = ServiceEvent(mark=done, equipment_kind="cabinet")
        return JournalEntry(seq=at_ms, at_ms=at_ms, user="a", seat="s", event=event)

    samples = [_sample(100, "EP-0001.voltage_v", 255.0)]
    standing = [mark(ServiceState.DISABLED, 1)]
    assert _replay(AlarmFiles((OVER,)), samples, standing=standing).rings == ()
    standing.append(mark(ServiceState.IN_SERVICE, 2))
    assert len(_replay(AlarmFiles((OVER,)), samples, standing=standing).rings) == 1

    waits = msgspec.structs.replace(OVER, on_delay_s=600.0)
    files = AlarmFiles((waits,))
    assert len(_replay(files, samples).rings) == 1
    unseen = [START_MS + 200_000]
    found = _replay(files, samples, unseen_ms=unseen)
    assert found.rings == (), "the bridge ended before the delay did"
    assert (found.known, found.blind) == (0, ())
    assert _replay(AlarmFiles((FAULT, OVER)), samples).blind == ("lamp_failed",)


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


def test_check_says_which_rules_a_city_can_never_ring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = tmp_path / "city"
    generate_small(city, seed=5, cabinets=1, lamps=12, base_port=20000)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "mine.toml").write_text(
        '[[rule]]\nkey = "dark"\nseverity = 3\nkind = "camera"\npoint = "frozen"\nis = true\n'
        '[[rule]]\nkey = "open"\nseverity = 3\nkind = "cabinet"\npoint = "door_open"\nis = true\n'
        '[[rule]]\nkey = "load"\nseverity = 3\nkind = "cabinet"\npoint = "voltage_v"\nbelow = 9.0\n'
        'while = [{ kind = "feeder", point = "closed", is = true }]\n'
        '[[rule]]\nkey = "busy"\nseverity = 3\nkind = "cabinet"\npoint = "link_load"\nabove = 9\n',
        "utf-8",
    )
    assert cli.main(["alarms", "check", str(rules), "--territory", str(city)]) == 0
    _, *said = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[2] for line in said] == [
        "cannot ring here, this city has no camera: dark",
        'rule "load" cannot ring here: no cabinet hangs on a feeder',
    ]
