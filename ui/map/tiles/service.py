"""Answer the page's questions for tiles from threads, and say when their source fails."""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ui.map.scheme import Reply, SchemeHandler, Ticket
from ui.map.tiles.settings import TileSettings
from ui.map.tiles.sources import (
    Address,
    TileSource,
    TilesUnreachable,
    TilesUnusable,
    open_source,
)
from ui.texts import text

_log = logging.getLogger(__name__)

THREADS = 3
PROBE_MS = 15_000
"""While a server does not answer it is asked for one tile this often."""
_JOIN_S = 0.5
_NO_TILE = Reply("text/plain", b"")
_PICTURE = "application/octet-stream"  # createImageBitmap looks at the bytes
_Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a thread found; ``trouble`` when the source failed, ``final`` when by what it gives."""

    ticket: Ticket | None
    body: bytes = b""
    place: _Place | None = None
    trouble: str = ""
    final: bool = False
    reached: bool = False


class TileService(QObject):
    """Own the source of tiles and the threads that ask it.

    Signals:
        ready: the source was opened, or cannot be.
        changed: :attr:`note` or :attr:`revision` is new.

    Args:
        settings: where tiles come from.
        parent: Qt parent.
    """

    ready = Signal()
    changed = Signal()
    _found = Signal(object)
    _opened = Signal(object, str)

    def __init__(self, settings: TileSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._handler: SchemeHandler | None = None
        self._source: TileSource | None = None
        self._work: queue.SimpleQueue[tuple[Ticket | None, _Place] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self.opened = False
        self.note = ""
        self.revision = 1
        self._lost: _Place | None = None  # a tile that did not come: it is asked for as a probe
        self._closed = False
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)
        self._opened.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)
        self._probe = QTimer(self)
        self._probe.setInterval(PROBE_MS)
        self._probe.timeout.connect(self._on_probe_timeout)

    def start(self, handler: SchemeHandler) -> None:
        """Open the source in a thread; what is asked is answered through ``handler``."""
        self._handler = handler
        for number in range(THREADS):
            # Daemons: a fetch that hangs on a dead network must not hold up the console's end.
            thread = threading.Thread(
                target=self._serve, args=(number == 0,), name=f"map-tiles-{number}", daemon=True
            )
            self._threads.append(thread)
        self._threads[0].start()

    def close(self) -> None:
        """End the threads; one that is fetching ends with its fetch."""
        self._closed = True
        self._probe.stop()
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_JOIN_S)
        if self._source is not None and not any(item.is_alive() for item in self._threads):
            self._source.close()

    @property
    def attribution(self) -> str:
        """Return whose map it is: what the settings say, else what the file says."""
        said = self._source.attribution if self._source is not None else ""
        return self._settings.attribution or said

    def facts(self) -> dict[str, Any] | None:
        """Return what the page needs to draw tiles, ``None`` when there are none to be had."""
        source = self._source
        if source is None:
            return None
        return {
            "min": source.min_zoom,
            "max": source.max_zoom,
            "adapt": self._settings.tone == "adapt",
            "side": self._settings.tile_px,
        }

    def ask(self, query: str, ticket: Ticket) -> Reply | None:
        """Take a question ``z/x/y``; an empty answer is "no such tile here".

        Raises:
            ValueError: it is none; the page is ours, so this is a defect.
        """
        z, x, y = (int(part) for part in query.split("/"))
        if self._source is None or self._closed or not 0 <= z <= 24:
            return _NO_TILE
        if not (0 <= x < 1 << z and 0 <= y < 1 << z):
            return _NO_TILE
        self._work.put((ticket, (z, x, y)))
        return None

    # -- in the threads ---------------------------------------------------------------------------

    def _serve(self, opener: bool) -> None:
        if opener:
            try:
                self._source = open_source(self._settings)
            except TilesUnusable as error:
                _log.info("map tiles: %s: %s", self._name(), error)
                self._opened.emit(False, error.key)
                return
            self._opened.emit(True, "")
        while (item := self._work.get()) is not None:
            answer = self._look(*item)
            if self._closed:
                return
            self._found.emit(answer)

    def _look(self, ticket: Ticket | None, place: _Place) -> _Answer:
        source = self._source
        if source is None:
            return _Answer(ticket)
        try:
            if ticket is None and isinstance(source, Address):  # the probe asks the server itself
                source.fetch(*place)
                return _Answer(None, reached=True)
            return _Answer(ticket, source.tile(*place) or b"")
        except TilesUnreachable as error:
            return _Answer(ticket, place=place, trouble=str(error))
        except TilesUnusable as error:
            return _Answer(ticket, place=place, trouble=error.key, final=True)

    # -- on the interface's thread ----------------------------------------------------------------

    def _on_opened(self, usable: bool, trouble: str) -> None:
        self.opened = True
        if self._closed:
            return
        if usable:
            for thread in self._threads[1:]:
                thread.start()
        else:
            self.note = text("map.tiles.unusable", source=self._name(), reason=text(trouble))
            self.changed.emit()
        self.ready.emit()

    def _on_found(self, answer: _Answer) -> None:
        if self._closed:
            return
        if answer.ticket is not None and self._handler is not None:
            mime = _PICTURE if answer.body else _NO_TILE.mime
            self._handler.answer(answer.ticket, Reply(mime, answer.body))
        if answer.final:
            self._say_unusable(answer)
        elif answer.trouble:
            self._say_unreachable(answer)
        elif answer.reached:
            self._say_back()

    def _say_unusable(self, answer: _Answer) -> None:
        note = text("map.tiles.unusable", source=self._name(), reason=text(answer.trouble))
        if note != self.note:
            _log.info("map tiles: %s: %s", self._name(), answer.trouble)
            self.note = note
            self._rest(answer.place)
            self.changed.emit()

    def _say_unreachable(self, answer: _Answer) -> None:
        if self.note:
            return
        if self._settings.offline:
            self.note = text("map.tiles.offline")
        else:
            _log.info("map tiles: %s does not answer (%s)", self._name(), answer.trouble)
            self.note = text("map.tiles.unreachable", time=time.strftime("%H:%M"))
            self._rest(answer.place)
        self.changed.emit()

    def _rest(self, lost: _Place | None) -> None:
        """Leave a server alone but for one tile now and then, until that one comes."""
        if isinstance(self._source, Address):
            self._lost = lost
            self._source.resting = True
            self._probe.start()

    def _say_back(self) -> None:
        self._probe.stop()
        if isinstance(self._source, Address):
            self._source.resting = False
        _log.info("map tiles: %s answers again", self._name())
        self.note = ""
        self.revision += 1
        self.changed.emit()

    def _on_probe_timeout(self) -> None:
        if self._lost is not None and not self._closed:
            self._work.put((None, self._lost))

    def _name(self) -> str:
        """Return the source without what an address may hold of secrets."""
        source = self._settings.source
        return source.split("/")[2] if self._settings.remote else Path(source).name
