"""Compare lamps all over a whole city with the field, after each burst of changes.

A program of its own (``python -m tests.e2e.city_check OUT``), because it is the whole console: it
writes what it compared as one JSON object. Qt runs offscreen; everything else is the real thing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from backend_bridge.territory import load
from console.scenarios.offscreen import choose_offscreen
from console.scenarios.stack import Stack

if TYPE_CHECKING:
    from console.app import Console
    from console.scenarios.hand import Hand
    from console.scenarios.lamps import LampReader
    from ui.map.view import MapView

BURSTS = ("dawn", "dusk", "feeder_trip", "feeder_return", "backbone_cut", "backbone_return")
"""In an order in which each has something to change: the field starts on a winter evening."""
LAMPS = 200
LAMPS_A_VIEW = 25
VIEWS_TRIED = 60
READ_ZOOM = 14.75
BURST_S = 30.0
SETTLE_S = 60.0
"""From a burst's end to a true picture: what the return of a backbone is given."""
LOOK_AGAIN_S = 0.3


@dataclass(frozen=True, slots=True)
class View:
    """One place to look at, and the lamps to read there."""

    lon: float
    lat: float
    lamps: tuple[Equipment, ...]


def main() -> int:
    """Set off every burst and write what was seen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--territory", type=Path)
    parser.add_argument("--within-s", type=float, help="of the bursts; as the field has it")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(
            Path(folder), territory=options.territory, size=options.size, seed=options.seed
        ) as stack,
    ):
        choose_offscreen(stack.folder)
        from console.scenarios.player import run_with  # noqa: PLC0415 - after the platform is set

        seen = run_with(
            stack, lambda console: Check(console, stack, options.seed, options.within_s).run()
        )
    options.out.write_text(json.dumps(seen, indent=1))
    return 0


class Check:
    """Look at the same lamps after each burst."""

    def __init__(
        self, console: Console, stack: Stack, seed: int, within_s: float | None = None
    ) -> None:
        from console.scenarios.hand import Hand  # noqa: PLC0415 - after the platform is set

        self._console = console
        self._world = console.world
        self._stack = stack
        self._hand: Hand = Hand(console.window)
        self._random = random.Random(seed)
        self._within = {} if within_s is None else {"within_s": within_s}
        self._link_of = {
            point.equipment_id: link.id
            for link in load(stack.territory).links
            for point in link.points
        }

    async def run(self) -> dict[str, Any]:
        """Return how many lamps there are, and for each burst what was read."""
        from console.scenarios.lamps import LampReader  # noqa: PLC0415 - the same

        await self._open()
        catalogue = self._world.catalogue
        assert catalogue is not None
        reader = LampReader(self._map, catalogue.equipment)
        lamps = [item for item in catalogue.equipment if item.kind == "lamp"]
        views = await self._choose(reader, lamps)
        results = [await self._compare(reader, views, "none")]
        print(json.dumps(_counted(results[0])), file=sys.stderr, flush=True)
        before = results[0]
        for burst in BURSTS:
            set_off = partial(self._stack.burst, burst=burst, **self._within)
            begun = await asyncio.to_thread(set_off)
            start_s = time.monotonic()
            await self._until_over()
            found = await self._compare(reader, views, burst)
            found["begun"] = begun
            found["changed"] = sum(
                1 for lamp, word in found["words"].items() if word != before["words"][lamp]
            )
            if burst == "backbone_return":
                found["consistent_s"] = await self._until_good(start_s)
            results.append(found)
            before = found
            print(json.dumps(_counted(found)), file=sys.stderr, flush=True)
        return {"lamps": len(lamps), "results": [_counted(item) for item in results]}

    @property
    def _map(self) -> MapView:
        from ui.map.view import MapView  # noqa: PLC0415 - after the platform is set

        view = self._console.window.frames["map"].view
        assert isinstance(view, MapView)
        return view

    async def _open(self) -> None:
        from console.scenarios.signing_in import sign_in  # noqa: PLC0415 - the same

        await sign_in(self._hand, self._console)
        await self._hand.until(
            lambda: self._world.catalogue is not None, "the catalogue", timeout_s=60
        )
        await self._hand.until(self._map.page_live, "a live map", timeout_s=60)
        await self._until_good(time.monotonic())
        for row in self._console_layers():  # symbols, labels and marks would lie over lamps
            self._map.layers.toggled.emit(row, False)

    def _console_layers(self) -> list[str]:
        catalogue = self._world.catalogue
        assert catalogue is not None
        kinds = {item.kind for item in catalogue.equipment} - {"lamp", "feeder"}
        return ["incidents", *sorted(kinds)]

    async def _choose(self, reader: LampReader, lamps: list[Equipment]) -> list[View]:
        """Return places all over the city, with lamps there that can be read off the screen."""
        views: list[View] = []
        wanted = min(LAMPS, len(lamps))
        chosen: set[str] = set()
        for anchor in self._random.sample(lamps, min(VIEWS_TRIED, len(lamps))):
            await self._look_at(anchor.lon, anchor.lat)
            clear = [lamp for lamp in reader.readable() if lamp.id not in chosen]
            count = min(LAMPS_A_VIEW, wanted - len(chosen), len(clear))
            some = self._random.sample(clear, count)
            chosen.update(lamp.id for lamp in some)
            if some:
                views.append(View(anchor.lon, anchor.lat, tuple(some)))
            if len(chosen) == wanted:
                break
        return views

    async def _look_at(self, lon: float, lat: float) -> None:
        self._map.surface.centre_on(lon, lat, READ_ZOOM)

        def there() -> bool:
            report = self._map.report
            if report is None or abs(report.zoom - READ_ZOOM) > 0.01:
                return False
            # by what is drawn: the centre is told before a moving map has arrived there
            x, y = report.css_pixel(lon, lat)
            away = max(abs(x - report.size[0] / 2), abs(y - report.size[1] / 2))
            return away <= 2 and self._map.page_live()

        await self._hand.until(there, "the map at the place", timeout_s=30)

    async def _compare(self, reader: LampReader, views: list[View], burst: str) -> dict[str, Any]:
        """Look at every place until it shows the truth; return what it showed at last."""
        start_s = time.monotonic()
        wrong: dict[str, tuple[str | None, str]] = {}
        words: dict[str, str | None] = {}
        for view in views:
            await self._look_at(view.lon, view.lat)
            while True:
                expected = await asyncio.to_thread(self._truth, view.lamps)
                shown = reader.read(view.lamps)
                lies = {
                    lamp: (shown[lamp], word)
                    for lamp, word in expected.items()
                    if shown[lamp] != word
                }
                if not lies or time.monotonic() - start_s > SETTLE_S:
                    break
                await asyncio.sleep(LOOK_AGAIN_S)
            wrong |= lies
            words |= shown
        return {
            "burst": burst,
            "places": len(views),
            "read": len(words),
            "wrong": wrong,
            "words": words,
            "seconds": time.monotonic() - start_s,
        }

    def _truth(self, lamps: tuple[Equipment, ...]) -> dict[str, str]:
        """Return lamp id → the word that must be shown, as the field says; in a thread."""
        from console.scenarios.lamps import shown_word  # noqa: PLC0415 - the same

        truth: dict[str, Any] = {}
        for link in {self._link_of[lamp.id] for lamp in lamps}:
            truth |= self._stack.truth(link)["equipment"]
        found = {}
        for lamp in lamps:
            is_so = truth[lamp.id]
            quality = "good" if is_so["reachable"] else "unavailable"
            if quality == "good" and "level" in is_so.get("bad", ()):
                quality = "bad"
            found[lamp.id] = shown_word(is_so["values"].get("level"), quality)
        return found

    async def _until_over(self) -> None:
        end_s = time.monotonic() + BURST_S
        while (await asyncio.to_thread(self._stack.health))["bursts"]:
            assert time.monotonic() < end_s, "the burst goes on and on"
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _until_good(self, start_s: float) -> float:
        """Wait until nothing is unavailable or stale; return the seconds since ``start_s``."""

        def consistent() -> bool:
            counts = self._world.quality_counts()
            good = counts[Quality.GOOD] > len(self._link_of)
            return good and not counts[Quality.UNAVAILABLE] and not counts[Quality.STALE]

        await self._hand.until(
            consistent,
            "nothing unavailable nor stale",
            timeout_s=SETTLE_S,
            instead=lambda: {q.word: n for q, n in self._world.quality_counts().items()},
            progress=lambda: self._world.quality_counts()[Quality.GOOD],
            every_s=0.1,
        )
        return time.monotonic() - start_s


def _counted(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "words": dict(Counter(str(word) for word in result["words"].values()))}


if __name__ == "__main__":
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false")
    sys.exit(main())
