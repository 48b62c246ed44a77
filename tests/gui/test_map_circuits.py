"""The circuits on the real map: hidden at first, drawn by state, the chosen one outlined."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from backend_bridge.contract.circuits import (
    Circuit,
    CircuitArc,
    CircuitChange,
    CircuitMark,
    CircuitRecord,
    CircuitState,
)
from backend_bridge.contract.journal import CircuitEvent, JournalEntry
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import CircuitsResult, Result
from console.link.batch import LinkSession
from tests.fakes.clock import ManualClock
from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, catalogue_of
from ui.theme import Theme

pytestmark = pytest.mark.usefixtures("dressed")

STATES = tuple(CircuitState)
STEP = 0.002
"""Degrees of latitude between two circuits, each one street from west to east."""


def latitude(number: int) -> float:
    return CENTRE[1] + STEP * (number - len(STATES) / 2)


def circuit(number: int) -> Circuit:
    lat = latitude(number)
    line = (CENTRE[0] - 0.004, lat, CENTRE[0] + 0.004, lat)
    return Circuit(
        id=f"DN-{number}", name=f"n{number}", priority=1, treatment="both", length_m=600.0,
        communes=(), streets=(), arcs=(CircuitArc("", "both", line),),
    )  # fmt: skip


class Answers:
    """Give the plan, and remember what was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Result:
        self.asked.append(request)
        return CircuitsResult(circuits=tuple(circuit(n) for n in range(len(STATES))))


class Snow(Scene):
    """A town with one street per state, at a seat."""

    def __init__(self, seat: str, rights: tuple[str, ...] = ("view:*",)) -> None:
        self.answers = Answers()
        self.works: list[Coroutine[Any, Any, None]] = []
        spots = [(f"PL-{n}", "lamp", CENTRE[0] + 0.006 + n * 0.001, CENTRE[1], "") for n in (0, 1)]
        town = catalogue_of([("EP-1", "cabinet", CENTRE[0], CENTRE[1] + 0.02, ""), *spots])
        super().__init__(
            msgspec.structs.replace(town, circuits=len(STATES)),
            clock=ManualClock(),
            session=LinkSession("marie", "Marie", seat, rights),
            actions=self.answers,
            spawn=self.works.append,
        )
        self.send()
        self.presenter.rows()

    def run(self) -> None:
        """Let the page's reading of the plan come to its end."""
        while self.works:
            asyncio.run(self.works.pop(0))

    def say(self, number: int, state: CircuitState, version: int = 1) -> None:
        said = CircuitRecord(state=state, by="marie", at_ms=self.clock.now_ms(), reason="x")
        mark = CircuitMark(circuit_id=f"DN-{number}", version=version, said=said)
        event = CircuitEvent(change=CircuitChange.RECORDED, mark=mark)
        entry = JournalEntry(seq=1, at_ms=0, user="marie", seat="snow", event=event)
        self.send(entries=[entry])


def looks(scene: Snow) -> list[str]:
    return list(scene.presenter._circuits.states()["looks"])


def test_other_seats_do_not_see_it_and_nothing_is_asked() -> None:
    scene = Snow("police", ("view:*", "manage:*"))
    scene.run()
    row = next(row for row in scene.presenter.rows() if row.key == "circuits")
    assert (row.count, row.visible) == (len(STATES), False)
    assert "circuits" in scene.presenter.hidden
    assert not scene.answers.asked
    scene.presenter.set_visible("circuits", visible=True)
    scene.run()
    assert len(scene.answers.asked) == 1
    assert "circuits" not in scene.presenter.hidden
    assert len(scene.presenter.circuits()["circuits"]) == len(STATES)
    scene.presenter.set_visible("circuits", visible=False)
    scene.presenter.set_visible("cabinet", visible=False)
    assert sorted(scene.presenter.hidden) == ["cabinet", "circuits"]
    scene.presenter.close()


@pytest.mark.parametrize(
    ("seat", "rights"), [("snow", ("view:*",)), ("depot", ("view:*", "manage:circuit"))]
)
def test_who_coordinates_the_snow_plan_sees_it_at_once(seat: str, rights: tuple[str, ...]) -> None:
    scene = Snow(seat, rights)
    scene.run()
    assert "circuits" not in scene.presenter.hidden
    assert looks(scene) == ["uninspected"] * len(STATES)
    scene.presenter.close()


def test_no_row_where_there_are_no_circuits_or_none_may_be_seen() -> None:
    blind = Snow("snow", ("view:lamp", "view:cabinet"))
    blind.run()
    assert [row.key for row in blind.presenter.rows()][0:2] == ["incidents", "lamp"]
    assert not blind.answers.asked
    blind.presenter.close()


def test_a_treatment_that_ages_is_drawn_again_by_itself() -> None:
    scene = Snow("snow")
    scene.run()
    scene.say(0, CircuitState.TREATED)
    assert looks(scene)[0] == "fresh"
    first = scene.presenter.frame(0, scene.presenter.generation)
    assert first is not None
    clock = scene.clock
    assert isinstance(clock, ManualClock)
    clock.advance(2 * 3600)
    scene.send()
    scene.world.tick()
    assert looks(scene)[0] == "ageing"
    assert scene.presenter.frame(1, scene.presenter.generation) is not None
    scene.presenter.close()


def strip(rig: MapRig, number: int) -> NDArray[np.uint8]:
    """Return the pixels around the west half of a circuit's street, clear of its number."""
    x0, y = rig.report.device_pixel(CENTRE[0] - 0.0035, latitude(number))
    x1, _ = rig.report.device_pixel(CENTRE[0] - 0.001, latitude(number))
    return rig.picture()[y - 9 : y + 10, x0:x1]


def holds(pixels: NDArray[np.uint8], colour: str) -> int:
    """Count the pixels of a token's colour."""
    wanted = Theme.current().color(colour)
    rgb = np.array([wanted.red(), wanted.green(), wanted.blue()])
    return int((np.abs(pixels.astype(int) - rgb).max(axis=2) <= 6).sum())


def test_each_state_is_drawn_and_no_two_alike(qtbot: QtBot) -> None:
    scene = Snow("snow")
    scene.run()
    for number, state in enumerate(STATES):
        if state is not CircuitState.UNINSPECTED:
            scene.say(number, state)
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 15)
        rig.wait(lambda: holds(strip(rig, STATES.index(CircuitState.TREATED)), "inverse") > 200)
        rig.wait(lambda: len({strip(rig, n).tobytes() for n in range(len(STATES))}) == len(STATES))
        assert not any(holds(strip(rig, number), "accent") for number in range(len(STATES)))
        chosen = STATES.index(CircuitState.IN_PROGRESS)
        scene.selection.select_circuit(f"DN-{chosen}")
        rig.wait(lambda: holds(strip(rig, chosen), "accent") > 100)
        assert not holds(strip(rig, 0), "accent")
        scene.presenter.set_visible("circuits", visible=False)
        rig.surface.refresh_layers()
        rig.wait(lambda: not holds(strip(rig, STATES.index(CircuitState.TREATED)), "inverse"))


def test_from_afar_ordinary_lamps_give_way_and_what_is_not_well_is_always_seen(
    qtbot: QtBot,
) -> None:
    scene = Snow("snow")
    scene.run()
    first, second = scene.lamps
    scene.set_levels([(first, 100), (second, 100)])
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 13)
        rig.wait(lambda: "lamp" in rig.report.masked)
        assert rig.state_of(first, rig.picture()) is None
        scene.set_quality([second], Quality.UNAVAILABLE)
        rig.until_shows({second.id: "unavailable"})
        assert rig.state_of(first, rig.picture()) is None
        scene.presenter.set_visible("circuits", visible=False)
        rig.surface.refresh_layers()
        rig.until_shows({first.id: "on", second.id: "unavailable"})
        rig.wait(lambda: "lamp" not in rig.report.masked)
