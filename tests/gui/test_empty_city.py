"""A city without equipment: each panel says what there is none of, none is blank or all well."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.points import Catalogue
from console.models.watch import WatchModel
from console.panels.availability import AvailabilityPresenter
from console.panels.base import BasePresenter
from console.panels.communes import CommunesPresenter
from console.panels.spec import PanelContext
from console.panels.stations import StationsPresenter
from console.panels.watch import WatchPresenter
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city
from ui.overview.availability import AvailabilityView
from ui.overview.communes import CommunesView
from ui.panel_view import PanelView
from ui.watch.panel import WatchView
from ui.widgets.states import Message
from ui.winter.stations import StationsView

EMPTY = Catalogue(
    revision="r", title="Vide", demonstration=False, points_total=0, kinds=(), equipment=()
)
Made = tuple[BasePresenter, PanelView, Callable[[], None]]


def communes(context: PanelContext) -> Made:
    presenter = CommunesPresenter(context)
    return presenter, CommunesView(presenter), presenter.close


def availability(context: PanelContext) -> Made:
    presenter = AvailabilityPresenter(context)
    return presenter, AvailabilityView(presenter), presenter.close


def stations(context: PanelContext) -> Made:
    presenter = StationsPresenter(context)
    return presenter, StationsView(presenter), presenter.close


def watch(context: PanelContext) -> Made:
    presenter = WatchPresenter(context)
    model = WatchModel(presenter)

    def close() -> None:
        model.close()
        presenter.close()

    return presenter, WatchView(presenter, model), close


@pytest.fixture(params=[communes, availability, stations, watch])
def shown(
    request: pytest.FixtureRequest, dressed: QApplication, qtbot: QtBot
) -> Iterator[tuple[Desk, PanelView]]:
    desk = Desk()
    desk.feed(catalogue=EMPTY)
    _, view, close = request.param(desk.context)
    qtbot.addWidget(view)
    view.resize(760, 400)
    with qtbot.waitExposed(view):
        view.show()
    desk.feed()
    yield desk, view
    view.release()
    close()


def messages(view: QWidget) -> list[str]:
    return [
        " ".join(label.text() for label in message.findChildren(QLabel) if label.isVisible())
        for message in view.findChildren(Message)
        if message.isVisible()
    ]


def test_it_says_what_there_is_none_of_until_there_is(shown: tuple[Desk, PanelView]) -> None:
    desk, view = shown
    (said,) = messages(view)
    assert said.startswith(("Aucun équipement", "Aucune station")), said
    assert "droit" in said, "why, and what to do"
    if not isinstance(view, StationsView):
        desk.feed(catalogue=small_city())
        assert said not in messages(view)
