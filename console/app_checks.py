"""What a workstation must have, for ``beffroi doctor``; yields (level, subject, text, cure).

Qt and the decoder are tried in processes of their own: a library that is missing or clashes ends
those, not the doctor.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from console.app_options import DisplayError, require_display
from console.link.settings import FILE_NAME, SettingsError, load

TRY_S = 30.0
CONNECT_S = 2.0
FRAMES_BYTES = 256 * 1024 * 1024
"""Room of shared memory for the pictures of a full wall."""
_Finding = tuple[str, str, str, str]

_QT = """
import json
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtMultimedia import QMediaDevices
app = QApplication(["doctor"])
print(json.dumps({
    "screens": [
        [s.name(), s.size().width(), s.size().height(), round(s.physicalDotsPerInch())]
        for s in app.screens()
    ],
    "sound": bool(QMediaDevices.audioOutputs()),
    "fonts": [
        f for f in ("B612", "B612 Mono", "Noto Color Emoji") if f not in QFontDatabase.families()
    ],
}))
"""
_DECODER = """
import re, cv2
print("YES" if re.search(r"FFMPEG:\\s+YES", cv2.getBuildInformation()) else "NO")
"""
_LIBRARIES = "apt-get install beffroi-console brings Qt's libraries; from a checkout: make system"


class Machine(Protocol):
    """What the doctor hands over."""

    @property
    def console(self) -> Path: ...


def console_checks(machine: Machine) -> Iterator[_Finding]:
    """Look at Qt, screens, fonts, pictures, keys and the way to the bridge."""
    yield from _qt()
    yield from _pictures()
    if not (machine.console / FILE_NAME).is_file():
        yield (
            "note",
            "keys",
            f"{machine.console / FILE_NAME} does not exist",
            "Copy the folder made by 'beffroi keys new' on the bridge, or name it with --console.",
        )
        return
    try:
        settings = load(machine.console)
    except SettingsError as error:
        yield ("missing", "keys", str(error), "Correct what is named.")
        return
    yield ("ok", "keys", str(machine.console), "")
    for address in settings.addresses:
        yield _reached(address)


def _qt() -> Iterator[_Finding]:
    environment = dict(os.environ)
    try:
        require_display(environment)
    except DisplayError as error:
        yield ("note", "display", str(error), "Look again from the workstation's own session.")
        environment["QT_QPA_PLATFORM"] = "offscreen"
    done = _try(_QT, environment)
    if done.returncode != 0:
        yield ("missing", "Qt", _last(done), _LIBRARIES)
        return
    found = json.loads(done.stdout.splitlines()[-1])
    yield ("ok", "Qt", "opens an application, its browser loads", "")
    if environment.get("QT_QPA_PLATFORM") != "offscreen":
        for name, width, height, dpi in found["screens"]:
            yield ("ok", "screen", f"{name} {width}×{height}, {dpi} dpi", "")
    if not found["sound"]:
        said = "no audio output: alarms are seen, not heard"
        yield ("note", "sound", said, "Plug in a loudspeaker where alarms should be heard.")
    yield _fonts(found["fonts"])


def _fonts(absent: list[str]) -> _Finding:
    if not absent:
        return ("ok", "fonts", "B612, B612 Mono and Noto Color Emoji", "")
    drawn = {"Noto Color Emoji": "emoji are drawn as boxes"}
    said = "; ".join(dict.fromkeys(drawn.get(name, "DejaVu is used") for name in absent))
    cure = "apt-get install fonts-b612 fonts-noto-color-emoji"
    return ("note", "fonts", f"{', '.join(absent)} not found: {said}", cure)


def _pictures() -> Iterator[_Finding]:
    done = _try(_DECODER, dict(os.environ))
    if done.returncode != 0:
        yield ("missing", "decoder", _last(done), "Install beffroi-console again.")
    elif done.stdout.strip() != "YES":
        yield ("missing", "decoder", "OpenCV without FFmpeg opens no camera", "Use PyPI's wheel.")
    else:
        yield ("ok", "decoder", "OpenCV with FFmpeg", "")
    shared = Path("/dev/shm")  # noqa: S108 - where shared memory lives, nothing is written
    if shared.is_dir():
        free = shutil.disk_usage(shared).free
        if free < FRAMES_BYTES:
            yield (
                "missing",
                "shared memory",
                f"{free / 2**20:.0f} MiB free, a full wall wants {FRAMES_BYTES / 2**20:.0f} MiB",
                "Enlarge /dev/shm.",
            )
        else:
            yield ("ok", "shared memory", f"{free / 2**20:.0f} MiB free", "")


def _reached(address: str) -> _Finding:
    parts = urllib.parse.urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), CONNECT_S) as bridge:
            bridge.settimeout(CONNECT_S)
            greeting = bridge.recv(1)
    except OSError as error:
        return (
            "missing",
            "bridge",
            f"{address} is not reached: {error.strerror or error}",
            "Is the bridge running, and does the network let this machine through?",
        )
    if greeting != b"\xff":  # how every ZMTP peer begins
        return ("missing", "bridge", f"what answers at {address} is no bridge", "Correct bridges.")
    return ("ok", "bridge", f"{address} answers", "")


def _try(program: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=TRY_S,
        )
    except subprocess.TimeoutExpired:
        said = f"did not answer within {TRY_S:.0f} s"
        return subprocess.CompletedProcess([], 1, "", said)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"ended with code {done.returncode}"
