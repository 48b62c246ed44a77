"""The console's side of the wall's decoding: who wants what, which worker does it, how it is.

Free of Qt. The window calls :meth:`VideoClient.tick` twenty times a second from its own
thread; nothing here waits for a worker. One decode serves all tiles of a camera; a worker that dies
or falls silent is replaced by a spare that is already running, and only its own cameras notice:
their tiles keep the last picture, because the memory is the console's.
"""

from __future__ import annotations

import logging
import math
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from backend_bridge.contract.times import Clock, SystemClock
from console.video.child import STOP_S, Child
from console.video.frames import FrameBuffer, Picture, Size
from console.video.protocol import Facts, Output, Seen, Show
from console.video.states import Limits, StreamState, StreamStatus, judge

__all__ = ["Limits", "Picture", "Size", "StreamState", "StreamStatus", "Tile", "VideoClient"]

BACK_OFF_S = (0.0, 0.0, 1.0, 2.0, 5.0)
"""Seconds before each new start in a row; the last one repeats."""
SPARE_LATER_S = 2.0
"""Seconds after a worker's end until the next spare starts: first its streams come back."""
REMEMBERED_S = 5.0
"""Seconds for which what was seen of a released camera is kept: its tile may change its size."""
STEADY_S = 20.0
"""Seconds without a worker's end for earlier ends to be forgotten."""

_LASTING = (StreamState.FROZEN, StreamState.BLACK, StreamState.LOST)
"""What is not over because the decoder is another one; until that one has looked, it is said on."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Camera:
    """One decoded camera: its stream, its buffers by size with their tiles, its worker."""

    id: str
    address: str
    serial: int
    buffers: dict[Size, FrameBuffer] = field(default_factory=dict)
    tiles: Counter[Size] = field(default_factory=Counter)
    worker: Child | None = None
    orphaned: bool = False
    seen: Seen = field(default_factory=Seen)
    held: StreamStatus | None = None

    def show(self) -> Show:
        outputs = tuple(
            Output(buffer.name, size.width, size.height) for size, buffer in self.buffers.items()
        )
        return Show(self.id, self.address, outputs, self.serial, self.seen)


class Tile:
    """One tile's hold on a camera's pictures; released once.

    Made by :meth:`VideoClient.want`. Called from the client's thread.
    """

    def __init__(self, client: VideoClient, camera: str, size: Size, buffer: FrameBuffer) -> None:
        self._client = client
        self._buffer: FrameBuffer | None = buffer
        self.camera = camera
        self.size = size
        self._seen = 0

    @property
    def status(self) -> StreamStatus:
        """Return how the camera's stream is at this moment."""
        return self._client.status(self.camera)

    def read(self) -> Picture | None:
        """Return the newest picture if there is one this tile has not had; copies it, waits never.

        Its pixels are good until any tile of the same camera and size reads again.
        """
        if self._buffer is None:
            return None
        picture = self._buffer.newest(self._seen)
        if picture is not None:
            self._seen = picture.number
        return picture

    def release(self) -> None:
        """Let go; the last tile of a camera to do so ends its stream. May be called twice."""
        if self._buffer is not None:
            self._buffer = None
            self._client.release(self.camera, self.size)


class VideoClient:
    """Share cameras out among worker processes and keep those running. One thread at a time.

    Args:
        workers: processes that decode, 1 or more.
        notice: called from ``tick`` with ``video.worker.replaced`` or ``video.worker.absent``,
            text keys for the operator.
        clock: time; the machine's when absent. Its steady time must be the machine's monotonic
            clock: workers tell theirs.
        command: program and arguments of a worker; its own module when absent.
        limits: when a picture stops being live.
    """

    def __init__(
        self,
        workers: int = 2,
        notice: Callable[[str], None] | None = None,
        *,
        clock: Clock | None = None,
        command: Sequence[str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._wanted = max(1, workers)
        self._notice = notice or (lambda _key: None)
        self._clock = clock or SystemClock()
        self._command = list(command or [sys.executable, "-m", "console.video.worker"])
        self._limits = limits or Limits()
        self._cameras: dict[str, _Camera] = {}
        self._workers: list[Child] = []
        self._spare: Child | None = None
        self._ending: list[Child] = []
        self._running = False
        self._serial = 0
        self._ends_in_a_row = 0
        self._last_end_s = self._next_start_s = 0.0
        self._next_spare_s = -math.inf
        self._left: dict[str, tuple[float, Seen, StreamStatus | None]] = {}
        self.replaced = 0

    @property
    def pids(self) -> list[int]:
        """Return the process ids of the workers, the spare's last."""
        spare = [self._spare] if self._spare is not None else []
        return [child.pid for child in (*self._workers, *spare)]

    def start(self) -> None:
        """Start the workers and a spare; a failure is said and tried again from ``tick``."""
        self._running = True
        self._fill_up()

    def stop(self) -> None:
        """End every worker and give every segment back; tiles read nothing any more."""
        self._running = False
        children = [*self._workers, *self._ending]
        if self._spare is not None:
            children.append(self._spare)
        self._workers, self._ending, self._spare = [], [], None
        for child in children:
            child.ask_to_end()
        for child in children:
            if not child.reap(STOP_S):
                child.kill()
                child.reap(STOP_S)
        for camera in self._cameras.values():
            for buffer in camera.buffers.values():
                buffer.close()
        self._cameras.clear()

    def want(self, camera: str, address: str, size: Size) -> Tile:
        """Have a camera decoded for one more tile.

        Args:
            camera: its id; all its tiles share one connection and one decode.
            address: URL of its stream; a new one is used from the next connection on.
            size: box in pixels the tile has for it.

        Raises:
            FrameError: a size nobody has a screen for.
            OSError: there is no shared memory left.
        """
        known = self._cameras.get(camera)
        if known is None:
            self._serial += 1
            known = _Camera(camera, address, self._serial)
            known.seen, known.held = self._recall(camera)
        buffer = known.buffers.get(size)
        fresh = buffer is None or known.address != address
        if buffer is None:
            buffer = known.buffers[size] = FrameBuffer(size)
        self._cameras[camera] = known
        known.address = address
        known.tiles[size] += 1
        if known.worker is None:
            self._assign(known)
        elif fresh:
            known.worker.show(known.show())
        return Tile(self, camera, size, buffer)

    def release(self, camera: str, size: Size) -> None:
        """Drop one tile's hold; called by :meth:`Tile.release`."""
        known = self._cameras.get(camera)
        if known is None or not known.tiles[size]:
            return
        known.tiles[size] -= 1
        if known.tiles[size]:
            return
        del known.tiles[size]
        if len(known.buffers) == 1:
            self._remember(known)
        known.buffers.pop(size).close()
        if known.worker is not None:
            known.worker.show(known.show())
        if not known.buffers:
            del self._cameras[camera]

    def status(self, camera: str) -> StreamStatus:
        """Return how a camera's stream is; connecting when nothing is known of it."""
        known = self._cameras.get(camera)
        if known is None:
            return judge(None, self._clock.mono_s(), self._limits)
        facts = self._facts(known)
        status = judge(facts, self._clock.mono_s(), self._limits)
        if status.state is not StreamState.CONNECTING:
            known.held = None
            return status
        if known.held is not None:
            return known.held  # what hung before is not new because its decoder is
        if known.orphaned and facts is None:
            return StreamStatus(StreamState.CONNECTING, reason="worker")
        return status

    def tick(self) -> None:
        """Look after the workers; call it every 0.05 s or so. Never blocks, never raises.

        That a worker hangs is known without (:class:`console.video.child.Child`); the sooner this
        is called then, the sooner another one has its cameras.
        """
        if not self._running:
            return
        now_s = self._clock.mono_s()
        self._ending = [child for child in self._ending if not child.reap()]
        if self._spare is not None and _is_gone(self._spare):
            spare, self._spare = self._spare, None
            self._drop(spare, now_s)
        for child in [child for child in self._workers if _is_gone(child)]:
            self._workers.remove(child)
            self._drop(child, now_s)
            self._replace(child)
        if self._ends_in_a_row and now_s - self._last_end_s > STEADY_S:
            self._ends_in_a_row = 0
        if now_s >= self._next_start_s:
            self._fill_up()

    # -- what was seen ----------------------------------------------------------------------------

    def _facts(self, known: _Camera) -> Facts | None:
        """Return what its worker says of a camera, ``None`` before it spoke of this wish for it."""
        facts = None if known.worker is None else known.worker.facts.get(known.id)
        return facts if facts is not None and facts.serial == known.serial else None

    def _keep_judgement(self, known: _Camera) -> None:
        """Keep what was seen of a camera for whoever decodes it next, and say so meanwhile."""
        facts = self._facts(known)
        if facts is not None:
            status = judge(facts, self._clock.mono_s(), self._limits)
            known.seen = facts.seen
            known.held = status if status.state in _LASTING else None

    def _remember(self, known: _Camera) -> None:
        self._keep_judgement(known)
        now_s = self._clock.mono_s()
        kept = {key: item for key, item in self._left.items() if now_s - item[0] < REMEMBERED_S}
        self._left = {**kept, known.id: (now_s, known.seen, known.held)}

    def _recall(self, camera: str) -> tuple[Seen, StreamStatus | None]:
        left_s, seen, held = self._left.pop(camera, (-REMEMBERED_S, Seen(), None))
        recent = self._clock.mono_s() - left_s < REMEMBERED_S
        return (seen, held) if recent else (Seen(), None)

    # -- workers ----------------------------------------------------------------------------------

    def _drop(self, child: Child, now_s: float) -> None:
        code = child.exit_code
        reason = "hangs" if code is None else f"ended with code {code}"
        _log.error("video worker %d %s; another one takes over", child.pid, reason)
        child.kill()
        self._ending.append(child)
        self._last_end_s = now_s
        self._next_spare_s = now_s + SPARE_LATER_S
        step = min(self._ends_in_a_row, len(BACK_OFF_S) - 1)
        self._next_start_s = now_s + BACK_OFF_S[step]
        self._ends_in_a_row += 1

    def _replace(self, gone: Child) -> None:
        """Give the cameras of a worker that is gone to the spare, or to the others."""
        self.replaced += 1
        if self._spare is not None:
            self._workers.append(self._spare)
            self._spare = None
        orphans = [camera for camera in self._cameras.values() if camera.worker is gone]
        # OpenCV opens one stream at a time in a process: those that take a second come last
        orphans.sort(key=lambda camera: camera.address.startswith("rtsp"))
        for camera in orphans:
            self._keep_judgement(camera)
            camera.worker, camera.orphaned = None, True
        for camera in orphans:
            self._assign(camera, self._workers[-1] if self._workers else None)
        self._notice("video.worker.replaced")

    def _fill_up(self) -> None:
        try:
            while len(self._workers) < self._wanted:
                if self._spare is not None:
                    self._workers.append(self._spare)
                    self._spare = None
                else:
                    self._workers.append(Child(self._command))
            if self._spare is None and self._clock.mono_s() >= self._next_spare_s:
                self._spare = Child(self._command)
        except OSError as error:
            _log.error("video worker does not start: %s", error)
            self._next_start_s = self._clock.mono_s() + BACK_OFF_S[-1]
            self._notice("video.worker.absent")
        for camera in self._cameras.values():
            if camera.worker is None:
                self._assign(camera)

    def _assign(self, camera: _Camera, worker: Child | None = None) -> None:
        """Give a camera to a worker; to the one with the fewest when none is named."""
        if worker is None and self._workers:
            load = Counter(id(other.worker) for other in self._cameras.values())
            worker = min(self._workers, key=lambda child: load[id(child)])
        if worker is not None:
            camera.worker = worker
            worker.show(camera.show())


def _is_gone(child: Child) -> bool:
    return child.exit_code is not None or child.silent
