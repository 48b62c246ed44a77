"""Commanding a city that is polled: from the click to the verified result, and 2,000 lamps at once.

The real bridge with its wire, store and journal polls 34,200 lamps on 450 cabinets each 2 s; the
field is the C program of ``poll`` (``_field.c``), whose lamps hold what they are told. A console's
real link asks. Beside it bare pymodbus, which polls nothing, journals nothing and asks nobody.
Then what twenty faceplates of 200 lamps cost the bridge (``_faceplates``).
"""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.order_requests import (
    CommandResult,
    ExecuteCommand,
    ExecuteOrder,
    OrderResult,
)
from backend_bridge.contract.orders import Target
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.bench._faceplates import faceplates
from tests.bench.baselines import command_pymodbus
from tests.bench.poll import CABINETS, HASTE_PER_S, HERE, LAMPS, PERIOD_S, _build, _serving
from tests.bench.rows import Row, make_row
from tests.fakes.headless import HeadlessConsole

MEDIAN_MS, P99_MS = 30.0, 150.0
ORDERED, ORDER_S = 2_000, 10.0
LAMP_AT, COMMAND_AT = 100, 1100
FIELDS = 2
"""Programs of the field: a port has 247 unit ids."""


class City(Stack):
    """A stack of 450 cabinets that are all behind the C programs' ports.

    A unit id tells those of one port apart, as a gateway's; each connection is a cabinet of its
    own there, whatever unit it speaks to.
    """

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        super().__init__(folder, cabinets=CABINETS, lamps=LAMPS)
        self._ports = ports

    def prepare(self) -> None:
        super().prepare()
        links = self.territory / "links.toml"
        head, *entries = links.read_text("utf-8").split("[[link]]")
        head = re.sub(r"poll_period_s = .*", f"poll_period_s = {PERIOD_S}", head)
        for number, entry in enumerate(entries):
            unit, which = divmod(number, len(self._ports))
            moved = re.sub(r"unit = \d+", f"unit = {unit + 1}", entry)
            entries[number] = re.sub(r"port = \d+", f"port = {self._ports[which]}", moved)
        links.write_text("[[link]]".join([head, *entries]), "utf-8")

    def start_field(self) -> None:
        """Leave it: the C program runs already."""

    def skipped(self) -> float:
        """Return how many polls so far came later than a whole period."""
        with urllib.request.urlopen(f"{self.http}/metrics", timeout=20) as answer:
            text = answer.read().decode()
        found = re.findall(r"^beffroi_link_polls_skipped\S* (\S+)$", text, re.M)
        if not found:
            raise RuntimeError("the bridge does not say how many polls it skipped")
        return sum(float(value) for value in found)


def rows(*, quick: bool = False) -> list[Row]:
    """Measure 600 single commands and five orders, less when ``quick``."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        program = _build(HERE / "_field.c", folder)
        ports = [stack.enter_context(_serving(program)).port for _ in range(FIELDS)]
        rounds = 60 if quick else 600
        bare = command_pymodbus.write_and_read_ms(
            ports[0], rounds, write_at=COMMAND_AT, read_at=LAMP_AT
        )
        os.environ["BEFFROI_BRIDGE__LINKS__CONNECTS_PER_S"] = str(HASTE_PER_S)
        stack.callback(os.environ.pop, "BEFFROI_BRIDGE__LINKS__CONNECTS_PER_S")
        city = stack.enter_context(City(folder / "city", ports))
        console = stack.enter_context(HeadlessConsole.of(city.console_dir))
        _sit_down(console)
        lamps = _lamps(console)
        console.until(lambda: _all_good(console, lamps), timeout_s=120, what="every lamp good")
        assert city.bridge is not None
        return [
            *_single(console, lamps, rounds, bare),
            *_orders(city, console, lamps, quick=quick),
            *faceplates(city.bridge.process.pid, console, lamps, quick=quick),
        ]


def _sit_down(console: HeadlessConsole) -> None:
    """Sign in and wait for the whole picture, while 450 links come up in the same second."""
    end_s = time.monotonic() + 60
    while True:
        signing = console.link.sign_in(OPERATOR, PASSWORD, "supervisor")
        console.until(signing.done, timeout_s=60, what="the sign-in")
        if signing.exception() is None or time.monotonic() > end_s:
            break
        console.pump(0.1)  # not connected yet
    signing.result()
    console.until(console.following, timeout_s=120, what="the whole picture")


def _lamps(console: HeadlessConsole) -> list[Equipment]:
    catalogue = console.world.catalogue
    assert catalogue is not None
    return [item for item in catalogue.equipment if item.kind == "lamp"]


def _all_good(console: HeadlessConsole, lamps: list[Equipment]) -> bool:
    return all(console.world.quality(item.first_point) is Quality.GOOD for item in lamps)


def _single(
    console: HeadlessConsole, lamps: list[Equipment], rounds: int, bare: list[float]
) -> list[Row]:
    took: list[float] = []
    outcomes: Counter[CommandOutcome] = Counter()
    for number in range(rounds):
        request = ExecuteCommand(
            key=f"bench-{time.time_ns()}",
            epoch=console.world.epoch,
            equipment_id=lamps[number * 977 % len(lamps)].id,
            point_key="level",
            value=1 + number % 100,  # 0 would need a second person
            deadline_ms=_in_ms(20),
            reason="banc",
        )
        stamps: list[float] = []
        start_s = time.perf_counter()
        asked = console.link.ask(request)
        asked.add_done_callback(lambda _, stamps=stamps: stamps.append(time.perf_counter()))  # type: ignore[misc]  # bound now
        result = asked.result(20)
        assert isinstance(result, CommandResult)
        outcomes[result.command.outcome] += 1
        took.append((stamps[0] - start_s) * 1000)
        console.pump(0.02)  # people do not click faster, and the replica goes on
    if outcomes != {CommandOutcome.CONFIRMED: rounds}:
        raise RuntimeError(f"not all commands were verified: {dict(outcomes)}")
    name = f"click to verified result, {CABINETS * LAMPS:,} lamps polled"
    return [
        make_row(
            bench="command",
            name=f"{name}: median",
            unit="ms",
            values=took,
            baseline="bare pymodbus, write and read",
            baseline_values=bare,
            limit=MEDIAN_MS,
        ),
        make_row(
            bench="command",
            name=f"{name}: 99th percentile",
            unit="ms",
            values=[statistics.quantiles(took, n=100)[98]],
            baseline="bare pymodbus, write and read",
            baseline_values=[statistics.quantiles(bare, n=100)[98]],
            limit=P99_MS,
        ),
    ]


def _orders(
    city: City, console: HeadlessConsole, lamps: list[Equipment], *, quick: bool
) -> list[Row]:
    seconds, verified = [], []
    skipped = city.skipped()
    for number in range(1 if quick else 5):
        chosen = lamps[number * ORDERED : (number + 1) * ORDERED]
        request = ExecuteOrder(
            key=f"bench-order-{time.time_ns()}",
            epoch=console.world.epoch,
            targets=tuple(Target(item.id, "level", 20 + number) for item in chosen),
            deadline_ms=_in_ms(60),
            reason="banc",
        )
        start_s = time.perf_counter()
        result = console.ask(request, timeout_s=120)
        seconds.append(time.perf_counter() - start_s)
        assert isinstance(result, OrderResult)
        verified.append(result.order.counts.get(CommandOutcome.CONFIRMED, 0))
        console.pump(2 * PERIOD_S)
    return [
        make_row(
            bench="command",
            name=f"{ORDERED:,} lamps in one order, each verified",
            unit="s",
            values=seconds,
            limit=ORDER_S,
        ),
        make_row(
            bench="command",
            name="of them verified, at least",
            unit="lamps",
            values=[min(verified)],
            limit=ORDERED,
            limit_is="min",
        ),
        make_row(
            bench="command",
            name="polls later than a period meanwhile",
            unit="",
            values=[city.skipped() - skipped],
            limit=0,
        ),
    ]


def _in_ms(seconds: float) -> int:
    return time.time_ns() // 1_000_000 + round(seconds * 1000)
