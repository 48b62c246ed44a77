"""The alarm panel: worst first, acknowledged and put aside by key, what is aside listed apart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import Alarm, AlarmChange, AlarmGuide, Severity, Shelf
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent
from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    GetAlarmGuides,
    GetAlarmHistory,
    Request,
    SetAlarmService,
    ShelveAlarm,
    UnshelveAlarm,
)
from backend_bridge.contract.results import (
    AlarmGuidesResult,
    AlarmHistoryResult,
    AlarmResult,
    AlarmSource,
    Result,
)
from console.link.batch import LinkSession
from console.panels.alarm_lists import AlarmLists
from console.panels.alarms import AlarmsPresenter
from console.panels.listing import Row
from console.panels.listing import Text as TextCell
from console.state.folding import FoldedOnce
from tests.fakes.panel_context import Desk, texts
from tests.fakes.small_city import alarm, incident, small_city
from ui.alarms.gauge import LoadGauge
from ui.alarms.panel import AlarmsView
from ui.marks import ROW_PX
from ui.theme import Theme


class Shown(NamedTuple):
    rig: Desk
    panel: AlarmsPresenter
    view: AlarmsView


def answer(request: Request) -> Result:
    if isinstance(request, GetAlarmGuides):
        guide = AlarmGuide(
            rule="door_open",
            severity=Severity.MEDIUM,
            act_within_s=900.0,
            longest_shelf_s=1800.0,
            procedure="cabinet_open",
        )
        lamp = AlarmGuide(rule="lamp_failed", severity=Severity.LOW, longest_shelf_s=604_800.0)
        return AlarmGuidesResult(guides=(guide, lamp))
    if isinstance(request, GetAlarmHistory):
        return AlarmHistoryResult(
            until_ms=1,
            bucket_ms=600_000,
            appeared=(1, 2),
            sources=(
                AlarmSource("EP-0002", "door_open", 30, 2, 1),
                AlarmSource("EP-0001", "x", 10),
            ),
            total=40,
            hidden=3,
            since_ms=0,
        )
    return AlarmResult(alarm=alarm(1))


def tell(shown: Shown, item: Alarm, change: AlarmChange = AlarmChange.RAISED) -> None:
    shown.rig.feed(events=[AlarmEvent(change=change, alarm=item)])


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    rig = Desk()
    rig.asked.script = answer
    panel = AlarmsPresenter(rig.context)
    rig.feed(catalogue=small_city())
    await rig.settle()
    view = AlarmsView(panel)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    view.activateWindow()
    yield Shown(rig, panel, view)
    await rig.settle()
    view.release()
    panel.close()


def doors(shown: Shown) -> list[Alarm]:
    found = []
    for number, severity in ((1, Severity.LOW), (2, Severity.URGENT), (3, Severity.MEDIUM)):
        item = alarm(number, equipment_id=f"EP-000{number}")
        item = msgspec.structs.replace(
            item, severity=severity, rule="door_open", raised_ms=shown.rig.clock.now_ms()
        )
        found.append(item)
        tell(shown, item)
    return found


async def test_the_worst_is_first_and_the_letter_acknowledges_the_chosen_one(shown: Shown) -> None:
    doors(shown)
    assert [row.id for row in shown.panel.rows] == ["AL-2", "AL-3", "AL-1"]
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_Down)
    QTest.keyClick(shown.view.grid, Qt.Key.Key_A)
    await shown.rig.settle()
    assert [one.alarm_id for one in shown.rig.asked.of(AcknowledgeAlarm)] == ["AL-2"]


async def test_the_chosen_one_stays_chosen_when_a_worse_one_comes(shown: Shown) -> None:
    doors(shown)
    shown.panel.choose("AL-1")
    worse = msgspec.structs.replace(alarm(9, equipment_id="EP-0002"), severity=Severity.URGENT)
    tell(shown, worse)
    assert shown.panel.chosen == "AL-1"
    at = shown.view.grid.currentIndex().row()
    assert shown.panel.rows[at].id == "AL-1"


async def test_the_alarms_of_an_incident_chosen_elsewhere_are_marked_where_they_stand(
    shown: Shown,
) -> None:
    doors(shown)
    one = msgspec.structs.replace(incident(7), alarm_ids=("AL-1", "AL-3"))
    shown.rig.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=one)])
    shown.panel.choose("AL-2")
    top = shown.view.grid.rowAt(0)
    shown.rig.selection.select_incident(one.id)
    assert [(row.id, row.also) for row in shown.panel.rows] == [
        ("AL-2", False),
        ("AL-3", True),
        ("AL-1", True),
    ]
    assert "de l’incident choisi" in shown.panel.rows[1].said
    assert (shown.panel.chosen, shown.view.grid.rowAt(0)) == ("AL-2", top), "acts stay about it"
    fewer = msgspec.structs.replace(one, alarm_ids=("AL-1",), version=one.version + 1)
    shown.rig.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=fewer)])
    assert [row.also for row in shown.panel.rows] == [False, False, True]
    ground = Theme.current().color("selection")
    image = shown.view.grid.viewport().grab().toImage()
    lit = [image.pixelColor(600, 28 * at + 3) == ground for at in range(3)]
    assert lit == [True, False, True]
    shown.rig.selection.select_incident(None)
    assert not any(row.also for row in shown.panel.rows)


def measured(shown: Shown) -> str:
    cell = shown.panel.rows[0].cells[4]
    assert isinstance(cell, TextCell)
    return cell.words


async def test_what_does_not_answer_says_so_where_others_have_their_value(shown: Shown) -> None:
    tell(shown, msgspec.structs.replace(alarm(1), point_key="", value=""))
    assert measured(shown) == "", "nobody knows yet"
    equipment = shown.rig.world.equipment
    points = [at for at, _ in equipment.points_of("EP-0001")]
    lost = [PointChange(at, None, Quality.UNAVAILABLE, 0, 0) for at in points]
    shown.rig.feed(changes=lost)
    assert measured(shown) == "Injoignable"
    now_ms = shown.rig.clock.now_ms()
    shown.rig.feed(changes=[PointChange(points[0], False, Quality.GOOD, now_ms, 0)])
    assert measured(shown) == ""


async def test_it_says_what_helps_and_how_long_there_is(shown: Shown) -> None:
    doors(shown)
    shown.panel.choose("AL-3")
    said = " ".join(part for line in shown.panel.chosen_lines for part in line)
    assert "encore 15\u00a0min" in said
    shown.rig.clock.advance(1000)
    shown.rig.feed()
    shown.rig.world.tick()
    said = " ".join(part for line in shown.panel.chosen_lines for part in line)
    assert "dépassé de" in said


async def test_putting_aside_takes_a_reason_and_the_rule_limits_the_time(shown: Shown) -> None:
    doors(shown)
    shown.panel.choose("AL-1")
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_C)
    line = shown.view.findChild(QLineEdit, "text-act-line")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "electricien sur place")
    QTest.keyClick(line, Qt.Key.Key_Return)
    await shown.rig.settle()
    (sent,) = shown.rig.asked.of(ShelveAlarm)
    assert sent.reason == "electricien sur place"
    assert sent.until_ms == shown.rig.world.bridge_now_ms() + 1_800_000


async def test_what_is_aside_is_listed_apart_and_can_be_taken_back(shown: Shown) -> None:
    first = doors(shown)[0]
    now_ms = shown.rig.clock.now_ms()
    shelf = Shelf(by="dubois", reason="travaux", since_ms=now_ms, until_ms=now_ms + 600_000)
    tell(shown, msgspec.structs.replace(first, shelf=shelf), AlarmChange.SHELVED)
    assert [row.id for row in shown.panel.rows] == ["AL-2", "AL-3"]
    shown.panel.set_scope("shelved")
    assert [row.id for row in shown.panel.rows] == ["AL-1"]
    shown.panel.choose("AL-1")
    assert any("dubois" in plain for _, plain in shown.panel.chosen_lines)
    shown.panel.do("unshelve")
    await shown.rig.settle()
    assert [one.alarm_id for one in shown.rig.asked.of(UnshelveAlarm)] == ["AL-1"]


async def test_by_commune_counts_and_opens_the_list_of_one(shown: Shown) -> None:
    doors(shown)
    shown.panel.set_scope("area")
    (row,) = shown.panel.rows
    assert "Dijon" in row.said
    shown.panel.choose(row.id)
    shown.panel.do("open")
    assert len(shown.panel.rows) == 3


async def test_the_worst_actors_come_from_the_journal(shown: Shown) -> None:
    shown.panel.set_scope("actors")
    await shown.rig.settle()
    assert [row.said.partition(" ")[0] for row in shown.panel.rows] == ["EP-0002", "EP-0001"]
    assert "75\u00a0%" in shown.panel.rows[0].said


async def test_a_flood_is_put_in_order_once_a_second(shown: Shown) -> None:
    events = [
        AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(number, equipment_id=f"E-{number}"))
        for number in range(3_000)
    ]
    shown.rig.feed(events=events)
    shown.rig.clock.advance(1.1)
    shown.rig.feed()
    shown.rig.world.tick()
    assert len(shown.panel.rows) == 3_000
    assert shown.view.grid.model().rowCount() == 3_000


def lamps_dark(shown: Shown, numbers: range, severity: Severity = Severity.LOW) -> None:
    """Tell of alarms of one severity, the later numbers the older."""
    now_ms = shown.rig.clock.now_ms()
    shown.rig.feed(
        events=[
            AlarmEvent(
                change=AlarmChange.RAISED,
                alarm=msgspec.structs.replace(
                    alarm(number, equipment_id=f"EP-{number:04}", raised_ms=now_ms - number),
                    severity=severity,
                ),
            )
            for number in numbers
        ]
    )
    shown.rig.clock.advance(1.0)
    shown.rig.feed()
    shown.rig.world.tick()


async def test_what_a_filter_hides_is_not_acted_on(shown: Shown) -> None:
    doors(shown)
    shown.panel.choose("AL-1")
    shown.panel.set_filter("EP-0002")
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_A)
    shown.panel.do("shelve", "travaux")
    await shown.rig.settle()
    assert not shown.rig.asked.of(AcknowledgeAlarm)
    assert not shown.rig.asked.of(ShelveAlarm)
    assert not shown.panel.chosen_lines
    assert "plus dans la liste" in shown.rig.said[-1]
    shown.panel.set_filter("")
    shown.panel.do("acknowledge")
    await shown.rig.settle()
    assert [one.alarm_id for one in shown.rig.asked.of(AcknowledgeAlarm)] == ["AL-1"]


async def test_one_that_leaves_while_its_reason_is_typed_is_let_go_in_words(shown: Shown) -> None:
    first = doors(shown)[0]
    shown.panel.choose("AL-1")
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_C)
    line = shown.view.findChild(QLineEdit, "text-act-line")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "electricien")
    over = msgspec.structs.replace(first, active=False, acknowledged=True)
    tell(shown, over, AlarmChange.CLEARED)
    assert not line.isVisible()
    assert line.text() == "electricien"
    assert "plus dans la liste" in shown.rig.said[-1]
    assert shown.view.grid.hasFocus()


async def test_a_filter_needs_no_accents(shown: Shown) -> None:
    doors(shown)
    shown.panel.set_filter("universite")
    assert [row.id for row in shown.panel.rows] == ["AL-1"]


async def test_who_looks_further_down_keeps_the_place_when_worse_ones_come(shown: Shown) -> None:
    lamps_dark(shown, range(1, 401))
    bar = shown.view.grid.verticalScrollBar()
    bar.setValue(2_000)
    top = shown.view.grid.rowAt(0)
    seen, y = shown.panel.id_at(top), shown.view.grid.rowViewportPosition(top)
    lamps_dark(shown, range(1_001, 1_051), Severity.URGENT)
    at = shown.panel.place_of(seen)
    assert at == top + 50
    assert shown.view.grid.rowViewportPosition(at) == y


async def test_the_order_is_that_of_a_sort_whatever_comes_and_goes(shown: Shown) -> None:
    lamps_dark(shown, range(1, 40))
    lamps_dark(shown, range(20, 60), Severity.HIGH)
    for number in (3, 25, 41):
        held = shown.rig.world.alarms.by_id[f"AL-{number}"]
        tell(shown, msgspec.structs.replace(held, acknowledged=True), AlarmChange.ACKNOWLEDGED)
    gone = shown.rig.world.alarms.by_id["AL-7"]
    tell(shown, msgspec.structs.replace(gone, active=False, acknowledged=True), AlarmChange.CLEARED)
    wanted = [one.id for one in shown.rig.world.alarms.ordered()]
    assert [row.id for row in shown.panel.rows] == wanted


async def test_a_thousand_rows_cost_those_in_sight(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    lamps_dark(shown, range(1, 2_001))
    shown.panel.choose(shown.panel.id_at(1_500))
    await shown.rig.settle()
    made = 0
    plain = AlarmLists.row

    def counted(lists: AlarmLists, item: Alarm) -> Row:
        nonlocal made
        made += 1
        return plain(lists, item)

    monkeypatch.setattr(AlarmLists, "row", counted)
    lamps_dark(shown, range(3_001, 3_011), Severity.URGENT)  # the chosen one moves
    shown.view.grid.viewport().repaint()
    in_sight = shown.view.grid.viewport().height() // 28 + 4
    assert made <= 2 * in_sight
    await shown.rig.settle()
    folded: list[str] = []
    fold = FoldedOnce.joined

    def joined(once: FoldedOnce, parts: Iterable[str]) -> str:
        folded.append("")
        return fold(once, parts)

    monkeypatch.setattr(FoldedOnce, "joined", joined)
    shown.panel.set_filter("dijon")  # everything was folded ahead of the first letter
    assert not folded
    worse = msgspec.structs.replace(alarm(9_999, equipment_id="EP-0002"), severity=Severity.URGENT)
    tell(shown, worse)
    shown.rig.clock.advance(1.0)
    shown.rig.feed()
    shown.rig.world.tick()
    assert len(folded) == 1


def configuring(shown: Shown, *, editing: bool) -> None:
    session = LinkSession("mireille", "M", "ECL-1", ("view:*", "manage:*", "configure:*"))
    shown.rig.feed(session=session)
    shown.rig.world.edit(shown.rig.world.bridge_now_ms() + 900_000 if editing else None)


def reasons(shown: Shown) -> dict[str, str]:
    return {action.key: action.reason for action in shown.panel.actions}


async def test_the_steps_of_the_procedure_are_one_letter_away(shown: Shown) -> None:
    first, *_ = doors(shown)
    shown.panel.choose(first.id)
    said = " ".join(plain for _, plain in shown.panel.chosen_lines)
    assert "«\u00a0Armoire ouverte\u00a0»" in said
    assert "cabinet_open" not in said, "the name of a file means nothing to the room"
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_P)
    title, *steps = shown.panel.chosen_lines
    assert "Armoire ouverte" in title[0]
    assert [number for number, _ in steps] == ["1.", "2.", "3."]
    assert all(step for _, step in steps)
    shown.panel.choose(shown.panel.id_at(0))
    assert shown.panel.chosen_lines[1][0] == "Cause", "another alarm is met with its guidance"


async def test_longest_procedure_has_room_below_the_list(shown: Shown) -> None:
    longest = max(
        (key for key in texts("fr") if key.startswith("procedure.") and key.endswith(".steps")),
        key=lambda key: len(texts("fr")[key].splitlines()),
    )
    assert len(texts("fr")[longest].splitlines()) + 1 <= len(shown.view._lines)


async def test_out_of_service_is_for_who_configures_and_asks_for_edit_mode(shown: Shown) -> None:
    first, *_ = doors(shown)
    shown.panel.choose(first.id)
    assert "take_out" not in reasons(shown)
    configuring(shown, editing=False)
    assert "mode édition" in reasons(shown)["take_out"]
    configuring(shown, editing=True)
    assert not reasons(shown)["take_out"]
    now_ms = shown.rig.world.bridge_now_ms()
    shown.panel.do("take_out", "capteur à changer")
    await shown.rig.settle()
    (asked,) = shown.rig.asked.of(SetAlarmService)
    assert (asked.rule, asked.equipment_id) == (first.rule, first.equipment_id)
    assert (asked.reason, asked.until_ms) == ("capteur à changer", now_ms + 7 * 86_400_000)


async def test_what_is_out_of_service_says_so_and_goes_back(shown: Shown) -> None:
    out = Shelf(by="luc", reason="capteur", since_ms=0, until_ms=shown.rig.clock.now_ms() + 60_000)
    item = msgspec.structs.replace(
        alarm(5), rule="door_open", active=False, acknowledged=True, taken_out=out
    )
    tell(shown, item, AlarmChange.OUT_OF_SERVICE)
    quiet = msgspec.structs.replace(alarm(6), suppressed="uplink_lost")
    tell(shown, quiet, AlarmChange.SUPPRESSED)
    shown.panel.set_scope("suppressed")
    said = {row.id: row.said for row in shown.panel.rows}
    assert "Hors service · luc\u00a0: capteur" in said[item.id]
    assert "normale" in said[item.id]
    assert "tant que cela dure" in said[quiet.id]
    assert not any("alarm." in words for words in said.values())
    configuring(shown, editing=True)
    shown.panel.choose(quiet.id)
    assert "put_back" not in reasons(shown), "what a design keeps quiet comes back by itself"
    shown.panel.choose(item.id)
    shown.view.grid.setFocus()
    QTest.keyClick(shown.view.grid, Qt.Key.Key_R)
    await shown.rig.settle()
    assert shown.rig.asked.of(SetAlarmService) == [
        SetAlarmService(rule="door_open", equipment_id="EP-0001", reason="", until_ms=None)
    ]


async def test_each_way_to_look_names_its_columns_and_cuts_no_figure(shown: Shown) -> None:
    doors(shown)
    shown.view.resize(1900, 800)
    heads = {}
    for way in ("list", "area", "shelved", "actors", "list"):
        shown.panel.set_scope(way)
        await shown.rig.settle()
        model = shown.view.grid.model()
        heads[way] = [
            model.headerData(at, Qt.Orientation.Horizontal)
            for at in range(model.columnCount())
            if not shown.view.grid.isColumnHidden(at)
        ]
    assert heads["list"][-2:] == ["État", "Lieu"]
    assert heads["area"][2:5] == ["Commune", "Alarmes", "À acquitter"]
    assert heads["shelved"][-2:] == ["Revient", "Pourquoi"]
    assert heads["actors"][:2] == ["Équipement", "Surtout"]


async def test_a_flood_is_one_line_beside_the_gauge(shown: Shown) -> None:
    doors(shown)
    assert shown.panel.flood == ""
    assert "au moins 3" in shown.panel.load_said, "nobody saw the ten minutes before the sign-in"
    lamps_dark(shown, range(100, 140))
    assert shown.panel.load == 43
    assert "40" in shown.panel.flood
    gauge = shown.view.findChild(LoadGauge)
    assert isinstance(gauge, LoadGauge)
    assert "43" in gauge.accessibleName()
    assert "limite 10" in gauge.accessibleName()


async def test_rows_a_filter_leaves_out_are_counted(shown: Shown) -> None:
    doors(shown)
    assert shown.panel.headline == "3 alarmes"
    shown.panel.set_filter("EP-0002")
    assert shown.panel.headline == "3 alarmes · 1 affichée"


async def test_a_bad_actor_can_be_gone_to_and_what_is_hidden_is_said(shown: Shown) -> None:
    shown.panel.set_scope("actors")
    await shown.rig.settle()
    assert shown.panel.headline == "40 en 7\u00a0jours · 3 non montrées (droits)"
    shown.panel.choose(shown.panel.id_at(0))
    assert reasons(shown) == {"show": ""}
    shown.panel.do("show")
    assert shown.rig.selection.equipment_ids == ("EP-0002",)
    assert "2 en rafale" in shown.panel.rows[0].said
    assert "1 fugitive" in shown.panel.rows[0].said


async def test_the_longest_time_aside_is_the_rule_s(shown: Shown) -> None:
    lamp = msgspec.structs.replace(alarm(7), rule="lamp_failed")
    tell(shown, lamp)
    shown.panel.choose(lamp.id)
    labels = {action.key: action.label for action in shown.panel.actions}
    assert "1\u00a0h" in labels["shelve"]
    assert "7\u00a0j" in labels["shelve_long"]
    now_ms = shown.rig.world.bridge_now_ms()
    shown.panel.do("shelve_long", "remplacement programmé")
    await shown.rig.settle()
    (asked,) = shown.rig.asked.of(ShelveAlarm)
    assert asked.until_ms == now_ms + 604_800_000
    first, *_ = doors(shown)
    shown.panel.choose(first.id)
    assert "shelve_long" not in reasons(shown), "half an hour is all its rule allows"


async def test_what_is_over_presses_nobody(shown: Shown) -> None:
    first, *_ = doors(shown)
    shown.panel.choose(first.id)
    assert "encore" in shown.panel.chosen_lines[-1][0]
    tell(shown, msgspec.structs.replace(first, active=False), AlarmChange.RETURNED)
    assert shown.panel.chosen_lines[-1][0] == "À faire"


async def test_the_children_of_a_whole_city_are_not_cut(shown: Shown) -> None:
    root = msgspec.structs.replace(alarm(1), children=34_000)
    tell(shown, root)
    shown.view.resize(640, 600)
    room = shown.view.grid.columnWidth(0)
    words = QFontMetrics(Theme.current().font(13)).horizontalAdvance("+34000")
    assert room >= words + 12 + ROW_PX + 16 + 4, "mark, its contour when it blinks, and the count"
