"""Automatic plans in the override panel: who, what, when, holding or outranked, and the acts."""

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

from backend_bridge.contract.journal import OverrideEvent, PlanEvent
from backend_bridge.contract.overrides import OverrideChange
from backend_bridge.contract.plans import (
    CityPlan,
    PlanChange,
    PlanCondition,
    PlanLoss,
    PlanResult,
    PlanState,
    PlanWindow,
    ResumePlan,
    SetPlan,
    StopPlan,
)
from backend_bridge.contract.results import SituationResult
from console.link.batch import LinkSession
from console.panels.acting.desk import CommandDesk
from console.panels.audit_lines import said
from console.panels.handover_sections import SECTIONS
from console.panels.overrides import PLANS, OverridesPresenter
from console.panels.plan_list import STOP_S
from console.panels.wording import Words
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city
from tests.gui.test_overrides_view import held
from ui.overrides.panel import OverridesView

HOUR_MS = 3_600_000
RIGHTS = ("view:*", "operate:*", "manage:*", "configure:*")
SESSION = LinkSession(user="dubois", display_name="Dubois", seat="s", rights=RIGHTS)


class Shown(NamedTuple):
    rig: Desk
    panel: OverridesPresenter
    view: OverridesView


def flood(rig: Desk, **more: object) -> CityPlan:
    now_ms = rig.clock.now_ms()
    plain = CityPlan(
        key="flood",
        names={"fr": "Crue : quais", "en": "Flood: quays"},
        audience={"fr": "Secours", "en": "Rescue"},
        rung="crisis",
        equipment_kind="lamp",
        point_key="level",
        value=100,
        targets=3,
        sectors=("",),
        longest_s=7200.0,
        condition=PlanCondition(kind="cabinet", point="voltage_v", above=240.0),
        enabled=True,
        by="dubois",
        reason="la rivière monte",
        state=PlanState.HOLDING,
        since_ms=now_ms - HOUR_MS,
        until_ms=now_ms + HOUR_MS,
    )
    return msgspec.structs.replace(plain, **more)


def night(rig: Desk, **more: object) -> CityPlan:
    fields: dict[str, object] = {
        "key": "night",
        "names": {"fr": "Veille", "en": "Dimmed"},
        "rung": "scenario",
        "value": 40,
        "condition": None,
        "window": PlanWindow(from_="23:30", to="05:00"),
        "losses": (
            PlanLoss(to="plan:flood", count=2, first="EP-0001-D1-01", since_ms=rig.clock.now_ms()),
        ),
        "refused": {"error.command.device_down": 1},
    }
    return flood(rig, **(fields | more))


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
    view.resize(1280, 500)
    view.show()
    view.activateWindow()
    panel.set_scope(PLANS)
    yield Shown(rig, panel, view)
    await rig.settle()
    view.release()
    panel.close()
    desk.close()


def tell(shown: Shown, plan: CityPlan, change: PlanChange = PlanChange.BEGAN) -> None:
    shown.rig.feed(events=[PlanEvent(change=change, plan=plan)], session=SESSION)


def row_said(shown: Shown, row: int) -> str:
    index = shown.view.grid.model().index(row, 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


async def test_a_plan_says_who_what_when_and_how_much_of_it_is_verified(shown: Shown) -> None:
    tell(shown, flood(shown.rig))
    owned = held(shown.rig, 1, owner="plan:flood", seat="")
    unsure = held(shown.rig, 2, owner="plan:flood", seat="", verified=False)
    shown.rig.feed(
        events=[OverrideEvent(change=OverrideChange.BEGAN, override=one) for one in (owned, unsure)]
    )
    for part in ("Crue : quais", "100", "Tient 1 / 3, relus", "3 points", "crise", "Secours"):
        assert part in row_said(shown, 0)
    shown.panel.choose("flood")
    lines = " ".join(part for line in shown.panel.chosen_lines for part in line)
    for part in ("au-dessus de 240,0", "2\u00a0h au plus", "dubois", "la rivière monte"):
        assert part in lines


async def test_the_loser_says_to_whom_where_and_since_when(shown: Shown) -> None:
    tell(shown, flood(shown.rig))
    tell(shown, night(shown.rig), PlanChange.TOLD)
    assert "supplanté sur 2" in row_said(shown, 1)
    assert "1 refusé" in row_said(shown, 1)
    shown.panel.choose("night")
    lines = " ".join(part for line in shown.panel.chosen_lines for part in line)
    for part in ("Supplanté par Plan Crue : quais", "2 points, dont EP-0001-D1-01, depuis"):
        assert part in lines
    assert "1 sans liaison" in lines
    assert "23:30 à 05:00, chaque jour" in lines


async def test_what_a_plan_holds_is_said_to_be_its_and_is_not_undone_alone(shown: Shown) -> None:
    tell(shown, flood(shown.rig))
    owned = held(shown.rig, 1, owner="plan:flood", seat="")
    shown.rig.feed(events=[OverrideEvent(change=OverrideChange.BEGAN, override=owned)])
    shown.panel.set_scope("all")
    shown.panel.choose(owned.id)
    assert "Plan Crue : quais" in row_said(shown, 0)
    end = next(action for action in shown.panel.actions if action.key == "end")
    assert "Crue : quais" in end.reason


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_S, StopPlan(plan_key="flood", reason="assez")),
        (Qt.Key.Key_H, StopPlan(plan_key="flood", reason="assez", until_ms=round(STOP_S * 1000))),
        (Qt.Key.Key_A, SetPlan(plan_key="flood", enabled=False, reason="assez")),
    ],
)
async def test_one_key_and_a_reason_stop_it(
    shown: Shown, key: Qt.Key, wanted: StopPlan | SetPlan
) -> None:
    plan = flood(shown.rig)
    tell(shown, plan)
    shown.rig.world.edit(shown.rig.clock.now_ms() + HOUR_MS)
    shown.rig.asked.script = lambda _request: PlanResult(plan=plan)
    shown.panel.choose("flood")
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, key)
    line = shown.view.findChild(QLineEdit, "text-act-line")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "assez")
    QTest.keyClick(line, Qt.Key.Key_Return)
    await shown.rig.settle()
    (sent,) = shown.rig.asked.of(type(wanted))
    if isinstance(wanted, StopPlan) and wanted.until_ms is not None:
        until_ms = shown.rig.world.bridge_now_ms() + wanted.until_ms
        wanted = msgspec.structs.replace(wanted, until_ms=until_ms)
    assert sent == wanted
    assert any("Crue : quais" in words for words in shown.rig.said)


async def test_what_can_not_be_done_says_why(shown: Shown) -> None:
    def reasons() -> dict[str, str]:
        return {action.key: action.reason for action in shown.panel.actions}

    assert all(reasons().values())
    tell(shown, flood(shown.rig, state=PlanState.OVER, until_ms=None))
    shown.panel.choose("flood")
    assert "édition" in reasons()["plan_set"]
    assert "ne tient rien" in reasons()["plan_stop"]
    assert reasons()["plan_resume"] == reasons()["plan_stop_for"] == ""
    viewer = LinkSession(user="v", display_name="V", seat="s", rights=("view:*",))
    shown.rig.feed(session=viewer)
    assert all(reasons().values())


async def test_resuming_asks_for_a_reason_too(shown: Shown) -> None:
    plan = flood(shown.rig, state=PlanState.STOPPED)
    tell(shown, plan, PlanChange.STOPPED)
    shown.rig.asked.script = lambda _request: PlanResult(plan=plan)
    shown.panel.choose("flood")
    shown.panel.do("plan_resume", "encore")
    await shown.rig.settle()
    assert shown.rig.asked.of(ResumePlan) == [ResumePlan(plan_key="flood", reason="encore")]


async def test_plans_come_with_the_situation_and_go_with_their_file(shown: Shown) -> None:
    plans = (flood(shown.rig), night(shown.rig))
    situation = SituationResult(seq=1, alarms=(), incidents=(), service=(), plans=plans)
    shown.rig.feed(situation=situation)
    assert [row.id for row in shown.panel.rows] == ["flood", "night"]
    tell(shown, plans[0], PlanChange.REMOVED)
    assert [row.id for row in shown.panel.rows] == ["night"]
    shown.panel.set_filter("crue")
    assert not shown.panel.rows


async def test_the_brief_counts_what_plans_hold_apart_from_people(shown: Shown) -> None:
    for plan in (flood(shown.rig), night(shown.rig, state=PlanState.WAITING)):
        tell(shown, plan)
    mine, its = held(shown.rig, 1), held(shown.rig, 2, owner="plan:flood", seat="")
    shown.rig.feed(
        events=[OverrideEvent(change=OverrideChange.BEGAN, override=one) for one in (mine, its)]
    )
    words = Words(shown.rig.context.text)
    rows = {section.key: section.rows(shown.rig.world, words) for section in SECTIONS}
    assert [row.strong for row in rows["plans"]] == ["Crue : quais"]
    assert rows["plans"][0].plain == "Tient 1 / 3, relus"
    assert len(rows["overrides"]) == 1


@pytest.mark.parametrize("change", list(PlanChange))
async def test_the_audit_says_each_change(shown: Shown, change: PlanChange) -> None:
    words = Words(shown.rig.context.text)
    line = said(words, PlanEvent(change=change, plan=night(shown.rig)))
    assert line.about == "night"
    assert not line.what.startswith("audit.")
    assert "plan:flood (2)" in line.detail
