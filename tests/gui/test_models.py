"""The Qt models: consistent under Qt's own tester, and sparing with signals."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.incidents import IncidentChange, IncidentState
from backend_bridge.contract.journal import AlarmEvent, Event, IncidentEvent
from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.results import LogResult, SituationResult
from console.models.equipment import EquipmentModel
from console.models.queue import QueueModel
from console.panels.equipment import EquipmentPresenter
from console.panels.queue import QueuePresenter
from console.panels.rows import EquipmentRow, QueueRow
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
USER = Qt.ItemDataRole.UserRole


class Signals:
    """Count what a model tells its views."""

    def __init__(self, model: QueueModel | EquipmentModel) -> None:
        self.resets = self.moves = self.changes = self.inserts = self.removals = 0
        model.modelReset.connect(lambda: self._count("resets"))
        model.rowsMoved.connect(lambda *_: self._count("moves"))
        model.dataChanged.connect(lambda *_: self._count("changes"))
        model.rowsInserted.connect(lambda *_: self._count("inserts"))
        model.rowsRemoved.connect(lambda *_: self._count("removals"))

    def _count(self, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a live world with a small city."""
    desk = Desk(drafts_directory=str(tmp_path))
    desk.asked.script = lambda _: LogResult(entries=())
    desk.feed(catalogue=small_city())
    return desk


def shown(model: QueueModel) -> list[str]:
    rows = [model.index(number).data(USER) for number in range(model.rowCount())]
    return [row.id for row in rows if isinstance(row, QueueRow)]


def any_event(chance: random.Random, version: int) -> Event:
    number = chance.randrange(12)
    if chance.random() < 0.4:
        return AlarmEvent(
            change=AlarmChange.RAISED,
            alarm=alarm(number, acknowledged=chance.random() < 0.5),
        )
    return IncidentEvent(
        change=IncidentChange.OPENED,
        incident=incident(
            number,
            version=version,
            state=chance.choice(list(IncidentState)),
            severity=chance.choice(list(Severity)),
            owner=chance.choice(["", "mireille"]),
            opened_ms=chance.randrange(4),
            alarm_ids=(f"AL-{number}",),
        ),
    )


def test_queue_model_follows_random_happenings_under_qts_tester(qtbot: QtBot, desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    model = QueueModel(presenter)
    tester = QAbstractItemModelTester(model, STRICT)
    signals = Signals(model)
    chance = random.Random(7)
    for version in range(1, 250):
        desk.feed(events=[any_event(chance, version) for _ in range(chance.randrange(4))])
        if chance.random() < 0.1:
            presenter.set_scope(chance.choice(["open", "mine", "closed", "free"]))
        if chance.random() < 0.1:
            presenter.set_filter(chance.choice(["", "inc-1", "longvic"]))
        assert shown(model) == list(presenter.ids)
    assert signals.resets == 0
    assert signals.moves > 0
    model.close()
    presenter.close()
    del tester


def test_acknowledging_moves_one_row_and_keeps_the_others(qtbot: QtBot, desk: Desk) -> None:
    incidents = tuple(
        incident(number, opened_ms=number, alarm_ids=(f"AL-{number}",)) for number in range(5)
    )
    alarms = tuple(alarm(number) for number in range(5))
    desk.feed(situation=SituationResult(seq=1, alarms=alarms, incidents=incidents, service=()))
    presenter = QueuePresenter(desk.context)
    model = QueueModel(presenter)
    signals = Signals(model)
    desk.feed(
        events=[AlarmEvent(change=AlarmChange.ACKNOWLEDGED, alarm=alarm(1, acknowledged=True))]
    )
    assert shown(model) == ["INC-0", "INC-2", "INC-3", "INC-4", "INC-1"]
    assert (signals.moves, signals.inserts, signals.removals, signals.resets) == (1, 0, 0, 0)
    assert model.id_at(4) == "INC-1"
    assert model.id_at(9) is None
    model.close()
    presenter.close()


def test_a_second_repaints_without_moving(qtbot: QtBot, desk: Desk) -> None:
    desk.feed(
        situation=SituationResult(
            seq=1, alarms=(), incidents=(incident(1), incident(2)), service=()
        )
    )
    presenter = QueuePresenter(desk.context)
    model = QueueModel(presenter)
    signals = Signals(model)
    desk.clock.advance(1.0)
    desk.feed()
    desk.world.tick()
    assert signals.changes == 1
    assert signals.moves == signals.resets == signals.inserts == 0
    model.close()
    presenter.close()


def test_roles_of_the_queue(qtbot: QtBot, desk: Desk) -> None:
    desk.feed(situation=SituationResult(seq=1, alarms=(), incidents=(incident(1),), service=()))
    presenter = QueuePresenter(desk.context)
    model = QueueModel(presenter)
    index = model.index(0)
    assert "Rue de Longvic, 48" in str(index.data())
    assert "INC-1" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "sur 4" in str(index.data(Qt.ItemDataRole.AccessibleTextRole)).replace("\u00a0", " ")
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.rowCount(index) == 0
    assert model.data(QModelIndex(), USER) is None
    model.close()
    presenter.close()


def test_equipment_model_under_qts_tester(qtbot: QtBot, desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    model = EquipmentModel(presenter)
    tester = QAbstractItemModelTester(model, STRICT)
    signals = Signals(model)
    assert model.rowCount() == 1
    presenter.unfold(0, wanted=True)
    presenter.unfold(3, wanted=True)
    assert (model.rowCount(), signals.inserts, signals.resets) == (28, 27, 0)
    desk.feed(
        changes=[PointChange(4, 70, Quality.GOOD, 1, 0), PointChange(6, 0, Quality.BAD, 1, 0)]
    )
    before = signals.changes
    row = model.index(4).data(USER)
    assert isinstance(row, EquipmentRow)
    assert row.value is not None
    assert row.value.text == "70"
    assert "70" in str(model.index(4).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "équipements" in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    presenter.set_filter("0002")
    assert (model.rowCount(), signals.resets) == (14, 0)
    assert [model.id_at(row) for row in range(14)] == list(presenter.ids)
    desk.feed(changes=[PointChange(4, 71, Quality.GOOD, 1, 0)])
    assert signals.changes >= before
    desk.clock.advance(2.0)
    desk.world.tick()
    assert signals.changes > before
    desk.feed(drop=True)
    assert model.rowCount() == 0
    model.close()
    presenter.close()
    del tester


def test_forty_thousand_rows_cost_only_what_is_drawn(qtbot: QtBot) -> None:
    desk = Desk()
    desk.feed(catalogue=small_city(cabinets=100, lamps=198))
    presenter = EquipmentPresenter(desk.context)
    model = EquipmentModel(presenter)
    presenter.unfold(0, wanted=True)
    presenter.unfold(3, wanted=True)
    assert model.rowCount() == 19_804
    model.index(10_000).data(USER)
    assert len(presenter._rows) == 1
    model.close()
    presenter.close()
