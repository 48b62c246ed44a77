"""Programs nobody here wrote, against which we test ourselves; `make peers` installs them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / ".peers" / "node_modules"


def require_peer(name: str) -> Path:
    """Return where a peer is: its program, its header or its JavaScript package.

    A name not listed below is that of a program (``Xvfb``, ``ip``). Absent, the test is skipped,
    or fails when ``BEFFROI_REQUIRE_PEERS=1``.
    """
    listed: dict[str, list[Path | None]] = {
        "mbpoll": [_program("mbpoll")],
        "libmodbus": [_program("gcc"), Path("/usr/include/modbus/modbus.h")],
        "gst-rtsp-server": [
            Path("/usr/bin/python3"),
            Path("/usr/lib/python3/dist-packages/gi/__init__.py"),
            _first("*/girepository-1.0/GstRtspServer-1.0.typelib"),
            _first("*/gstreamer-1.0/libgstx264.so"),
            _first("*/gstreamer-1.0/libgstsoup.so"),
        ],
        "modbus-serial": [_program("node"), NODE_MODULES / "modbus-serial" / "package.json"],
    }
    places = listed.get(name, [_program(name)])
    missing = [str(place or "program") for place in places if place is None or not place.exists()]
    if not missing and places[-1] is not None:
        return places[-1]
    reason = f"peer {name} is not installed ({', '.join(missing)}): make peers installs it"
    if os.environ.get("BEFFROI_REQUIRE_PEERS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _program(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _first(pattern: str) -> Path | None:
    """Return a file of Debian's architecture folders under ``/usr/lib``."""
    return next(iter(Path("/usr/lib").glob(pattern)), None)
