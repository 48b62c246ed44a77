"""Everything the map page asks for, and everything it is told: routes, frames, orders."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.dragging import Dragged
from ui.map import messages
from ui.map.ground import Ground
from ui.map.ground_feed import GroundFeed
from ui.map.page import compose, to_json
from ui.map.projection import ViewReport, view_report
from ui.map.scheme import NOTHING, Reply, Route, SchemeHandler, Ticket
from ui.map.source import MapSource
from ui.marks import blink
from ui.theme import Theme

MOVES_KEPT = 20
_BINARY = "application/octet-stream"


class PageFeed(QObject):
    """Answer one page; two of its requests are held until there is something to say.

    *Frames* carry what the presenter has to paint. *Orders* carry what the view wants of the page:
    flash phase, outlines, hidden layers, theme and moves of the view, each move once.

    Signals:
        painted: the page reported a paint; :attr:`report` is new.
        ground_read: the base map was read, or found absent.
        dragged: somebody pulls at something: a :class:`ui.dragging.Dragged`.
    """

    painted = Signal()
    ground_read = Signal()
    dragged = Signal(object)

    def __init__(self, source: MapSource, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self._theme = Theme.current()
        self.report: ViewReport | None = None
        self._frame_ticket: tuple[Ticket, int, int] | None = None
        self._orders_ticket: Ticket | None = None
        self._orders_sequence = 1
        self._moves: list[dict[str, Any]] = []
        self._move_id = 0
        self.aged = False
        self._look_revision = 1
        self._flush_wanted = False
        self._closed = False
        self._ground = GroundFeed(source, self)
        self._ground.read.connect(self.ground_read)
        self._ground.changed.connect(self.order)
        self.handler = SchemeHandler({**self._routes(), **self._ground.routes()}, self)
        self._end = source.subscribe(self._on_source_changed)
        blink().flipped.connect(self._on_blink_flipped)
        self._ground.start(self.handler)

    def close(self) -> None:
        """Let go of the presenter; the page gets no more answers."""
        self._closed = True
        self._end()
        self._ground.close()
        blink().flipped.disconnect(self._on_blink_flipped)

    def forget_page(self) -> None:
        """Forget what a page that is gone was waiting for."""
        self._frame_ticket = None
        self._orders_ticket = None
        self._ground.forget_page()

    @property
    def ground(self) -> Ground:
        """Return the base map as read."""
        return self._ground.ground

    @property
    def ground_note(self) -> str:
        """Return what the map says of its base map, empty while all is well."""
        return str(self._ground.news()["note"])

    def order(self) -> None:
        """Tell the page what it shall be like now."""
        self._orders_sequence += 1
        if self._orders_ticket is not None:
            ticket, self._orders_ticket = self._orders_ticket, None
            self.handler.answer(ticket, self._orders())

    def move(self, **move: Any) -> None:  # noqa: ANN401 - written as JSON and read by main.js
        """Tell the page to move its view once; ``kind`` is fit, centre, pan or zoom."""
        self._moves = [*self._moves[-MOVES_KEPT + 1 :], self._numbered(move)]
        self.order()

    def restyle(self) -> None:
        """Take the application's theme and language again."""
        self._theme = Theme.current()
        self._look_revision += 1
        self.order()

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
        routes["/symbols"] = lambda _q, _t: to_json(self._source.symbols())
        routes["/labels"] = lambda _q, _t: to_json(self._source.labels())
        routes["/circuits"] = lambda _q, _t: to_json(self._source.circuits())
        routes["/frame"] = self._on_frame_asked
        routes["/orders"] = self._on_orders_asked
        routes["/painted"] = self._on_painted
        routes["/select"] = self._on_selected
        routes["/drag"] = self._on_dragged
        return routes

    # -- frames and orders ------------------------------------------------------------------------

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
        if self._frame_ticket is None or self._closed:
            return
        ticket, after, generation = self._frame_ticket
        frame = self._source.frame(after, generation)
        if frame is not None:
            self._frame_ticket = None
            self.handler.answer(ticket, Reply(_BINARY, frame))

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
            "aged": self.aged,
            "hidden": list(self._source.hidden),
            "ground": self._ground.news(),
            "moves": self._moves,
        }
        return to_json(message)

    def _numbered(self, move: dict[str, Any]) -> dict[str, Any]:
        self._move_id += 1
        return {"id": self._move_id, **move}

    def _on_painted(self, query: str, _ticket: Ticket) -> Reply:
        self.report = view_report(json.loads(query))
        self._source.note_painted(self.report.painted)
        self.painted.emit()
        return NOTHING

    def _on_selected(self, query: str, _ticket: Ticket) -> Reply:
        message = json.loads(query)
        if "incident" in message:
            self._source.select_incident(str(message["incident"]))
        elif "marks" in message:
            self._source.select_marks(int(item) for item in message["marks"])
        else:
            positions = messages.chosen_positions(message)
            self._source.select(positions, add=bool(message.get("add")))
        return NOTHING

    def _on_dragged(self, query: str, _ticket: Ticket) -> Reply:
        message = json.loads(query)
        if "incident" in message:
            self.dragged.emit(Dragged(incident=str(message["incident"])))
        else:
            ids = self._source.equipment_at(messages.chosen_positions(message))
            if ids:
                self.dragged.emit(Dragged(equipment=tuple(ids)))
        return NOTHING

    def _on_blink_flipped(self, _lit: bool) -> None:
        self.order()


def _always(reply: Reply) -> Callable[[str, Ticket], Reply]:
    return lambda _query, _ticket: reply


def _fields(query: str) -> dict[str, int]:
    found = {}
    for part in query.split("&"):
        key, _, value = part.partition("=")
        if value.isdecimal():
            found[key] = int(value)
    return found
