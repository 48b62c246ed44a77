"""One camera's street: what stands in it, and its picture without anything that moves."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from backend_bridge.field.cameras.light import RGB, Light, Sky, mix, scaled

CAMERA_M = 6.0
"""Height of the camera over the road."""
FAR_M = 170.0
NEAR_M = 9.0
_STOREY_M = 3.2
_BAY_M = 3.0
_PLASTER: tuple[RGB, ...] = (
    *((214, 200, 172), (226, 214, 190), (198, 184, 160), (206, 178, 146), (188, 186, 180)),
    *((170, 122, 98), (222, 206, 196), (180, 170, 150)),
)
_ROOFS: tuple[RGB, ...] = ((120, 66, 50), (92, 74, 68), (84, 88, 96))
_WARM: RGB = (255, 196, 120)
_WINDOW_LIT: RGB = (255, 214, 140)
_OVERSAMPLED = 2

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class House:
    """A façade along the street, ``near_m`` to ``far_m`` from the camera."""

    near_m: float
    far_m: float
    height_m: float
    plaster: RGB
    roof: RGB
    lit_windows: int


@dataclass(frozen=True, slots=True)
class Street:
    """What a camera looks at, in metres, drawn by lot from its seed.

    Attributes:
        vanishing: where the street ends, in shares of the picture's width and height.
        road_m: half the width of the carriageway.
        pavement_m: width of each pavement.
        houses: left and right, far to near.
        lamps_m: distances of the lamps; on the left where ``lamps_left``.
        crossing_m: distance of the zebra crossing.
        trees_m: distances of the trees, on the side without lamps.
    """

    vanishing: Point
    road_m: float
    pavement_m: float
    houses: tuple[tuple[House, ...], tuple[House, ...]]
    lamps_m: tuple[float, ...]
    lamps_left: bool
    crossing_m: float
    trees_m: tuple[float, ...]


def build(seed: int, number: int) -> Street:
    """Return the street of camera ``number`` in the city of ``seed``."""
    lots = random.Random(f"street/{seed}/{number}")  # noqa: S311 - scenery
    first_lamp = lots.uniform(18, 26)
    lamp_step = lots.uniform(22, 30)
    has_trees = lots.random() < 0.55
    return Street(
        vanishing=(lots.uniform(0.36, 0.64), lots.uniform(0.30, 0.42)),
        road_m=lots.choice((3.2, 3.6, 5.0, 6.6)),
        pavement_m=lots.uniform(2.2, 4.5),
        houses=(_row(lots), _row(lots)),
        lamps_m=tuple(first_lamp + lamp_step * rank for rank in range(5)),
        lamps_left=lots.random() < 0.5,
        crossing_m=lots.uniform(22, 34),
        trees_m=tuple(26 + 14 * rank for rank in range(7)) if has_trees else (),
    )


def _row(lots: random.Random) -> tuple[House, ...]:
    houses = []
    at_m = NEAR_M - 6
    while at_m < FAR_M:
        width_m = lots.uniform(9, 21)
        houses.append(
            House(
                at_m,
                at_m + width_m,
                _STOREY_M * lots.randint(2, 5) + 1.2,
                scaled(lots.choice(_PLASTER), lots.uniform(0.85, 1.05)),
                lots.choice(_ROOFS),
                lots.getrandbits(60),
            )
        )
        at_m += width_m
    return tuple(reversed(houses))


@dataclass(frozen=True, slots=True)
class Perspective:
    """Project metres to pixels: across from the street's axis, distance, height over the road."""

    width: int
    height: int
    vanishing: Point

    @property
    def focal_px(self) -> float:
        """Return the pixels of one metre at one metre."""
        return 0.92 * self.width

    def at(self, across_m: float, distance_m: float, up_m: float = 0.0) -> Point:
        """Return the pixel of a point in the street; ``distance_m`` above 0."""
        scale = self.focal_px / distance_m
        return (
            self.vanishing[0] * self.width + across_m * scale,
            self.vanishing[1] * self.height + (CAMERA_M - up_m) * scale,
        )


def draw(street: Street, width: int, height: int, light: Light) -> Image.Image:
    """Return the street's picture, RGB, ``width`` by ``height`` pixels, without what moves."""
    big = (width * _OVERSAMPLED, height * _OVERSAMPLED)
    view = Perspective(*big, street.vanishing)
    solid = _Solid(view, street, light)
    solid.ground()
    for row, side in zip(street.houses, (-1, 1), strict=True):
        for house in row:
            solid.house(house, side)
    solid.furniture()
    falling = _falling_light(view, street, light)
    body = solid.picture
    under_light = ImageChops.multiply(body.convert("RGB"), falling)
    picture = _sky(big, light)
    picture.paste(under_light, mask=body.getchannel("A"))
    picture = _hazy(picture, view, light)
    if light.burning:
        picture = ImageChops.screen(picture, _glow(solid.shining))
    return picture.reduce(_OVERSAMPLED)


class _Solid:
    """Draw what stands, in its own colours, and what shines, apart."""

    def __init__(self, view: Perspective, street: Street, light: Light) -> None:
        size = (view.width, view.height)
        self._view = view
        self._street = street
        self._light = light
        self.picture = Image.new("RGBA", size)
        self.shining = Image.new("RGB", size)
        self._pen = ImageDraw.Draw(self.picture)
        self._spark = ImageDraw.Draw(self.shining)

    def ground(self) -> None:
        street, snow = self._street, self._light.falls is Sky.SNOW
        edge = street.road_m + street.pavement_m
        paving: RGB = (216, 219, 224) if snow else (150, 146, 140)
        asphalt: RGB = (120, 122, 126) if snow else (78, 80, 84)
        if self._light.falls is Sky.RAIN:
            asphalt, paving = scaled(asphalt, 0.7), scaled(paving, 0.78)
        paint: RGB = (214, 214, 208)
        self._flat(-edge, edge, NEAR_M - 6, FAR_M, paving)
        self._flat(-street.road_m, street.road_m, NEAR_M - 6, FAR_M, asphalt)
        for side in (-1, 1):
            kerb = side * street.road_m
            self._flat(kerb - 0.09, kerb + 0.09, NEAR_M - 6, FAR_M, scaled(paving, 1.15))
        for rank in range(20):
            start = NEAR_M - 4 + rank * 8
            if abs(start - street.crossing_m) > 6:
                self._flat(-0.07, 0.07, start, start + 3, paint)
        stripe = -street.road_m + 0.4
        while stripe < street.road_m - 0.5:
            self._flat(stripe, stripe + 0.5, street.crossing_m, street.crossing_m + 3.2, paint)
            stripe += 1.0

    def house(self, house: House, side: int) -> None:
        wall = side * (self._street.road_m + self._street.pavement_m)
        near, far = max(house.near_m, 2.5), house.far_m
        along, top = (near, far), house.height_m
        self._upright(wall, along, (0, top), house.plaster)
        self._upright(wall, along, (top, top + 1.4), house.roof)
        self._upright(wall, along, (0, 0.5), scaled(house.plaster, 0.75))
        bays = max(2, int((house.far_m - house.near_m) / _BAY_M))
        step = (house.far_m - house.near_m) / bays
        for storey in range(int(house.height_m / _STOREY_M)):
            sill = storey * _STOREY_M + 0.9
            for bay in range(bays):
                start = house.near_m + (bay + 0.28) * step
                if start < NEAR_M - 5:
                    continue
                glass: RGB = (74, 86, 100)
                pane, up = (start, start + 0.46 * step), (sill, sill + 1.7)
                self._upright(wall, pane, up, glass)
                lit = house.lit_windows >> ((storey * bays + bay) % 60) & 1
                if self._light.burning and lit and bay % 2:
                    self._upright(wall, pane, up, _WINDOW_LIT, shining=True)

    def furniture(self) -> None:
        street = self._street
        side = -1 if street.lamps_left else 1
        for distance in reversed(street.trees_m):
            self._tree(-side * (street.road_m + 0.9), distance)
        for distance in reversed(street.lamps_m):
            self._lamp(side * (street.road_m + 0.5), distance, side)

    def _tree(self, across: float, distance: float) -> None:
        bare = self._light.falls is Sky.SNOW
        leaf: RGB = (120, 126, 122) if bare else (70, 92, 58)
        foot, top = self._view.at(across, distance), self._view.at(across, distance, 3.2)
        scale = self._view.focal_px / distance
        self._pen.line([foot, top], fill=(74, 60, 48), width=max(1, round(0.3 * scale)))
        for shift, up, radius in ((-0.7, 3.8, 1.2), (0.7, 3.9, 1.1), (0.0, 4.8, 1.4)):
            x, y = self._view.at(across + shift, distance, up)
            r = radius * scale
            self._pen.ellipse((x - r, y - r, x + r, y + r), fill=scaled(leaf, 0.8 + up * 0.05))

    def _lamp(self, across: float, distance: float, side: int) -> None:
        scale = self._view.focal_px / distance
        foot, top = self._view.at(across, distance), self._view.at(across, distance, 8)
        head = self._view.at(across - side * 1.6, distance, 8.2)
        metal: RGB = (96, 100, 104)
        thick = max(1, round(0.14 * scale))
        self._pen.line([foot, top, head], fill=metal, width=thick)
        r = max(1.5, 0.28 * scale)
        box = (head[0] - r * 1.6, head[1] - r * 0.5, head[0] + r * 1.6, head[1] + r * 0.7)
        self._pen.ellipse(box, fill=metal)
        self._spark.ellipse(box, fill=_WARM)

    def _flat(self, left: float, right: float, near: float, far: float, colour: RGB) -> None:
        at = self._view.at
        corners = [at(left, near), at(right, near), at(right, far), at(left, far)]
        self._pen.polygon(corners, fill=colour)

    def _upright(
        self, across: float, along: Point, up: Point, colour: RGB, *, shining: bool = False
    ) -> None:
        (near, far), (bottom, top) = along, up
        at = self._view.at
        corners = [
            *(at(across, near, bottom), at(across, far, bottom)),
            *(at(across, far, top), at(across, near, top)),
        ]
        self._pen.polygon(corners, fill=colour)
        # what stands in front of a lit window hides its light too
        self._spark.polygon(corners, fill=scaled(colour, 0.8) if shining else (0, 0, 0))


def _falling_light(view: Perspective, street: Street, light: Light) -> Image.Image:
    """Return the light on everything: the sky's, and at night pools under the lamps."""
    falling = Image.new("RGB", (view.width, view.height), light.ambient)
    if not light.burning:
        return falling
    small = (view.width // 8, view.height // 8)
    pools = Image.new("RGB", small)
    pen = ImageDraw.Draw(pools)
    side = -1 if street.lamps_left else 1
    for distance in reversed(street.lamps_m):
        scale = view.focal_px / distance
        x, y = view.at(side * (street.road_m - 1.0), distance)
        rx, ry = 5.5 * scale / 8, 2.0 * scale / 8
        x, y = x / 8, y / 8
        pen.ellipse((x - rx, y - ry, x + rx, y + ry), fill=scaled(_WARM, 0.85))
        wx, wy = view.at(side * (street.road_m + street.pavement_m), distance, 3)
        r = 3.4 * scale / 8
        pen.ellipse((wx / 8 - r, wy / 8 - r, wx / 8 + r, wy / 8 + r), fill=scaled(_WARM, 0.5))
    pools = pools.filter(ImageFilter.GaussianBlur(small[0] / 26))
    return ImageChops.add(falling, pools.resize(falling.size, Image.Resampling.BILINEAR))


def _glow(shining: Image.Image) -> Image.Image:
    halo = shining.reduce(4).filter(ImageFilter.GaussianBlur(shining.width / 200))
    halo = halo.resize(shining.size, Image.Resampling.BILINEAR)
    return ImageChops.screen(shining, halo)


def _sky(size: tuple[int, int], light: Light) -> Image.Image:
    top, bottom = light.sky
    column = Image.new("RGB", (1, 64))
    for row in range(64):
        column.putpixel((0, row), mix(top, bottom, min(1.0, row / 40)))
    return column.resize(size, Image.Resampling.BILINEAR)


def _hazy(picture: Image.Image, view: Perspective, light: Light) -> Image.Image:
    """Lay the air between over what is far: most about the vanishing point."""
    veil = Image.new("L", (64, 36))
    vx, vy = view.vanishing
    for row in range(36):
        for column in range(64):
            dx, dy = (column / 64 - vx) * 1.6, (row / 36 - vy) * 1.1
            apart = max(0.02, (dx * dx + dy * dy) ** 0.5)
            distance_m = CAMERA_M / apart
            veil.putpixel((column, row), round(255 * light.haze * min(1.0, distance_m / 100)))
    mask = veil.resize(picture.size, Image.Resampling.BICUBIC)
    horizon = light.sky[1]
    return Image.composite(Image.new("RGB", picture.size, horizon), picture, mask)
