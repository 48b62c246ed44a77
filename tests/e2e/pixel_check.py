"""Compare lamps on the screen with the lamps in the field, after each fault.

A program of its own (``python -m tests.e2e.pixel_check OUT``), because it is the whole console: it
writes one JSON list of what it compared. Qt runs offscreen; everything else is the real thing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.order_requests import CommandResult, ExecuteCommand
from backend_bridge.contract.points import Equipment
from console.scenarios.offscreen import choose_offscreen
from console.scenarios.stack import Stack

if TYPE_CHECKING:
    from console.app import Console
    from console.scenarios.hand import Hand
    from console.scenarios.lamps import LampReader

FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("none", {}),
    ("dead", {}),
    ("frozen", {}),
    ("garbage", {}),
    ("late", {"delay_s": 2.0}),
    ("stuck", {}),
    ("feeder_tripped", {}),
)
LAMPS = 200
READ_ZOOM = 14.75
SETTLE_S = 20.0


def main() -> int:
    """Run every fault and write what was seen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Stack(Path(folder), seed=options.seed) as stack:
        choose_offscreen(stack.folder)
        from console.scenarios.player import run_with  # noqa: PLC0415 - after the platform is set

        seen = run_with(stack, lambda console: _check(console, stack, options.seed))
    options.out.write_text(json.dumps(seen, indent=1))
    return 0


async def _check(console: Console, stack: Stack, seed: int) -> list[dict[str, Any]]:
    from console.scenarios.hand import Hand  # noqa: PLC0415 - after the platform is set
    from console.scenarios.lamps import LampReader  # noqa: PLC0415 - the same
    from console.scenarios.signing_in import sign_in  # noqa: PLC0415 - the same
    from ui.map.view import MapView  # noqa: PLC0415 - the same

    hand = Hand(console.window)
    await sign_in(hand, console)
    view = console.window.frames["map"].view
    assert isinstance(view, MapView)
    await hand.until(lambda: console.world.catalogue is not None, "the catalogue")
    await hand.until(view.page_live, "a live map", timeout_s=30)
    catalogue = console.world.catalogue
    assert catalogue is not None
    for layer in ("incidents", "cabinet"):  # labels and marks would lie over lamps
        view.layers.toggled.emit(layer, False)
    equipment = catalogue.equipment
    view.go_to(equipment[len(equipment) // 2].id, READ_ZOOM)
    await hand.until(
        lambda: view.report is not None and abs(view.report.zoom - READ_ZOOM) < 0.01,
        "the map at lamp bitmaps",
    )
    lamps = [item.id for item in equipment if item.kind == "lamp"]
    await _dim(console, lamps[::10])
    for lamp in lamps[5::10]:  # by command it would take two people
        await asyncio.to_thread(partial(stack.fault, equipment=lamp, fault="lamp_stuck_off"))
    reader = LampReader(view, equipment)
    chosen = random.Random(seed)
    cabinets = [item.id for item in equipment if item.kind == "cabinet"]
    results = []
    for fault, parameters in FAULTS:
        subject: dict[str, Any] = {"link": chosen.choice(cabinets)}
        if fault == "feeder_tripped":
            feeders = [item.id for item in equipment if item.parent == subject["link"]]
            subject = {"equipment": chosen.choice(feeders)}
        if fault != "none":
            await asyncio.to_thread(partial(stack.fault, fault=fault, **subject, **parameters))
        clear = reader.readable()
        watched = chosen.sample(clear, min(LAMPS, len(clear)))
        lies = partial(_lies, stack, reader, watched)
        seconds = await _settled(hand, lies)
        words = list(reader.read(watched).values())
        results.append(
            {
                "fault": fault,
                "subject": subject,
                "lamps": len(watched),
                "wrong": lies(),
                "seconds": seconds,
                "words": {str(word): words.count(word) for word in set(words)},
            }
        )
        if fault != "none":
            await asyncio.to_thread(partial(stack.clear, **subject))
            await _settled(hand, lies, f"the picture true again after {fault}")
    return results


async def _dim(console: Console, lamps: list[str]) -> None:
    """Command lamps to 40 percent, as an operator would."""
    deadline_ms = console.world.bridge_now_ms() + 60_000
    for lamp in lamps:
        result = await console.link.ask(
            ExecuteCommand(
                key=f"dim-{lamp}",
                epoch=console.world.epoch,
                equipment_id=lamp,
                point_key="level",
                value=40,
                deadline_ms=deadline_ms,
                reason="pixel check",
            )
        )
        assert isinstance(result, CommandResult)
        assert result.command.outcome is CommandOutcome.CONFIRMED, result


def _lies(
    stack: Stack, reader: LampReader, lamps: list[Equipment]
) -> dict[str, tuple[str | None, str]]:
    """Return lamp id → (shown, true) where the screen does not show what is so."""
    from console.scenarios.lamps import shown_word  # noqa: PLC0415 - after the platform is set

    shown = reader.read(lamps)
    truth = stack.truth()["equipment"]
    found = {}
    for lamp in lamps:
        is_so = truth[lamp.id]
        quality = "good" if is_so["reachable"] else "unavailable"
        expected = shown_word(is_so["values"].get("level"), quality)
        if shown[lamp.id] != expected:
            found[lamp.id] = (shown[lamp.id], expected)
    return found


async def _settled(hand: Hand, lies: Callable[[], object], what: str = "a true picture") -> float:
    return await hand.until(lambda: not lies(), what, timeout_s=SETTLE_S, instead=lies)


if __name__ == "__main__":
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false")
    sys.exit(main())
