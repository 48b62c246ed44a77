"""An order whose end nobody here could hear: the console tells the truth when the link is back.

The device is a cabinet that counts what is written to it; the console that orders is behind a
proxy, and the bridge is another life by the time it is reached again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.orders import OrderState, Target
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from console.link.settings import load
from console.panels.acting.desk import CommandDesk
from console.panels.acting.proposal import Intent, Proposal, Stage
from console.scenarios.stack import OPERATOR, PASSWORD, run_step
from tests.bench._talking import Talking
from tests.e2e.counting import LAMPS, Cabinet, Town, counting_town
from tests.fakes.headless import HeadlessConsole
from tests.faults.proxy import BACK

WAY = "console"
LEVEL = 35


def _text(key: str, /, **_params: object) -> str:
    return key


class Seat:
    """A desk on a console's real link; its coroutines run while the console is pumped."""

    def __init__(self, console: HeadlessConsole) -> None:
        self.console = console
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self.desk = CommandDesk(console.world, self._ask, self._spawn, lambda *_, **__: None, _text)

    def until(self, predicate: Callable[[], object], what: str) -> None:
        """Let console and desk go on until ``predicate()`` holds."""

        def holds() -> object:
            self._loop.run_until_complete(asyncio.sleep(0))
            return predicate()

        self.console.until(holds, timeout_s=40, what=what)

    def close(self) -> None:
        self.desk.close()
        for task in self._tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _ask(self, request: Request) -> Result:
        return await asyncio.wrap_future(self.console.link.ask(request))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@contextmanager
def _behind(town: Town, folder: Path, proxy: Talking) -> Iterator[Seat]:
    """Seat an operator at a console of his own whose every byte goes through the proxy."""
    run_step(
        *("keys", "new", "pupitre-2", "--data", str(town.data), "--enroll"),
        *("--out", str(folder), "--bridge", town.wire),
    )
    host, _, port = town.wire.removeprefix("tcp://").rpartition(":")
    ports = proxy.ask("listen", ways={WAY: (host, int(port))})
    near = replace(load(folder), addresses=(f"tcp://127.0.0.1:{ports[WAY]}",))
    with HeadlessConsole(near) as console:
        console.sign_in(OPERATOR, PASSWORD, "lighting")
        seat = Seat(console)
        try:
            yield seat
        finally:
            seat.close()


def _targets(watcher: HeadlessConsole) -> tuple[Target, ...]:
    catalogue = watcher.world.catalogue
    assert catalogue is not None
    lamps = [item for item in catalogue.equipment if item.kind == "lamp"]
    watcher.until(
        lambda: all(watcher.world.quality(lamp.first_point) is Quality.GOOD for lamp in lamps),
        timeout_s=40,
        what="every lamp good",
    )
    return tuple(Target(lamp.id, "level", LEVEL) for lamp in lamps)


def _come_back_as_another_life(town: Town, proxy: Talking, seat: Seat) -> None:
    before = seat.console.world.epoch
    town.start_bridge()
    proxy.ask("clear")
    seat.until(
        lambda: seat.console.world.epoch != before and seat.console.following(),
        "the link and the next bridge",
    )


@pytest.mark.timeout(180)
@pytest.mark.parametrize("killed", [False, True], ids=["it ended unseen", "the bridge died in it"])
def test_what_became_of_an_order_is_told_when_the_link_is_back(
    tmp_path: Path, killed: bool
) -> None:
    with (
        Talking("tests.faults.proxy", "5") as proxy,
        counting_town(tmp_path) as (town, cabinet, watcher),
        _behind(town, tmp_path / "second", proxy) as seat,
    ):
        _order_unheard(town, cabinet, watcher, proxy, seat, killed=killed)


def _order_unheard(
    town: Town,
    cabinet: Cabinet,
    watcher: HeadlessConsole,
    proxy: Talking,
    seat: Seat,
    *,
    killed: bool,
) -> None:
    assert town.bridge is not None
    targets = _targets(watcher)
    if killed:
        cabinet.be_deaf(True)  # then reading back proves nothing of what was under way
        cabinet.kill_at_next_write(town.bridge.process.pid, 0, 0)
    seat.until(seat.console.following, "the whole picture")
    proposal = _ready_behind_the_cut(proxy, seat, targets)
    if killed:
        town.bridge.process.wait(30)
        town.bridge.stop()
    else:
        ended = watcher.world.acting.orders
        watcher.until(
            lambda: (order := ended.get(proposal.key)) and order.state is OrderState.FINISHED,
            timeout_s=40,
            what="the end of the order, where it can be heard",
        )
        town.bridge.stop()
    proxy.ask("cut", names=[WAY])
    seat.until(lambda: proposal.stage is Stage.LOST, "the loss of the answer")
    written = cabinet.writes()
    _come_back_as_another_life(town, proxy, seat)
    seat.until(lambda: proposal.stage is Stage.ENDED, "the truth about the order")
    seat.until(
        lambda: all(command.outcome.final for command in proposal.commands.values()),
        "the end of each target",
    )
    fates = Counter(command.outcome for command in proposal.commands.values())
    if killed:
        assert written == 1
        assert fates == {CommandOutcome.UNKNOWN: 1, CommandOutcome.REFUSED: LAMPS - 1}
    else:
        assert fates == {CommandOutcome.CONFIRMED: LAMPS}
        assert [cabinet.counted(rank, LEVEL)[0] for rank in range(LAMPS)] == [1] * LAMPS
    assert cabinet.writes() == written, "asking what became of it sends nothing"


def _ready_behind_the_cut(proxy: Talking, seat: Seat, targets: tuple[Target, ...]) -> Proposal:
    """Let an order leave over a link that brings nothing back."""
    proposal = seat.desk.propose(Intent("", "", targets, 600.0, "ronde"))
    seat.until(lambda: proposal.stage is Stage.READY, "the dry run")
    proxy.ask("trouble", names=[WAY], sides=[BACK], frozen=True)
    seat.desk.confirm(proposal.key)
    assert proposal.stage is Stage.SENDING
    seat.until(lambda: True, "a turn of its loop")
    return proposal
