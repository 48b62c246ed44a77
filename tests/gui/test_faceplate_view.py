"""The faceplate: what would be refused says why, an act is proposed and never sent by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import Alarm, AlarmChange, AlarmGuide, AlarmLimit, Severity
from backend_bridge.contract.journal import AlarmEvent, OverrideEvent
from backend_bridge.contract.order_requests import (
    CheckChoices,
    CheckOrder,
    ChoicesResult,
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    OrderCheckResult,
    OverrideResult,
)
from backend_bridge.contract.orders import ChoiceCheck, Target, TargetCheck
from backend_bridge.contract.overrides import Override, OverrideChange
from backend_bridge.contract.points import PointChange, Scalar, SourceHeard, WayBack
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetAlarmGuides, Request
from backend_bridge.contract.results import AlarmGuidesResult, Result, SituationResult
from console.link.batch import LinkSession
from console.panels.acting.desk import CommandDesk
from console.panels.faceplate import face as face_module
from console.panels.faceplate.presenter import LOOK_AGAIN_S, LOOK_ANYWAY_S, FaceplatePresenter
from tests.fakes.acting_city import acting_city
from tests.fakes.panel_context import Desk
from tests.fakes.waiting import until
from ui.faceplate.analogue import BoxStrip, PostPicture
from ui.faceplate.panel import FaceplateView
from ui.faceplate.scales import Scales, apart
from ui.widgets.buttons import ActionButton
from ui.widgets.factgrid import FactGrid
from ui.widgets.labels import TextLabel

CITY = acting_city()
FIRST_POINT = {item.id: item.first_point for item in CITY.equipment}


class Shown(NamedTuple):
    rig: Desk
    desk: CommandDesk
    panel: FaceplatePresenter
    view: FaceplateView


class Bridge:
    """Refuse what a test says, by equipment and value."""

    def __init__(self) -> None:
        self.refused: dict[tuple[str, object], str] = {}
        self.override: Override | None = None
        self.guides: tuple[AlarmGuide, ...] = (
            AlarmGuide(
                rule="cabinet_overvoltage",
                severity=Severity.MEDIUM,
                kind="cabinet",
                point_key="voltage_v",
                limit=253.0,
                limits=(
                    AlarmLimit(limit=253.0, severity=Severity.MEDIUM),
                    AlarmLimit(limit=265.0, severity=Severity.HIGH),
                ),
                hysteresis=3.0,
                off_delay_s=10.0,
            ),
            AlarmGuide(
                rule="cabinet_undervoltage",
                severity=Severity.MEDIUM,
                kind="cabinet",
                point_key="voltage_v",
                limit=207.0,
                limits=(AlarmLimit(limit=207.0, severity=Severity.MEDIUM),),
                low=True,
                hysteresis=3.0,
            ),
        )

    def answer(self, request: Request) -> Result:
        if isinstance(request, CheckOrder):
            return OrderCheckResult(checks=tuple(map(self._judge, request.targets)))
        if isinstance(request, CheckChoices):
            return ChoicesResult(
                choices=tuple(self._choose(request, value) for value in request.values)
            )
        if isinstance(request, GetAlarmGuides):
            return AlarmGuidesResult(guides=self.guides)
        assert isinstance(request, EndOverride)
        assert self.override is not None
        return OverrideResult(override=self.override)

    def _choose(self, request: CheckChoices, value: Scalar) -> ChoiceCheck:
        targets = [Target(item, request.point_key, value) for item in request.equipment_ids]
        checks = [self._judge(target) for target in targets]
        taken = [check for check in checks if not check.text_key]
        if taken:
            return ChoiceCheck(dangerous=taken[0].dangerous)
        return ChoiceCheck(text_key=checks[0].text_key)

    def _judge(self, target: Target) -> TargetCheck:
        return TargetCheck(
            equipment_id=target.equipment_id,
            point_key=target.point_key,
            text_key=self.refused.get((target.equipment_id, target.value), ""),
            dangerous=target.value is False,
        )


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    rig = Desk()
    context = rig.context
    rig.asked.script = Bridge().answer
    desk = CommandDesk(
        context.state, context.actions.ask, context.spawn, context.notify, context.text
    )
    panel = FaceplatePresenter(replace(context, desk=desk))
    at = rig.clock.now_ms()
    changes = [
        PointChange(index, value, Quality.GOOD, at, 0)
        for bollard in ("B-01", "B-02")
        for index, value in enumerate((100, 100, False, False), FIRST_POINT[bollard])
    ]
    changes += [
        PointChange(FIRST_POINT[f"EP-0001-D1-{lamp:02}"], 70, Quality.GOOD, at, 0)
        for lamp in range(1, 9)
    ]
    rig.feed(catalogue=CITY, changes=changes, heard=[SourceHeard(0, at)])
    view = FaceplateView(panel)
    qtbot.addWidget(view)
    view.resize(520, 620)
    view.show()
    view.activateWindow()
    yield Shown(rig, desk, panel, view)
    await rig.settle()
    view.release()
    panel.close()
    desk.close()


async def choose(shown: Shown, *ids: str) -> None:
    shown.rig.selection.select_equipment(ids)
    await shown.rig.settle()


def button(shown: Shown, key: str) -> ActionButton:
    found = shown.view.findChild(ActionButton, f"action-{key}")
    assert isinstance(found, ActionButton)
    return found


async def test_a_bollard_offers_up_and_down_and_proposes_without_sending(shown: Shown) -> None:
    await choose(shown, "B-01")
    assert shown.view.findChild(PostPicture) is not None
    button(shown, "0").press()
    await shown.rig.settle()
    (proposal,) = shown.desk.proposals
    assert proposal.intent.targets == (Target("B-01", "commanded", 0),)
    assert proposal.intent.title.startswith("Abaisser 1 borne")
    assert proposal.hold_s == 600.0
    assert not shown.rig.asked.of(ExecuteCommand)


async def test_raising_a_bollard_is_its_rest_and_holds_nothing(shown: Shown) -> None:
    await choose(shown, "B-01")
    button(shown, "100").press()
    await shown.rig.settle()
    assert shown.desk.proposals[0].hold_s is None


async def test_what_would_be_refused_says_why_and_proposes_nothing(shown: Shown) -> None:
    bridge = Bridge()
    bridge.refused["B-01", 100] = "error.command.device_down"
    shown.rig.asked.script = bridge.answer
    await choose(shown, "B-01")
    up = button(shown, "100")
    assert up.reason
    up.press()
    await shown.rig.settle()
    assert shown.rig.said[-1] == up.reason
    assert not shown.desk.proposals


async def test_what_would_be_accepted_is_asked_again_while_it_is_looked_at(shown: Shown) -> None:
    await choose(shown, "B-01")
    bridge = Bridge()
    bridge.refused["B-01", 100] = "error.command.device_down"
    shown.rig.asked.script = bridge.answer
    assert not button(shown, "100").reason
    shown.rig.clock.advance(LOOK_ANYWAY_S + 0.1)
    shown.rig.feed()
    shown.rig.world.tick()
    await shown.rig.settle()
    assert button(shown, "100").reason


async def test_many_lamps_are_one_order_and_each_has_its_box(shown: Shown) -> None:
    lamps = [f"EP-0001-D1-{number:02}" for number in range(1, 9)]
    await choose(shown, *lamps)
    strip = shown.view.findChild(BoxStrip)
    assert strip is not None
    assert strip.accessibleName() == "8 sans forçage"
    button(shown, "100").press()
    await shown.rig.settle()
    assert len(shown.desk.proposals[0].intent.targets) == 8
    assert not shown.rig.asked.of(ExecuteOrder)


async def test_of_more_than_can_be_drawn_those_that_ask_for_a_look_are(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_module, "BOXES", 3)
    last = FIRST_POINT["EP-0001-D1-08"]
    at = shown.rig.clock.now_ms()
    shown.rig.feed(changes=[PointChange(last, None, Quality.UNAVAILABLE, at, 0)])
    await choose(shown, *(f"EP-0001-D1-{number:02}" for number in range(1, 9)))
    face = shown.panel.face
    assert face is not None
    assert [box.state for box in face.boxes] == ["unavailable", "programme", "programme"]
    assert face.boxes[0].said.startswith("EP-0001-D1-08")
    assert "7 " in face.boxes_text


async def test_every_box_has_room_when_the_panel_becomes_narrower(shown: Shown) -> None:
    await choose(
        shown, *(f"EP-000{cabinet}-D1-{lamp:02}" for cabinet in (1, 2, 3) for lamp in range(1, 9))
    )
    for width in (900, 520, 260):
        shown.view.resize(width, 620)
        QApplication.processEvents()
        strip = shown.view.findChild(BoxStrip)
        assert strip is not None
        assert strip.height() == strip.heightForWidth(strip.width())


async def test_a_cabinet_stands_for_its_lamps(shown: Shown) -> None:
    await choose(shown, "EP-0001")
    button(shown, "70").press()
    await shown.rig.settle()
    assert len(shown.desk.proposals[0].intent.targets) == 8


async def test_a_cabinet_shows_its_own_points_with_their_limits_beside_its_lamps(
    shown: Shown,
) -> None:
    voltage = FIRST_POINT["EP-0001"] + 1
    at = shown.rig.clock.now_ms()
    shown.rig.feed(changes=[PointChange(voltage, 231.4, Quality.GOOD, at, 0)])
    await choose(shown, "EP-0001")
    face = shown.panel.face
    assert face is not None
    assert (face.code, len(face.boxes)) == ("EP-0001", 8)
    (scale,) = face.scales
    assert scale.at is not None
    low, high, higher = scale.limits
    assert 0 < low.at < scale.at < high.at < higher.at <= 1
    assert [one.words[:5] for one in scale.limits] == ["<\u00a0207", ">\u00a0253", ">\u00a0265"]
    said = "au-dessus de 253,0~V~: alarme moyenne, retour sous 250,0~V pendant 10~s"
    assert high.full == said.replace("~", "\u00a0")
    assert high.back is not None
    assert low.back is not None
    assert low.at < low.back < high.back < high.at
    assert higher.back is None, "the rule returns from its first limit"
    assert scale.normal == (low.at, high.at)
    assert scale.returns == ""
    assert shown.view.findChild(Scales).accessibleName().startswith(scale.label)  # type: ignore[union-attr]  # it is there
    assert scale.label not in {fact.label for fact in face.facts}
    shown.rig.feed(changes=[PointChange(voltage, 258.0, Quality.GOOD, at, 0)])
    face = shown.panel.face
    assert face is not None
    assert not any(limit.passed for limit in face.scales[0].limits), "its delay: nothing rings yet"
    assert face.scales[0].returns == ""
    alarm = Alarm(
        id="AL-1",
        rule="cabinet_overvoltage",
        severity=Severity.MEDIUM,
        equipment_id="EP-0001",
        equipment_kind="cabinet",
        raised_ms=at,
    )
    shown.rig.feed(
        changes=[PointChange(voltage, 251.5, Quality.GOOD, at, 0)],
        events=[AlarmEvent(change=AlarmChange.RAISED, alarm=alarm)],
    )
    face = shown.panel.face
    assert face is not None
    assert [limit.passed for limit in face.scales[0].limits] == [False, True, False]
    assert face.scales[0].returns.startswith("retour sous 250"), "not yet back behind its limit"
    shown.rig.feed(changes=[PointChange(voltage, None, Quality.UNAVAILABLE, at, 0)])
    face = shown.panel.face
    assert face is not None
    assert face.scales[0].at is None


async def test_a_limit_that_counts_only_under_a_condition_says_it(
    dressed: QApplication, shown: Shown
) -> None:
    bridge = Bridge()
    over, under = bridge.guides
    frost = msgspec.structs.replace(
        over, rule="road_frost", kind="cabinet", while_key="alarm.road_frost.while"
    )
    site = msgspec.structs.replace(under, rule="site_own", while_key="alarm.site_own.while")
    bridge.guides = (frost, site)
    shown.rig.asked.script = bridge.answer
    shown.rig.feed(situation=SituationResult(seq=1, alarms=(), incidents=(), service=()))
    panel = FaceplatePresenter(shown.rig.context)
    voltage, at = FIRST_POINT["EP-0001"] + 1, shown.rig.clock.now_ms()
    shown.rig.feed(changes=[PointChange(voltage, 258.0, Quality.GOOD, at, 0)])
    await choose(shown, "EP-0001")
    assert panel.face is not None
    (scale,) = panel.face.scales
    words = "alarme seulement si chaussée mouillée"
    assert scale.only == f"{words} · alarme sous une condition de la règle"
    assert words in scale.limits[1].full
    assert not any(limit.passed for limit in scale.limits), "beyond it, and nothing rings: grey"
    alarm = Alarm(
        id="AL-1",
        rule="road_frost",
        severity=Severity.MEDIUM,
        equipment_id="EP-0001",
        equipment_kind="cabinet",
        raised_ms=at,
    )
    shown.rig.feed(events=[AlarmEvent(change=AlarmChange.RAISED, alarm=alarm)])
    assert panel.face.scales[0].only == "alarme sous une condition de la règle"
    panel.close()


async def test_what_the_equipment_panel_tells_beside_it_is_not_told_twice(
    dressed: QApplication, qtbot: QtBot, shown: Shown
) -> None:
    await choose(shown, "B-01")
    facts = shown.view.findChild(FactGrid)
    assert facts is not None
    assert facts.isVisibleTo(shown.view)
    window = QWidget()
    qtbot.addWidget(window)
    row, beside = QHBoxLayout(window), QWidget()
    beside.setObjectName("equipment-view")
    row.addWidget(beside, 1)
    row.addWidget(shown.view, 1)
    window.resize(1040, 400)
    window.show()
    shown.rig.feed()
    shown.rig.selection.select_equipment(("B-02",))
    assert not facts.isVisibleTo(shown.view)
    assert button(shown, "0").isVisibleTo(shown.view), "acts stay"
    beside.hide()
    await until(lambda: facts.isVisibleTo(shown.view), what="the facts, told here alone now")
    row.removeWidget(shown.view)
    shown.view.setParent(None)


async def test_another_value_is_typed_and_an_impossible_one_is_said(shown: Shown) -> None:
    await choose(shown, "EP-0001-D1-01")
    button(shown, "other").press()
    line = shown.view.findChild(QLineEdit, "text-act-line")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "140")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not shown.desk.proposals
    assert "140" in shown.rig.said[-1]
    button(shown, "other").press()
    line.clear()
    QTest.keyClicks(line, "55 %")
    QTest.keyClick(line, Qt.Key.Key_Return)
    await shown.rig.settle()
    assert shown.desk.proposals[0].intent.targets[0].value == 55


async def test_an_override_is_said_and_given_back(shown: Shown) -> None:
    await choose(shown, "EP-0001-D1-01")
    now_ms = shown.rig.clock.now_ms()
    override = Override(
        id="K-1",
        equipment_id="EP-0001-D1-01",
        equipment_kind="lamp",
        point_key="level",
        value=100,
        back=WayBack.PROGRAMME,
        owner="dubois",
        seat="police",
        reason="visite",
        since_ms=now_ms,
        until_ms=now_ms + 600_000,
    )
    shown.rig.feed(events=[OverrideEvent(change=OverrideChange.BEGAN, override=override)])
    face = shown.panel.face
    assert face is not None
    assert face.held is not None
    assert "dubois" in face.held.words
    bridge = Bridge()
    bridge.override = override
    shown.rig.asked.script = bridge.answer
    shown.view.findChild(ActionButton, "faceplate-give-back").press()  # type: ignore[union-attr]  # it is there
    await shown.rig.settle()
    assert [one.override_id for one in shown.rig.asked.of(EndOverride)] == ["K-1"]
    looker = LinkSession("paul", "Paul", "ECL-1", ("view:*",))
    shown.rig.feed(session=looker)
    back = shown.view.findChild(ActionButton, "faceplate-give-back")
    assert isinstance(back, ActionButton)
    assert "ne commande pas" in back.reason
    back.press()
    await shown.rig.settle()
    assert len(shown.rig.asked.of(EndOverride)) == 1
    assert shown.rig.said[-1] == back.reason


async def test_what_nobody_commands_says_so(shown: Shown) -> None:
    shown.rig.selection.select_equipment(())
    assert shown.panel.face is None


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(10, 60)), min_size=1, max_size=4),
)
def test_words_of_limits_never_lie_on_each_other(marks: list[tuple[float, float]]) -> None:
    ticks, widths = [tick for tick, _ in marks], [width for _, width in marks]
    lefts = apart(ticks, widths, (0.0, 300.0), 8.0)
    placed = sorted(zip(lefts, widths, strict=True))
    assert placed[0][0] >= 0
    for (left, width), (following, _) in pairwise(placed):
        assert left + width <= following
    far = [
        abs(left + width / 2 - tick) for left, width, tick in zip(lefts, widths, ticks, strict=True)
    ]
    if len(marks) == 1 and 60 <= ticks[0] <= 240:
        assert far[0] < 0.001, "one alone stands under its tick"
    if sum(widths) + 8 * (len(widths) - 1) <= 300:
        assert placed[-1][0] + placed[-1][1] <= 300.001


def test_words_that_meet_give_way_to_both_sides() -> None:
    lefts = apart([100.0, 110.0], [40.0, 40.0], (0.0, 300.0), 8.0)
    assert lefts == [61.0, 109.0]


async def test_before_the_bridge_answers_nothing_is_called_acceptable(shown: Shown) -> None:
    shown.rig.selection.select_equipment(("B-01",))
    face = shown.panel.face
    assert face is not None
    assert face.offered == shown.rig.context.text("faceplate.unjudged")
    await shown.rig.settle()
    face = shown.panel.face
    assert face is not None
    assert face.offered == shown.rig.context.text("faceplate.offered")


async def test_all_values_are_asked_about_at_once_and_again_only_when_something_changes(
    shown: Shown,
) -> None:
    rig = shown.rig
    await choose(shown, "B-01")
    await choose(shown, "B-01", "B-02")
    asked = rig.asked.of(CheckChoices)
    assert [one.equipment_ids for one in asked] == [("B-01",), ("B-01", "B-02")]
    assert asked[-1].values == (0, 100)

    for _ in range(int(LOOK_ANYWAY_S / LOOK_AGAIN_S) - 1):  # nothing changes: nothing is asked
        rig.clock.advance(LOOK_AGAIN_S)
        rig.feed()
        rig.world.tick()
        await rig.settle()
    assert len(rig.asked.of(CheckChoices)) == 2

    loop = PointChange(FIRST_POINT["B-02"] + 2, True, Quality.GOOD, rig.clock.now_ms(), 0)
    rig.feed(changes=[loop])
    await rig.settle()
    assert len(rig.asked.of(CheckChoices)) == 3

    rig.clock.advance(LOOK_ANYWAY_S + 0.1)  # what decides may be out of this person's sight
    rig.feed()
    rig.world.tick()
    await rig.settle()
    assert len(rig.asked.of(CheckChoices)) == 4


async def test_a_choice_made_during_a_question_is_asked_about_at_once(shown: Shown) -> None:
    shown.rig.selection.select_equipment(("B-01",))
    shown.rig.selection.select_equipment(("B-02",))
    await shown.rig.settle()
    asked = shown.rig.asked.of(CheckChoices)
    assert asked[-1].equipment_ids == ("B-02",)
    face = shown.panel.face
    assert face is not None
    assert face.offered == shown.rig.context.text("faceplate.offered")


async def test_a_bollards_acts_and_why_not_are_in_sight_in_a_low_panel(shown: Shown) -> None:
    bridge = Bridge()
    bridge.refused["B-01", 100] = "error.command.device_down"
    shown.rig.asked.script = bridge.answer
    shown.view.resize(520, 460)
    await choose(shown, "B-01")
    QApplication.processEvents()
    up = button(shown, "100")
    (why,) = (
        label
        for label in shown.view.findChildren(TextLabel)
        if label.isVisible() and up.reason in label.text()
    )
    for widget in (up, why):
        bottom = widget.mapTo(shown.view, widget.rect().bottomLeft()).y()
        assert bottom <= shown.view.height(), widget
