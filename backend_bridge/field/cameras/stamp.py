"""What a camera burns into its picture: number, name, date and time with tenths.

The clock is pasted from glyphs drawn once; writing text anew in every picture would cost more
than the whole street.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PIL import Image, ImageDraw, ImageFont

ZONE = "Europe/Paris"
DEMONSTRATION = "DÉMONSTRATION"
CLOCK_GLYPHS = "0123456789-:. "
FONTS = (
    Path("/usr/share/fonts/opentype/b612/B612Mono-Regular.otf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"),
)
"""Of the Debian packages fonts-b612 and fonts-dejavu-core; without either, Pillow's own."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_LONGEST = 120
_WHITE = (244, 246, 248)
_SHADE = (10, 12, 16)


@lru_cache(maxsize=1)
def local_zone() -> tzinfo | None:
    """Return the zone cameras show their time in; ``None`` (the machine's) where it is unknown."""
    try:
        return ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        return None


@lru_cache(maxsize=32)
def font(size_px: int) -> Font:
    """Return the type a camera writes with."""
    for path in FONTS:
        if path.is_file():
            return ImageFont.truetype(path, size_px)
    return ImageFont.load_default(size_px)


class Stamp:
    """Write on pictures of one camera at one size.

    Args:
        number: of the camera.
        name: of the camera, cut where the picture ends.
        width: of the picture in pixels.
        height: of the picture in pixels.
    """

    def __init__(self, number: int, name: str, width: int, height: int) -> None:
        self._size = max(9, round(height / 22))
        self._type = font(self._size)
        self._pad = max(2, self._size // 4)
        plain = "".join(char if char.isprintable() else " " for char in name)[:_LONGEST]
        self._line = self._label(f"CAM {number:03d}  {plain}", width)
        self._demo = self._label(DEMONSTRATION, width // 2)
        self._glyphs = {glyph: self._label(glyph, width, pad=0) for glyph in CLOCK_GLYPHS}
        self._advance = self._glyphs["0"].width
        self._width, self._height = width, height

    @property
    def clock_box(self) -> tuple[int, int, int, int]:
        """Return where the clock is written: left, top, right, bottom in pixels.

        Beside the word on the left, as far as the picture has room: whoever shows the picture
        writes the time of his own clock over its right corner.
        """
        height = self._glyphs["0"].height
        length = self._advance * len(clock_text(datetime.now().astimezone()))
        left = max(0, min(8 + self._demo.width, self._width - length - 4))
        top = self._height - height - 4
        return left, top, left + length, top + height

    def burn(self, picture: Image.Image, moment: datetime) -> None:
        """Write into ``picture``, RGB, the camera's line and ``moment``, aware."""
        picture.paste(self._line, (4, 4))
        picture.paste(self._demo, (4, self._height - self._demo.height - 4))
        x, y = self.clock_box[:2]
        for glyph in clock_text(moment):
            picture.paste(self._glyphs[glyph], (x, y))
            x += self._advance

    def _label(self, text: str, most_px: int, *, pad: int | None = None) -> Image.Image:
        pad_px = self._pad if pad is None else pad
        length = int(self._type.getlength(text)) + 2 * pad_px
        height = round(self._size * 1.35)
        label = Image.new("RGB", (max(1, min(length, most_px - 8)), height), _SHADE)
        pen = ImageDraw.Draw(label)
        baseline = round(self._size * 1.05)
        anchor = "ls" if isinstance(self._type, ImageFont.FreeTypeFont) else None
        pen.text((pad_px, baseline if anchor else 1), text, _WHITE, self._type, anchor)
        return label


def clock_text(moment: datetime) -> str:
    """Return date and local time with tenths of a second, always equally long."""
    local = moment.astimezone(local_zone())
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 100_000}"
