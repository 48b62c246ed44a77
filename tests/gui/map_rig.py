"""A real map in a real page for tests: shows it, waits for what it says it painted, reads it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from backend_bridge.contract.points import Equipment
from tests.gui.map_scene import Scene
from ui.aged import aged
from ui.map.bitmaps import Pixel, cell_px, lamp_bitmaps, read_lamp
from ui.map.projection import ViewReport
from ui.map.scheme import register_scheme
from ui.map.view import MapView
from ui.theme import Theme

# Before any QApplication: test modules are imported before the first test makes one.
register_scheme()

PAINT_MS = 30_000
"""A page on a machine shared with other tests paints its first picture within this."""


class MapRig:
    """Drive one shown map."""

    def __init__(self, scene: Scene, view: MapView, qtbot: QtBot) -> None:
        self.scene = scene
        self.view = view
        self.surface = view.surface
        self._qtbot = qtbot

    @property
    def report(self) -> ViewReport:
        report = self.view.report
        assert report is not None, "nothing was painted yet"
        return report

    def wait(self, predicate: Callable[[], object], timeout_ms: int = 20_000) -> None:
        """Run the event loop until something holds."""
        self._qtbot.waitUntil(lambda: bool(predicate()), timeout=timeout_ms)

    def painted(self) -> None:
        """Wait until everything that changed is on the screen, as the page reports it."""
        self.wait(self._settled, PAINT_MS)

    def _settled(self) -> bool:
        report = self.view.report
        if report is None or self.scene.presenter.unpainted_s():
            return False
        return report.size == (self.surface.width(), self.surface.height())

    def look_at(self, lon: float, lat: float, zoom: float) -> None:
        """Move the view and wait until the page looks there."""
        self.surface.centre_on(lon, lat, zoom)
        self.wait(lambda: self.report.zoom == zoom and self._near(lon, lat))
        self.painted()

    def _near(self, lon: float, lat: float) -> bool:
        x, y = self.report.css_pixel(lon, lat)
        width, height = self.report.size
        return abs(x - width / 2) < 3 and abs(y - height / 2) < 3

    def picture(self) -> NDArray[np.uint8]:
        """Return the map's pixels as grabbed, (H, W, 3) uint8 RGB, device pixels."""
        image = self.surface.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        return image_array(image)

    def state_of(self, lamp: Equipment, picture: NDArray[np.uint8]) -> str | None:
        """Return the state a lamp shows in a picture."""
        return read_state(lamp, self.report, picture, Theme.current())

    def until_shows(self, truth: dict[str, str], timeout_ms: int = 20_000) -> None:
        """Wait until each of these lamps (by id) shows its state in the pixels."""
        wrong: dict[str, str | None] = {}

        def right() -> bool:
            picture = self.picture()
            wrong.clear()
            for lamp_id, state in truth.items():
                lamp = self.scene.world.equipment.by_id[lamp_id]
                shown = self.state_of(lamp, picture)
                if shown != state:
                    wrong[lamp_id] = shown
            return not wrong

        try:
            self.wait(right, timeout_ms)
        except Exception as error:
            said = {key: (truth[key], shown) for key, shown in list(wrong.items())[:8]}
            raise AssertionError(f"{len(wrong)} lamps wrong (wanted, shown): {said}") from error

    def css(self, equipment: Equipment) -> QPoint:
        """Return where an equipment is drawn, in the surface's coordinates."""
        x, y = self.report.css_pixel(equipment.lon, equipment.lat)
        return QPoint(round(x), round(y))

    def ask_page(self, script: str) -> Any:
        """Run a script in the page and return its value (promises are not awaited)."""
        answers: list[Any] = []
        self.surface.page.runJavaScript(script, 0, answers.append)
        self.wait(lambda: bool(answers))
        return answers[0]

    def clear_of_marks(self, lamps: list[Equipment], margin_px: int = 7) -> list[Equipment]:
        """Return the lamps in view whose bitmap touches no other lamp's and no symbol.

        A bitmap is five pixels wide with a border of one: seven apart, none touches another.
        """
        places = [
            (item.id, *self.report.device_pixel(item.lon, item.lat), item.kind)
            for item in self.scene.world.equipment.by_id.values()
            if item.kind != "feeder"
        ]
        found = []
        cell = cell_px(self.report.ratio)
        for lamp in lamps:
            if not self.report.visible(lamp.lon, lamp.lat, 60):
                continue
            x, y = self.report.device_pixel(lamp.lon, lamp.lat)
            if not any(
                key != lamp.id
                and abs(u - x) < cell * (margin_px if kind == "lamp" else 46)
                and abs(v - y) < cell * (margin_px if kind == "lamp" else 36)
                for key, u, v, kind in places
            ):
                found.append(lamp)
        return found


def image_array(image: QImage) -> NDArray[np.uint8]:
    """Return an RGB888 image as (H, W, 3) uint8."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def read_state(
    lamp: Equipment,
    report: ViewReport,
    picture: NDArray[np.uint8],
    theme: Theme,
    offset: tuple[int, int] = (0, 0),
) -> str | None:
    """Return what a lamp shows; ``offset`` is the map's top left in the picture."""

    def pixel(x: int, y: int) -> Pixel:
        row, column = y + offset[1], x + offset[0]
        if not (0 <= row < picture.shape[0] and 0 <= column < picture.shape[1]):
            return (0, 0, 0)
        red, green, blue = picture[row, column]
        return int(red), int(green), int(blue)

    return read_lamp(
        pixel,
        report.device_pixel(lamp.lon, lamp.lat),
        bitmaps=lamp_bitmaps(theme.tokens),
        colours=theme.colors_hex(),
        ratio=report.ratio,
    )


@contextmanager
def shown_map(scene: Scene, qtbot: QtBot, size: tuple[int, int] = (1200, 800)) -> Iterator[MapRig]:
    """Show a map and wait for its first picture; close it on leaving."""
    view = MapView(scene.presenter)
    view.setGeometry(QRect(0, 0, *size))
    view.show()
    rig = MapRig(scene, view, qtbot)
    try:
        rig.painted()
        yield rig
    finally:
        aged().set_outlined(on=False)
        gone: list[bool] = []
        view.destroyed.connect(lambda: gone.append(True))
        view.close()
        view.deleteLater()
        scene.presenter.close()
        # The page's process ends with the page: wait, so that no test inherits another's.
        end_s = time.monotonic() + 5
        qtbot.waitUntil(lambda: bool(gone) or time.monotonic() > end_s, timeout=6_000)
