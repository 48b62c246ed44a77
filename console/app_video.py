"""The decoding processes of one console: started for the first picture, ended with the last panel.

One :class:`VideoHold` serves all panels of a seat, so that a camera shown twice is decoded once.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from console.video.client import Size, Tile, VideoClient

WORKERS = 2
TICK_MS = 50
"""A tick with nothing to do costs some microseconds; one that is late costs the wall pictures."""

Notice = Callable[[str], None]


class VideoHold:
    """Share one :class:`VideoClient` out; lives on the interface's thread.

    Args:
        make: makes the client, given the number of workers and who is told of them.
    """

    def __init__(self, make: Callable[[int, Notice], VideoClient] = VideoClient) -> None:
        self._make = make
        self._shares: set[VideoShare] = set()
        self._client: VideoClient | None = None
        self._timer: QTimer | None = None

    @property
    def pids(self) -> list[int]:
        """Return the process ids of the workers, none while nothing is decoded."""
        return [] if self._client is None else self._client.pids

    @property
    def replaced(self) -> int:
        """Return how many workers were replaced since the first picture."""
        return 0 if self._client is None else self._client.replaced

    def share(self, notice: Notice) -> VideoShare:
        """Return one panel's part; starts nothing."""
        return VideoShare(self, notice)

    def client_for(self, share: VideoShare) -> VideoClient:
        """Return the running client; started for the first share that wants a picture."""
        if self._client is None:
            self._client = self._make(WORKERS, self._tell)
            self._client.start()
            self._timer = QTimer()
            self._timer.setInterval(TICK_MS)
            self._timer.timeout.connect(self._client.tick)
            self._timer.start()
        self._shares.add(share)
        return self._client

    def drop(self, share: VideoShare) -> None:
        """Forget a share; with the last one, processes, threads and memory go."""
        self._shares.discard(share)
        if self._shares or self._client is None:
            return
        assert self._timer is not None
        self._timer.stop()
        self._timer.deleteLater()
        self._client.stop()
        self._client = self._timer = None

    def _tell(self, key: str) -> None:
        """Say it once: one person sits here, however many panels show pictures."""
        for share in tuple(self._shares)[:1]:
            share.notice(key)


class VideoShare:
    """One panel's :class:`console.panels.spec.Pictures`."""

    def __init__(self, hold: VideoHold, notice: Notice) -> None:
        self._hold = hold
        self.notice = notice

    def want(self, camera: str, address: str, width: int, height: int) -> Tile:
        """Have a camera decoded for one tile of so many pixels."""
        return self._hold.client_for(self).want(camera, address, Size(width, height))

    def close(self) -> None:
        """Want no pictures any more."""
        self._hold.drop(self)
