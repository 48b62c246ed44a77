"""Requests: one result or one coded error each, many in flight, bounded, rights known."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import AcknowledgeAlarm, GetDiagnostics, GetTrend
from backend_bridge.contract.results import DiagnosticsResult, Result, TrendResult
from backend_bridge.contract.wire import (
    MAX_FRAME_BYTES,
    REQUESTS_IN_FLIGHT,
    Answer,
    Ask,
    Failure,
    SignedIn,
)
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import StorageError, StorageFullError
from backend_bridge.server import peers
from backend_bridge.server.peers import ANSWER_BURST_BYTES
from tests.fakes.waiting import until
from tests.wire.rig import expect, rig


class Desk:
    """Answer ``GetDiagnostics`` when told to, and remember who asked."""

    def __init__(self) -> None:
        self.callers: list[Caller] = []
        self.gate = asyncio.Event()
        self.error: Exception | None = None

    async def answer(self, caller: Caller, request: GetDiagnostics) -> Result:
        self.callers.append(caller)
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return DiagnosticsResult(link=request.equipment_id, counters={}, frames=())


async def test_requests_in_flight_are_answered_each_by_its_own_id(tmp_path: Path) -> None:
    async def reverse(_: Caller, request: GetDiagnostics) -> Result:
        await asyncio.sleep(0.05 - int(request.equipment_id) / 1000)
        return DiagnosticsResult(link=request.equipment_id, counters={}, frames=())

    async with rig(tmp_path, handlers={GetDiagnostics: reverse}) as bridge:
        console = await bridge.seated()
        answers = await asyncio.gather(
            *(console.ask(GetDiagnostics(equipment_id=str(number))) for number in range(40))
        )
        links = [expect(answer, Answer).result.link for answer in answers]  # type: ignore[union-attr]  # DiagnosticsResult only
        assert links == [str(number) for number in range(40)]


async def test_handler_knows_who_asks_and_from_where(tmp_path: Path) -> None:
    desk = Desk()
    desk.gate.set()
    async with rig(tmp_path, handlers={GetDiagnostics: desk.answer}) as bridge:
        console = await bridge.seated()
        await console.ask(GetDiagnostics(equipment_id="EP-0001"))
        (caller,) = desk.callers
        assert (caller.user, caller.seat, caller.console) == ("claire", "pupitre", "pupitre-1")
        assert caller.rights == {"view:*", "operate:*"}
        assert console.signed_in is not None
        assert caller.session == console.signed_in.session


@pytest.mark.parametrize(
    ("error", "code", "text_key"),
    [
        (RequestError(ErrorCode.CONFLICT, "error.x.y"), ErrorCode.CONFLICT, "error.x.y"),
        (StorageFullError("full"), ErrorCode.UNAVAILABLE, "error.storage.full"),
        (StorageError("away"), ErrorCode.UNAVAILABLE, "error.storage.failed"),
    ],
)
async def test_failing_request_is_one_coded_error(
    tmp_path: Path, error: Exception, code: ErrorCode, text_key: str
) -> None:
    desk = Desk()
    desk.gate.set()
    desk.error = error
    async with rig(tmp_path, handlers={GetDiagnostics: desk.answer}) as bridge:
        console = await bridge.seated()
        failure = expect(await console.ask(GetDiagnostics(equipment_id="x")), Failure)
        assert (failure.code, failure.text_key) == (code, text_key)


@pytest.mark.parametrize("defect", [ZeroDivisionError("oops"), None])
async def test_defect_is_an_internal_error_with_a_reference_in_the_log(
    tmp_path: Path, expected_events: list[str], defect: Exception | None
) -> None:
    expected_events.append("request_defect")

    async def broken(_: Caller, __: GetDiagnostics) -> Result:
        if defect is not None:
            raise defect
        return TrendResult(points=())  # not the result this request has

    async with rig(tmp_path, handlers={GetDiagnostics: broken}) as bridge:
        console = await bridge.seated()
        failure = expect(await console.ask(GetDiagnostics(equipment_id="x")), Failure)
        assert (failure.code, failure.text_key) == (ErrorCode.INTERNAL, "error.internal")
        assert len(str(failure.params["reference"])) == 8
        assert "oops" not in str(failure)


async def test_request_nobody_serves_is_unavailable(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        failure = expect(await console.ask(AcknowledgeAlarm(alarm_id="AL-1")), Failure)
        assert (failure.code, failure.text_key) == (
            ErrorCode.UNAVAILABLE,
            "error.request.no_service",
        )


async def test_one_console_has_only_so_many_in_flight(tmp_path: Path) -> None:
    desk = Desk()
    async with rig(tmp_path, handlers={GetDiagnostics: desk.answer}) as bridge:
        greedy = await bridge.seated()
        other = await bridge.seated("denis", name="pupitre-2")
        for _ in range(REQUESTS_IN_FLIGHT + 5):
            await greedy.say(Ask(**greedy.head(), request=GetDiagnostics(equipment_id="x")))
        await until(lambda: len(greedy.of(Failure)) == 5)
        assert {failure.text_key for failure in greedy.of(Failure)} == {"error.request.too_many"}
        waiting = asyncio.ensure_future(other.ask(GetDiagnostics(equipment_id="y")))
        await until(lambda: len(desk.callers) == REQUESTS_IN_FLIGHT + 1)
        desk.gate.set()
        assert isinstance(await waiting, Answer)
        await until(lambda: len(greedy.of(Answer)) == REQUESTS_IN_FLIGHT)


async def test_late_request_is_answered_once_and_its_handler_goes_on(tmp_path: Path) -> None:
    desk = Desk()
    async with rig(tmp_path, handlers={GetDiagnostics: desk.answer}) as bridge:
        bridge.server._requests._timeout_s = 0.2
        console = await bridge.seated()
        failure = expect(await console.ask(GetDiagnostics(equipment_id="x")), Failure)
        assert (failure.code, failure.text_key) == (
            ErrorCode.TIMED_OUT,
            "error.request.timed_out",
        )
        desk.gate.set()
        desk.error = None
        assert isinstance(await console.ask(GetDiagnostics(equipment_id="y")), Answer)
        assert len(console.of(Answer)) == 1


async def test_answer_of_a_request_asked_before_sign_out_is_withheld(tmp_path: Path) -> None:
    desk = Desk()
    async with rig(tmp_path, handlers={GetDiagnostics: desk.answer}) as bridge:
        console = await bridge.seated()
        await console.say(Ask(**console.head(), request=GetDiagnostics(equipment_id="x")))
        await until(lambda: desk.callers)
        await console.sign_out()
        assert isinstance(await console.sign_in("claire"), SignedIn)
        before = bridge.server.counters.sends_withheld
        desk.gate.set()
        await until(lambda: bridge.server.counters.sends_withheld > before)
        assert console.of(Answer) == []


async def test_console_that_does_not_read_gets_each_answer_once_when_it_reads_again(
    tmp_path: Path,
) -> None:
    point = TrendPoint(1_700_000_000_000, 1.0, 2.0, 1.5, Quality.GOOD)
    result = TrendResult(points=(point,) * 8_000)

    async def big(_: Caller, __: GetTrend) -> Result:
        return result

    request = GetTrend(equipment_id="x", point_key="y", from_ms=0, to_ms=1)
    async with rig(tmp_path, handlers={GetTrend: big}) as bridge:
        idle = await bridge.seated(receive_queue=1)
        bridge.stop_reading(idle)
        calm = await bridge.seated("denis", name="pupitre-2")
        (peer,) = [peer for peer in bridge.server._peers if peer.console == "pupitre-1"]
        asked = set()
        for _ in range(2):
            for _ in range(REQUESTS_IN_FLIGHT - 4):
                ask = Ask(**idle.head(), request=request)
                asked.add(ask.id)
                await idle.say(ask)
            await until(lambda: bridge.server.counters.requests >= len(asked))
            await until(lambda: peer.in_flight == 0)
        assert bridge.server.counters.sends_full > 0
        assert 0 < len(peer.outbox) <= REQUESTS_IN_FLIGHT
        assert isinstance(await calm.ask(request), Answer)
        bridge.read(idle)
        await until(lambda: len(idle.of(Answer)) == len(asked))
        assert {answer.id for answer in idle.of(Answer)} == asked
        assert not peer.outbox


async def test_console_answered_too_much_at_once_is_refused_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "ANSWER_BYTES_PER_S", 0)  # a slow machine would earn meanwhile
    point = TrendPoint(1_700_000_000_000, 1.0, 2.0, 1.5, Quality.GOOD)
    result = TrendResult(points=(point,) * 200_000)

    async def huge(_: Caller, __: GetTrend) -> Result:
        return result

    request = GetTrend(equipment_id="x", point_key="y", from_ms=0, to_ms=1)
    async with rig(tmp_path, handlers={GetTrend: huge}) as bridge:
        console = await bridge.seated()
        answers = [await console.ask(request) for _ in range(12)]
        failures = [answer for answer in answers if isinstance(answer, Failure)]
        assert {failure.text_key for failure in failures} == {"error.answer.too_fast"}
        sent = sum(isinstance(answer, Answer) for answer in answers)
        assert 0 < sent * len(console.frames[-1]) < 2 * ANSWER_BURST_BYTES


async def test_answer_larger_than_a_frame_is_refused_with_its_size(tmp_path: Path) -> None:
    async def enormous(_: Caller, __: GetDiagnostics) -> Result:
        return DiagnosticsResult(link="x", counters={}, frames=("y" * MAX_FRAME_BYTES,))

    async with rig(tmp_path, handlers={GetDiagnostics: enormous}) as bridge:
        console = await bridge.seated()
        failure = expect(await console.ask(GetDiagnostics(equipment_id="x")), Failure)
        assert failure.text_key == "error.answer.too_large"
        assert failure.params["most"] == MAX_FRAME_BYTES
