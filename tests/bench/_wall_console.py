"""The wall of the bench: the real presenter, view and workers, painted without a screen.

``python -m tests.bench._wall_console PORT BEGAN_S``; one JSON command a line: ``play``.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import replace

import psutil
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.requests import OpenStream, Request
from backend_bridge.contract.results import Result, StreamTicketResult
from console import app_texts
from console.app_video import VideoHold
from console.panels.wall.presenter import WallPresenter
from tests.bench._talking import obey
from tests.bench._wall_streams import BIT_PX, BITS, FPS, PERIOD, WIDTH
from tests.fakes.wall_city import CITY, Wall
from ui.theme import Theme, apply_theme
from ui.wall.panel import WallView
from ui.wall.tile import TileView

TILES = 16
LIVE_S = 30.0
TURN_S = 0.002


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
        end_s = time.monotonic() + LIVE_S
        while not all(row.state == "live" for row in self._presenter.rows):
            assert time.monotonic() < end_s, [row.state for row in self._presenter.rows]
            await self._turn()
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
        for slot in range(TILES):
            self._presenter.choose(slot)
            self._presenter.do("empty")
        await self._turn()
        return {
            "cpu_ms": spent * 1000 / decoded,
            "late_ms": late_ms,
            "blocked_ms": blocked_ms,
            "fps": painted / wall_s / TILES,
            "box": box,
        }

    async def _turn(self) -> None:
        await asyncio.sleep(TURN_S)
        self._app.processEvents()

    def _age_ms(self, tile: TileView) -> float:
        """Return how long ago what is on a tile was sent, from the number in its pixels."""
        image = tile._image
        assert image is not None
        share = image.width() / WIDTH
        y = round(BIT_PX * share / 2)
        number = sum(
            1 << bit
            for bit in range(BITS)
            if image.pixelColor(round((bit + 0.5) * BIT_PX * share), y).green() > 127
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
    obey({"play": lambda seconds: loop.run_until_complete(bench.play(seconds))})
    bench.view.release()
    bench._presenter.close()


if __name__ == "__main__":
    main()
