"""Everything on one screen larger, at run time: text, rows, marks, targets, plots and map alike.

LOOK asks for 15′ of capital: 13 px at a desk (0.6 m), 40 px on a wall (4 m), 3.1 times as much.
Growing the text alone would cut it in every row; so the screen's own scale is changed, which Qt
applies to whatever is drawn there. Qt reads that scale from the environment at the start and has a
function to change it later, which its own tests use, but which PySide does not wrap.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Callable
from pathlib import Path

import PySide6
from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from shiboken6 import getCppPointer

LEAST, MOST = 1.0, 3.1

_KEPT = "beffroi_scale"

_SET_FACTOR = "_ZN15QHighDpiScaling15setScreenFactorEP7QScreend"
_TELL_WINDOW = (
    "_ZN22QWindowSystemInterface35handleWindowDevicePixelRatioChangedINS_19SynchronousDelivery"
    "EEEvP7QWindow"
)

_Calls = tuple[Callable[[int, float], None], Callable[[int], None]]


@functools.cache
def _calls() -> _Calls | None:
    """Return Qt's two functions, ``None`` where this Qt has none of that name."""
    if not sys.platform.startswith("linux"):
        return None
    library = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"
    if not library.exists():  # the distribution's own Qt
        library = Path("libQt6Gui.so.6")
    try:
        gui = ctypes.CDLL(str(library))
        set_factor, tell_window = gui[_SET_FACTOR], gui[_TELL_WINDOW]
    except (OSError, AttributeError):
        return None
    set_factor.argtypes, set_factor.restype = [ctypes.c_void_p, ctypes.c_double], None
    tell_window.argtypes, tell_window.restype = [ctypes.c_void_p], None
    return set_factor, tell_window


def available() -> bool:
    """Return whether the scale can be changed while the console runs."""
    return _calls() is not None


def scale_of(screen: QScreen) -> float:
    """Return by how much a screen is scaled, 1.0 for not at all."""
    kept = screen.property(_KEPT)
    return float(kept) if isinstance(kept, float) else 1.0


def set_scale(screen: QScreen, factor: float) -> bool:
    """Draw everything on a screen ``factor`` times as large (1.0 to 3.1).

    The screen is then smaller for whoever lays windows out: they are to be placed again. A screen
    that has this scale already is left alone.

    Returns:
        Whether anything changed; false too where this Qt cannot.
    """
    calls = _calls()
    factor = min(MOST, max(LEAST, factor))
    if calls is None or abs(scale_of(screen) - factor) < 0.005:
        return False
    set_factor, tell_window = calls
    screen.setProperty(_KEPT, factor)
    set_factor(_address(screen), factor)
    # each looks whether its screen is the one; asking a window for its screen would take the
    # screen's Python object along when the window's goes
    for window in QGuiApplication.allWindows():
        tell_window(_address(window))
    return True


def _address(thing: QScreen | QWindow) -> int:
    return int(getCppPointer(thing)[0])
