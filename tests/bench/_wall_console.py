"""The wall of the bench: the real presenter, view and workers, painted without a screen.

``python -m tests.bench._wall_console PORT BEGAN_S``; one JSON command a line: ``play``, ``kill``,
``windows``.
"""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.requests import OpenStream, Request
from backend_bridge.contract.results import Result, StreamTicketResult
from console import app_texts
from console.app_video import WORKERS, VideoHold
from console.panels.wall.presenter import WallPresenter
from console.scenarios.memory import pss_mib
from console.video.frames import PIXEL_BYTES
from tests.bench._talking import obey
from tests.bench._wall_streams import BIT_PX, BITS, FPS, PERIOD, WIDTH
from tests.fakes.wall_city import CITY, Wall
from ui.theme import Theme, apply_theme
from ui.wall.panel import WallView
from ui.wall.tile import TileView

TILES = 16
LIVE_S = 30.0
SPARE_S = 20.0
REPLACED_S = 6.0
WARM_WINDOWS = 3
TURN_S = 0.008
"""What this loop itself takes of a processor is counted as the wall's: no finer than it need be."""


class Bench:
    """One wall; its cameras are the bench's streams."""

    def __init__(self, app: QApplication, port: int, began_s: float) -> None:
        self._app = app
        self._port = port
        self._began_s = began_s
        self._wall = Wall()
        self._wall.presenter.close()
        self._wall.desk.asked.script = self._leave
        self.hold = VideoHold()
        pictures = self.hold.share(lambda key: print(key, file=sys.stderr))
        context = replace(self._wall.context, pictures=pictures)
        self._presenter = WallPresenter(context)
        self._presenter.set_side(4)
        self.view = WallView(self._presenter)
        self.view.resize(1920, 1000)
        self.view.show()

    def _leave(self, request: Request) -> Result:
        camera = request.equipment_id if isinstance(request, OpenStream) else ""
        return StreamTicketResult(
            ticket=camera,
            equipment_id=camera,
            url=f"http://127.0.0.1:{self._port}/{camera}",
            expires_ms=self._wall.desk.world.bridge_now_ms() + 3_600_000,
        )

    async def play(self, seconds: float) -> dict[str, object]:
        """Show sixteen cameras for so long once all are live; then let them go again."""
        cameras = [item.id for item in CITY.equipment[:TILES]]
        self._presenter.show_cameras(cameras)
        await self._wall.desk.settle()
        await self._until_live()
        decoded = self._decoded()
        spent, took = self._cpu_s(), time.monotonic()
        seen = [tile.painted for tile in self.view.tiles]
        late_ms: list[float] = []
        blocked_ms: list[float] = []
        while time.monotonic() - took < seconds:
            before_s = time.monotonic()
            await self._turn()
            blocked_ms.append((time.monotonic() - before_s - TURN_S) * 1000)
            for at, tile in enumerate(self.view.tiles):
                if tile.painted != seen[at]:
                    seen[at] = tile.painted
                    late_ms.append(self._age_ms(tile))
        decoded = self._decoded() - decoded
        wall_s = time.monotonic() - took
        spent = self._cpu_s() - spent
        painted = len(late_ms)
        box = self.view.tiles[0].picture_px
        self._empty()
        await self._turn()
        return {
            "cpu_ms": spent * 1000 / decoded,
            "late_ms": late_ms,
            "blocked_ms": blocked_ms,
            "fps": painted / wall_s / TILES,
            "box": box,
        }

    async def kill(self) -> dict[str, object]:
        """Kill a worker under sixteen live tiles; say when all have new pictures again."""
        self._presenter.show_cameras([item.id for item in CITY.equipment[:TILES]])
        await self._wall.desk.settle()
        await self._until_live()
        # settled: the spare of an earlier turn is there
        end_s = time.monotonic() + SPARE_S
        while len(self.hold.pids) <= WORKERS or time.monotonic() < end_s - SPARE_S + 1:
            assert time.monotonic() < end_s, self.hold.pids
            await self._turn()
        replaced = self.hold.replaced
        os.kill(self.hold.pids[0], signal.SIGKILL)
        killed_s, back_ms = time.monotonic(), 0.0
        blocked_ms: list[float] = []
        taken: list[int] = []
        while time.monotonic() - killed_s < REPLACED_S:
            before_s = time.monotonic()
            await self._turn()
            blocked_ms.append((time.monotonic() - before_s - TURN_S) * 1000)
            if self.hold.replaced > replaced and not taken:
                taken = [tile.taken for tile in self.view.tiles]
            if taken and not back_ms and all(map(_newer, self.view.tiles, taken)):
                back_ms = (time.monotonic() - killed_s) * 1000
        assert back_ms, "pictures come back"
        return {"back_ms": back_ms, "blocked_ms": blocked_ms}

    async def windows(self, count: int) -> dict[str, dict[str, float]]:
        """Open and close so many windows, each a wall with four live tiles, decoded anew."""
        self._empty()
        for _ in range(WARM_WINDOWS):
            await self._window()
        before = self._taken()
        for _ in range(count):
            await self._window()
        end_s = time.monotonic() + SPARE_S
        # a stream's thread ends, and a segment's descriptor closes, a moment after its tile
        after = self._taken()
        while any(after[what] > before[what] for what in ("threads", "descriptors")):
            if time.monotonic() > end_s:
                break
            await self._turn()
            after = self._taken()
        return {"before": before, "after": {**after, "windows": count}}

    async def _window(self) -> None:
        pictures = self.hold.share(lambda key: print(key, file=sys.stderr))
        presenter = WallPresenter(replace(self._wall.context, settings={}, pictures=pictures))
        presenter.set_side(2)
        view = WallView(presenter)
        view.resize(800, 500)
        view.show()
        presenter.show_cameras([item.id for item in CITY.equipment[TILES : TILES + 4]])
        await self._wall.desk.settle()
        end_s = time.monotonic() + LIVE_S
        while not all(tile.has_picture for tile in view.tiles):
            assert time.monotonic() < end_s, [row.state for row in presenter.rows]
            await self._turn()
        view.release()
        presenter.close()
        view.close()
        view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        await self._turn()

    def _taken(self) -> dict[str, float]:
        """Return what this process holds now; memory is its workers' too."""
        gc.collect()
        maps = Path("/proc/self/maps").read_text("utf-8")
        return {
            "memory": pss_mib() or 0.0,
            "threads": threading.active_count(),
            "timers": sum(isinstance(item, QTimer) for item in gc.get_objects()),
            "segments": len(set(re.findall(r"/dev/shm/(psm_\w+)", maps))),
            "processes": len(psutil.Process().children(recursive=True)),
            "descriptors": sum(1 for _ in Path("/proc/self/fd").iterdir()),
        }

    async def _until_live(self) -> None:
        end_s = time.monotonic() + LIVE_S
        while not all(row.state == "live" for row in self._presenter.rows):
            assert time.monotonic() < end_s, [row.state for row in self._presenter.rows]
            await self._turn()

    async def _turn(self) -> None:
        await asyncio.sleep(TURN_S)
        self._app.processEvents()

    def _empty(self) -> None:
        for slot in range(TILES):
            self._presenter.choose(slot)
            self._presenter.do("empty")

    def _age_ms(self, tile: TileView) -> float:
        """Return how long ago what is on a tile was sent, from the number in its pixels."""
        image = tile._image
        assert image is not None
        share = image.width() / WIDTH
        line = memoryview(image.constScanLine(round(BIT_PX * share / 2)))  # type: ignore[arg-type]  # Qt's stubs call it an object
        number = sum(
            1 << bit
            for bit in range(BITS)
            if int(line[round((bit + 0.5) * BIT_PX * share) * PIXEL_BYTES + 1]) > 127  # its green
        )
        now = (time.monotonic() - self._began_s) * FPS
        return float((now - number) % PERIOD / FPS * 1000)

    def _decoded(self) -> int:
        """Return how many pictures the workers have written, painted or not."""
        cameras = self.hold._client._cameras if self.hold._client is not None else {}
        return sum(buffer.number for one in cameras.values() for buffer in one.buffers.values())

    def _cpu_s(self) -> float:
        own = psutil.Process()
        times = [own.cpu_times(), *(psutil.Process(pid).cpu_times() for pid in self.hold.pids)]
        return sum(float(item.user + item.system) for item in times)


def _newer(tile: TileView, taken: int) -> bool:
    return tile.taken > taken


def main() -> None:
    """Obey until standard input ends."""
    app = QApplication([])
    apply_theme(app, Theme("dark"))
    app_texts.install(app, "fr")
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    async def make() -> Bench:
        return Bench(app, int(sys.argv[1]), float(sys.argv[2]))

    bench = loop.run_until_complete(make())
    obey(
        {
            "play": lambda seconds: loop.run_until_complete(bench.play(seconds)),
            "kill": lambda: loop.run_until_complete(bench.kill()),
            "windows": lambda count: loop.run_until_complete(bench.windows(count)),
        }
    )
    bench.view.release()
    bench._presenter.close()


if __name__ == "__main__":
    main()
