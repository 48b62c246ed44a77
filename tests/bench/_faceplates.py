"""What twenty faceplates cost the bridge: each asks which values its 200 lamps would take.

Beside it what asked that before ``check_choices``: the whole dry run of an order for each value.
"""

from __future__ import annotations

import time

import psutil

from backend_bridge.contract.order_requests import (
    CheckChoices,
    CheckOrder,
    ChoicesResult,
    OrderCheckResult,
)
from backend_bridge.contract.orders import Target
from backend_bridge.contract.points import Equipment, Scalar
from tests.bench.rows import Row, make_row
from tests.fakes.headless import HeadlessConsole

FACEPLATES = 20
CHOSEN = 200
"""Lamps at each."""
OFFERED: tuple[Scalar, ...] = (0, 40, 70, 100, None)
REFUSED: tuple[Scalar, ...] = (101, 102, 103, 104, 105)
"""Values no lamp takes: then every one is looked at."""
IDLE_S = 2.0
LIMIT_MS = 150.0
"""At two seconds between two rounds a thirteenth of a core, when everything is refused."""


def faceplates(
    bridge: int, console: HeadlessConsole, lamps: list[Equipment], *, quick: bool
) -> list[Row]:
    """Return rows of the bridge's processor time for one round of all faceplates.

    Args:
        bridge: its process; what it takes without them is measured beside and taken off.
    """
    chosen = [
        tuple(lamp.id for lamp in lamps[number * CHOSEN :][:CHOSEN]) for number in range(FACEPLATES)
    ]
    rows = []
    for values, what in ((OFFERED, "all accepted"), (REFUSED, "all refused")):
        ours, before = [], []
        for _ in range(1 if quick else 5):  # by turns: the machine is the same for both
            before.append(_round_ms(bridge, console, chosen, values, once=False))
            ours.append(_round_ms(bridge, console, chosen, values, once=True))
        rows.append(
            make_row(
                bench="command",
                name=f"{FACEPLATES} faceplates of {CHOSEN} lamps, bridge, {what}",
                unit="ms",
                values=ours,
                baseline="a dry run for each value",
                baseline_values=before,
                limit=LIMIT_MS,
            )
        )
    return rows


def _round_ms(
    bridge: int,
    console: HeadlessConsole,
    chosen: list[tuple[str, ...]],
    values: tuple[Scalar, ...],
    *,
    once: bool,
) -> float:
    """Return the milliseconds of the bridge's processor that one round of questions takes."""
    process = psutil.Process(bridge)
    share = _idle_share(process, console)
    start_s, used_s = time.perf_counter(), _used_s(process)
    for ids in chosen:
        if once:
            _choose(console, ids, values)
        else:
            _dry_runs(console, ids, values)
    took_s = time.perf_counter() - start_s
    return max(0.0, _used_s(process) - used_s - share * took_s) * 1000


def _idle_share(process: psutil.Process, console: HeadlessConsole) -> float:
    """Return the part of a core that polling and this console take by themselves."""
    start_s, used_s = time.perf_counter(), _used_s(process)
    while time.perf_counter() - start_s < IDLE_S:
        console.pump(0.05)
    return (_used_s(process) - used_s) / (time.perf_counter() - start_s)


def _used_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _choose(console: HeadlessConsole, ids: tuple[str, ...], values: tuple[Scalar, ...]) -> None:
    result = console.ask(CheckChoices(equipment_ids=ids, point_key="level", values=values))
    assert isinstance(result, ChoicesResult)
    assert [bool(choice.text_key) for choice in result.choices] == [values == REFUSED] * len(values)


def _dry_runs(console: HeadlessConsole, ids: tuple[str, ...], values: tuple[Scalar, ...]) -> None:
    for value in values:
        targets = tuple(Target(item, "level", value) for item in ids)
        result = console.ask(CheckOrder(targets=targets))
        assert isinstance(result, OrderCheckResult)
        assert len(result.checks) == len(ids)
