"""Decide, in one place, how Chromium runs inside the console; call before QApplication exists.

* No GPU: points are written as raw pixels, the page has nothing a GPU would speed up, and a hung
  graphics driver must not stop the picture of a city. It also makes every machine draw alike.
* No network: the page needs none; background services, pings and name look-ups are switched off
  here, everything else is refused by the interceptor (``ui.map.profile``) and by the page's policy.
* No sandbox only for root, for whom Chromium refuses to start with one; CI and containers run as
  root, people at a desk do not and keep the sandbox.
"""

from __future__ import annotations

import os
import re
from collections.abc import MutableMapping

from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

FLAGS = (
    "--disable-gpu",
    "--disable-gpu-compositing",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    # A page beside another window is still being watched: never slow its timers down.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    # Chromium's own stderr speaks of buses and GPUs a console does not use; fatal errors remain.
    "--log-level=3",
)
"""Command line given to Chromium, besides what a person put into the variable themselves."""

FLAGS_VARIABLE = "QTWEBENGINE_CHROMIUM_FLAGS"
SANDBOX_VARIABLE = "QTWEBENGINE_DISABLE_SANDBOX"

HARMLESS_MESSAGES = tuple(
    re.compile(pattern)
    for pattern in (
        # QtWebEngine asks for an OpenGL context even when told not to use one (6.11); it then
        # says so and goes on in software. Look again when the pinned Qt changes.
        r"^QRhiGles2: Failed to create (temporary )?context$",
        r"^Failed to create RHI for backend: OpenGL$",
        r"^GPUInfo not initialized on GpuInfoUpdate$",
        # Qt's offscreen platform, which has no window manager to tell
        r"^This plugin does not support (propagateSizeHints|raise)\(\)$",
    )
)
"""Qt messages that starting Chromium without a GPU always causes; test guards let them pass."""


def configure(environ: MutableMapping[str, str] | None = None, *, root: bool | None = None) -> None:
    """Set Chromium's environment; the words of the person who started the console come last.

    Args:
        environ: environment to write into; this process's own when absent.
        root: whether this process is root; found out when absent.
    """
    environ = os.environ if environ is None else environ
    root = (hasattr(os, "geteuid") and os.geteuid() == 0) if root is None else root
    own = environ.get(FLAGS_VARIABLE, "").split()
    environ[FLAGS_VARIABLE] = " ".join([*(flag for flag in FLAGS if flag not in own), *own])
    if root:
        environ[SANDBOX_VARIABLE] = "1"
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
