"""The map panel's view: the map itself, and beside it the layers and how to read them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.aged import aged
from ui.map.column import WIDTH_PX, LayerList
from ui.map.legend import FoldHeading, Legend
from ui.map.locator import Locator
from ui.map.projection import ViewReport
from ui.map.source import MapSource
from ui.map.surface import MapSurface
from ui.texts import number, text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton

COLUMN_FROM_PX = 860
"""Narrower than this the map keeps the room to itself; a button brings the column."""
PLACE_ZOOM = 17
"""What a search found is shown from here in: symbols and names are readable."""
_REFRESH_MS = 500
_SOON_MS = 100
_BESIDE_FROM_PX = 520


class MapView(QWidget):
    """Show where everything is and what state it is in.

    Args:
        source: the presenter (``console.panels.map.MapPresenter``).
        parent: Qt parent.
    """

    def __init__(self, source: MapSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.setObjectName("map-view")
        self.setAccessibleName(text("map.title"))
        self.surface = MapSurface(source, self)
        self.layers = LayerList()
        self.legend = Legend()
        self.legend_heading = FoldHeading("mdi6.map-outline", text("map.legend.title"))
        self.legend_heading.setChecked(source.legend_open)
        self.legend_heading.clicked.connect(self._on_legend_clicked)
        self.locator = Locator()
        self._column = self._build_column()
        # not before it stands in the column: a window of its own would take the keyboard
        self.legend.setVisible(source.legend_open)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._column)
        layout.addWidget(self.surface, 1)
        self.setFocusProxy(self.surface)
        self._drawn_in = Theme.current().name
        # Narrow, the map has the room to itself and the column comes when it is asked for.
        self._asked_for = False
        self._opener = ActionButton(text("map.layers.open"), icon="layers-outline", parent=self)
        self._opener.setObjectName("map-layers-open")
        self._opener.setToolTip(text("map.layers.open.tip"))
        self._opener.adjustSize()
        self._opener.acted.connect(self._on_opener_acted)
        self._headline: Callable[[], None] | None = None
        self.layers.toggled.connect(self._on_layer_toggled)
        self.surface.reported.connect(self._on_surface_reported)
        self.surface.ground_read.connect(self._on_ground_read)
        self._stale = True
        self._end = source.subscribe(self._on_source_changed)
        aged().flipped.connect(self._on_aged_flipped)
        if aged().outlined:
            self._on_aged_flipped(on=True)
        self._refresh = QTimer(self)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._on_refresh_timeout)
        self._refresh.start()
        # What changes is counted soon after: a mark that is gone from the map is gone beside it.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._show_column)
        self._show_column()

    def _build_column(self) -> QScrollArea:
        inside = QWidget()
        inside.setAutoFillBackground(True)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.layers)
        layout.addWidget(self.legend_heading)
        layout.addWidget(self.legend)
        layout.addWidget(self.locator)
        layout.addStretch(1)
        column = QScrollArea()
        column.setWidget(inside)
        column.setWidgetResizable(True)
        column.setFixedWidth(WIDTH_PX)
        column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.setProperty("look", "column")
        return column

    # -- what the shell and tests ask -------------------------------------------------------------

    @property
    def report(self) -> ViewReport | None:
        """Return what the page last said it has painted and where it looks."""
        return self.surface.report

    def painted_age_s(self) -> float | None:
        """Return the age in seconds of the picture on the screen, ``None`` before the first."""
        return self.surface.painted_age_s()

    def page_live(self) -> bool:
        """Return whether the page paints the present; the map covers itself while it does not.

        A page that has painted no frame of the present catalogue yet shows nothing of the present,
        however lively it is.
        """
        report = self.surface.report
        if report is None or self.surface.cover.covering:
            return False
        return report.painted > 0 and report.generation == self._source.generation

    def headline(self) -> str:
        """Return the territory's title, for the panel's title bar."""
        return self._source.title

    def on_headline(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` when the headline may have changed."""
        self._headline = callback

    def go_to(self, equipment_id: str, zoom: float | None = None) -> bool:
        """Bring an equipment to the middle of the map; false when it is not on it."""
        place = self._source.place_of(equipment_id)
        if place is None:
            return False
        self.surface.centre_on(*place, zoom)
        return True

    def show_place(self, lon: float, lat: float, title: str) -> None:
        """Bring a place (WGS84 degrees) to the middle, near enough to read, and name it there.

        An empty title takes away the name written before.
        """
        report = self.surface.report
        near = report is not None and report.zoom >= PLACE_ZOOM
        self.surface.show_place(lon, lat, None if near else PLACE_ZOOM, title)

    def shut(self) -> None:
        """Stop timers and end the page; called by ``close``, and before the view is deleted."""
        self._refresh.stop()
        self._soon.stop()
        self._end()
        self.surface.shut()

    # -- Qt and subscriptions ---------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DeferredDelete:
            # The shell drops a view with deleteLater: the page must go before its profile.
            self.shut()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._drawn_in != Theme.current().name:
            self._drawn_in = Theme.current().name
            self.surface.feed.restyle()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_column()

    def _place_column(self) -> None:
        narrow = self.width() < COLUMN_FROM_PX
        self._column.setVisible(self._asked_for or not narrow)
        self._opener.setVisible(narrow)
        left = WIDTH_PX if self._column.isVisibleTo(self) else 0
        # below what the page says at its top where both have no room side by side
        self._opener.move(left + 12, 10 if self.width() >= _BESIDE_FROM_PX else 44)
        self._opener.raise_()
        self._fit_locator()

    def _fit_locator(self) -> None:
        """Show the small map whole or not at all: half a territory says something untrue."""
        legend = self.legend.height() if self.legend_heading.isChecked() else 0
        above = self.layers.sizeHint().height() + self.legend_heading.height() + legend
        self.locator.allow(self._column.height() - above)

    def _on_legend_clicked(self, opened: bool) -> None:
        self._source.set_legend_open(opened=opened)
        self.legend.setVisible(opened)
        self._fit_locator()

    def _on_opener_acted(self) -> None:
        self._asked_for = not self._asked_for
        self._place_column()
        self._show_column()

    def _on_aged_flipped(self, on: bool) -> None:
        self.surface.set_aged_outlined(on)

    def _on_source_changed(self) -> None:
        self._stale = True
        if not self._soon.isActive():
            self._soon.start()

    def _on_refresh_timeout(self) -> None:
        # Ages grow by themselves, so the column is looked at twice a second whatever happens.
        self._show_column()
        if self._stale and self._headline is not None:
            self._headline()
        self._stale = False

    def _show_column(self) -> None:
        if self._column.isHidden():
            return
        self.layers.show_rows(self._source.rows())
        report = self.surface.report
        self.layers.show_masked(() if report is None else report.masked)
        self.legend.show_counts(self._source.legend())
        self._fit_locator()

    def _on_layer_toggled(self, key: str, visible: bool) -> None:
        self._source.set_visible(key, visible=visible)
        self.surface.refresh_layers()
        self._show_column()

    def _on_surface_reported(self) -> None:
        report = self.surface.report
        self.locator.show_view(report)
        if report is not None:
            self.layers.show_masked(report.masked)

    def _on_ground_read(self) -> None:
        outlines = self.surface.ground.outlines
        count = len({name for name, _ in outlines})
        key = "map.locator.communes.one" if count <= 1 else "map.locator.communes.other"
        self.locator.show_outlines(outlines, text(key, count=number(count)))
        self._fit_locator()
