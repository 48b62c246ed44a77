"""A real X server without a screen (Xvfb), and the pixels it shows.

The server's own frame buffer file is read, so what is compared is what a person would see, whatever
the state of the programs that drew it.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.fakes.peers import require_peer

_XWD_VERSION = 7
"""File version of X11/XWDFile.h (X Consortium, 1985-1998)."""
_HEADER_WORDS = 25
_COLOUR_BYTES = 12


class XServer:
    """Give access to one running Xvfb.

    Attributes:
        display: the value for ``DISPLAY``.
    """

    def __init__(self, display: str, frame_buffer: Path) -> None:
        self.display = display
        self._frame_buffer = frame_buffer

    def environment(self) -> dict[str, str]:
        """Return the environment of a program that shall use this server."""
        chosen = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        chosen.pop("WAYLAND_DISPLAY", None)
        return chosen

    def pixels(self) -> NDArray[np.uint8]:
        """Return what the screen shows now, (H, W, 3) uint8 RGB.

        Raises:
            ValueError: the frame buffer is not 32-bit TrueColor.
        """
        data = self._frame_buffer.read_bytes()
        words = struct.unpack(f">{_HEADER_WORDS}I", data[: _HEADER_WORDS * 4])
        header_size, version = words[0], words[1]
        width, height = words[4], words[5]
        bits_per_pixel, bytes_per_line, colours = words[11], words[12], words[19]
        if version != _XWD_VERSION or bits_per_pixel != 32:
            raise ValueError(f"frame buffer version {version}, {bits_per_pixel} bits a pixel")
        start = header_size + colours * _COLOUR_BYTES
        rows = np.frombuffer(data, np.uint8, bytes_per_line * height, start)
        picture = rows.reshape(height, bytes_per_line)[:, : width * 4].reshape(height, width, 4)
        return np.ascontiguousarray(picture[:, :, 2::-1])


@contextmanager
def running_xserver(width: int = 1920, height: int = 1080) -> Iterator[XServer]:
    """Run an Xvfb of one screen on a display of its own choice, ended on leaving."""
    require_peer("Xvfb")
    folder = Path(tempfile.mkdtemp(prefix="beffroi-x-"))
    read_end, write_end = os.pipe()
    process = subprocess.Popen(
        [
            "Xvfb", "-displayfd", str(write_end), "-fbdir", str(folder), "-nolisten", "tcp",
            "-noreset",  # what xrandr set stays when no program is left
            "-screen", "0", f"{width}x{height}x24",
        ],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb did not start: exit code {process.wait()}")
        yield XServer(f":{number}", folder / "Xvfb_screen0")
    finally:
        process.terminate()
        process.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)
