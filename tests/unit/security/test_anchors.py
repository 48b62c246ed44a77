"""Anchors are written in a second place, durably, every hour, and read back as they were."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import structlog

from backend_bridge.core.storage import Seal, StorageError
from backend_bridge.security import anchors as module
from backend_bridge.security.anchors import FILE, AnchorError, Anchors, read_anchors
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until


class AskedClock(ManualClock):
    """Count who looks at the wall."""

    asked = 0

    def now_ms(self) -> int:
        self.asked += 1
        return super().now_ms()


class Chain:
    """A chain that grows when told."""

    def __init__(self) -> None:
        self.tip_now = Seal(3, bytes(range(32)))
        self.broken = False

    async def tip(self) -> Seal:
        if self.broken:
            raise StorageError("gone")
        return self.tip_now


async def test_anchors_are_appended_and_read_back(tmp_path: Path) -> None:
    chain, clock = Chain(), ManualClock()
    written = Anchors(chain.tip, tmp_path, clock)
    assert await written.write()
    first = chain.tip_now
    chain.tip_now = Seal(9, bytes(32))
    assert await written.write()
    assert read_anchors(tmp_path) == [first, chain.tip_now]
    assert (tmp_path / FILE).stat().st_mode & 0o007 == 0


async def test_an_empty_journal_needs_no_anchor(tmp_path: Path) -> None:
    chain = Chain()
    chain.tip_now = Seal(0, bytes(32))
    assert await Anchors(chain.tip, tmp_path, ManualClock()).write()
    assert not (tmp_path / FILE).exists()


async def test_without_a_second_place_the_log_holds_it() -> None:
    with structlog.testing.capture_logs() as lines:
        assert await Anchors(Chain().tip, None, ManualClock()).write()
    (line,) = lines
    assert (line["event"], line["seq"], line["digest"]) == (
        "audit_anchor",
        3,
        bytes(range(32)).hex(),
    )


async def test_one_is_written_at_start_and_each_hour_that_brought_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.01)
    clock, chain = AskedClock(), Chain()
    running = asyncio.create_task(Anchors(chain.tip, tmp_path, clock).run())
    await until((tmp_path / FILE).exists)
    clock.advance(3600)
    asked = clock.asked
    await until(lambda: clock.asked > asked + 3, what="several looks at a journal that rests")
    assert len(read_anchors(tmp_path)) == 1
    chain.tip_now = Seal(4, bytes(32))
    asked = clock.asked
    await until(lambda: clock.asked > asked + 3, what="several looks within the hour")
    assert len(read_anchors(tmp_path)) == 1
    clock.advance(3600)
    await until(lambda: len(read_anchors(tmp_path)) == 2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_place_that_is_away_is_said_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.01)
    away = tmp_path / "mount"
    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(Anchors(Chain().tip, away, ManualClock()).run())
        await until(lambda: lines)
        away.mkdir()
        await until((away / FILE).exists)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    said = [line["event"] for line in lines]
    assert said[0] == "audit_anchor_not_written"
    assert said.count("audit_anchor_not_written") == 1


async def test_a_store_that_does_not_answer_is_no_anchor(tmp_path: Path) -> None:
    chain = Chain()
    chain.broken = True
    with structlog.testing.capture_logs() as lines:
        assert not await Anchors(chain.tip, tmp_path, ManualClock()).write()
    assert lines[0]["event"] == "audit_anchor_not_written"


async def test_a_line_a_power_cut_broke_off_is_left_out(tmp_path: Path) -> None:
    await Anchors(Chain().tip, tmp_path, ManualClock()).write()
    await asyncio.to_thread(_append, tmp_path / FILE, b'{"seq":4,"dig')
    assert read_anchors(tmp_path) == [Chain().tip_now]


@pytest.mark.parametrize("line", [b"{}\n", b"garbage\n", b'{"seq":1,"digest":"zz","at":""}\n'])
def test_a_damaged_line_is_named(tmp_path: Path, line: bytes) -> None:
    _append(tmp_path / FILE, line)
    with pytest.raises(AnchorError, match="Line 1 of"):
        read_anchors(tmp_path)


def test_anchors_that_are_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(AnchorError, match="cannot be read"):
        read_anchors(tmp_path)


def _append(path: Path, content: Any) -> None:
    with path.open("ab") as file:
        file.write(content)
