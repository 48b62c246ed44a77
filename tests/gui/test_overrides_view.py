"""The ledger on the screen: who holds what until when, and one key to give it back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import NamedTuple

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.journal import CommandEvent, OverrideEvent
from backend_bridge.contract.order_requests import (
    CommandResult,
    EndOverride,
    ExtendOverride,
    OverrideResult,
    SettleCommand,
)
from backend_bridge.contract.orders import Target
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import WayBack
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from console.panels.acting.desk import CommandDesk
from console.panels.listing import Row
from console.panels.override_rows import OverrideRows
from console.panels.overrides import EXTEND_S, OverridesPresenter
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city
from tests.unit.console.test_desk import record
from ui.overrides.panel import OverridesView


class Shown(NamedTuple):
    rig: Desk
    panel: OverridesPresenter
    view: OverridesView


def held(rig: Desk, number: int, **more: object) -> Override:
    now_ms = rig.clock.now_ms()
    plain = Override(
        id=f"K-{number}",
        equipment_id=f"EP-0001-D1-{number:02}",
        equipment_kind="lamp",
        point_key="level",
        value=100,
        back=WayBack.PROGRAMME,
        owner="dubois",
        seat="police",
        reason='passage du VSAV, "INC-0457"',
        since_ms=now_ms - 60_000,
        until_ms=now_ms + number * 600_000,
    )
    return msgspec.structs.replace(plain, **more)


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    rig = Desk()
    rig.feed(catalogue=small_city())
    context = rig.context
    desk = CommandDesk(
        context.state, context.actions.ask, context.spawn, context.notify, context.text
    )
    panel = OverridesPresenter(replace(context, desk=desk))
    view = OverridesView(panel)
    qtbot.addWidget(view)
    view.resize(1200, 500)
    view.show()
    view.activateWindow()
    yield Shown(rig, panel, view)
    await rig.settle()
    view.release()
    panel.close()
    desk.close()


def tell(shown: Shown, override: Override, change: OverrideChange = OverrideChange.BEGAN) -> None:
    shown.rig.feed(events=[OverrideEvent(change=change, override=override)])


async def test_the_soonest_over_is_first_and_everything_is_said(shown: Shown) -> None:
    for number in (3, 1, 2):
        tell(shown, held(shown.rig, number))
    assert [row.id for row in shown.panel.rows] == ["K-1", "K-2", "K-3"]
    said = shown.view.grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("EP-0001-D1-01", "100", "dubois", 'passage du VSAV, "INC-0457"'):
        assert part in said


async def test_one_key_gives_the_chosen_one_back(shown: Shown) -> None:
    first = held(shown.rig, 1)
    tell(shown, first)
    shown.rig.asked.script = lambda _request: OverrideResult(override=first)
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_Down)
    QTest.keyClick(shown.view.grid, Qt.Key.Key_R)
    await shown.rig.settle()
    (sent,) = shown.rig.asked.of(EndOverride)
    assert (sent.override_id, sent.epoch) == ("K-1", "epoch-1")


async def test_lasting_longer_takes_a_reason(shown: Shown) -> None:
    first = held(shown.rig, 1)
    tell(shown, first)

    def answer(request: Request) -> Result:
        assert isinstance(request, ExtendOverride)
        return OverrideResult(override=msgspec.structs.replace(first, until_ms=request.until_ms))

    shown.rig.asked.script = answer
    shown.panel.choose("K-1")
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_P)
    line = shown.view.findChild(QLineEdit, "text-act-line")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "encore en cours")
    QTest.keyClick(line, Qt.Key.Key_Return)
    await shown.rig.settle()
    (sent,) = shown.rig.asked.of(ExtendOverride)
    assert sent.until_ms == first.until_ms + round(EXTEND_S * 1000)
    assert sent.reason == "encore en cours"


async def test_what_must_be_looked_at_has_its_own_list(shown: Shown) -> None:
    tell(shown, held(shown.rig, 1))
    tell(shown, held(shown.rig, 2, state=OverrideState.STUCK), OverrideChange.STUCK)
    tell(shown, held(shown.rig, 3, verified=False))
    shown.panel.set_scope("stuck")
    assert [row.id for row in shown.panel.rows] == ["K-2", "K-3"]


async def test_one_that_ended_says_so_and_can_not_be_given_back_twice(shown: Shown) -> None:
    first = held(shown.rig, 1)
    tell(shown, first)
    shown.panel.choose("K-1")
    over = msgspec.structs.replace(
        first, state=OverrideState.ENDED, ended_ms=shown.rig.clock.now_ms()
    )
    tell(shown, over, OverrideChange.ENDED)
    shown.panel.do("end")
    await shown.rig.settle()
    assert not shown.rig.asked.of(EndOverride)
    assert shown.rig.said[-1] == "Ce forçage est terminé."
    shown.panel.set_scope("ended")
    assert [row.id for row in shown.panel.rows] == ["K-1"]


async def test_a_command_of_unknown_fate_is_listed_until_somebody_looked(shown: Shown) -> None:
    lost = record("K-9", Target("EP-0001-D1-02", "level", 0), CommandOutcome.UNKNOWN)
    shown.rig.feed(events=[CommandEvent(command=lost)])
    shown.panel.set_scope("stuck")
    assert [row.id for row in shown.panel.rows] == ["K-9"]
    shown.panel.choose("K-9")
    settled = msgspec.structs.replace(lost, settled_by="mireille")
    shown.rig.asked.script = lambda _request: CommandResult(command=settled)
    shown.panel.do("settle", "lampe eteinte, vue de la rue")
    await shown.rig.settle()
    (sent,) = shown.rig.asked.of(SettleCommand)
    assert (sent.key, sent.reason) == ("K-9", "lampe eteinte, vue de la rue")
    shown.rig.feed(events=[CommandEvent(command=settled)])
    assert not shown.panel.rows


async def test_thousands_held_cost_the_rows_in_sight_each_second(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.rig.feed(
        events=[
            OverrideEvent(change=OverrideChange.BEGAN, override=held(shown.rig, number))
            for number in range(1, 2_001)
        ]
    )
    shown.rig.clock.advance(1.0)
    shown.rig.feed()
    shown.rig.world.tick()
    await shown.rig.settle()
    assert len(shown.panel.rows) == 2_000
    made = 0
    plain = OverrideRows.row

    def counted(rows: OverrideRows, override: Override) -> Row:
        nonlocal made
        made += 1
        return plain(rows, override)

    monkeypatch.setattr(OverrideRows, "row", counted)
    shown.rig.clock.advance(1.0)
    shown.rig.feed()
    shown.rig.world.tick()
    shown.view.grid.viewport().repaint()
    assert 0 < made <= shown.view.grid.viewport().height() // 28 + 4


async def test_what_a_filter_hides_is_not_given_back(shown: Shown) -> None:
    for number in (1, 2):
        tell(shown, held(shown.rig, number))
    shown.panel.choose("K-1")
    shown.panel.set_filter("D1-02")
    shown.panel.do("end")
    shown.panel.do("extend", "encore")
    await shown.rig.settle()
    assert not shown.rig.asked.requests
    assert "plus dans la liste" in shown.rig.said[-1]
