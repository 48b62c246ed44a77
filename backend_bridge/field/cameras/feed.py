"""Drawn while somebody watches: one drawing per camera and size, however many watchers.

A feed's task has its thread draw a picture, shares it out, and ends when the last watcher leaves.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime

from PIL import Image

from backend_bridge.contract.times import Clock
from backend_bridge.field.cameras import messages
from backend_bridge.field.cameras.light import Place
from backend_bridge.field.cameras.messages import CameraSpec, SetFault
from backend_bridge.field.cameras.scene import Scene, Size, encode

_log = logging.getLogger(__name__)

GARBAGE_BYTES = 6_000
HEALTHY = SetFault(camera="")


@dataclass(frozen=True, slots=True)
class City:
    """What decides a city's streets and sky: its seed, and where it lies (longitude, latitude)."""

    seed: int
    place: Place


@dataclass(slots=True)
class Drawn:
    """Count what the drawing costs."""

    pictures: int = 0
    seconds: float = 0.0


@dataclass(slots=True, eq=False)
class Watcher:
    """One open connection: how often it wants a picture, and the one waiting for it."""

    fps: float
    fresh: asyncio.Event = field(default_factory=asyncio.Event)
    jpeg: bytes = b""
    due_s: float = 0.0
    ended: bool = False

    async def next_picture(self) -> bytes | None:
        """Wait for the next picture, the newest if several came; ``None`` to leave."""
        await self.fresh.wait()
        self.fresh.clear()
        return None if self.ended else self.jpeg


class Feed:
    """The pictures of one camera at one size. All of it on one loop; ``draw`` in its executor.

    Args:
        camera: which.
        city: its seed and place.
        size: of the pictures.
        now: tells the simulated time.
        clock: steady time.
        executor: one thread that draws.
        drawn: counts.
    """

    def __init__(
        self,
        camera: CameraSpec,
        city: City,
        size: Size,
        *,
        now: Callable[[], datetime],
        clock: Clock,
        executor: Executor,
        drawn: Drawn,
    ) -> None:
        self._camera, self._city, self._size = camera, city, size
        self._scene: Scene | None = None
        self._now = now
        self._clock = clock
        self._executor = executor
        self._drawn = drawn
        self._watchers: set[Watcher] = set()
        self._task: asyncio.Task[None] | None = None
        self._last: Image.Image | None = None
        self._noise = random.Random(camera.number)  # noqa: S311 - garbage
        self._fault = HEALTHY
        self._changed = asyncio.Event()

    @property
    def watchers(self) -> int:
        """Return how many watch."""
        return len(self._watchers)

    def set_fault(self, fault: SetFault) -> None:
        """Go on with ``fault``; a lost camera's watchers are told to leave."""
        self._fault = fault
        if not self._watchers:
            self._last = None  # what froze is what a camera saw then, not what was last watched
        if fault.fault == messages.LOST:
            self.end()
        self._changed.set()

    def end(self) -> None:
        """Tell every watcher to leave."""
        for watcher in self._watchers:
            watcher.ended = True
            watcher.fresh.set()

    @contextlib.asynccontextmanager
    async def watched(self, fps: float) -> AsyncIterator[Watcher]:
        """Watch for as long as the context lasts; pictures come at ``fps`` a second at most."""
        watcher = Watcher(fps)
        self._watchers.add(watcher)
        self._changed.set()  # it may want more pictures a second than those before
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="camera feed")
            self._task.add_done_callback(self._on_task_done)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)
            if not self._watchers and self._task is not None:
                task, self._task = self._task, None
                task.cancel()
                await asyncio.wait({task})

    async def still(self) -> bytes:
        """Return one picture, as a watcher would get it now."""
        return await self._make()

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("%s is not drawn any more", self._camera.id, exc_info=error)
            self.end()

    async def _run(self) -> None:
        due_s = self._clock.mono_s()
        while True:
            self._changed.clear()
            if self._fault.fault != messages.SILENT:
                self._share(await self._make())
            due_s = max(due_s + self._period_s(), self._clock.mono_s())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, due_s - self._clock.mono_s())):
                    await self._changed.wait()
                    due_s = self._clock.mono_s()

    def _period_s(self) -> float:
        if self._fault.fault == messages.LATE:
            return self._fault.delay_s
        return 1 / max((watcher.fps for watcher in self._watchers), default=1.0)

    def _share(self, jpeg: bytes) -> None:
        now_s = self._clock.mono_s()
        for watcher in self._watchers:
            period_s = 1 / watcher.fps
            if now_s >= watcher.due_s - 0.2 * period_s:
                watcher.due_s = max(watcher.due_s + period_s, now_s)
                watcher.jpeg = jpeg
                watcher.fresh.set()

    async def _make(self) -> bytes:
        if self._fault.fault == messages.GARBAGE:
            return self._noise.randbytes(GARBAGE_BYTES)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, self._draw, self._fault)

    def _draw(self, fault: SetFault) -> bytes:
        began_s = self._clock.mono_s()
        moment = self._now()
        if self._scene is None:
            self._scene = Scene(
                self._city.seed,
                self._camera.number,
                self._camera.name,
                self._size,
                self._city.place,
            )
        frozen, last = fault.fault == messages.FROZEN, self._last
        if fault.fault == messages.BLACK:
            picture = self._scene.black(moment)
        elif frozen and last is not None:
            picture = self._scene.stuck(last, moment) if fault.clock else last
        else:
            picture = self._last = self._scene.picture(moment, began_s)
        jpeg = encode(picture)
        self._drawn.pictures += 1
        self._drawn.seconds += self._clock.mono_s() - began_s
        return jpeg
