"""Documents name what exists: each panel has its page, each driver its README."""

from __future__ import annotations

import re
from pathlib import Path

from backend_bridge.drivers.registry import discover as discover_drivers
from console.panels.discovery import discover as discover_panels

ROOT = Path(__file__).parents[2]


def test_each_panel_has_its_page() -> None:
    for panel in discover_panels(()).specs:
        page = ROOT / "docs" / "panels" / f"{panel}.md"
        assert page.exists(), f"write {page.relative_to(ROOT)}"
        assert page.read_text(encoding="utf-8").startswith(f"# Panel `{panel}`\n")


def test_each_driver_has_a_readme_with_its_name() -> None:
    for name, manifest in discover_drivers().items():
        readme = manifest.directory / "README.md"
        first = readme.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# "), readme
        assert name in first.lower(), first


def test_links_between_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} → {target}"
