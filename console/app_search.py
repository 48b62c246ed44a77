"""The searches of one window: the palette over it, and a field in the bar of each map."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from console.app_panels import PanelHost, PanelTasks, Parts, context_for
from console.panels.search import CitySearch, SearchPresenter, Spot
from ui.search.box import SearchBox
from ui.search.palette import Palette
from ui.shell.frame import as_locating
from ui.shell.keys import key_text
from ui.shell.window import ShellWindow
from ui.texts import text


class WindowSearch:
    """Own the searches of a signed-in person's window; they share one index of the city.

    Args:
        parts: what presenters are given.
        window: its commands are searched, and what was found is shown on its maps.
        hosts: its panels; those whose spec searches get a field.
        page: what the palette lies over.
        first: the search of the seat's first window, whose index of the city is shared; ``None``
            makes one.
        maps: panels that what was found is shown on, those of other windows too; ``hosts`` when
            absent.
    """

    def __init__(
        self,
        parts: Parts,
        window: ShellWindow,
        hosts: Iterable[PanelHost],
        page: QWidget,
        *,
        first: WindowSearch | None = None,
        maps: Iterable[PanelHost] | None = None,
    ) -> None:
        self._hosts = tuple(hosts)
        self._maps = self._hosts if maps is None else tuple(maps)
        self._shares = first is not None
        self._tasks = PanelTasks("search", parts.notify)
        self._world = parts.state
        self._end_seeking = (
            None if first else parts.selection.subscribe_sought(self._on_equipment_sought)
        )
        context = context_for("search", parts, self._tasks)
        self.city: CitySearch = (
            first.city if first else CitySearch(context.state, context.text, context.spawn)
        )
        self._presenters = [SearchPresenter(context, self.city, self._go_to, window.commands)]
        self.palette = Palette(self._presenters[0], page)
        self.boxes: list[SearchBox] = []
        for host in self._hosts:
            if host.spec.searches:
                presenter = SearchPresenter(context, self.city, self._go_to)
                box = SearchBox(presenter, text("search.placeholder"), key_text("Ctrl+F"))
                host.frame.set_tool(box)
                self._presenters.append(presenter)
                self.boxes.append(box)

    def open_field(self) -> None:
        """Put the caret in a map's field, in the palette where there is no map."""
        if self.boxes:
            self.boxes[0].open()
        else:
            self.palette.toggle()

    def close(self) -> list[asyncio.Task[None]]:
        """Take everything down; return the coroutines, cancelled, to be awaited."""
        if self._end_seeking is not None:
            self._end_seeking()
        self.palette.release()
        for box in self.boxes:
            box.release()
        for presenter in self._presenters:
            presenter.close()
        if not self._shares:
            self.city.close()
        return self._tasks.close()

    def _go_to(self, spot: Spot) -> bool:
        return self._show(spot.lon, spot.lat, spot.title)

    def _on_equipment_sought(self, equipment_id: str) -> None:
        item = self._world.equipment.get(equipment_id)
        if item is not None:
            self._show(item.lon, item.lat, "")  # the map marks what is chosen by itself

    def _show(self, lon: float, lat: float, title: str) -> bool:
        shown = False
        for host in self._maps:
            view = as_locating(host.frame.view)
            if view is not None:
                view.show_place(lon, lat, title)
                shown = True
        return shown
