"""What a camera's feature says besides its place: short number, stream, cone."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from backend_bridge.territory.records import Camera

KIND = "camera"
NO_STREAM = "none"
SCHEMES = ("http", "https", "rtsp", "rtsps")
USUAL_WIDTH = 60.0
USUAL_RANGE_M = 60.0
HIGHEST_NUMBER = 99_999

Say = Callable[[str, str], None]
"""Takes what is wrong and what to do."""


class Cameras:
    """Read cameras, and refuse two with one number or one stream."""

    def __init__(self) -> None:
        self.found: dict[str, Camera] = {}
        self._by_number: dict[int, str] = {}
        self._by_stream: dict[str, str] = {}

    def take(self, item_id: str, properties: Mapping[str, Any], say: Say) -> None:
        """Read the camera ``item_id``; each mistake is said."""
        number = properties.get("number")
        if type(number) is not int or not 1 <= number <= HIGHEST_NUMBER:
            known = "no short number" if number is None else f"the short number {number!r}"
            advice = f'Give it a property "number", whole, from 1 to {HIGHEST_NUMBER}.'
            say(f"this camera has {known}", advice)
            number = 0
        elif (other := self._by_number.setdefault(number, item_id)) != item_id:
            say(f'it has the same short number {number} as "{other}"', "Give each its own.")
        stream = self._stream(item_id, properties.get("stream"), say)
        bearing = _amount(properties, "bearing", say, high=360.0, from_zero=True)
        if bearing == 360.0:
            bearing = 0.0
        width = _amount(properties, "width", say, high=360.0)
        range_m = _amount(properties, "range_m", say, high=5000.0)
        self.found[item_id] = Camera(
            number=number,
            stream=stream,
            bearing=bearing,
            width=width or (360.0 if bearing is None else USUAL_WIDTH),
            range_m=range_m or USUAL_RANGE_M,
            seats=(seats := _seats(properties.get("seats"), say)),
            published=_published(properties.get("published"), seats, say),
        )

    def _stream(self, item_id: str, stream: object, say: Say) -> str:
        if stream == NO_STREAM:
            return ""
        if stream is None or stream == "":
            say(
                "this camera has no stream",
                f'Give it a property "stream": the URL of its pictures, or "{NO_STREAM}" if it is '
                "known to have none yet.",
            )
            return ""
        if not isinstance(stream, str) or not _is_url(stream):
            say(
                f"its stream {stream!r:.120} is no address of pictures",
                f"Write a URL that begins with {', '.join(SCHEMES)}.",
            )
            return ""
        other = self._by_stream.setdefault(stream, item_id)
        if other != item_id:
            say(f'it has the same stream ({stream}) as "{other}"', "Give each its own address.")
        return stream


def _seats(seats: object, say: Say) -> tuple[str, ...]:
    if seats is None:
        return ()
    if isinstance(seats, list) and seats and all(isinstance(seat, str) and seat for seat in seats):
        return tuple(dict.fromkeys(seats))
    say(
        f"its seats {seats!r:.80} are no list of seats",
        'Write those that may watch it, "seats": ["police"], or leave the property out for all.',
    )
    return ()


def _published(published: object, seats: tuple[str, ...], say: Say) -> bool:
    if published is not None and not isinstance(published, bool):
        say(f"its published {published!r:.40} is neither true nor false", "Write true or false.")
        return False
    if published and seats:
        say(
            f"it is published, and reserved to {', '.join(seats)}",
            "Take one of the two out: what visitors see is no secret of a seat.",
        )
        return False
    return bool(published)


def _is_url(text: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(text)
        _ = parts.port  # raises when it is none
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.hostname) and text.isprintable()


def _amount(
    properties: Mapping[str, Any], key: str, say: Say, *, high: float, from_zero: bool = False
) -> float | None:
    value = properties.get(key)
    if value is None:
        return None
    if type(value) not in (int, float) or not (0 < value <= high or (from_zero and value == 0)):
        low = "0" if from_zero else "more than 0"
        say(f"its {key} {value!r:.40} is out of range", f"Write {low} to {high:g}.")
        return None
    return float(value)
