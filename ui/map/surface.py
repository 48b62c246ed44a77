"""The map's page in its widget: shows it, judges its reports, covers it when it stops."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import dragging
from ui.cover import Cover
from ui.map.feed import PageFeed
from ui.map.ground import Ground
from ui.map.profile import MapPage, make_profile
from ui.map.projection import ViewReport
from ui.map.pulse import Pulse, Trouble
from ui.map.scheme import PAGE_URL
from ui.map.source import MapSource
from ui.texts import text
from ui.theme import Theme

_log = logging.getLogger(__name__)

TICK_MS = 250


class MapSurface(QWidget):
    """Show one map page.

    Signals:
        reported: a paint was reported (:attr:`report` is new).
        ground_read: the base map was read, or found absent.

    Args:
        source: the presenter.
        parent: Qt parent.
    """

    reported = Signal()
    ground_read = Signal()

    def __init__(self, source: MapSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._pulse = Pulse(time.monotonic())
        self._reported_at_s = time.time()
        self._since = ""
        self._closing = False
        self._asked = 0
        self.feed = PageFeed(source, self)
        self.feed.painted.connect(self._on_feed_painted)
        self.feed.ground_read.connect(self.ground_read)
        # queued: the page gets its answer first, a drag turns the event loop
        self.feed.dragged.connect(self._on_feed_dragged, Qt.ConnectionType.QueuedConnection)
        self._profile, self.gate = make_profile(self.feed.handler, self)
        self._web = _Web(self)
        self._page = MapPage(self._profile, self._web)
        self._page.setBackgroundColor(Theme.current().color("map_land"))
        self._page.renderProcessTerminated.connect(self._on_renderer_terminated)
        self._web.setPage(self._page)
        # Children are destroyed in the order they came: the profile must outlive the page.
        self._profile.setParent(None)
        self._profile.setParent(self)
        self._web.setAccessibleName(text("map.title"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._web)
        self.setFocusProxy(self._web)
        self.cover = Cover(self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self._page.load(QUrl(PAGE_URL))

    # -- what others ask of the map ---------------------------------------------------------------

    @property
    def report(self) -> ViewReport | None:
        """Return what the page last said it has painted and where it looks."""
        return self.feed.report

    @property
    def ground(self) -> Ground:
        """Return the base map as read."""
        return self.feed.ground

    @property
    def refused(self) -> list[str]:
        """Return the last addresses of ours that lead nowhere and were asked for."""
        return self.feed.handler.refused

    @property
    def page(self) -> QWebEnginePage:
        """Return the page, for tests that look inside."""
        return self._page

    def painted_age_s(self) -> float | None:
        """Return how old the picture on the screen is, in seconds; ``None`` before the first.

        That is how long ago the page last said that it paints, or, if longer, since when a change
        waits to be painted.
        """
        if self._pulse.last_report_s is None:
            return None
        return max(self._pulse.silence_s(time.monotonic()), self._source.unpainted_s())

    def fit(self) -> None:
        """Show everything."""
        self.feed.move(kind="fit")

    def centre_on(self, lon: float, lat: float, zoom: float | None = None) -> None:
        """Bring a place (WGS84 degrees) to the middle, at ``zoom`` (8 to 20) when given."""
        self.feed.move(kind="centre", lon=lon, lat=lat, zoom=zoom)

    def show_place(self, lon: float, lat: float, zoom: float | None, title: str) -> None:
        """Bring a place to the middle as :meth:`centre_on` does, and mark it with its title."""
        self.feed.move(kind="centre", lon=lon, lat=lat, zoom=zoom, title=title)

    def pan(self, dx: int, dy: int) -> None:
        """Move the view by CSS pixels."""
        self.feed.move(kind="pan", dx=dx, dy=dy)

    def zoom_by(self, steps: float) -> None:
        """Zoom in by ``steps`` levels, out when negative."""
        self.feed.move(kind="zoom", by=steps)

    @property
    def aged_outlined(self) -> bool:
        """Return whether everything too old is outlined."""
        return self.feed.aged

    def set_aged_outlined(self, on: bool) -> None:
        """Outline everything older than allowed, or stop."""
        self.feed.aged = on
        self.feed.order()

    def refresh_layers(self) -> None:
        """Tell the page that layers were hidden or shown."""
        self.feed.order()

    def restyle(self) -> None:
        """Take the application's theme and language again."""
        self._page.setBackgroundColor(Theme.current().color("map_land"))
        self.feed.restyle()

    def shut(self) -> None:
        """Let go of the presenter and end the page; may be called twice."""
        if self._closing:
            return
        self._closing = True
        self._tick.stop()
        self.feed.close()
        self._web.setPage(QWebEnginePage(self._web))  # lets go of ours at once
        # The profile must outlive its page; both go with the event loop's next turns.
        self._page.destroyed.connect(self._profile.deleteLater)
        self._page.deleteLater()

    def _on_feed_dragged(self, dragged: dragging.Dragged) -> None:
        if not self._closing:
            count = len(dragged.equipment)
            label = dragged.incident or dragged.equipment[0]
            dragging.begin(self, dragged, label if count < 2 else f"{label} + {count - 1}")

    # -- whether it lives -------------------------------------------------------------------------

    def _on_feed_painted(self) -> None:
        self._pulse.report(time.monotonic())
        self._reported_at_s = time.time()
        if self.cover.covering:
            self._on_tick()
        self.reported.emit()

    def _on_tick(self) -> None:
        now_s = time.monotonic()
        if self.feed.handler.asked != self._asked:
            self._asked = self.feed.handler.asked
            self._pulse.asked(now_s)
        if self._closing or not self.isVisible() or self.window().isMinimized():
            self._pulse.forgive(now_s)
            return
        trouble = self._pulse.judge(now_s, self._source.unpainted_s())
        if trouble in (Trouble.NONE, Trouble.STARTING):
            self._since = ""
            self.cover.lift()
            return
        if not self._since:
            behind_s = self._source.unpainted_s() if trouble is Trouble.BEHIND else 0.0
            since_s = min(self._reported_at_s, time.time() - behind_s)
            self._since = time.strftime("%H:%M:%S", time.localtime(since_s))
            _log.info("map: %s since %s", trouble.value, self._since)
        lasted_s = int(max(self._pulse.silence_s(now_s), self._source.unpainted_s()))
        self.cover.show_since(
            text("cover.since", time=self._since),
            text(f"map.cover.{trouble.value}", seconds=lasted_s),
        )
        if trouble is Trouble.SILENT and self._pulse.hopeless(now_s):
            self._end_renderer()

    def _end_renderer(self) -> None:
        """End a renderer that answers nothing; its end starts a new one."""
        pid = self._page.renderProcessPid()
        if pid > 0:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    def _on_renderer_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int
    ) -> None:
        if self._closing:
            return
        wait_s = self._pulse.crash()
        self.feed.forget_page()
        _log.info("map: renderer ended (%s, %d); started again in %.0f s", status, code, wait_s)
        self._on_tick()
        QTimer.singleShot(round(wait_s * 1000), self, self._reload)

    def _reload(self) -> None:
        if not self._closing:
            self._page.load(QUrl(PAGE_URL))

    def showEvent(self, event: QShowEvent) -> None:
        self._pulse.forgive(time.monotonic())
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._pulse.forgive(time.monotonic())
        super().hideEvent(event)


class _Web(QWebEngineView):
    """The browser widget without its menu, and out of the way of what is dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
