"""The wall on the screen: keys, sizes, every state painted as such, and everything given back."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from itertools import combinations, pairwise
from multiprocessing import resource_tracker

import psutil
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import ServiceEvent
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import OpenStream, ReleaseStream, Request
from backend_bridge.contract.results import Result, StreamReleasedResult, StreamTicketResult
from console.app_video import VideoHold
from console.panels.wall.presenter import WallPresenter
from console.panels.wall.tiles import TileRow
from console.video.states import StreamState
from tests.fakes.pictures import Flat
from tests.fakes.segments import left, mapped
from tests.fakes.served_cameras import Served, serve
from tests.fakes.waiting import until
from tests.fakes.wall_city import Wall
from ui.theme import Theme
from ui.wall.bar import paint_bar
from ui.wall.panel import WallView
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel


@pytest.fixture(scope="module", autouse=True)
def _tracker() -> None:
    """Start Python's own keeper of shared memory before any test: it lives as long as Python."""
    resource_tracker.ensure_running()


class Shown:
    """A wall and its view."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wall = Wall()
        self.view = WallView(self.wall.presenter)
        qtbot.addWidget(self.view)
        self.view.resize(1200, 800)
        self.view.show()
        self.view.activateWindow()
        self.view.setFocus()
        QApplication.processEvents()

    async def settle(self) -> None:
        """Take sizes, answers and pictures as a wall that stands still has them."""
        self.view._tell_sizes()
        await self.wall.desk.settle()
        self.wall.presenter.look()
        for _ in range(5):
            self.view._on_frame()
        QApplication.processEvents()

    def key(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.view, key)

    def pixels(self, slot: int) -> QImage:
        """Return what a tile shows of its picture, 32-bit RGB."""
        tile = self.view.tiles[slot]
        whole = tile.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return whole.copy(tile.picture_box())


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    made = Shown(qtbot)
    yield made
    made.view.release()
    await made.wall.close()


def inks(image: QImage) -> set[int]:
    """Return the colours of the left edge, where no word is written."""
    return {
        image.pixel(x, y) & 0xFFFFFF for x in range(2, 40) for y in range(image.height() // 2, 150)
    }


async def test_digits_and_enter_call_a_camera_and_its_picture_is_painted(shown: Shown) -> None:
    shown.key(Qt.Key.Key_1, Qt.Key.Key_2)
    QTest.keyClick(shown.view, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    shown.wall.pictures.show("CAM-012")
    await shown.settle()
    await shown.settle()
    assert shown.wall.cameras[0] == "CAM-012"
    assert shown.view.tiles[0].has_picture
    assert inks(shown.pixels(0)) == {0x5A5B5A}
    assert "012" in shown.view.tiles[0].accessibleName()


async def test_a_picture_is_asked_for_in_the_size_of_its_tile(shown: Shown) -> None:
    await shown.wall.stand(1)
    await shown.settle()
    box = shown.view.tiles[0].picture_box()
    assert shown.wall.pictures.live[-1].size == (box.width(), box.height())
    shown.key(Qt.Key.Key_Return)
    await shown.settle()
    assert [tile.slot for tile in shown.view.tiles if not tile.isHidden()] == [0]
    assert [tile.isHidden() for tile in shown.view.tiles] == [False, True, True, True]
    assert shown.wall.pictures.live[-1].size[0] > 1100
    shown.key(Qt.Key.Key_Escape)
    assert not any(tile.isHidden() for tile in shown.view.tiles)
    QTest.mouseDClick(shown.view.tiles[3], Qt.MouseButton.LeftButton)
    assert shown.wall.presenter.full == 3


async def test_each_state_without_a_sure_picture_looks_like_itself(shown: Shown) -> None:
    shown.wall.leaver.refused["CAM-006"] = RequestError(
        ErrorCode.REFUSED, "error.stream.reserved", {"seats": "police"}
    )
    await shown.wall.stand(1, 2, 3, 4, 5, 6, 7, 8, 9, side=3)
    await shown.settle()
    states = [StreamState.LIVE, StreamState.LATE, StreamState.FROZEN, StreamState.BLACK]
    for number, state in enumerate([*states, StreamState.LOST], start=1):
        shown.wall.pictures.show(f"CAM-{number:03}", state)
    for camera, word in (
        ("CAM-007", ServiceState.DISABLED),
        ("CAM-008", ServiceState.MAINTENANCE),
    ):
        mark = ServiceMark(equipment_id=camera, state=word, by="a", reason="r", since_ms=0)
        event = ServiceEvent(mark=mark, equipment_kind="camera")
        shown.wall.desk.feed(events=[event])
    await shown.settle()
    await shown.settle()
    rows = shown.wall.presenter.rows
    assert [row.state for row in rows] == [
        "live", "late", "frozen", "black", "lost", "forbidden", "disabled", "maintenance",
        "connecting",
    ]  # fmt: skip
    looks = [shown.pixels(slot) for slot in range(9)]
    assert len({bytes(look.constBits()) for look in looks}) == 9, "no two look the same"
    assert [tile.has_picture for tile in shown.view.tiles] == [True] * 4 + [False] * 5
    theme = Theme("dark")
    field, flat = (theme.color(token).rgb() & 0xFFFFFF for token in ("field", "disabled_fill"))
    assert inks(looks[5]) == {field}
    assert inks(looks[6]) == {flat}
    for patterned in (2, 4, 7):
        assert len(inks(looks[patterned])) > 1, rows[patterned].state


async def test_a_lost_camera_leaves_no_old_picture_behind(shown: Shown) -> None:
    await shown.wall.stand(1)
    await shown.settle()
    shown.wall.pictures.show("CAM-001")
    await shown.settle()
    assert shown.view.tiles[0].has_picture
    shown.wall.pictures.show("CAM-001", StreamState.LOST)
    await shown.settle()
    assert not shown.view.tiles[0].has_picture


async def test_the_clock_runs_over_a_picture_that_stands_still(shown: Shown) -> None:
    await shown.wall.stand(1)
    shown.wall.pictures.show("CAM-001", StreamState.FROZEN)
    await shown.settle()
    before = shown.pixels(0)
    shown.wall.desk.clock.advance(1)
    shown.wall.desk.feed()
    for _ in range(5):
        shown.view._on_frame()
    QApplication.processEvents()
    after = shown.pixels(0)
    corner = QPoint(before.width() - 90, before.height() - 30)
    assert before.copy(corner.x(), corner.y(), 90, 30) != after.copy(corner.x(), corner.y(), 90, 30)


async def test_only_a_tile_with_something_new_is_painted(shown: Shown) -> None:
    await shown.wall.stand(1, 2)
    await shown.settle()
    for camera in ("CAM-001", "CAM-002"):
        shown.wall.pictures.show(camera)
    await shown.settle()
    await shown.settle()
    before = [tile.painted for tile in shown.view.tiles]
    for _ in range(3):
        shown.wall.pictures.show("CAM-002")
        shown.view._on_frame()
        QApplication.processEvents()
    painted = [tile.painted - was for tile, was in zip(shown.view.tiles, before, strict=True)]
    assert painted == [0, 3, 0, 0]


class Painted(QObject):
    """Note which part of a widget is drawn."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.rects: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.rects.append(event.rect())
        return super().eventFilter(watched, event)


async def test_the_next_picture_is_drawn_alone_pixel_for_pixel_where_it_was_decoded_for(
    shown: Shown,
) -> None:
    await shown.wall.stand(1)
    await shown.settle()
    tile = shown.view.tiles[0]
    box = tile.picture_box()
    grey = bytes((90, 90, 90, 255))
    high = box.height()
    wide = high * 16 // 9  # as the decoder fits it: narrower than the tile
    assert wide < box.width()
    pixels = memoryview(grey * (wide * high))
    tile.take(Flat(1, wide, high, 0.0, pixels))
    QApplication.processEvents()
    painted = Painted(tile)
    tile.take(Flat(2, wide, high, 0.0, pixels))
    QApplication.processEvents()
    assert [rect.size() for rect in painted.rects] == [QSize(wide, high)]
    tile.take(Flat(3, wide // 2, high // 2, 0.0, pixels[: wide // 2 * (high // 2) * 4]))
    QApplication.processEvents()
    assert painted.rects[-1] == box, "another place: what was beside it is drawn too"


async def test_one_key_leaves_only_published_cameras_in_sight(shown: Shown) -> None:
    await shown.wall.stand(1, 2)
    for camera in ("CAM-001", "CAM-002"):
        shown.wall.pictures.show(camera)
    await shown.settle()
    await shown.settle()
    assert [tile.has_picture for tile in shown.view.tiles] == [True, True, False, False]
    shown.view.key_actions()["F11"]()
    assert [tile.has_picture for tile in shown.view.tiles] == [True, False, False, False]
    await shown.settle()
    assert shown.pixels(1).pixel(4, 4) == Theme.current().color("field").rgb()
    shown.view.key_actions()["F11"]()
    await shown.settle()
    shown.wall.pictures.show("CAM-002")
    await shown.settle()
    assert shown.view.tiles[1].has_picture


async def test_arrows_letters_and_the_name_of_a_composition(shown: Shown) -> None:
    await shown.wall.stand(1, 2)
    shown.key(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert shown.wall.presenter.chosen == 2
    shown.key(Qt.Key.Key_E)
    name = shown.view.findChild(QLineEdit, "wall-name")
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "Nuit")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    shown.key(Qt.Key.Key_E)
    assert name.text() == "Nuit", "Esc loses no text"
    QTest.keyClick(name, Qt.Key.Key_Return)
    await shown.wall.desk.settle()
    assert [known.name for known in shown.wall.desk.world.compositions.offered] == ["Nuit"]
    assert name.isHidden()
    shown.key(Qt.Key.Key_G)
    assert shown.wall.presenter.side == 3
    assert len(shown.view.tiles) == 9
    shown.key(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Delete)
    assert shown.wall.cameras[0] == ""


def acts_seen(view: WallView) -> dict[str, ActionButton]:
    """Return the wall's buttons that are seen, by their act's key."""
    return {
        button.objectName().removeprefix("action-"): button
        for button in view.findChildren(ActionButton)
        if button.isVisible()
    }


@pytest.mark.parametrize("size", [(870, 419), (1280, 770), (1920, 1020)])
async def test_acts_take_one_line_and_the_pictures_the_rest(
    shown: Shown, size: tuple[int, int]
) -> None:
    shown.view.resize(*size)
    QApplication.processEvents()
    seen = acts_seen(shown.view)
    assert {"incident", "selection", "propose", "more"} <= set(seen), "proposals are there"
    assert len({button.y() for button in seen.values()}) == 1
    row = shown.view._acts
    assert all(row.rect().contains(button.geometry()) for button in seen.values())
    ordered = sorted(seen.values(), key=ActionButton.x)
    assert all(a.geometry().right() < b.x() for a, b in pairwise(ordered)), "none over another"
    assert ordered[-1].geometry().right() == row.rect().right()
    bottom = max(tile.geometry().bottom() for tile in shown.view.tiles)
    assert size[1] - bottom < 50
    all_acts = {action.key for action in shown.wall.presenter.actions}
    assert {action.key for action in row.shown} == all_acts, "the palette lists every act"


async def test_the_rest_unfolds_above_the_line_which_stays_where_it_is(shown: Shown) -> None:
    def ends(of: dict[str, ActionButton]) -> dict[str, QPoint]:
        """Return where each right end is in the wall: a button's words may change."""
        return {
            key: shown.view.mapFromGlobal(one.mapToGlobal(one.rect().bottomRight()))
            for key, one in of.items()
        }

    shown.view.resize(870, 419)
    QApplication.processEvents()
    seen = acts_seen(shown.view)
    places, line = ends(seen), seen["more"].height()
    shown.key(Qt.Key.Key_M)
    QApplication.processEvents()
    unfolded = acts_seen(shown.view)
    assert set(unfolded) == {action.key for action in shown.wall.presenter.actions}
    now = ends(unfolded)
    assert {key: now[key] for key in places} == places, "nothing moves under the hand"
    boxes = [button.geometry() for button in unfolded.values()]
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert shown.view._acts.height() > 2 * line
    assert shown.wall.context.settings["unfolded"] is True
    unfolded["lock"].setFocus()
    shown.wall.presenter.do("more")
    QApplication.processEvents()
    assert set(acts_seen(shown.view)) == set(seen)
    assert not unfolded["lock"].hasFocus()


async def test_a_key_works_for_an_act_that_is_folded_away(shown: Shown) -> None:
    await shown.wall.stand(1)
    shown.view.resize(600, 400)
    QApplication.processEvents()
    assert "lock" not in acts_seen(shown.view)
    shown.key(Qt.Key.Key_L)
    assert shown.wall.presenter.rows[0].locked
    assert shown.view._acts._buttons["lock"]._icon == "mdi6.lock-open-variant-outline"
    assert shown.view._acts.press("lock"), "and the palette presses it"
    assert not shown.wall.presenter.rows[0].locked


async def test_proposals_come_and_go_without_moving_an_act(shown: Shown) -> None:
    shown.view.resize(870, 419)
    QApplication.processEvents()
    before = {key: one.geometry() for key, one in acts_seen(shown.view).items()}
    shown.key(Qt.Key.Key_P)
    QApplication.processEvents()
    after = {key: one.geometry() for key, one in acts_seen(shown.view).items()}
    assert set(before) - set(after) == {"propose"}
    assert all(before[key] == place for key, place in after.items())


async def test_where_all_acts_are_seen_unfolding_says_so(shown: Shown) -> None:
    shown.view.resize(3400, 800)
    QApplication.processEvents()
    assert "more" not in acts_seen(shown.view)
    shown.key(Qt.Key.Key_M)
    assert shown.wall.desk.said[-1].startswith("Tous les actes")
    assert not shown.wall.presenter.unfolded


async def test_a_number_being_typed_lies_over_the_pictures_and_moves_nothing(shown: Shown) -> None:
    stage = [tile.geometry() for tile in shown.view.tiles]
    call = shown.view.findChild(ElidedLabel, "wall-call")
    assert isinstance(call, ElidedLabel)
    assert not call.isVisible()
    shown.key(Qt.Key.Key_1, Qt.Key.Key_2)
    QApplication.processEvents()
    assert call.isVisible()
    assert "12" in call.accessibleName()
    assert [tile.geometry() for tile in shown.view.tiles] == stage
    shown.key(Qt.Key.Key_Escape)
    assert not call.isVisible()


@pytest.mark.parametrize("height", [24, 30, 37, 50])
def test_a_tiles_number_is_whole_in_its_bar(dressed: QApplication, height: int) -> None:
    """The bar drawn with room above and below has no ink there."""
    theme = Theme.current()
    row = TileRow(slot=0, number="0689", state="proposed")
    room = QImage(200, height + 40, QImage.Format.Format_RGB32)
    room.fill(theme.color("raised"))
    painter = QPainter(room)
    painter.translate(0, 20)
    paint_bar(painter, theme, row, 200, height)
    painter.end()
    ground = theme.color("raised").rgb()
    inked = [y for y in range(room.height()) if any(room.pixel(x, y) != ground for x in range(200))]
    above, below = inked[0] - 20, 20 + height - 1 - inked[-1]
    assert above >= 2
    assert below >= 2
    assert abs(above - below) <= 2, "in the middle"


# -- with the field's cameras and the real workers ------------------------------------------------


class Rig:
    """A wall over cameras the field serves, decoded by the real workers."""

    def __init__(self, qtbot: QtBot, served: Served) -> None:
        self.served = served
        self.wall = Wall()
        self.wall.desk.asked.script = self.leave
        self.hold = VideoHold()
        said = self.wall.desk.said
        context = replace(self.wall.context, pictures=self.hold.share(said.append))
        self.wall.presenter.close()
        self.presenter = WallPresenter(context)
        self.view = WallView(self.presenter)
        qtbot.addWidget(self.view)
        self.view.resize(800, 500)
        self.view.show()

    def leave(self, request: Request) -> Result:
        if isinstance(request, ReleaseStream):
            return StreamReleasedResult(ticket=request.ticket)
        assert isinstance(request, OpenStream)
        number = int(request.equipment_id[4:])
        return StreamTicketResult(
            ticket=request.equipment_id,
            equipment_id=request.equipment_id,
            url=f"{self.served.http}/camera/{number}",
            expires_ms=self.wall.desk.world.bridge_now_ms() + 60_000,
        )

    async def until(self, seen: Callable[[], bool]) -> None:
        def look() -> bool:
            QApplication.processEvents()
            return seen()

        await until(look, timeout_s=20)

    def state(self, slot: int) -> str:
        return self.presenter.rows[slot].state

    def close(self) -> None:
        self.view.release()
        self.presenter.close()


async def test_real_cameras_through_real_workers_one_killed_and_everything_given_back(
    dressed: QApplication, qtbot: QtBot, expected_logs: list[str]
) -> None:
    expected_logs.append("another one takes over")
    threads, before = threading.active_count(), mapped()
    async with serve() as served:
        rig = Rig(qtbot, served)
        assert rig.hold.pids == [], "no process before a picture is wanted"
        rig.presenter.set_side(2)
        rig.presenter.show_cameras(["CAM-001", "CAM-002"])
        await rig.until(lambda: rig.state(0) == rig.state(1) == "live")
        await rig.until(lambda: all(t.has_picture for t in rig.view.tiles[:2]))
        size = rig.view.tiles[0]._image
        assert size is not None
        box = rig.view.tiles[0].picture_box()
        assert size.width() == box.width() or size.height() == box.height(), "decoded to fit"
        shared = mapped() - before
        assert len(shared) == 2
        workers = rig.hold.pids
        processes = [psutil.Process(pid) for pid in workers]
        assert len(workers) == 3
        processes[0].kill()
        await rig.until(lambda: rig.hold.replaced == 1)
        await rig.until(lambda: rig.state(0) == rig.state(1) == "live")
        processes += [psutil.Process(pid) for pid in rig.hold.pids]
        rig.close()
        assert rig.hold.pids == []
        assert not any(process.is_running() for process in processes)
    await until(lambda: threading.active_count() <= threads)
    assert mapped() <= before
    assert left(shared) == set()


def test_an_unused_hold_starts_and_ends_nothing(dressed: QApplication) -> None:
    threads = threading.active_count()
    hold = VideoHold()
    hold.share(lambda _: None).close()
    assert hold.pids == []
    assert threading.active_count() == threads


async def test_a_view_released_is_forgotten_by_its_presenter(
    dressed: QApplication, qtbot: QtBot
) -> None:
    wall = Wall()
    kept: list[weakref.ref[QWidget]] = []
    for _ in range(10):
        view = WallView(wall.presenter)
        view.show()
        QApplication.processEvents()
        kept.append(weakref.ref(view))
        view.release()
        view.close()
        view.deleteLater()
        del view
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    await asyncio.sleep(0)
    gc.collect()
    assert not [ref for ref in kept if ref() is not None]
    await wall.close()


@pytest.mark.parametrize("times", [20, pytest.param(100, marks=pytest.mark.slow)])
async def test_windows_with_live_tiles_give_everything_back(
    dressed: QApplication, qtbot: QtBot, times: int
) -> None:
    """Memory, threads, timers, segments and processes: all as before, however often."""
    threads, segments_before = threading.active_count(), mapped()
    children = len(psutil.Process().children())
    async with serve() as served:
        rig = Rig(qtbot, served)  # keeps the workers running, as a seat does
        rig.presenter.set_side(1)
        rig.presenter.show_cameras(["CAM-001"])
        await rig.until(lambda: rig.state(0) == "live")
        for _ in range(2):
            await one_window(rig)
        await rig.until(lambda: len(rig.hold.pids) == 3)
        before = taken(dressed)
        kept = [ref for _ in range(times) for ref in await one_window(rig)]
        gc.collect()
        assert not [ref for ref in kept if ref() is not None]
        after = taken(dressed)
        grown_mib = (after.pop("bytes") - before.pop("bytes")) / 2**20
        assert after == before
        assert grown_mib < 4 + 0.1 * times, f"{grown_mib:.1f} MiB after {times} windows"
        rig.close()
    await until(lambda: threading.active_count() <= threads)
    assert mapped() == segments_before
    assert len(psutil.Process().children()) == children


def taken(app: QApplication) -> dict[str, int]:
    gc.collect()
    return {
        "bytes": psutil.Process().memory_info().rss,
        "threads": threading.active_count(),
        "timers": sum(isinstance(item, QTimer) for item in gc.get_objects()),
        "segments": len(mapped()),
        "windows": len(app.topLevelWidgets()),
        "processes": len(psutil.Process().children()),
    }


async def one_window(rig: Rig) -> list[weakref.ref[QWidget]]:
    """Open a window with four live tiles and close it again."""
    context = replace(rig.wall.context, settings={}, pictures=rig.hold.share(print))
    presenter = WallPresenter(context)
    presenter.set_side(2)
    view = WallView(presenter)
    view.resize(400, 300)
    view.show()
    presenter.show_cameras(["CAM-001", "CAM-002"])
    view._tell_sizes()
    await rig.wall.desk.settle()
    await rig.until(lambda: all(tile.has_picture for tile in view.tiles[:2]))
    kept: list[weakref.ref[QWidget]] = [weakref.ref(view)]
    view.release()
    presenter.close()
    view.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return kept
