"""Circuits: what people say is durable, versioned and can be taken back; nothing else speaks."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.circuits import (
    CIRCUITS_PER_PAGE,
    DUE_AGAIN_S,
    FRESH_S,
    UNSAID,
    Circuit,
    CircuitChange,
    CircuitLook,
    CircuitMark,
    CircuitRecord,
    CircuitState,
    look_of,
)
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CircuitEvent, may_see
from backend_bridge.contract.requests import GetCircuits, RecordCircuit, Request, UndoCircuit
from backend_bridge.contract.results import CircuitResult, CircuitsResult, Result
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller
from backend_bridge.services.winter import CircuitService
from backend_bridge.services.winter.circuits import LONGEST_REASON, REPEATABLE, recorded, undone
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal
from tests.unit.services.kit import VIEWER, person

MARIE = person("marie", "snow", "view:*", "manage:circuit")
PAUL = person("paul", "supervisor", "view:*", "manage:*")
LAMPS_ONLY = person("luc", "lighting", "view:lamp", "manage:lamp")


def circuit(number: int) -> Circuit:
    return Circuit(
        id=f"DN-{number:02d}", name=f"Circuit {number}", priority=1, treatment="both",
        length_m=1000.0, communes=(), streets=(), arcs=(),
    )  # fmt: skip


class Depot:
    """The service on a journal in memory, drained by hand."""

    def __init__(self, count: int = 3) -> None:
        self.journal = MemoryJournal()
        self.clock = ManualClock()
        self.count = count

    async def start(self) -> Depot:
        """Make the service anew, as after a start of the bridge."""
        self.service = CircuitService(
            plan=[circuit(number) for number in range(1, self.count + 1)],
            journal=self.journal,
            bus=Bus(),
            clock=self.clock,
            situation=await self.journal.situation(),
        )
        await self.service.prepare()
        return self

    async def ask(self, caller: Caller, request: Request) -> Result:
        handler = self.service.handlers()[type(request)]
        task = asyncio.ensure_future(handler(caller, request))
        await asyncio.sleep(0)
        await self.service.drain()
        return await asyncio.wait_for(task, 5)

    async def say(
        self, state: CircuitState, version: int, reason: str = "", caller: Caller = MARIE
    ) -> CircuitMark:
        request = RecordCircuit(circuit_id="DN-01", version=version, state=state, reason=reason)
        result = await self.ask(caller, request)
        assert isinstance(result, CircuitResult)
        return result.mark

    async def undo(self, version: int) -> CircuitMark:
        result = await self.ask(MARIE, UndoCircuit(circuit_id="DN-01", version=version))
        assert isinstance(result, CircuitResult)
        return result.mark


async def test_what_is_said_is_in_the_journal_before_it_is_acknowledged() -> None:
    depot = await Depot().start()
    depot.journal.gate.clear()
    request = RecordCircuit(circuit_id="DN-01", version=0, state=CircuitState.TREATED)
    asking = asyncio.ensure_future(depot.service.ask(MARIE, request))
    await asyncio.sleep(0)
    draining = asyncio.ensure_future(depot.service.drain())
    for _ in range(5):
        await asyncio.sleep(0)
    assert not asking.done()
    assert not depot.journal.log
    depot.journal.gate.set()
    await draining
    result = await asking
    (entry,) = depot.journal.log
    assert isinstance(result, CircuitResult)
    assert entry.event == CircuitEvent(change=CircuitChange.RECORDED, mark=result.mark)
    assert (entry.user, entry.seat, entry.at_ms) == ("marie", "snow", depot.clock.now_ms())
    assert result.mark.said == CircuitRecord(
        state=CircuitState.TREATED, by="marie", seat="snow", at_ms=depot.clock.now_ms()
    )


async def test_a_disk_that_refuses_changes_nothing(expected_events: list[str]) -> None:
    expected_events += ["journal_refused", "journal_back"]
    depot = await Depot().start()
    depot.journal.full = True
    with pytest.raises(RequestError) as refused:
        await depot.say(CircuitState.TREATED, 0)
    assert refused.value.text_key == "error.storage.full"
    depot.journal.full = False
    assert (await depot.say(CircuitState.TREATED, 0)).version == 1


async def test_a_treatment_by_mistake_is_taken_back_with_the_time_of_what_it_covered() -> None:
    depot = await Depot().start()
    first = await depot.say(CircuitState.IN_PROGRESS, 0, caller=PAUL)
    depot.clock.advance(600)
    await depot.say(CircuitState.TREATED, 1)
    back = await depot.undo(2)
    assert back.said == first.said
    assert (back.version, back.before) == (3, None)
    events = [entry.event for entry in depot.journal.log]
    changes = [event.change.value for event in events if isinstance(event, CircuitEvent)]
    assert changes == ["recorded", "recorded", "undone"]
    assert depot.journal.log[-1].user == "marie"
    with pytest.raises(RequestError) as twice:
        await depot.undo(3)
    assert twice.value.text_key == "error.circuit.nothing_to_undo"


async def test_the_first_word_taken_back_leaves_the_circuit_uninspected() -> None:
    depot = await Depot().start()
    await depot.say(CircuitState.TREATED, 0)
    assert (await depot.undo(1)).said == UNSAID


async def test_who_answers_an_old_picture_is_refused_even_after_a_restart() -> None:
    depot = await Depot().start()
    await depot.say(CircuitState.TO_DO, 0)
    await depot.say(CircuitState.UNINSPECTED, 1, caller=PAUL)
    await depot.start()
    for version in (0, 1, 3):
        with pytest.raises(RequestError) as refused:
            await depot.say(CircuitState.TREATED, version)
        assert refused.value.code is ErrorCode.CONFLICT
        assert refused.value.params == {"circuit": "DN-01", "user": "paul"}
    assert (await depot.say(CircuitState.TREATED, 2)).version == 3


@pytest.mark.parametrize(
    ("caller", "state", "reason", "said"),
    [
        (VIEWER, CircuitState.TREATED, "", "error.rights.missing"),
        (LAMPS_ONLY, CircuitState.TREATED, "", "error.rights.missing"),
        (MARIE, CircuitState.BLOCKED, "  ", "error.circuit.reason_missing"),
        (MARIE, CircuitState.BLOCKED, "x" * (LONGEST_REASON + 1), "error.circuit.reason_too_long"),
        (MARIE, CircuitState.UNINSPECTED, "", "error.circuit.already"),
    ],
)
async def test_what_may_not_be_said_is_refused(
    caller: Caller, state: CircuitState, reason: str, said: str
) -> None:
    depot = await Depot().start()
    with pytest.raises(RequestError) as refused:
        await depot.say(state, 0, reason, caller)
    assert refused.value.text_key == said
    assert not depot.journal.log


async def test_a_circuit_that_is_not_there_is_refused() -> None:
    depot = await Depot().start()
    with pytest.raises(RequestError) as refused:
        await depot.ask(MARIE, UndoCircuit(circuit_id="DN-99", version=0))
    assert refused.value.text_key == "error.circuit.not_found"


async def test_the_plan_comes_in_pages_to_whoever_may_see_circuits() -> None:
    depot = await Depot(CIRCUITS_PER_PAGE + 2).start()
    first = await depot.service.list_circuits(VIEWER, GetCircuits())
    assert isinstance(first, CircuitsResult)
    assert (len(first.circuits), first.more) == (CIRCUITS_PER_PAGE, True)
    second = await depot.service.list_circuits(VIEWER, GetCircuits(first=CIRCUITS_PER_PAGE))
    assert isinstance(second, CircuitsResult)
    assert ([one.id for one in second.circuits], second.more) == (["DN-51", "DN-52"], False)
    for caller, page, said in (
        (LAMPS_ONLY, 0, "error.rights.missing"),
        (VIEWER, -1, "error.circuit.page"),
        (VIEWER, CIRCUITS_PER_PAGE + 3, "error.circuit.page"),
    ):
        with pytest.raises(RequestError) as refused:
            await depot.service.list_circuits(caller, GetCircuits(first=page))
        assert refused.value.text_key == said


def test_the_journal_tells_of_circuits_only_whoever_may_see_them() -> None:
    mark = CircuitMark(circuit_id="DN-01", version=1, said=UNSAID)
    event = CircuitEvent(change=CircuitChange.UNDONE, mark=mark)
    assert may_see({"view:circuit"}, event)
    assert may_see({"view:*"}, event)
    assert not may_see({"view:lamp", "manage:circuit"}, event)


moments = st.integers(0, 2**43)
records = st.builds(
    CircuitRecord,
    state=st.sampled_from(CircuitState),
    by=st.sampled_from(["", "marie"]),
    at_ms=moments,
    reason=st.sampled_from(["", "arbre"]),
)


@given(records, st.integers(1, 3), moments)
def test_only_a_treatment_ages_and_it_only_gets_older(
    said: CircuitRecord, priority: int, now_ms: int
) -> None:
    look = look_of(said, priority, now_ms)
    if said.state is not CircuitState.TREATED:
        assert look.value == said.state.value
        return
    age_s = (now_ms - said.at_ms) / 1000
    assert (look is CircuitLook.FRESH) == (age_s < FRESH_S)
    assert (look is CircuitLook.DUE_AGAIN) == (age_s >= DUE_AGAIN_S[priority])
    order = [CircuitLook.FRESH, CircuitLook.AGEING, CircuitLook.DUE_AGAIN]
    later = look_of(said, priority, now_ms + 1)
    assert order.index(later) >= order.index(look)


@given(records, st.integers(0, 1000), st.sampled_from(CircuitState), moments)
def test_taking_back_gives_back_exactly_what_was_said(
    said: CircuitRecord, version: int, state: CircuitState, now_ms: int
) -> None:
    held = CircuitMark(circuit_id="DN-01", version=version, said=said)
    request = RecordCircuit(circuit_id="DN-01", version=version, state=state, reason="arbre")
    if state is said.state and state not in REPEATABLE:
        with pytest.raises(RequestError, match=r"error\.circuit\.already"):
            recorded(held, request, MARIE, now_ms)
        return
    mark = recorded(held, request, MARIE, now_ms)
    assert mark.said.state is state
    assert bool(mark.said.reason) == (state is CircuitState.BLOCKED)
    back = undone(mark)
    assert back.said == said
    assert back.version == version + 2
