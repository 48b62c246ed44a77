"""What the page's worker asks for to draw the ground: the territory's layers, and tiles."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from ui.map.ground import LAYERS, Ground, read_ground
from ui.map.page import to_json
from ui.map.scheme import Reply, Route, SchemeHandler, Ticket
from ui.map.source import MapSource
from ui.texts import text

if TYPE_CHECKING:
    from ui.map.tiles.service import TileService

_log = logging.getLogger(__name__)

_DETAIL_CHARS = 80
_GEOJSON = "application/geo+json"


class GroundFeed(QObject):
    """Read the ground off the interface's thread and hand it to the page.

    Signals:
        read: the territory's ground was read, or found absent.
        changed: :meth:`news` says something new.
    """

    read = Signal()
    changed = Signal()
    _finished = Signal(object)

    def __init__(self, source: MapSource, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self.ground = Ground()
        self._ticket: Ticket | None = None
        self._handler: SchemeHandler | None = None
        self._tiles = _tile_service(source, self)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        directory = source.base_map
        self._reader: threading.Thread | None = threading.Thread(
            target=lambda: self._finished.emit(read_ground(directory)), name="map-ground"
        )

    def start(self, handler: SchemeHandler) -> None:
        """Begin to read; what is held is answered through ``handler``."""
        self._handler = handler
        if self._reader is not None:
            self._reader.start()
        if self._tiles is not None:
            self._tiles.ready.connect(self._answer)
            self._tiles.changed.connect(self.changed)
            self._tiles.start(handler)

    def close(self) -> None:
        """Let go of the source of tiles."""
        if self._tiles is not None:
            self._tiles.close()

    def forget_page(self) -> None:
        """Forget what a page that is gone was waiting for."""
        self._ticket = None

    def routes(self) -> dict[str, Route]:
        """Return what the page may ask for."""
        found: dict[str, Route] = {"/ground.json": self._on_asked, "/tile": self._on_tile_asked}
        for name in LAYERS:
            found[f"/ground/{name}.geojson"] = lambda _q, _t, name=name: Reply(  # type: ignore[misc] # a default argument is how a lambda keeps its loop's value
                _GEOJSON, self.ground.files.get(name, b"")
            )
        return found

    def news(self) -> dict[str, Any]:
        """Return what changes while the page lives: words over the map, when to ask again."""
        if self._tiles is None:
            return {"note": "", "revision": 0}
        return {"note": self._tiles.note, "revision": self._tiles.revision}

    def _on_tile_asked(self, query: str, ticket: Ticket) -> Reply | None:
        if self._tiles is None:
            return Reply("text/plain", b"")
        return self._tiles.ask(query, ticket)

    def _on_asked(self, _query: str, ticket: Ticket) -> Reply | None:
        if self._reader is not None or (self._tiles is not None and not self._tiles.opened):
            self._ticket = ticket
            return None
        return self._message()

    def _on_finished(self, ground: Ground) -> None:
        if self._reader is not None:
            self._reader.join()
            self._reader = None
        self.ground = ground
        if ground.problem:
            _log.info("map: no ground (%s %s)", ground.problem, ground.detail)
        self._answer()
        self.read.emit()

    def _answer(self) -> None:
        if self._ticket is None or self._handler is None:
            return
        ticket, self._ticket = self._ticket, None
        reply = self._on_asked("", ticket)
        if reply is not None:
            self._handler.answer(ticket, reply)

    def _message(self) -> Reply:
        title, tiles = self._source.title, self._tiles
        said = [self.ground.attribution or (text("map.ground.of", title=title) if title else "")]
        if tiles is not None and tiles.attribution:
            said.insert(0, tiles.attribution)
        return to_json(
            {
                "layers": [name for name in LAYERS if self.ground.files.get(name)],
                "tiles": tiles.facts() if tiles is not None else None,
                "attribution": " · ".join(part for part in said if part),
                "absent": self._absent(),
            }
        )

    def _absent(self) -> str:
        ground = self.ground
        if not ground.problem:
            return ""
        detail = (
            ground.detail
            if len(ground.detail) <= _DETAIL_CHARS
            else f"…{ground.detail[-_DETAIL_CHARS:]}"
        )
        return f"{text('map.ground.absent')} : {text(ground.problem, detail=detail)}"


def _tile_service(source: MapSource, parent: QObject) -> TileService | None:
    if not source.tiles:
        return None
    # Imported when there are tiles: most maps start without what they need.
    from ui.map.tiles.service import TileService  # noqa: PLC0415 - as above
    from ui.map.tiles.settings import parse_tiles  # noqa: PLC0415 - as above

    return TileService(parse_tiles(source.tiles), parent)
