"""Lines of the import table that name a part of Qt, which the import contracts cannot express."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALLOWED_QT = {"console/models": {"PySide6.QtCore"}}
OPENCV_HOME = "console/video/worker"


@pytest.mark.parametrize("folder", ALLOWED_QT)
def test_folder_uses_only_its_part_of_qt(folder: str) -> None:
    modules = list((ROOT / folder).rglob("*.py"))
    assert modules
    for module in modules:
        used = {name for name in _imports(module) if name.startswith("PySide6")}
        assert used <= ALLOWED_QT[folder], f"{module} imports {used - ALLOWED_QT[folder]}"


def test_opencv_never_enters_the_process_of_the_windows() -> None:
    for package in ("console", "ui", "backend_bridge", "resources"):
        for module in (ROOT / package).rglob("*.py"):
            if not module.relative_to(ROOT).as_posix().startswith(OPENCV_HOME):
                assert "cv2" not in _imports(module), module


def _imports(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found
