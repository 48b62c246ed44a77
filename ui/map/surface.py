"""The map's page in its widget: feeds it, listens to its reports, covers it when it stops."""

# ruff: noqa: N802 - Qt calls its methods by these names; ends when pyproject ignores them

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.cover import Cover
from ui.map import messages
from ui.map.ground import Ground, read_ground
from ui.map.page import compose, to_json
from ui.map.profile import MapPage, make_profile
from ui.map.projection import ViewReport, view_report
from ui.map.pulse import KILL_S, Pulse, Trouble
from ui.map.scheme import NOTHING, PAGE_URL, Reply, Route, SchemeHandler, Ticket
from ui.map.source import MapSource
from ui.marks import blink
from ui.texts import text
from ui.theme import Theme

_log = logging.getLogger(__name__)

TICK_MS = 250
_BINARY = "application/octet-stream"
_GEOJSON = "application/geo+json"


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
        self._theme = Theme.current()
        self.report: ViewReport | None = None
        self.ground = Ground()
        self._reported_at_s = time.time()
        self._pulse = Pulse(time.monotonic())
        self._since = ""
        self._frame_ticket: tuple[Ticket, int, int] | None = None
        self._orders_ticket: Ticket | None = None
        self._ground_ticket: Ticket | None = None
        self._orders_sequence = 1
        self._moves: list[dict[str, Any]] = []
        self._move_id = 0
        self._aged = False
        self._look_revision = 1
        self._flush_wanted = False
        self._closing = False
        self._build()
        self._end = source.subscribe(self._on_source_changed)
        blink().flipped.connect(self._on_blink_flipped)
        self._ground_reader = _GroundReader(self)
        self._ground_reader.done.connect(self._on_ground_read)
        self._ground_reader.start(source)

    def _build(self) -> None:
        self._handler = SchemeHandler(self._routes(), self)
        self._profile, self.gate = make_profile(self._handler, self)
        self._web = _Web(self)
        self._page = MapPage(self._profile, self._web)
        self._page.setBackgroundColor(self._theme.color("map_land"))
        self._page.renderProcessTerminated.connect(self._on_renderer_terminated)
        self._web.setPage(self._page)
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

    def _routes(self) -> dict[str, Route]:
        routes: dict[str, Route] = {}
        for path, reply in compose().files.items():
            routes[path] = _always(reply)
        routes["/look.json"] = lambda _q, _t: to_json(
            messages.look(self._theme, self._source.states)
        )
        routes["/positions"] = lambda _q, _t: self._positions()
        routes["/catalogue"] = lambda _q, _t: to_json(
            {"layers": [{"key": item.key, "symbol": item.symbol} for item in self._source.layers]}
        )
        routes["/labels"] = lambda _q, _t: to_json(self._source.labels())
        routes["/frame"] = self._on_frame_asked
        routes["/orders"] = self._on_orders_asked
        routes["/painted"] = self._on_painted
        routes["/select"] = self._on_selected
        routes["/ground.json"] = self._on_ground_asked
        routes["/ground/streets.geojson"] = lambda _q, _t: Reply(_GEOJSON, self.ground.streets)
        routes["/ground/communes.geojson"] = lambda _q, _t: Reply(_GEOJSON, self.ground.communes)
        return routes

    # -- what others ask of the map ---------------------------------------------------------------

    @property
    def trouble_covered(self) -> bool:
        """Return whether the picture is hidden because it is not live."""
        return self.cover.covering

    @property
    def refused(self) -> list[str]:
        """Return the last addresses of ours that lead nowhere and were asked for."""
        return self._handler.refused

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
        silence_s = self._pulse.silence_s(time.monotonic())
        return max(silence_s, self._source.unpainted_s())

    def fit(self) -> None:
        """Show everything."""
        self._move({"kind": "fit"})

    def centre_on(self, lon: float, lat: float, zoom: float | None = None) -> None:
        """Bring a place (WGS84 degrees) to the middle, at ``zoom`` (8 to 20) when given."""
        self._move({"kind": "centre", "lon": lon, "lat": lat, "zoom": zoom})

    def pan(self, dx: int, dy: int) -> None:
        """Move the view by CSS pixels."""
        self._move({"kind": "pan", "dx": dx, "dy": dy})

    def zoom_by(self, steps: float) -> None:
        """Zoom in by ``steps`` levels, out when negative."""
        self._move({"kind": "zoom", "by": steps})

    @property
    def aged_outlined(self) -> bool:
        """Return whether everything too old is outlined."""
        return self._aged

    def set_aged_outlined(self, on: bool) -> None:
        """Outline everything older than allowed, or stop."""
        self._aged = on
        self._order()

    def refresh_layers(self) -> None:
        """Tell the page that layers were hidden or shown."""
        self._order()

    def restyle(self) -> None:
        """Take the application's theme and language again."""
        self._theme = Theme.current()
        self._look_revision += 1
        self._order()

    def shut(self) -> None:
        """Let go of the presenter and end the page; called when the view closes."""
        if self._closing:
            return
        self._closing = True
        self._end()
        self._tick.stop()
        blink().flipped.disconnect(self._on_blink_flipped)
        self._web.setPage(QWebEnginePage(self._web))  # lets go of ours at once
        self._page.deleteLater()
        # The profile must outlive its page; both are deleted with the event loop's next turn.
        self._page.destroyed.connect(self._profile.deleteLater)

    # -- answering the page -----------------------------------------------------------------------

    def _positions(self) -> Reply:
        lons, lats, layers = self._source.places()
        body = messages.encode_positions(self._source.generation, lons, lats, layers)
        return Reply(_BINARY, body)

    def _on_frame_asked(self, query: str, ticket: Ticket) -> Reply | None:
        fields = _fields(query)
        after, generation = fields.get("after", 0), fields.get("generation", 0)
        frame = self._source.frame(after, generation)
        if frame is not None:
            return Reply(_BINARY, frame)
        self._frame_ticket = (ticket, after, generation)
        return None

    def _on_source_changed(self) -> None:
        if not self._flush_wanted:
            # One frame for all that one turn of the loop brings.
            self._flush_wanted = True
            QTimer.singleShot(0, self, self._flush)

    def _flush(self) -> None:
        self._flush_wanted = False
        if self._frame_ticket is None or self._closing:
            return
        ticket, after, generation = self._frame_ticket
        frame = self._source.frame(after, generation)
        if frame is not None:
            self._frame_ticket = None
            self._handler.answer(ticket, Reply(_BINARY, frame))

    def _on_orders_asked(self, query: str, ticket: Ticket) -> Reply | None:
        after = _fields(query).get("after", 0)
        if after == 0:
            # A new page: it starts where the last one was looking.
            self._moves = []
            if self.report is not None:
                lon, lat = self.report.centre
                self._moves = [self._numbered({"kind": "centre", "lon": lon, "lat": lat})]
                self._moves[0]["zoom"] = self.report.zoom
        elif after >= self._orders_sequence:
            self._orders_ticket = ticket
            return None
        return self._orders()

    def _orders(self) -> Reply:
        message = {
            "sequence": self._orders_sequence,
            "look": self._look_revision,
            "lit": blink().lit,
            "aged": self._aged,
            "hidden": list(self._source.hidden),
            "moves": self._moves,
        }
        return to_json(message)

    def _order(self) -> None:
        self._orders_sequence += 1
        if self._orders_ticket is not None:
            ticket, self._orders_ticket = self._orders_ticket, None
            self._handler.answer(ticket, self._orders())

    def _numbered(self, move: dict[str, Any]) -> dict[str, Any]:
        self._move_id += 1
        return {"id": self._move_id, **move}

    def _move(self, move: dict[str, Any]) -> None:
        self._moves = [*self._moves[-19:], self._numbered(move)]
        self._order()

    def _on_painted(self, query: str, _ticket: Ticket) -> Reply:
        self.report = view_report(json.loads(query))
        self._source.note_painted(self.report.painted)
        self._pulse.report(time.monotonic())
        self._reported_at_s = time.time()
        if self.cover.covering:
            self._on_tick()
        self.reported.emit()
        return NOTHING

    def _on_selected(self, query: str, _ticket: Ticket) -> Reply:
        message = json.loads(query)
        if "incident" in message:
            self._source.select_incident(str(message["incident"]))
        else:
            positions = [int(item) for item in message.get("points", [])]
            self._source.select(positions, add=bool(message.get("add")))
        return NOTHING

    # -- the ground -------------------------------------------------------------------------------

    def _on_ground_asked(self, _query: str, ticket: Ticket) -> Reply | None:
        if self._ground_reader.running:
            self._ground_ticket = ticket
            return None
        return self._ground_message()

    def _on_ground_read(self, ground: Ground) -> None:
        self.ground = ground
        if ground.problem:
            _log.info("map: no ground (%s %s)", ground.problem, ground.detail)
        if self._ground_ticket is not None:
            ticket, self._ground_ticket = self._ground_ticket, None
            self._handler.answer(ticket, self._ground_message())
        self.ground_read.emit()

    def _ground_message(self) -> Reply:
        title = self._source.title
        said = self.ground.attribution or (text("map.ground.of", title=title) if title else "")
        return to_json(
            {
                "streets": bool(self.ground.streets),
                "communes": bool(self.ground.communes),
                "attribution": said,
            }
        )

    # -- whether it lives -------------------------------------------------------------------------

    def _on_blink_flipped(self, _lit: bool) -> None:
        self._order()

    def _on_tick(self) -> None:
        if self._closing or not self.isVisible() or self.window().isMinimized():
            self._pulse.forgive(time.monotonic())
            return
        now_s = time.monotonic()
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
        if trouble is Trouble.SILENT and self._pulse.silence_s(now_s) > KILL_S:
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
        wait_s = self._pulse.crash()
        self._frame_ticket = None
        self._orders_ticket = None
        if self._closing:
            return
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


class _GroundReader(QObject):
    """Read the base map off the interface's thread; one short thread, joined when done."""

    done = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.running = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def start(self, source: MapSource) -> None:
        directory = source.base_map
        self.running = True
        self._thread = threading.Thread(
            target=lambda: self._finished.emit(read_ground(directory)), name="map-ground"
        )
        self._thread.start()

    def _on_finished(self, ground: Ground) -> None:
        self._thread.join()
        self.running = False
        self.done.emit(ground)


def _always(reply: Reply) -> Callable[[str, Ticket], Reply]:
    return lambda _query, _ticket: reply


def _fields(query: str) -> dict[str, int]:
    found = {}
    for part in query.split("&"):
        key, _, value = part.partition("=")
        if value.isdecimal():
            found[key] = int(value)
    return found
