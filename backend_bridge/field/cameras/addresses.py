"""Which of a territory's camera streams are ours to serve, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from backend_bridge.field.cameras.messages import CameraSpec

LOCAL = ("127.0.0.1", "localhost")
"""The field never serves on a network; a stream elsewhere is a real camera."""
RTSP_PORT = 554

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Serving:
    """What is to be served where.

    Attributes:
        by_path: cameras by the path of their address; those of RTSP too, which is fed from it.
        http: hosts and ports to listen on.
        rtsp: paths by host and port.
    """

    by_path: Mapping[str, CameraSpec]
    http: tuple[Place, ...]
    rtsp: Mapping[Place, tuple[str, ...]]


def is_ours(stream: str) -> bool:
    """Return whether a stream's address is one the field can serve."""
    return _place(stream) is not None


def serving(cameras: Iterable[CameraSpec]) -> Serving:
    """Sort cameras by where they are served; streams that are not ours are left out."""
    by_path: dict[str, CameraSpec] = {}
    http: dict[Place, None] = {}
    rtsp: dict[Place, list[str]] = {}
    for camera in cameras:
        place = _place(camera.stream)
        if place is None:
            continue
        parts = urlsplit(camera.stream)
        path = parts.path or "/"
        by_path[path] = camera
        if parts.scheme == "rtsp":
            rtsp.setdefault(place, []).append(path)
        else:
            http[place] = None
    return Serving(by_path, tuple(http), {place: tuple(paths) for place, paths in rtsp.items()})


def _place(stream: str) -> Place | None:
    try:
        parts = urlsplit(stream)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "rtsp") or parts.hostname not in LOCAL:
        return None
    return LOCAL[0], port or (RTSP_PORT if parts.scheme == "rtsp" else 80)
