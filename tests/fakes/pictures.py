"""Pictures without decoding: each camera's stream is as a test says, each frame one flat colour."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.video.states import StreamState, StreamStatus


@dataclass(frozen=True)
class Flat:
    """One picture of one colour."""

    number: int
    width: int
    height: int
    decoded_s: float
    pixels: memoryview


@dataclass
class Hold:
    """One tile's hold on a camera."""

    pictures: FakePictures
    camera: str
    address: str
    size: tuple[int, int]
    seen: int = 0
    released: bool = False

    @property
    def status(self) -> StreamStatus:
        return self.pictures.streams.get(self.camera, StreamStatus(StreamState.CONNECTING))

    def read(self) -> Flat | None:
        number = self.pictures.frames.get(self.camera, 0)
        if self.released or number <= self.seen:
            return None
        self.seen = number
        width, height = self.size
        grey = bytes((90, 90 + number % 100, 90, 255))
        return Flat(number, width, height, 0.0, memoryview(grey * (width * height)))

    def release(self) -> None:
        self.released = True


@dataclass
class FakePictures:
    """Implement :class:`console.panels.spec.Pictures`; remembers every hold."""

    holds: list[Hold] = field(default_factory=list)
    streams: dict[str, StreamStatus] = field(default_factory=dict)
    frames: dict[str, int] = field(default_factory=dict)
    closed: bool = False

    def want(self, camera: str, address: str, width: int, height: int) -> Hold:
        hold = Hold(self, camera, address, (width, height))
        self.holds.append(hold)
        return hold

    def close(self) -> None:
        assert not self.live, "every tile is released before"
        self.closed = True

    @property
    def live(self) -> list[Hold]:
        """Return the holds not released."""
        return [hold for hold in self.holds if not hold.released]

    def show(self, camera: str, state: StreamState = StreamState.LIVE, age_s: float = 0.1) -> None:
        """Give a camera a state and one more picture."""
        self.streams[camera] = StreamStatus(state, age_s)
        self.frames[camera] = self.frames.get(camera, 0) + 1
