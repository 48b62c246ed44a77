"""One camera's pictures at one size: the street drawn once, then only what moves."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageChops, ImageDraw

from backend_bridge.core.simulated.traffic import density
from backend_bridge.field.cameras import street as streets
from backend_bridge.field.cameras.light import Light, Place, Sky, light_at
from backend_bridge.field.cameras.sprites import Sprites
from backend_bridge.field.cameras.stamp import Stamp, local_zone
from backend_bridge.field.cameras.traffic import movers

QUALITY = 75
"""Of the JPEG."""
_NOISE = 3
"""Grey levels by which a sensor errs: no two pictures of a real camera are equal."""


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of a picture."""

    width: int = 640
    height: int = 360


class Scene:
    """Draw one camera's pictures at one size. Not thread-safe: one thread at a time.

    Args:
        seed: the city's; with ``number`` it decides what stands and who comes by.
        number: of the camera.
        name: of the camera, as burnt in.
        size: of the pictures.
        place: where the city lies, (longitude, latitude); its sun and weather follow.
    """

    def __init__(self, seed: int, number: int, name: str, size: Size, place: Place) -> None:
        self._seed = seed
        self._place = place
        self._own_seed = seed * 10_007 + number
        self._size = size
        self._street = streets.build(seed, number)
        self._view = streets.Perspective(size.width, size.height, self._street.vanishing)
        self._stamp = Stamp(number, name, size.width, size.height)
        self._lots = random.Random(f"falling/{self._own_seed}")  # noqa: S311 - scenery
        self._drops = [
            (self._lots.random(), self._lots.random(), self._lots.uniform(0.6, 1.4))
            for _ in range(140)
        ]
        self._noise = _noise(self._own_seed, size)
        self._light: Light | None = None
        self._background = Image.new("RGB", (1, 1))
        self._sprites = Sprites(Light(0, Sky.CLEAR))

    @property
    def stamp(self) -> Stamp:
        """Return what is burnt in."""
        return self._stamp

    def picture(self, moment: datetime, at_s: float) -> Image.Image:
        """Return the picture, RGB.

        Args:
            moment: the simulated time, aware: it is burnt in and decides light and traffic.
            at_s: steady seconds that move what moves, so that a clock that runs faster or stands
                still makes nobody run or stand.
        """
        light = light_at(moment, self._seed, self._place)
        if light != self._light:
            self._light = light
            size = self._size
            self._background = streets.draw(self._street, size.width, size.height, light)
            self._sprites = Sprites(light)
        picture = self._background.copy()
        busy = density(moment.astimezone(local_zone()))
        for mover in movers(self._street, self._own_seed, at_s, busy):
            metre_px = self._view.focal_px / mover.distance_m
            sprite = self._sprites.of(mover, metre_px)
            x, y = self._view.at(mover.across_m, mover.distance_m)
            picture.paste(sprite, (round(x - sprite.width / 2), round(y - sprite.height)), sprite)
        self._fall(picture, light.falls, at_s)
        frame = int(at_s * 25)
        shift = (frame * 37 % self._size.width, frame * 53 % self._size.height)
        picture = ImageChops.add(picture, ImageChops.offset(self._noise, *shift), 1, -128)
        self._stamp.burn(picture, moment)
        return picture

    def black(self, moment: datetime) -> Image.Image:
        """Return what a covered lens gives: nothing, the camera's own writing goes on."""
        picture = Image.new("RGB", (self._size.width, self._size.height))
        self._stamp.burn(picture, moment)
        return picture

    def stuck(self, picture: Image.Image, moment: datetime) -> Image.Image:
        """Return an earlier picture with the clock of ``moment``: only the sensor hangs."""
        again = picture.copy()
        self._stamp.burn(again, moment)
        return again

    def _fall(self, picture: Image.Image, falls: Sky, at_s: float) -> None:
        if falls not in (Sky.RAIN, Sky.SNOW):
            return
        pen = ImageDraw.Draw(picture)
        width, height = self._size.width, self._size.height
        for x, y, speed in self._drops:
            if falls is Sky.RAIN:
                top = (y + at_s * 2.4 * speed) % 1.1 * height
                end = (x * width - 2 * speed, top + height / 22 * speed)
                pen.line((x * width, top, *end), (186, 190, 198))
            else:
                top = (y + at_s * 0.22 * speed) % 1.05 * height
                left = (x + 0.02 * speed * at_s) % 1.0 * width
                r = max(1.0, height / 260 * speed)
                pen.ellipse((left - r, top - r, left + r, top + r), (236, 238, 242))


def encode(picture: Image.Image) -> bytes:
    """Return the picture as a baseline JPEG."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def _noise(seed: int, size: Size) -> Image.Image:
    lots = random.Random(f"noise/{seed}")  # noqa: S311 - scenery
    raw = Image.frombytes("L", (size.width, size.height), lots.randbytes(size.width * size.height))
    spread = raw.point([128 - _NOISE + value * (2 * _NOISE + 1) // 256 for value in range(256)])
    return Image.merge("RGB", (spread, spread, spread))
