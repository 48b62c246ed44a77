"""Small pictures of vehicles and people, drawn once per size and light and pasted many times."""

from __future__ import annotations

from PIL import Image, ImageDraw

from backend_bridge.field.cameras.light import RGB, Light, lit, scaled
from backend_bridge.field.cameras.traffic import Mover

WIDTH_M = {"car": 1.85, "van": 2.1, "bus": 2.55, "person": 0.62}
HEIGHT_M = {"car": 1.48, "van": 2.25, "bus": 3.1, "person": 1.72}
_OVERSAMPLED = 4
_MOST = 900
"""Sprites kept; beyond, all are dropped and drawn again as they are needed."""
_PAINT: tuple[RGB, ...] = (
    *((40, 44, 50), (196, 198, 200), (232, 232, 230), (116, 30, 34)),
    *((40, 66, 112), (128, 130, 132), (58, 84, 66), (90, 78, 62)),
)
_COATS: tuple[RGB, ...] = (
    *((36, 40, 52), (130, 44, 40), (70, 74, 70), (188, 170, 60)),
    *((50, 76, 120), (96, 62, 44), (150, 150, 152), (44, 88, 70)),
)
_GLASS: RGB = (52, 62, 74)
_HEADLAMP: RGB = (255, 250, 226)
_PLATE: RGB = (220, 220, 220)
_TAILLAMP: RGB = (236, 40, 34)
Key = tuple[str, int, bool, int, int]


class Sprites:
    """Keep the sprites of one light.

    Args:
        light: under which they are drawn.
    """

    def __init__(self, light: Light) -> None:
        self._light = light
        self._kept: dict[Key, Image.Image] = {}

    def of(self, mover: Mover, metre_px: float) -> Image.Image:
        """Return the picture, RGBA, of a mover where a metre takes ``metre_px`` pixels.

        It stands on its lower edge; a vehicle's lamps may shine beyond its sides.
        """
        width = _step(WIDTH_M[mover.sort] * metre_px)
        key = (mover.sort, mover.colour, mover.coming, mover.stride, width)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[key] = self._draw(mover, width)
        return found

    def _draw(self, mover: Mover, width: int) -> Image.Image:
        height = max(4, round(width * HEIGHT_M[mover.sort] / WIDTH_M[mover.sort]))
        big_w, big_h = width * _OVERSAMPLED, height * _OVERSAMPLED
        is_person = mover.sort == "person"
        margin = 0 if is_person else big_w // 3  # for the light of the lamps
        picture = Image.new("RGBA", (big_w + 2 * margin, big_h))
        pen = ImageDraw.Draw(picture)
        if is_person:
            self._person(pen, mover, big_w, big_h)
        else:
            self._vehicle(pen, mover, margin, big_w, big_h)
            glow = Image.new("RGBA", picture.size)
            self._lamps(ImageDraw.Draw(glow), mover, margin, big_w, big_h)
            picture.alpha_composite(glow)  # light lies over the paint, it does not replace it
        return picture.reduce(_OVERSAMPLED)

    def _vehicle(self, pen: ImageDraw.ImageDraw, mover: Mover, x: int, w: int, h: int) -> None:
        tall = mover.sort != "car"
        paint = self._seen(_PAINT[mover.colour])
        if mover.sort == "bus":
            paint = self._seen((176, 24, 92))  # the bus network's own colour: one sees it is a bus
        dark, glass = self._seen((26, 27, 30)), self._seen(_GLASS)
        pen.ellipse((x - w * 0.06, h * 0.9, x + w * 1.06, h - 1), fill=(0, 0, 0, 120))
        for wheel in (0.06, 0.76):
            pen.rectangle((x + w * wheel, h * 0.82, x + w * (wheel + 0.18), h * 0.985), fill=dark)
        waist = 0.12 if tall else 0.46
        if not tall:
            roof = [(0.22, 0.04), (0.78, 0.04), (0.93, 0.5), (0.07, 0.5)]
            pen.polygon([(x + w * a, h * b) for a, b in roof], fill=scaled(paint, 0.92))
            pane = [(0.26, 0.1), (0.74, 0.1), (0.86, 0.47), (0.14, 0.47)]
            pen.polygon([(x + w * a, h * b) for a, b in pane], fill=glass)
        body = (x, h * (0.02 if tall else waist), x + w - 1, h * 0.9)
        pen.rounded_rectangle(body, radius=w * (0.06 if tall else 0.12), fill=paint)
        if tall:
            low = 0.52 if mover.coming else 0.42
            pen.rectangle((x + w * 0.08, h * 0.12, x + w * 0.92, h * low), fill=glass)
        pen.rectangle((x + w * 0.3, h * 0.76, x + w * 0.7, h * 0.84), fill=self._seen(_PLATE))

    def _lamps(self, pen: ImageDraw.ImageDraw, mover: Mover, x: int, w: int, h: int) -> None:
        colour = _HEADLAMP if mover.coming else _TAILLAMP
        burning = self._light.burning
        core = colour if burning else self._seen(scaled(colour, 0.75))
        level, r = h * (0.66 if mover.sort == "car" else 0.78), w * 0.085
        for centre in (x + w * 0.14, x + w * 0.86):
            if burning:
                for grown, strength in ((3.4, 26), (2.3, 52), (1.5, 110)):
                    reach = r * grown * (1.0 if mover.coming else 0.7)
                    box = (centre - reach, level - reach, centre + reach, level + reach)
                    pen.ellipse(box, fill=(*colour, strength))
            pen.ellipse((centre - r, level - r * 0.8, centre + r, level + r * 0.8), fill=core)

    def _person(self, pen: ImageDraw.ImageDraw, mover: Mover, w: int, h: int) -> None:
        coat = self._seen(_COATS[mover.colour])
        trousers = self._seen(scaled(_COATS[(mover.colour + 3) % len(_COATS)], 0.7))
        skin = self._seen((206, 166, 140) if mover.coming else (70, 54, 44))
        spread = (0.0, 0.16, 0.0, -0.16)[mover.stride]
        pen.ellipse((w * 0.1, h * 0.95, w * 0.9, h - 1), fill=(0, 0, 0, 110))
        for leg, lift in ((0.36, spread), (0.64, -spread)):
            foot = h * (0.975 - max(0.0, lift) * 0.25)
            pen.line((w * leg, h * 0.5, w * (leg + lift * 0.4), foot), trousers, round(w * 0.24))
        for arm, swing in ((0.16, -spread), (0.84, spread)):
            end = (w * (arm + swing * 0.3), h * 0.52)
            pen.line((w * arm, h * 0.24, *end), scaled(coat, 0.85), round(w * 0.16))
        pen.rounded_rectangle((w * 0.18, h * 0.17, w * 0.82, h * 0.56), w * 0.18, fill=coat)
        pen.ellipse((w * 0.3, 0, w * 0.7, h * 0.155), fill=skin)

    def _seen(self, colour: RGB) -> RGB:
        # at night the street's lamps give what the sky does not
        ambient = self._light.ambient
        light = (max(ambient[0], 96), max(ambient[1], 84), max(ambient[2], 72))
        return lit(colour, light if self._light.burning else ambient)


def _step(width_px: float) -> int:
    """Return a width near this one, so that an approaching car needs some dozens of sprites."""
    if width_px < 16:
        return max(3, round(width_px))
    if width_px < 64:
        return round(width_px / 2) * 2
    return round(width_px / 6) * 6
