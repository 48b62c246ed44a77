"""What is decoded for the wall: one stream a camera, as large as its largest tile needs."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping

from console.panels.spec import Pictures, PictureTile, StreamFacts

STEPS = ((320, 180), (640, 360), (1280, 720), (1920, 1080))
"""Widths and heights of sub-streams asked of a source that can be asked."""
_ASKABLE_HOSTS = ("127.0.0.1", "localhost")
_ASKABLE_PATH = "/camera/"

Box = tuple[int, int]
"""Width and height in device pixels."""


def sub_stream(url: str, box: Box) -> str:
    """Return the address of a stream no larger than a tile needs.

    Only ``beffroi-field`` on this machine is known to take a size; any other address is left as it
    is, whole.
    """
    parts = urllib.parse.urlsplit(url)
    known = parts.scheme == "http" and parts.hostname in _ASKABLE_HOSTS
    if not known or not parts.path.startswith(_ASKABLE_PATH) or parts.query:
        return url
    width, height = next(
        (step for step in STEPS if step[0] >= box[0] and step[1] >= box[1]), STEPS[-1]
    )
    return parts._replace(query=f"width={width}&height={height}").geturl()


class Screens:
    """Hold one decode for each tile that has a leave and a size."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._held: dict[int, tuple[str, Box, PictureTile]] = {}
        self._addresses: dict[str, str] = {}

    def show(self, wanted: Mapping[int, tuple[str, str, Box]]) -> None:
        """Decode for these tiles and no others.

        Args:
            wanted: by tile: camera, address of its stream, size.

        Raises:
            OSError: there is no shared memory left.
        """
        addresses: dict[str, tuple[str, Box]] = {}
        for camera, url, box in wanted.values():
            largest = addresses.get(camera, (url, (0, 0)))[1]
            addresses[camera] = (url, (max(box[0], largest[0]), max(box[1], largest[1])))
        now = {camera: sub_stream(url, box) for camera, (url, box) in addresses.items()}
        for slot, (camera, box, tile) in list(self._held.items()):
            asked = wanted.get(slot)
            moved = asked is None or (asked[0], asked[2]) != (camera, box)
            # a stream that lives keeps its address: another one needs a new connection
            if moved or now.get(camera) != self._addresses.get(camera):
                tile.release()
                del self._held[slot]
        self._addresses = now
        for slot, (camera, _url, box) in wanted.items():
            if slot not in self._held:
                tile = self._pictures.want(camera, now[camera], *box)
                self._held[slot] = (camera, box, tile)

    def tile(self, slot: int) -> PictureTile | None:
        """Return the decode behind a tile, ``None`` while there is none."""
        held = self._held.get(slot)
        return None if held is None else held[2]

    def status(self, slot: int) -> StreamFacts | None:
        """Return how the stream behind a tile is, ``None`` while there is none."""
        tile = self.tile(slot)
        return None if tile is None else tile.status

    def close(self) -> None:
        """Let everything go."""
        self.show({})
        self._pictures.close()
