"""The watchdog's own process: a tiny Qt application that raises covers over a stopped window."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.watchdog.judge import Judge
from console.watchdog.lines import (
    MAX_LINE_BYTES,
    WORD_PERIOD_S,
    Line,
    LineError,
    WindowBeat,
    Word,
    decode_line,
    encode,
)
from ui.cover import CoverPainter
from ui.theme import Theme

TICK_MS = 100
_WORD_TICKS = round(WORD_PERIOD_S * 1000 / TICK_MS)


class ScreenCover(QWidget):
    """Lie over one window of another process: frameless, above all, never active, no focus."""

    def __init__(self, theme: Theme) -> None:
        # Without a window manager's help: it would place, decorate or activate it.
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
            | Qt.WindowType.BypassWindowManagerHint,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._painter = CoverPainter(theme)
        self._title = ""
        self._line = ""

    def say(self, title: str, line: str) -> None:
        """Change the words."""
        if (title, line) != (self._title, self._line):
            self._title, self._line = title, line
            self.setAccessibleName(title)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._painter.paint(painter, self.rect(), self._title, self._line)
        painter.end()


class Keeper(QObject):
    """Listen to one window, judge it, cover it.

    Args:
        since: title with ``{time}``; ``frozen``: second line with ``{seconds}``.
        parent_pid: process of the window; when it is gone, so is the watchdog, within a second.
    """

    heard = Signal(object)
    """A line from the window, handed over from the reading thread; ``None`` at the pipe's end."""

    def __init__(self, theme: Theme, since: str, frozen: str, parent_pid: int) -> None:
        super().__init__()
        self._theme = theme
        self._since = since
        self._frozen = frozen
        self._parent_pid = parent_pid
        self._judge = Judge()
        self._covers: dict[str, ScreenCover] = {}
        self._since_time = ""
        self._ticks = 0
        self.heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin to listen and to judge."""
        self._timer.start()
        thread = threading.Thread(target=self._listen, name="watchdog-listen", daemon=True)
        thread.start()
        self._speak()

    def _listen(self) -> None:
        # Read the descriptor itself: Python aborts when it ends while a thread waits inside a
        # buffered reader, and this thread always waits.
        descriptor = sys.stdin.fileno()
        rest = b""
        while data := os.read(descriptor, MAX_LINE_BYTES):
            *lines, rest = (rest + data).split(b"\n")
            for text in lines:
                try:
                    line = decode_line(text)
                except LineError:
                    continue  # not ours: a watchdog that ends over it would watch nothing
                self.heard.emit(line)
                if line.bye:
                    return  # the keeper ends now: nothing may be handed to it any more
            rest = rest[-MAX_LINE_BYTES:]
        self.heard.emit(None)

    def _on_heard(self, line: Line | None) -> None:
        if line is None or line.bye:
            # The window is closed, or its process is gone and took its pictures with it: nothing
            # is left to cover.
            self._quit()
            return
        if line.beat is not None:
            self._judge.hear(line.beat, time.monotonic())
            if self._covers:
                self._lift()

    def _on_tick(self) -> None:
        if os.name == "posix" and os.getppid() != self._parent_pid:
            self._quit()  # somebody else still holds the pipe open
            return
        now_s = time.monotonic()
        if self._judge.stopped(now_s):
            self._cover(now_s)
        self._ticks += 1
        if self._ticks % _WORD_TICKS == 0:
            self._speak()

    def _cover(self, now_s: float) -> None:
        beat = self._judge.beat
        if beat is None:
            return
        silence_s = self._judge.silence_s(now_s)
        if not self._covers:
            self._since_time = time.strftime("%H:%M:%S", time.localtime(time.time() - silence_s))
        title = self._since.replace("{time}", self._since_time)
        line = self._frozen.replace("{seconds}", str(int(silence_s)))
        for window in beat.windows:
            if window.visible:
                self._cover_window(window, title, line)

    def _cover_window(self, window: WindowBeat, title: str, line: str) -> None:
        cover = self._covers.get(window.id)
        if cover is None:
            cover = ScreenCover(self._theme)
            cover.setWindowTitle(title)
            cover.setGeometry(QRect(window.x, window.y, window.width, window.height))
            self._covers[window.id] = cover
            cover.say(title, line)
            cover.show()
        cover.say(title, line)
        cover.raise_()

    def _lift(self) -> None:
        for cover in self._covers.values():
            cover.close()
            cover.deleteLater()
        self._covers = {}

    def _speak(self) -> None:
        try:
            sys.stdout.buffer.write(encode(Word(pid=os.getpid(), covering=len(self._covers))))
            sys.stdout.buffer.flush()
        except (OSError, ValueError):
            self._quit()

    def _quit(self) -> None:
        self._timer.stop()
        self._lift()
        QApplication.quit()


def run(since: str, frozen: str, theme: str, parent_pid: int, argv: Sequence[str] = ()) -> int:
    """Run until the window ends; return the exit code."""
    app = QApplication(["beffroi-watchdog", *argv])
    app.setQuitOnLastWindowClosed(False)
    keeper = Keeper(Theme(theme), since, frozen, parent_pid)
    keeper.start()
    return app.exec()
