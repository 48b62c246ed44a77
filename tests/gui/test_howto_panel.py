"""Follow ``docs/howto/add-a-panel.md`` word by word; no existing file may change for it."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from console import app_texts
from console.app_panels import PanelHost, Parts
from console.app_workspace import place_of
from console.panels.discovery import discover
from console.seats.files import load_seats
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import small_city
from ui.shell.frame import PanelFrame
from ui.shell.layout import panel_ids
from ui.texts import text
from ui.widgets.labels import QualityWord

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "add-a-panel.md"
BLOCK = re.compile(r"`([a-z_]+\.(?:py|ts|toml))`[^\n]*:\n\n```[a-z]+\n(.*?)```", re.DOTALL)
CODE = ("backend_bridge", "console", "ui", "resources")


def digest() -> str:
    """Return a digest of every file the product consists of."""
    found = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(str(path).encode())
                found.update(str(path.stat().st_mtime_ns).encode())
    return found.hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    panels = tmp_path / "panels"
    panels.mkdir()
    for name, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        (panels / name).write_text(content, encoding="utf-8")
    yield panels
    sys.path[:] = [entry for entry in sys.path if entry != str(panels)]
    for name in ("trust_panel", "trust_view"):
        sys.modules.pop(name, None)


def test_page_holds_every_file(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "trust_panel.py",
        "trust_view.py",
        "trust_fr.ts",
        "trust_en.ts",
        "watch.toml",
    }


@pytest.mark.parametrize(("language", "title"), [("fr", "Confiance"), ("en", "Trust")])
def test_panel_of_the_page_opens_and_follows_the_world(
    dressed: QApplication, qtbot: QtBot, folder: Path, language: str, title: str
) -> None:
    before = digest()
    found = discover((folder,))
    assert not found.failures
    assert {"queue", "equipment", "map", "trust"} <= set(found.specs)
    seat = load_seats(folder, known_panels=found.specs)["watch"]
    assert panel_ids(place_of(seat.screens[0])) == ["trust", "queue"]
    translator = app_texts.install(dressed, language, (folder,))
    desk = Desk()
    desk.feed(catalogue=small_city(cabinets=2))
    parts = Parts(
        state=desk.world,
        selection=desk.selection,
        clock=desk.clock,
        notify=desk.context.notify,
        ask=desk.asked.ask,
        settings_for=lambda _panel_id: {},
    )
    spec = found.specs["trust"]
    frame = PanelFrame("trust", text(spec.title_key), spec.icon)
    qtbot.addWidget(frame)
    assert frame.title == title
    host = PanelHost(spec, frame, parts)
    assert host.build()
    with qtbot.waitExposed(frame):
        frame.show()
    assert frame.view is not None
    words = frame.view.findChildren(QualityWord)
    assert [word.accessibleName().split()[-1] for word in words][:4] == ["0", "0", "0", "0"]
    desk.feed(changes=[PointChange(0, True, Quality.GOOD, desk.clock.now_ms(), 0)])
    desk.clock.advance(1.1)
    desk.world.tick()
    good = text("trust.good")
    # a second without a beat: what was good is shown stale, as everywhere
    assert words[0].accessibleName() in (f"{good} 1", f"{good} 0")
    assert sum(int(word.accessibleName().split()[-1]) for word in words) == sum(
        desk.world.quality_counts().values()
    )
    host.take_down()
    assert len(desk.world._listeners) == 0
    dressed.removeTranslator(translator)
    translator.deleteLater()
    assert digest() == before, "adding a panel changed a file of the product"
