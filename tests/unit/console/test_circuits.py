"""The circuits panel says what people said, in an order that never moves, and lets them say it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.circuits import (
    UNSAID,
    Circuit,
    CircuitChange,
    CircuitLook,
    CircuitMark,
    CircuitRecord,
    CircuitState,
)
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CircuitEvent
from backend_bridge.contract.points import Catalogue
from backend_bridge.contract.requests import GetCircuits, RecordCircuit, Request, UndoCircuit
from backend_bridge.contract.results import CircuitResult, CircuitsResult, Result, SituationResult
from console.link.batch import LinkSession
from console.panels.circuit_rows import TREATED_LOOKS, shares
from console.panels.circuits import ACTS, CircuitsPresenter
from console.panels.listing import Swatch
from console.panels.listing import Text as CellText
from console.panels.wording import Words
from console.state.circuits import Circuits
from tests.fakes.panel_context import Desk, Text

CITY = Catalogue(
    revision="r", title="t", demonstration=True, points_total=0, kinds=(), equipment=(), circuits=4
)
HOUR_S = 3600.0


def circuit(number: int, priority: int = 2, length_m: float = 10_000.0) -> Circuit:
    return Circuit(
        id=f"DN-{number:02d}", name=f"Secteur {number}", priority=priority, treatment="both",
        length_m=length_m, communes=("Dijon",), streets=(f"Rue {number}", "Rue Musette"), arcs=(),
    )  # fmt: skip


PLAN = (circuit(1, 1), circuit(2, 1, 30_000.0), circuit(3), circuit(4, 3))


def mark(
    circuit_id: str,
    state: CircuitState,
    at_ms: int,
    *,
    version: int = 1,
    reason: str = "",
    before: CircuitRecord | None = UNSAID,
) -> CircuitMark:
    said = CircuitRecord(state=state, by="paul", seat="snow", at_ms=at_ms, reason=reason)
    return CircuitMark(circuit_id=circuit_id, version=version, said=said, before=before)


def say(desk: Desk, *marks: CircuitMark) -> None:
    desk.feed(events=[CircuitEvent(change=CircuitChange.RECORDED, mark=one) for one in marks])


class Bridge:
    """Answer as the bridge does, or refuse."""

    def __init__(self, desk: Desk, plan: tuple[Circuit, ...] = PLAN) -> None:
        self.desk = desk
        self.plan = plan
        self.refusal: RequestError | None = None
        desk.asked.script = self.answer

    def answer(self, request: Request) -> Result:
        if self.refusal is not None:
            raise self.refusal
        match request:
            case GetCircuits(first=first):
                return CircuitsResult(
                    circuits=self.plan[first : first + 3], more=first + 3 < len(self.plan)
                )
            case RecordCircuit():
                held = self.desk.world.circuits.get(request.circuit_id)
                now = mark(
                    request.circuit_id,
                    request.state,
                    self.desk.clock.now_ms(),
                    version=request.version + 1,
                    reason=request.reason,
                    before=UNSAID if held is None else held.said,
                )
                return CircuitResult(mark=now)
            case UndoCircuit():
                return CircuitResult(
                    mark=CircuitMark(
                        circuit_id=request.circuit_id, version=request.version + 1, said=UNSAID
                    )
                )
        raise AssertionError(request)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def bridge(desk: Desk) -> Bridge:
    return Bridge(desk)


@pytest.fixture
async def panel(desk: Desk, bridge: Bridge) -> AsyncIterator[CircuitsPresenter]:
    made = CircuitsPresenter(desk.context)
    desk.feed(catalogue=CITY)
    await desk.settle()
    yield made
    await desk.settle()
    made.close()


def looks(panel: CircuitsPresenter) -> list[str]:
    return [cell.look for row in panel.rows for cell in row.cells if isinstance(cell, Swatch)]


def action(panel: CircuitsPresenter, key: str) -> str:
    """Return why an action would be refused, empty when it would not."""
    return next(one.reason for one in panel.actions if one.key == key)


async def test_before_anybody_spoke_every_circuit_is_uninspected(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    assert [row.id for row in panel.rows] == ["DN-01", "DN-02", "DN-03", "DN-04"]
    assert looks(panel) == ["uninspected"] * 4
    assert [row.opens for row in panel.rows] == [False, False, True, True]
    words = [cell.words for cell in panel.rows[0].cells if isinstance(cell, CellText)]
    assert words == ["S1", "DN-01", "Secteur 1", "Rue 1, Rue Musette", "—", "", "—", "10,0"]
    assert panel.headline == "4 circuits"
    assert len(desk.asked.of(GetCircuits)) == 2  # pages


async def test_a_treatment_ages_by_itself_three_hours_or_four_by_level(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    now_ms = desk.clock.now_ms()
    say(desk, *(mark(one.id, CircuitState.TREATED, now_ms) for one in PLAN))
    assert looks(panel) == ["fresh"] * 4
    seen = []
    for hours in (2, 3, 4):
        desk.clock.advance(hours * HOUR_S - (desk.clock.now_ms() - now_ms) / 1000)
        desk.feed()
        desk.world.tick()
        seen.append(looks(panel))
    assert seen == [
        ["ageing"] * 4,
        ["due_again", "due_again", "ageing", "ageing"],
        ["due_again"] * 4,
    ]
    assert "à refaire depuis" in panel.rows[0].said


async def test_the_order_never_moves_and_the_filter_finds_by_state_and_street(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    say(desk, mark("DN-04", CircuitState.BLOCKED, desk.clock.now_ms(), reason="bus en travers"))
    assert [row.id for row in panel.rows] == ["DN-01", "DN-02", "DN-03", "DN-04"]
    panel.set_filter("bloqué musette")
    assert [row.id for row in panel.rows] == ["DN-04"]
    assert panel.headline == "1 sur 4"
    assert "bus en travers" in panel.rows[0].said
    panel.set_filter("nulle part")
    assert panel.rows == ()
    assert panel.nothing[0] == "Aucun circuit pour ce filtre"


async def test_shares_count_metres_under_a_treatment_that_holds(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    now_ms = desk.clock.now_ms()
    old_ms = now_ms - round(3.5 * HOUR_S * 1000)
    say(
        desk,
        mark("DN-01", CircuitState.TREATED, now_ms),
        mark("DN-02", CircuitState.TREATED, old_ms),
        mark("DN-03", CircuitState.TREATED, old_ms),
        mark("DN-04", CircuitState.IN_PROGRESS, now_ms),
    )
    assert [(share.priority, share.fraction) for share in panel.shares] == [
        ("S1", 0.25), ("S2", 1.0), ("S3", 0.0),
    ]  # fmt: skip
    assert panel.shares[0].text == "25\u00a0% · 10,0 sur 40,0\u00a0km"


async def test_saying_a_state_carries_the_version_seen_and_shows_when_durable(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    say(desk, mark("DN-02", CircuitState.TO_DO, desk.clock.now_ms(), version=7))
    panel.choose("DN-02")
    panel.do("treated")
    panel.do("treated")  # a second press while the first is on its way says why not
    assert looks(panel)[1] == "to_do"
    await desk.settle()
    (request,) = desk.asked.of(RecordCircuit)
    assert (request.circuit_id, request.version, request.state.value) == ("DN-02", 7, "treated")
    assert looks(panel)[1] == "fresh"
    assert len(desk.said) == 2
    assert desk.said[1] == "DN-02\u00a0: traité, enregistré."
    panel.do("undo")
    await desk.settle()
    assert desk.asked.of(UndoCircuit)[0].version == 8
    assert looks(panel)[1] == "uninspected"


async def test_a_conflict_is_said_and_nothing_is_shown_as_done(
    desk: Desk, bridge: Bridge, panel: CircuitsPresenter
) -> None:
    bridge.refusal = RequestError(
        ErrorCode.CONFLICT, "error.circuit.changed", {"circuit": "DN-01", "user": "paul"}
    )
    panel.choose("DN-01")
    panel.do("treated")
    await desk.settle()
    assert looks(panel)[0] == "uninspected"
    assert "vient d’être changé par paul" in desk.said[0]
    assert action(panel, "treated") == ""


async def test_each_act_says_why_it_would_be_refused(desk: Desk, panel: CircuitsPresenter) -> None:
    assert {one.reason for one in panel.actions} == {"Choisissez d’abord un circuit."}
    panel.choose("DN-01")
    assert action(panel, "uninspected") == "Le circuit est déjà dans cet état."
    assert action(panel, "treated") == ""
    assert action(panel, "undo").startswith("Rien à annuler")
    assert len({one.shortcut for one in panel.actions}) == len(ACTS) + 1
    viewer = LinkSession("luc", "Luc", "x", ("view:*",))
    desk.feed(session=viewer)
    await desk.settle()
    assert "manage:circuit" in action(panel, "treated")
    panel.do("treated")
    assert not desk.asked.of(RecordCircuit)


async def test_who_may_not_see_circuits_is_told_and_asks_nothing(desk: Desk) -> None:
    Bridge(desk)
    panel = CircuitsPresenter(desk.context)
    desk.feed(catalogue=CITY, session=LinkSession("luc", "Luc", "x", ("view:lamp",)))
    await desk.settle()
    assert panel.nothing[0] == "Circuits illisibles"
    assert not desk.asked.requests
    panel.close()


async def test_a_plan_that_could_not_be_read_is_asked_for_when_the_link_is_back(
    desk: Desk,
) -> None:
    bridge = Bridge(desk)
    bridge.refusal = RequestError(ErrorCode.UNAVAILABLE, "error.link.down")
    panel = CircuitsPresenter(desk.context)
    desk.feed(catalogue=CITY)
    await desk.settle()
    assert panel.nothing[0] == "Circuits illisibles"
    bridge.refusal = None
    desk.clock.advance(10)
    desk.world.tick()  # no beat for ten seconds: not live
    desk.feed()
    await desk.settle()
    assert len(panel.rows) == 4
    panel.close()


async def test_choosing_chooses_everywhere_and_is_followed(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    panel.choose("DN-03")
    assert desk.selection.circuit_id == "DN-03"
    desk.selection.select_circuit("DN-04")
    ((circuit_id, line),) = panel.chosen_lines
    assert circuit_id == "DN-04"
    assert "raclage et salage" in line


async def test_nothing_is_said_of_a_circuit_that_the_filter_hides(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    panel.choose("DN-03")
    panel.set_filter("DN-01")
    assert [row.id for row in panel.rows] == ["DN-01"]
    assert action(panel, "treated").startswith("La ligne choisie n’est plus dans la liste")
    panel.do("treated")
    await desk.settle()
    assert not desk.asked.of(RecordCircuit)


async def test_a_new_situation_replaces_everything_said(
    desk: Desk, panel: CircuitsPresenter
) -> None:
    say(desk, mark("DN-01", CircuitState.TREATED, desk.clock.now_ms()))
    told = (mark("DN-02", CircuitState.SNOWED_OVER, desk.clock.now_ms()),)
    desk.feed(situation=SituationResult(seq=9, alarms=(), incidents=(), service=(), circuits=told))
    assert looks(panel)[:2] == ["uninspected", "snowed_over"]


versions = st.lists(st.integers(0, 6), max_size=12)


@given(versions)
def test_the_replica_keeps_the_newest_version_whatever_the_order(order: list[int]) -> None:
    held = Circuits()
    for version in order:
        held.put(mark("DN-01", CircuitState.TO_DO, version, version=version))
    found = held.get("DN-01")
    assert (found.version if found else None) == max(order, default=None)


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 5e4), st.sampled_from(CircuitLook))))
def test_all_is_said_only_when_all_is_treated(
    drawn: list[tuple[int, float, CircuitLook]],
) -> None:
    plan = [circuit(n, priority, metres) for n, (priority, metres, _) in enumerate(drawn)]
    found = shares(plan, [look for _, _, look in drawn], Words(Text()))
    for share in found:
        assert 0.0 <= share.fraction <= 1.0
        members = [(m, look) for p, m, look in drawn if f"S{p}" == share.priority]
        if share.text.startswith("100"):
            assert all(look in TREATED_LOOKS for metres, look in members if metres > 1e-6)
