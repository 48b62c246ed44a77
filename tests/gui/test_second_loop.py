"""Several consoles in one process, one after the other, once a map's page has lived there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PAGE = """
import asyncio, sys
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from PySide6.QtWebEngineWidgets import QWebEngineView
from tests.gui.console_rig import play

app = QApplication([])
app.setQuitOnLastWindowClosed(False)


def wait(ms):
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


view = QWebEngineView()
view.setHtml("<b>x</b>")
view.show()
wait(500)
view.close()
view.deleteLater()
del view
wait(300)
"""

OURS = """
async def story():
    await asyncio.sleep(0.05)

for number in range(3):
    play(app, story)
print("played", flush=True)
"""


@pytest.mark.timeout(90)
def test_a_second_console_runs_after_a_page_has_lived() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAGE + OURS],
        check=False,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "played" in done.stdout, done.stderr
    assert done.returncode == 0, done.stderr
