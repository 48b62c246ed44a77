"""The map page as a guest in the process: it asks nobody else anything and obeys its person."""

from __future__ import annotations

import http.server
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.quality import Quality
from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, alarm_on, incident_on, town
from ui.map import chromium, page
from ui.map.page import compose
from ui.map.projection import project, world_px
from ui.map.scheme import ORIGIN

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[MapRig]:
    scene = Scene(town(6, 40))
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        yield rig


# -- nothing leaves the process -------------------------------------------------------------------


def test_page_holds_no_inline_code_and_names_no_other_host() -> None:
    files = compose().files
    index = files["/index.html"].body.decode()
    assert "<style" not in index
    assert "style=" not in index
    assert index.count("<script") == index.count("<script src=") + index.count('type="module" src=')
    for path, reply in files.items():
        if path.startswith(("/vendor", "/images")):
            continue
        text = reply.body.decode()
        rest = text.replace(ORIGIN, "")
        assert "://" not in rest.replace("http://www.w3.org", ""), path


def test_foliums_page_is_kept_and_folium_is_not_imported_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    compose.cache_clear()
    fresh = compose().files
    assert page.kept_path().is_file()
    code = (
        "import sys; from ui.map.page import compose; files = compose().files; "
        "assert 'folium' not in sys.modules; "
        "sys.stdout.buffer.write(files['/index.html'].body)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == fresh["/index.html"].body
    page.kept_path().unlink()
    compose.cache_clear()
    assert compose().files == fresh, "folium writes the same page each time"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"/index.html": {"mime": "text/html"}}'])
def test_kept_page_that_cannot_be_used_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    fresh = compose().files
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    page.kept_path().parent.mkdir(parents=True)
    page.kept_path().write_bytes(content)
    compose.cache_clear()
    assert compose().files == fresh
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/none")
    compose.cache_clear()
    assert compose().files == fresh, "without a cache it is written each time"


class _Counter(http.server.BaseHTTPRequestHandler):
    hits: list[str]

    def do_GET(self) -> None:
        type(self).hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """Run a server that counts who comes; it must stay alone."""
    hits: list[str] = []
    handler = type("Handler", (_Counter,), {"hits": hits})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, name="outside")
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", hits
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_request_leaves_whatever_the_page_tries(
    rig: MapRig, outside: tuple[str, list[str]], expected_logs: list[str]
) -> None:
    expected_logs.append("map page:")
    address, hits = outside
    blocked_before = rig.report.blocked
    rig.ask_page(
        f"""
        fetch("{address}/fetch").catch(() => {{}});
        const image = new Image(); image.src = "{address}/image";
        const script = document.createElement("script"); script.src = "{address}/script";
        document.head.append(script);
        const style = document.createElement("link");
        style.rel = "stylesheet"; style.href = "{address}/style"; document.head.append(style);
        const frame = document.createElement("iframe"); frame.src = "{address}/frame";
        document.body.append(frame);
        navigator.sendBeacon && navigator.sendBeacon("{address}/beacon");
        try {{ new WebSocket("{address}/socket".replace("http", "ws")); }} catch (error) {{}}
        window.open("{address}/window");
        1
        """
    )
    rig.wait(lambda: rig.report.blocked >= blocked_before + 6)
    # Past the page's policy, from the process itself: the gate stands there.
    rig.surface.page.load(QUrl(f"{address}/navigation"))
    rig.surface.page.runJavaScript(f"location.href = '{address}/location'")
    rig.painted()
    assert hits == []


def test_gate_blocks_and_counts_what_the_policy_did_not_see(
    qtbot: QtBot, rig: MapRig, outside: tuple[str, list[str]], expected_logs: list[str]
) -> None:
    expected_logs.append("blocked a request")
    address, hits = outside
    bare = QWebEnginePage(rig.surface.page.profile())  # a page without any of our rules
    with qtbot.waitSignal(bare.loadFinished) as finished:
        bare.load(QUrl(f"{address}/bare"))
    assert finished.args == [False]
    assert rig.surface.gate.blocked == [f"{address}/bare"]
    assert hits == []
    bare.deleteLater()
    qtbot.waitUntil(lambda: True)


def test_no_process_of_the_map_opens_a_socket(rig: MapRig) -> None:
    own = psutil.Process()
    for process in own.children(recursive=True):
        if "QtWebEngine" in process.name():
            assert process.net_connections(kind="inet") == []
    assert rig.surface.gate.blocked == []
    assert rig.surface.gate.allowed > 10


def test_inline_code_and_eval_do_not_run(rig: MapRig, expected_logs: list[str]) -> None:
    expected_logs.append("map page:")
    rig.ask_page(
        """
        window.ran = [];
        const script = document.createElement("script");
        script.textContent = "window.ran.push('inline')";
        document.head.append(script);
        const link = document.createElement("a");
        link.setAttribute("onclick", "window.ran.push('attribute')");
        document.body.append(link); link.click();
        const late = document.createElement("script"); late.type = "module";
        late.textContent = "window.ran.push('module')"; document.head.append(late);
        1
        """
    )
    assert rig.ask_page("window.ran.join()") == ""
    rig.wait(lambda: rig.report.blocked >= 3)


def test_profile_keeps_nothing_and_offers_nothing(rig: MapRig) -> None:
    profile = rig.surface.page.profile()
    assert profile.isOffTheRecord()
    assert not profile.isSpellCheckEnabled()
    settings = rig.surface.page.settings()
    attribute = type(settings).WebAttribute
    for name in ("JavascriptCanOpenWindows", "PluginsEnabled", "LocalStorageEnabled"):
        assert not settings.testAttribute(getattr(attribute, name)), name
    web = rig.surface.focusProxy()
    assert web is not None
    assert web.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu


def test_unknown_paths_are_refused(rig: MapRig, expected_logs: list[str]) -> None:
    expected_logs.append("map page:")
    rig.ask_page("fetch('../../etc/passwd').catch(() => {}); 1")
    rig.wait(lambda: any("etc/passwd" in item for item in rig.surface.refused))


def test_sandbox_is_given_up_only_for_root() -> None:
    environ = {chromium.FLAGS_VARIABLE: "--my-own --disable-gpu"}
    chromium.configure(environ, root=False)
    assert chromium.SANDBOX_VARIABLE not in environ
    flags = environ[chromium.FLAGS_VARIABLE].split()
    assert flags[-2:] == ["--my-own", "--disable-gpu"]
    assert flags.count("--disable-gpu") == 1
    assert "--disable-background-networking" in flags
    chromium.configure(environ, root=True)
    assert environ[chromium.SANDBOX_VARIABLE] == "1"


# -- the person's hands ---------------------------------------------------------------------------


def _click(rig: MapRig, at: QPoint, modifier: Qt.KeyboardModifier) -> None:
    web = rig.surface.focusProxy()
    assert isinstance(web, QWidget)
    target = web.focusProxy() or web
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, modifier, at)


def test_click_selects_the_nearest_and_control_adds(rig: MapRig, qtbot: QtBot) -> None:
    scene = rig.scene
    first, second = rig.clear_of_marks(scene.lamps, 15)[:2]
    none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    _click(rig, rig.css(first) + QPoint(3, 2), none)
    rig.wait(lambda: scene.selection.equipment_ids == (first.id,))
    _click(rig, rig.css(second), control)
    rig.wait(lambda: scene.selection.equipment_ids == (first.id, second.id))
    _click(rig, QPoint(20, 100), none)
    rig.wait(lambda: scene.selection.equipment_ids == ())


def test_a_cabinet_is_chosen_before_the_lamp_beside_it(qtbot: QtBot) -> None:
    catalogue = town(1, 8)
    lamp = next(item for item in catalogue.equipment if item.kind == "lamp")
    cabinet = next(item for item in catalogue.equipment if item.kind == "cabinet")
    scene = Scene(catalogue)
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        rig.look_at(lamp.lon, lamp.lat, 12)
        middle = QPoint(*(side // 2 for side in rig.report.size))
        _click(rig, middle, Qt.KeyboardModifier.NoModifier)
        rig.wait(lambda: scene.selection.equipment_ids == (cabinet.id,))


def test_selection_made_elsewhere_shows_its_corners(rig: MapRig) -> None:
    lamp = rig.clear_of_marks(rig.scene.lamps, 15)[0]
    before = rig.picture()
    rig.scene.selection.select_equipment([lamp.id])
    x, y = rig.report.device_pixel(lamp.lon, lamp.lat)
    area = slice(y - 20, y + 21), slice(x - 20, x + 21)
    accent = (0x4F, 0xD2, 0xF4)
    rig.wait(lambda: (rig.picture()[area] == accent).all(axis=2).sum() > 20)
    rig.scene.selection.select_equipment([])
    rig.wait(lambda: bool((rig.picture()[area] == before[area]).all()))


def test_callout_of_an_incident_selects_it(rig: MapRig, qtbot: QtBot) -> None:
    cabinet = rig.scene.cabinets[3]
    alarm = alarm_on(cabinet, children=40)
    incident = incident_on(cabinet, alarm_ids=(alarm.id,))
    rig.scene.situation(alarms=[alarm], incidents=[incident])
    rig.painted()
    rig.wait(lambda: rig.report.callouts)
    said, left, top, right, bottom = rig.report.callouts[0]
    assert said == incident.id
    _click(rig, QPoint((left + right) // 2, (top + bottom) // 2), Qt.KeyboardModifier.NoModifier)
    rig.wait(lambda: rig.scene.selection.incident_id == incident.id)


def test_callout_stands_where_it_covers_fewest_lamps(rig: MapRig, qtbot: QtBot) -> None:
    cabinet = rig.scene.cabinets[3]
    rig.scene.situation(incidents=[incident_on(cabinet)])
    rig.painted()
    rig.wait(lambda: rig.report.callouts)
    _, left, top, right, bottom = rig.report.callouts[0]
    wide, high = right - left, bottom - top
    x, y = rig.report.css_pixel(cabinet.lon, cabinet.lat)
    lamps = [rig.report.css_pixel(lamp.lon, lamp.lat) for lamp in rig.scene.lamps]

    def covered(x0: float, y0: float) -> int:
        return sum(x0 <= u <= x0 + wide and y0 <= v <= y0 + high for u, v in lamps)

    nearest = [covered(x + dx, y + dy) for dx in (34, -34 - wide) for dy in (34, -34 - high)]
    # the page counts by squares of 16 pixels, whose edges may differ by a row of lamps
    assert covered(left, top) <= min(nearest) + 4
    before = rig.report.callouts[0]
    rig.surface.pan(3, 0)
    rig.wait(lambda: rig.report.callouts and rig.report.callouts[0] != before)
    moved = rig.report.callouts[0]
    assert (moved[1] - left, moved[2] - top) == (-3, 0), "a drag carries it along, nothing jumps"


def test_lamps_are_as_large_as_their_spacing_allows(rig: MapRig, qtbot: QtBot) -> None:
    lon, lat = CENTRE
    spacing = _median_spacing(rig)
    for zoom in (14.0, 15.0, 15.75, 16.0, 16.5, 17.0, 17.5, 18.0):
        rig.look_at(lon, lat, zoom)
        room = spacing * world_px(zoom)
        wanted = 28 if zoom >= 17 and room >= 34 else 16 if zoom >= 15 and room >= 22 else 7
        assert rig.report.lamp == wanted, zoom
        assert rig.report.readable == (wanted == 7)
        if wanted > 7:
            assert room >= {16: 15, 28: 23}[wanted] * 1.4, "discs and as much ground as half of one"


def test_small_lamps_are_read_back_above_the_zoom_of_discs_too(rig: MapRig, qtbot: QtBot) -> None:
    rig.look_at(*CENTRE, 15.5)
    rig.wait(lambda: rig.report.readable)
    picture = rig.picture()
    lamps = rig.clear_of_marks(rig.scene.lamps)[:60]
    assert len(lamps) >= 20
    shown = {rig.state_of(lamp, picture) for lamp in lamps}
    assert shown <= {"on", "off", "dimmed"}


def test_a_map_lives_once_it_has_painted_the_present_catalogue(qtbot: QtBot) -> None:
    scene = Scene(town(2, 8))
    with shown_map(scene, qtbot) as rig:
        rig.wait(rig.view.page_live)
        assert rig.report.painted > 0
        assert rig.report.generation == scene.presenter.generation


def _median_spacing(rig: MapRig) -> float:
    places = [project(lamp.lon, lamp.lat) for lamp in rig.scene.lamps]
    nearest = [
        min(math.dist(place, other) for other in places if other != place) for place in places
    ]
    return sorted(nearest)[len(nearest) // 2]


def test_shift_and_drag_selects_what_the_box_holds(rig: MapRig, qtbot: QtBot) -> None:
    web = rig.surface.focusProxy()
    assert isinstance(web, QWidget)
    target = web.focusProxy() or web
    width, height = rig.report.size
    shift, left = Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton
    QTest.mousePress(target, left, shift, QPoint(width // 2 - 120, height // 2 - 120))
    for step in range(-100, 121, 20):
        QTest.mouseMove(target, QPoint(width // 2 + step, height // 2 + step))
    QTest.mouseRelease(target, left, shift, QPoint(width // 2 + 120, height // 2 + 120))
    expected = {
        item.id
        for item in rig.scene.world.equipment.by_id.values()
        if item.kind != "feeder"
        and abs(rig.report.css_pixel(item.lon, item.lat)[0] - width // 2) <= 120
        and abs(rig.report.css_pixel(item.lon, item.lat)[1] - height // 2) <= 120
    }
    assert expected
    rig.wait(lambda: set(rig.scene.selection.equipment_ids) == expected)


def test_keys_move_the_map(rig: MapRig, qtbot: QtBot) -> None:
    web = rig.surface.focusProxy()
    assert isinstance(web, QWidget)
    target = web.focusProxy() or web
    web.setFocus()
    start = rig.report
    QTest.keyClick(target, Qt.Key.Key_Right)
    rig.wait(lambda: rig.report.origin[0] == start.origin[0] + 96)
    QTest.keyClick(target, Qt.Key.Key_Up)
    rig.wait(lambda: rig.report.origin[1] == start.origin[1] - 96)
    QTest.keyClick(target, Qt.Key.Key_Plus)
    rig.wait(lambda: rig.report.zoom == start.zoom + 1)
    QTest.keyClick(target, Qt.Key.Key_Home)
    rig.wait(lambda: rig.report.zoom == start.zoom and rig.report.origin == start.origin)


def test_page_never_takes_the_focus_from_a_text(qtbot: QtBot) -> None:
    scene = Scene(town(2, 20))
    outer = QWidget()
    edit = QLineEdit(outer)
    layout = QVBoxLayout(outer)
    layout.addWidget(edit)
    qtbot.addWidget(outer)
    outer.resize(900, 700)
    outer.show()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    with shown_map(scene, qtbot) as rig:
        layout.addWidget(rig.view)
        outer.activateWindow()
        edit.setFocus()
        rig.painted()
        for letter in "sans perdre une lettre":
            scene.everything_good()
            QTest.keyClicks(edit, letter)
        rig.painted()
        assert edit.text() == "sans perdre une lettre"
        assert edit.hasFocus()
        layout.removeWidget(rig.view)
        rig.view.setParent(None)


def test_a_hidden_layer_is_not_drawn_and_is_remembered(rig: MapRig) -> None:
    lamp = rig.clear_of_marks(rig.scene.lamps, 15)[0]
    rig.look_at(lamp.lon, lamp.lat, 14.75)
    rig.wait(lambda: rig.state_of(lamp, rig.picture()) is not None)
    rig.view.layers.toggled.emit("lamp", False)
    rig.wait(lambda: rig.state_of(lamp, rig.picture()) is None)
    assert rig.scene.settings["hidden"] == ["lamp"]
    rig.view.layers.toggled.emit("lamp", True)
    rig.wait(lambda: rig.state_of(lamp, rig.picture()) is not None)


# -- the ground -----------------------------------------------------------------------------------


def test_streets_are_drawn_and_their_absence_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    catalogue = town(4, 40, tmp_path)
    street = (0x3A, 0x43, 0x4B)
    with shown_map(Scene(catalogue, {"base_map": str(tmp_path)}), qtbot) as rig:
        rig.wait(lambda: (rig.picture() == street).all(axis=2).sum() > 2_000)
    scene = Scene(catalogue, {"base_map": str(tmp_path / "nowhere")})
    with shown_map(scene, qtbot) as rig:
        rig.wait(lambda: not rig.surface.ground.present and rig.surface.ground.problem != "")
        assert rig.surface.ground.problem == "map.ground.no_directory"
        height = rig.report.size[1]
        # words at the bottom left, in text 1, where the attribution would stand
        rig.wait(lambda: int(rig.picture()[height - 28 :, :200].max()) > 0xC0)


def test_a_broken_ground_leaves_the_lamps_alone(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "streets.geojson").write_text('{"type": "FeatureCollection", "feat', "utf-8")
    (tmp_path / "communes.geojson").write_text(json.dumps({"features": [None, {}]}), "utf-8")
    scene = Scene(town(4, 40), {"base_map": str(tmp_path)})
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 14.75)
        assert rig.surface.ground.problem == "map.ground.unreadable"
        lamp = rig.clear_of_marks(scene.lamps)[0]
        rig.wait(lambda: rig.state_of(lamp, rig.picture()) in {"on", "off", "dimmed"})


# -- whether it lives -----------------------------------------------------------------------------


def test_a_stopped_renderer_is_covered_and_uncovered(rig: MapRig) -> None:
    pid = rig.surface.page.renderProcessPid()
    os.kill(pid, signal.SIGSTOP)
    try:
        rig.wait(lambda: rig.surface.cover.covering)
        assert not rig.view.page_live()
        # a change while it is stopped must not be mistaken for shown
        rig.scene.set_quality(rig.scene.lamps[:5], Quality.UNKNOWN)
        age_s = rig.view.painted_age_s()
        assert age_s is not None
        assert age_s > 1.5
    finally:
        os.kill(pid, signal.SIGCONT)
    rig.wait(lambda: not rig.surface.cover.covering)
    rig.painted()


def test_a_killed_renderer_comes_back_where_it_was(rig: MapRig, expected_logs: list[str]) -> None:
    rig.look_at(*CENTRE, 14.75)
    rig.scene.set_quality(rig.scene.lamps, Quality.UNAVAILABLE)
    lamps = rig.clear_of_marks(rig.scene.lamps)[:20]
    rig.until_shows({lamp.id: "unavailable" for lamp in lamps})
    origin = rig.report.origin
    first = rig.surface.page.renderProcessPid()
    os.kill(first, signal.SIGKILL)
    rig.wait(lambda: rig.surface.cover.covering)
    rig.wait(lambda: not rig.surface.cover.covering)
    assert rig.surface.page.renderProcessPid() != first
    assert rig.report.origin == origin
    rig.until_shows({lamp.id: "unavailable" for lamp in lamps})


def test_a_hidden_map_is_not_blamed(rig: MapRig, qtbot: QtBot) -> None:
    rig.view.hide()
    end_s = time.monotonic() + 2.0
    qtbot.waitUntil(lambda: time.monotonic() > end_s, timeout=4_000)
    assert not rig.surface.cover.covering
    rig.view.show()
    rig.wait(rig.view.page_live)
    rig.painted()


def test_a_new_catalogue_replaces_the_old_one(rig: MapRig) -> None:
    fresh = town(3, 30)
    rig.scene.send(catalogue=fresh, drop_points=True)
    rig.scene.everything_good()
    rig.painted()
    assert len(rig.scene.presenter.labels()) == 3 * 31
    rig.look_at(*CENTRE, 14.75)
    lamps = rig.clear_of_marks(rig.scene.lamps)
    rig.wait(lambda: all(rig.state_of(lamp, rig.picture()) for lamp in lamps))


def test_a_route_that_fails_is_logged_and_the_map_comes_back(
    rig: MapRig, expected_logs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs += ["could not be answered", "map page"]

    def fail(_after: int, _generation: int) -> bytes | None:
        raise RuntimeError("a defect of ours")

    with monkeypatch.context() as patch:
        patch.setattr(rig.scene.presenter, "frame", fail)
        rig.surface.page.load(QUrl(f"{ORIGIN}/index.html"))
        rig.wait(lambda: rig.surface.cover.covering)
    rig.surface.page.load(QUrl(f"{ORIGIN}/index.html"))
    rig.wait(rig.view.page_live)


def test_a_program_that_ends_with_its_map_open_ends_cleanly() -> None:
    code = """
from ui.map.scheme import register_scheme
register_scheme()
from PySide6.QtWidgets import QApplication
from tests.gui.map_scene import Scene, town
from ui.map.view import MapView
app = QApplication([])
scene = Scene(town(2, 10))
view = MapView(scene.presenter)
view.show()
view.surface.reported.connect(app.quit)
app.exec()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "troubles" not in done.stderr
    assert "Traceback" not in done.stderr
