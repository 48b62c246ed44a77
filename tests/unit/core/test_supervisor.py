"""Links come, go and return; the table says so in time and the others never notice."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Driver, LinkConfig
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
)
from backend_bridge.core.linkrun import OPEN_LIMIT_S
from backend_bridge.core.linkstate import LinkCause
from backend_bridge.core.supervisor import Supervisor, SupervisorSettings
from tests.fakes.virtual_time import VirtualLoop, close_virtual, run_virtual
from tests.unit.core.fakes import LOAD, POINTS, Ring, Stage

GOOD = [Quality.GOOD] * POINTS
LOST = [Quality.UNAVAILABLE] * POINTS


def test_values_arrive_and_the_link_is_up(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.devices[0].values = [1, 2, 3]

    stage.run_for(0.2)

    assert stage.values() == [1, 2, 3]
    assert stage.qualities() == GOOD
    assert [(state.link_id, state.up) for state in stage.states] == [("L0", True)]


@pytest.mark.parametrize("phase", [0.05, 0.3, 0.77, 1.0])
def test_silence_right_after_a_good_answer_is_seen_within_two_periods(
    loop: VirtualLoop, phase: float
) -> None:
    stage = Stage(loop)
    stage.run_for(5 + phase)
    device = stage.devices[0]
    device.silent_after_reads = len(device.answered) + 1

    while stage.qualities() == GOOD:
        stage.run_for(0.01)

    assert stage.qualities() == LOST
    assert loop.time() - device.answered[-1] < 2.0


def test_a_refused_connection_is_seen_at_the_next_poll(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.run_for(5)
    stage.devices[0].mode = "dead"

    stage.run_for(1.1)

    assert stage.qualities() == LOST
    assert stage.values() == [1, 1, 1]  # as a memory only
    assert stage.states[-1].cause is LinkCause.UNAVAILABLE


def test_what_was_never_heard_becomes_unavailable(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.devices[0].mode = "dead"

    stage.run_for(0.2)

    assert stage.qualities() == LOST
    assert stage.values() == [None] * POINTS
    assert [state.up for state in stage.states] == [False]


@pytest.mark.parametrize(
    ("mode", "cause"),
    [
        ("dead", LinkCause.UNAVAILABLE),
        ("silent", LinkCause.UNAVAILABLE),
        ("garbage", LinkCause.PROTOCOL),
        ("misconfigured", LinkCause.CONFIG),
        ("crashes", LinkCause.DEFECT),
    ],
)
def test_each_failure_has_its_cause_and_touches_no_other_link(
    loop: VirtualLoop, mode: str, cause: LinkCause, log: list[Any]
) -> None:
    stage = Stage(loop, links=3)
    stage.run_for(3)
    stage.devices[1].mode = mode

    stage.run_for(20)

    assert stage.supervisor.states["L1"].cause is cause
    assert stage.supervisor.states["L1"].reason
    assert stage.qualities(1) == LOST
    assert stage.qualities(0) == stage.qualities(2) == GOOD
    assert sum(line["event"] == "link_lost" for line in log) == 1

    stage.devices[1].mode = "ok"
    stage.run_for(16)

    assert stage.qualities(1) == GOOD
    assert [state.up for state in stage.states if state.link_id == "L1"] == [True, False, True]
    assert sum(line["event"] == "link_up" and line["link"] == "L1" for line in log) == 2


def test_only_a_defect_costs_the_driver_its_life(loop: VirtualLoop) -> None:
    stage = Stage(loop, links=2)
    stage.run_for(1)
    stage.devices[0].mode = "dead"
    stage.devices[1].mode = "crashes"

    stage.run_for(30)

    assert stage.devices[0].drivers == 1
    assert stage.devices[1].drivers > 3


def test_nothing_is_up_before_everything_was_read(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.devices[0].mode = "silent"  # the connection is accepted, and then nothing

    stage.run_for(30)

    assert len(stage.devices[0].opens) > 2
    assert not any(state.up for state in stage.states)


def test_polls_keep_the_beat_whatever_a_read_takes(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.devices[0].answer_s = 0.3

    stage.run_for(60)

    reads = stage.devices[0].reads[1:]
    assert [round(b - a, 6) for a, b in itertools.pairwise(reads)] == [1.0] * (len(reads) - 1)


def test_a_poll_that_cannot_be_in_time_is_skipped_and_counted(loop: VirtualLoop) -> None:
    stage = Stage(loop, period_s=0.1)
    stage.devices[0].answer_s = 0.25

    stage.run_for(10)

    _, description = run_virtual(loop, stage.supervisor.diagnostics("E0"))
    assert description.counters["polls_skipped"] > 30
    assert 30 < description.counters["polls"] < 45
    assert stage.qualities() == GOOD


def test_polls_of_a_city_are_spread_over_the_period(loop: VirtualLoop) -> None:
    stage = Stage(loop, links=10, settings=SupervisorSettings(connects_per_s=10_000))

    stage.run_for(3)

    second = sorted(device.reads[1] % 1.0 for device in stage.devices)
    assert all(b - a > 0.05 for a, b in itertools.pairwise(second))


def test_connections_are_rationed(loop: VirtualLoop) -> None:
    stage = Stage(loop, links=100, settings=SupervisorSettings(reconnect_cap_s=1.0))
    for device in stage.devices:
        device.mode = "dead"

    stage.run_for(30)

    opens = sorted(at for device in stage.devices for at in device.opens)
    assert len(opens) > 500
    assert all(later - first > 0.999 for first, later in zip(opens, opens[20:], strict=False))
    assert min(len(device.opens) for device in stage.devices) >= 4


def test_each_network_is_rationed_by_itself(loop: VirtualLoop) -> None:
    networks = [Ring(name) for name in "ABC"]
    network_of = {f"L{number}": "ABC"[number % 3] for number in range(60)}
    stage = Stage(loop, links=60, networks=networks, network_of=network_of)

    stage.run_for(1.2)

    assert all(state.up for state in stage.supervisor.states.values())
    opens = [at for device in stage.devices for at in device.opens]
    assert max(opens) - min(opens) < 1.1


def test_a_backbone_cut_does_not_return_in_one_second(loop: VirtualLoop) -> None:
    stage = Stage(loop, links=50, settings=SupervisorSettings(connects_per_s=10_000))
    stage.run_for(15)
    for device in stage.devices:
        device.mode = "dead"
    stage.run_for(60)
    for device in stage.devices:
        device.mode = "ok"
        device.opens.clear()
    stage.run_for(20)

    returned = [device.opens[0] for device in stage.devices]
    assert max(returned) - min(returned) > 5
    busiest = max(sum(at <= other < at + 1 for other in returned) for at in returned)
    assert busiest < 20


def test_a_flapping_link_is_tried_less_and_less(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.run_for(1)
    device = stage.devices[0]
    device.opens.clear()
    for _ in range(8):
        device.mode = "dead"
        stage.run_for(1.5)
        device.mode = "ok"
        while not stage.supervisor.states["L0"].up:
            stage.run_for(0.1)

    gaps = [b - a for a, b in zip(device.opens, device.opens[1:], strict=False)]
    assert max(gaps) > 7


def test_values_grow_stale_when_nobody_confirms_them(loop: VirtualLoop) -> None:
    stage = Stage(loop, period_s=10.0, allowed_age_s=2.5)

    stage.run_for(2.4)
    assert stage.qualities() == GOOD
    stage.run_for(0.5)

    assert stage.qualities() == [Quality.STALE] * POINTS


def test_impossible_values_are_bad_whoever_says_them(loop: VirtualLoop) -> None:
    stage = Stage(loop, limits={0: (0.0, 100.0), 1: (None, 5.0), 2: (0.0, None)})
    stage.devices[0].values = [101, 5.0, float("nan")]

    stage.run_for(0.5)

    assert stage.qualities() == [Quality.BAD, Quality.GOOD, Quality.BAD]


def test_the_links_own_counters_are_points(loop: VirtualLoop) -> None:
    stage = Stage(loop, meters={"L0": [LOAD]})
    stage.devices[0].values = [1, 1]

    stage.run_for(2)
    assert stage.table.state(2).value == 25
    assert stage.table.state(2).quality is Quality.GOOD
    stage.devices[0].mode = "dead"
    stage.run_for(2)

    assert stage.table.state(2).quality is Quality.UNAVAILABLE


def test_a_command_goes_out_and_is_read_back_at_once(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.run_for(0.5)

    run_virtual(loop, stage.supervisor.execute("E0", "p1", 70))
    reading = run_virtual(loop, stage.supervisor.read_back("E0", "p1"))

    assert stage.devices[0].written == [(1, 70)]
    assert reading.value == 70
    assert stage.table.state(1).value == 70


def test_only_a_device_that_can_hold_is_told_to(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.devices[0].holds_s = {1: 3_600.0}
    stage.run_for(0.5)

    for point in ("p1", "p2"):
        run_virtual(loop, stage.supervisor.execute("E0", point, 70, 60.0))

    assert stage.devices[0].written == [(1, 70), (2, 70)]
    assert stage.devices[0].told_to_hold == [60.0, None]
    assert stage.supervisor.longest_hold_s("E0", "p1") == 3_600.0
    assert stage.supervisor.longest_hold_s("E0", "p2") == 0.0
    assert stage.supervisor.longest_hold_s("E9", "p1") == 0.0


def test_a_command_says_why_it_did_not_go(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.run_for(0.5)

    with pytest.raises(ConfigError, match="p9"):
        run_virtual(loop, stage.supervisor.execute("E0", "p9", 1))
    with pytest.raises(ConfigError, match="E9"):
        run_virtual(loop, stage.supervisor.read_back("E9", "p0"))
    with pytest.raises(CommandRejectedError):
        run_virtual(loop, stage.supervisor.execute("E0", "p1", "refuse"))
    stage.devices[0].mode = "dead"
    stage.run_for(2)
    with pytest.raises(DeviceUnavailableError, match="refused"):
        run_virtual(loop, stage.supervisor.execute("E0", "p1", 1))
    assert stage.devices[0].written == []


def test_diagnostics_name_the_link_and_its_frames(loop: VirtualLoop) -> None:
    stage = Stage(loop, links=2)
    stage.run_for(3)

    link, description = run_virtual(loop, stage.supervisor.diagnostics("E1"))

    assert link == "L1"
    assert description.frames == ("> 00", "< 01")
    assert description.counters["load"] == 0.25
    assert description.counters["polls"] >= 3
    with pytest.raises(ConfigError):
        run_virtual(loop, stage.supervisor.diagnostics("E7"))


def test_stopping_closes_every_driver_even_one_that_hangs(loop: VirtualLoop) -> None:
    stage = Stage(loop, links=3)
    stage.run_for(2)
    stage.devices[1].close_hangs = True
    before_s = loop.time()

    stage.stop()

    assert [device.open_now for device in stage.devices] == [0, 0, 0]
    assert loop.time() - before_s <= 2.0


def test_a_wrong_link_is_named_before_anything_runs(loop: VirtualLoop) -> None:
    stage = Stage(loop)

    def refuse(link: LinkConfig) -> Driver:
        raise ConfigError("port is missing")

    with pytest.raises(ConfigError, match='link "L0": port is missing'):
        Supervisor(
            stage.links,
            refuse,
            stage.table,
            point_index=lambda _item, _point: 0,
            clock=stage.clock,
            on_link_state=stage.states.append,
        )


Story = st.lists(
    st.tuples(
        st.sampled_from(["ok", "dead", "silent", "garbage", "misconfigured", "crashes"]),
        st.floats(0.0, 40.0),
    ),
    max_size=8,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(story=Story)
def test_whatever_happens_the_table_tells_no_lie(story: list[tuple[str, float]]) -> None:
    loop = VirtualLoop()
    try:
        stage = Stage(loop)
        device = stage.devices[0]
        for mode, seconds in story:
            device.mode = mode
            changed_s = loop.time()
            end_s = changed_s + seconds
            while loop.time() < end_s:
                stage.run_for(min(0.1, end_s - loop.time()) or 0.001)
                heard_s = device.answered[-1] if device.answered else 0.0
                for quality in stage.qualities():
                    if quality is Quality.GOOD:
                        assert loop.time() - heard_s < 2.5 + 0.3
                if mode != "ok" and loop.time() - changed_s > 2.0:
                    assert stage.qualities() == LOST
                assert stage.supervisor.states["L0"].up is (stage.qualities() != LOST) or (
                    stage.qualities() == [Quality.UNKNOWN] * POINTS
                )
        device.mode = "ok"
        stage.run_for(17)
        assert stage.qualities() == GOOD
    finally:
        close_virtual(loop)


def test_a_bridge_that_was_held_up_loses_no_device_for_it(loop: VirtualLoop) -> None:
    stage = Stage(loop, links=5)
    for device in stage.devices:
        device.answer_s = 0.2
    stage.run_for(5.1)

    loop.jump(3.0)
    stage.run_for(3)

    assert [state.up for state in stage.states] == [True] * 5
    assert all(stage.qualities(link) == GOOD for link in range(5))


def test_a_start_that_holds_up_the_loop_loses_no_device_for_it(loop: VirtualLoop) -> None:
    """A metropolis that is heard for the first time keeps the loop busy for seconds on end."""
    stage = Stage(loop)
    stage.devices[0].answer_s = 0.3
    loop.call_later(0.1, lambda: loop.jump(OPEN_LIMIT_S + 5))

    stage.run_for(1)  # over with the jump
    stage.run_for(2)

    assert stage.qualities() == GOOD
    assert [(state.link_id, state.up) for state in stage.states] == [("L0", True)]


def test_a_link_that_waits_for_its_turn_is_not_lost(loop: VirtualLoop) -> None:
    """Nobody has asked its device yet: nothing is known, and nothing is wrong."""
    ring = Ring("ring", most_connects_per_s=0.1)
    stage = Stage(loop, links=4, networks=[ring], network_of={f"L{n}": "ring" for n in range(4)})

    stage.run_for(5)

    assert [(state.link_id, state.up) for state in stage.states] == [("L0", True)]
    assert stage.qualities(3) == [Quality.UNKNOWN] * POINTS

    stage.run_for(40)

    assert stage.qualities(3) == GOOD
    assert all(state.up for state in stage.states)


def test_values_that_come_back_unchanged_are_good_again(loop: VirtualLoop) -> None:
    stage = Stage(loop, period_s=4.0)
    stage.devices[0].answer_s = 0.1

    stage.run_for(3.5)
    assert stage.qualities() == [Quality.STALE] * POINTS
    stage.run_for(1.0)

    assert stage.qualities() == GOOD


def test_a_poll_corrects_what_a_read_back_said(loop: VirtualLoop) -> None:
    stage = Stage(loop)
    stage.run_for(0.5)
    device = stage.devices[0]
    device.values[1] = 70
    run_virtual(loop, stage.supervisor.read_back("E0", "p1"))
    device.values[1] = 1  # as the last poll read it

    stage.run_for(1.1)

    assert stage.values() == [1, 1, 1]


@pytest.mark.parametrize("turns", range(6))
def test_told_to_end_in_the_moment_in_which_a_link_fails_it_ends(
    loop: VirtualLoop, turns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(loop)
    stage.run_for(3)
    task = stage.task
    assert task is not None

    def stop_after(left: int) -> None:
        if left:
            loop.call_soon(stop_after, left - 1)
        else:
            task.cancel()

    async def fail() -> None:
        stop_after(turns)
        raise DeviceUnavailableError("the field ended as well")

    monkeypatch.setattr(stage.devices[0], "act", fail)
    loop.run_until_complete(asyncio.wait({task}, timeout=60))

    assert task.cancelled()
