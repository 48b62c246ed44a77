"""The hand and the eye of a scenario: real keys, real pictures, conditions with a deadline."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

LOOK_EVERY_S = 0.01
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class NotSeenError(Exception):
    """Something that had to come true did not, in time."""


class Hand:
    """Type and look at one window, from the coroutine of a scenario on Qt's own loop.

    Args:
        window: gets the keys.
        others: the seat's other windows, for pictures of all of them.
    """

    def __init__(self, window: QWidget, others: Callable[[], Sequence[QWidget]] = tuple) -> None:
        self._window = window
        self._others = others

    async def until(
        self,
        seen: Callable[[], object],
        what: str,
        *,
        timeout_s: float = 15.0,
        instead: Callable[[], object] = lambda: "",
        progress: Callable[[], float] | None = None,
        every_s: float = LOOK_EVERY_S,
    ) -> float:
        """Wait until ``seen()``, asked ``every_s``, is true; return the seconds that took.

        With ``progress`` the time counts anew each time that number has risen: what gets on is
        waited for, however slow a busy machine makes it; what stands still is not.

        Raises:
            NotSeenError: it is not in time; names ``what``, and what was seen ``instead``.
        """
        start_s = moved_s = time.monotonic()
        furthest = -math.inf
        while not seen():
            reached = -math.inf if progress is None else progress()
            if reached > furthest:
                furthest, moved_s = reached, time.monotonic()
            if time.monotonic() - moved_s > timeout_s:
                raise NotSeenError(f"{what}: not seen in {timeout_s:.0f} s {instead()}".rstrip())
            await asyncio.sleep(every_s)
        return time.monotonic() - start_s

    async def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Press and release one key, as the window system would deliver it."""
        await self._press([(key, modifiers)])

    async def write(self, words: str) -> None:
        """Type ASCII text, key by key, into whatever has the focus."""
        shift = Qt.KeyboardModifier.ShiftModifier
        await self._press(
            [
                (Qt.Key(ord(letter.upper())), shift if letter.isupper() else _NO_MODIFIER)
                for letter in words
            ]
        )

    async def _press(self, keys: Sequence[tuple[Qt.Key, Qt.KeyboardModifier]]) -> None:
        handle = self._window.windowHandle()
        if handle is None:
            raise NotSeenError("the window is not shown, no key reaches it")
        done = asyncio.get_running_loop().create_future()

        def press() -> None:
            # QTest lets Qt work off its events meanwhile: never from inside a coroutine's step
            for key, modifiers in keys:
                QTest.keyClick(handle, key, modifiers)
            done.set_result(None)

        QTimer.singleShot(0, press)
        await done

    def picture(self, path: Path) -> str:
        """Save what the window shows, the others beside it, and return the first file's name."""
        return self.pictures(path)[0]

    def pictures(self, path: Path) -> list[str]:
        """Save what the window and the others show; return the files' names, screen by screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        names = []
        for number, window in enumerate((self._window, *self._others()), start=1):
            target = path if number == 1 else path.with_stem(f"{path.stem}-screen{number}")
            if not window.grab().save(str(target)):
                raise NotSeenError(f"the picture {target} could not be written")
            names.append(target.name)
        return names


def pixels_of(widget: QWidget) -> QImage:
    """Return what a widget shows now, 32-bit RGB."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
