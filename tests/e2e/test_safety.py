"""Edit mode, hands-off zones and service states: the console's own parts, a real bridge."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import CheckOrder, OrderCheckResult
from backend_bridge.contract.orders import Target
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import Request, SetServiceState
from backend_bridge.contract.results import Result
from console.app_editing import EditDesk
from console.panels.safety.forms import NOW
from console.panels.safety.presenter import SafetyPresenter
from console.panels.safety.works import Works
from console.panels.safety.zones import zone_over, zone_text
from console.panels.spec import PanelContext
from console.panels.wording import Words
from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole
from tests.fakes.panel_context import Desk

CABINET = "EP-0305"
LAMP = "EP-0305-D1-02"


class Seat:
    """The console's parts over a link to a real bridge; what they ask is answered at once."""

    def __init__(self, console: HeadlessConsole) -> None:
        self.console = console
        self.desk = Desk()
        self.context: PanelContext = replace(self.desk.context, state=console.world, actions=self)
        self.editing = EditDesk(console.world, self.ask, self.context.spawn, self)
        self.works = Works(self.context)
        self.panel = SafetyPresenter(self.context)

    async def ask(self, request: Request) -> Result:
        return await asyncio.to_thread(self._ask, request)

    def _ask(self, request: Request) -> Result:
        return self.console.link.ask(request).result(10)

    def notify(self, words: str) -> None:
        self.desk.said.append(words)

    def item(self, equipment_id: str) -> Equipment:
        found = self.console.world.equipment.get(equipment_id)
        assert found is not None
        return found

    def close(self) -> None:
        self.panel.close()
        self.editing.close()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("safety")
    with Stack(folder, cabinets=2, lamps=12) as running:
        yield running


@pytest.fixture
def console(stack: Stack) -> Iterator[HeadlessConsole]:
    with HeadlessConsole.of(stack.console_dir) as following:
        following.sign_in(OPERATOR, PASSWORD)
        yield following


async def test_works_are_declared_seen_and_ended(console: HeadlessConsole) -> None:
    seat = Seat(console)
    world, words = console.world, Words(seat.context.text)
    lamp, cabinet = seat.item(LAMP), seat.item(CABINET)
    await seat.desk.settle()
    assert {scope.key: scope.count for scope in seat.panel.scopes}["locks"] >= 2

    form = seat.works.form("hands", cabinet)
    assert form is not None
    lines = {"reason": "contacteur", "contact": "06 12 34 56 78"}
    assert await seat.works.declare("hands", cabinet, lines, form.choices[0].key)
    console.until(lambda: zone_over(world, lamp) is not None, what="the zone over the lamp")
    zone = zone_over(world, lamp)
    assert zone is not None
    assert "contacteur" in zone_text(world, words, zone)
    checked = await seat.ask(CheckOrder(targets=(Target(LAMP, "level", 40),)))
    assert isinstance(checked, OrderCheckResult)
    assert checked.checks[0].text_key == "error.command.hands_off"
    assert seat.panel.rows[0].id == f"zone:{zone.id}"
    seat.panel.choose(f"zone:{zone.id}")
    seat.panel.do("lift")
    await seat.desk.settle()
    console.until(lambda: zone_over(world, lamp) is None, what="hands off again")

    with pytest.raises(RequestError, match="edit_mode"):
        await seat.ask(_disable())
    assert all(one.reason for one in seat.works.actions(lamp) if one.key != "hands")
    seat.editing.toggle()
    await seat.desk.settle()
    assert world.editing_until_ms is not None
    assert world.editing_until_ms > time.time_ns() // 1_000_000 + 800_000
    disable = seat.works.form("disable", lamp)
    assert disable is not None
    assert await seat.works.declare("disable", lamp, {"reason": "mât"}, disable.choices[0].key)
    console.until(
        lambda: world.service_state(LAMP) is ServiceState.DISABLED, what="the lamp disabled"
    )
    assert await seat.works.declare("back", lamp, {"reason": "réparé"}, NOW)
    console.until(lambda: LAMP not in world.service, what="the lamp in service")
    seat.editing.toggle()
    await seat.desk.settle()
    assert not world.editing
    with pytest.raises(RequestError, match="edit_mode"):
        await seat.ask(_disable())
    seat.close()


def _disable() -> Request:
    return SetServiceState(equipment_id=LAMP, state=ServiceState.DISABLED, reason="mât heurté")
