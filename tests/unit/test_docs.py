"""Documents name what exists: a page for each panel, a README for each driver, no dead link."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
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


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as a reader of Markdown makes them."""
    found = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in found}


def broken(page: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if "://" not in link and (
            not target.exists() or (anchor and anchor not in headings(target))
        ):
            yield link


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    drivers = (ROOT / "backend_bridge" / "drivers").rglob("*.md")
    assert {page.name: links for page in (*pages, *drivers) if (links := list(broken(page)))} == {}


def test_a_missing_page_and_a_missing_heading_are_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One two\n[a](#one-two) [b](#three) [c](page.md#one-two) [d](gone.png)\n")
    assert list(broken(page)) == ["#three", "gone.png"]


def test_each_package_has_its_line_of_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[\[<>=; ]", each)[0] for group in groups for each in group}
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert {name for name in names - {project["name"]} if name.lower() not in told} == set()
