"""A base map of tiles in the real page: shown, toned, outliving its server, replaced in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.tile_server import png, tile_server
from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, town
from tests.unit.map_tiles.test_sources import write_mbtiles
from ui.map.tiles import service

BLUE = (0x40, 0x80, 0xC0)
STREET = (0x3A, 0x43, 0x4B)


pytestmark = pytest.mark.usefixtures("dressed")  # French words, and a cache of the tests


def scene(tmp_path: Path, **tiles: object) -> Scene:
    """Return a town whose map has a source of tiles over the territory's own ground."""
    found = Scene(town(4, 40, tmp_path), {"base_map": str(tmp_path), "tiles": tiles})
    found.everything_good()
    return found


def share(rig: MapRig, colour: tuple[int, int, int]) -> float:
    """Return how much of the picture has exactly this colour, 0 to 1."""
    return float((rig.picture() == colour).all(axis=2).mean())


def test_tiles_of_an_address_cover_the_ground_and_the_page_asks_no_network(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with tile_server() as server:
        town_ = scene(tmp_path, source=server.template, tone="as_is", attribution="© la ville")
        with shown_map(town_, qtbot) as rig:
            rig.look_at(*CENTRE, 14)
            rig.wait(lambda: share(rig, BLUE) > 0.7)
            assert share(rig, STREET) < 0.001
            assert rig.surface.feed.ground_note == ""
            assert rig.surface.gate.blocked == []
            assert rig.surface.refused == []


def test_a_dead_server_is_said_its_tiles_stay_and_the_ground_stands_in(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PROBE_MS", 150)
    with (
        tile_server() as server,
        shown_map(scene(tmp_path, source=server.template, tone="as_is"), qtbot) as rig,
    ):
        rig.look_at(*CENTRE, 13)
        rig.wait(lambda: share(rig, BLUE) > 0.7)
        server.status = 503
        rig.look_at(*CENTRE, 19)  # tiles of this zoom were never fetched
        rig.wait(lambda: rig.surface.feed.ground_note.startswith("Fond de plan en ligne"))
        rig.wait(lambda: share(rig, STREET) > 0.0005 and share(rig, BLUE) < 0.001)
        height = rig.report.size[1]
        # the words, bold in text 1, over the attribution at the bottom left
        rig.wait(lambda: int(rig.picture()[height - 48 : height - 26, :300].max()) > 0xC0)
        rig.look_at(*CENTRE, 13)
        rig.wait(lambda: share(rig, BLUE) > 0.7)  # those that were shown before are at hand
        server.status = 200
        rig.wait(lambda: rig.surface.feed.ground_note == "")
        rig.look_at(*CENTRE, 19)
        rig.wait(lambda: share(rig, BLUE) > 0.7)


def test_a_server_that_gives_something_else_is_asked_until_it_gives_tiles(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PROBE_MS", 150)
    with (
        tile_server(b"<html>sign in first</html>") as server,
        shown_map(scene(tmp_path, source=server.template, tone="as_is"), qtbot) as rig,
    ):
        rig.wait(lambda: "ne sont pas des images" in rig.surface.feed.ground_note)
        rig.wait(lambda: share(rig, STREET) > 0.002)
        server.body = png(*BLUE)
        rig.wait(lambda: rig.surface.feed.ground_note == "")
        rig.wait(lambda: share(rig, BLUE) > 0.7)


def test_tiles_of_a_file_are_greyed_to_the_room(qtbot: QtBot, tmp_path: Path) -> None:
    write_mbtiles(tmp_path / "m.mbtiles", png(200, 100, 0))  # the tile the town lies in, zoom 5
    with shown_map(scene(tmp_path, source=str(tmp_path / "m.mbtiles")), qtbot) as rig:
        rig.look_at(*CENTRE, 10)  # beyond the last zoom of the file: enlarged
        ink = 1 - (0.299 * 200 + 0.587 * 100) / 255
        land, label = (0x14, 0x17, 0x1A), (0xA3, 0xAD, 0xB6)
        grey = [low + (high - low) * ink for low, high in zip(land, label, strict=True)]

        def toned() -> bool:
            far = abs(rig.picture().astype(int) - np.round(grey).astype(int)).max(axis=2)
            return float((far <= 1).mean()) > 0.9

        rig.wait(toned)
        assert rig.surface.feed.ground_note == ""


def test_a_file_that_cannot_be_used_is_said_and_the_ground_is_drawn(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with shown_map(scene(tmp_path, source=str(tmp_path / "gone.pmtiles")), qtbot) as rig:
        rig.wait(lambda: "gone.pmtiles" in rig.surface.feed.ground_note)
        rig.wait(lambda: share(rig, STREET) > 0.002)


def test_offline_says_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    with (
        tile_server() as server,
        shown_map(scene(tmp_path, source=server.template, offline=True), qtbot) as rig,
    ):
        rig.wait(lambda: rig.surface.feed.ground_note.startswith("Hors ligne"))
        assert server.asked == []
