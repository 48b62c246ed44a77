"""Every control of every seat: named, reached without a mouse, explained, and never a window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.app_help import SHARED, WINDOW, HelpPages
from console.panels.discovery import discover

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("asked", [("fr",), ("en", "supervisor", "snow")])
def test_nothing_of_any_seat_needs_a_mouse_or_has_no_name(
    asked: tuple[str, ...], tmp_path: Path
) -> None:
    """Take every seat in a process of its own; see :mod:`tests.gui.every_seat`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.every_seat", *asked],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    seats = json.loads(done.stdout.splitlines()[-1])
    assert len(seats) == len(asked) - 1 or len(seats) >= 9
    wrong = {
        f"{seat}: {what}": found
        for seat, looked_at in seats.items()
        for what, found in looked_at.items()
        if found
    }
    assert wrong == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_panel_has_a_page_of_help(language: str) -> None:
    pages = HelpPages(language)
    for name in (*discover().specs, SHARED, WINDOW):
        assert pages.has(name), f"resources/help/{name}.{language}.md is missing"
    other = {"fr": "en", "en": "fr"}[language]
    for path in (ROOT / "resources" / "help").glob(f"*.{language}.md"):
        name = path.name.removesuffix(f".{language}.md")
        assert HelpPages(other).has(name), f"{name} has no page in {other}"
        page = path.read_text(encoding="utf-8")
        assert page.startswith("## "), path
        assert "\u202f" not in page, path
        if language == "fr":
            assert not [line for line in page.splitlines() if " ;" in line or " ?" in line], path
        if name not in (SHARED, WINDOW):
            words = {"fr": ("**Touches", "**Périmé"), "en": ("**Keys", "**Stale")}[language]
            assert all(word in page for word in words[:1]), path


def test_panel_without_a_page_says_so_and_a_folder_may_bring_one(tmp_path: Path) -> None:
    folder = tmp_path / "help"
    folder.mkdir()
    (folder / "salt.fr.md").write_text("## Sel\n", encoding="utf-8")
    pages = HelpPages("fr", (tmp_path,))
    assert pages.page("salt").startswith("## Sel")
    assert not pages.has("pepper")
    assert "---" in pages.page("pepper"), "what all panels share is below"
    assert pages.page("wall_3") == pages.page("wall")
