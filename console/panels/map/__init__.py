"""The map panel: where everything is, and what state it is in."""

from console.panels.map.presenter import MapPresenter
from console.panels.spec import PanelSpec

__all__ = ["SPEC", "MapPresenter"]

SPEC = PanelSpec(
    id="map",
    title_key="map.title",
    icon="mdi6.map-outline",
    presenter=MapPresenter,
    view="ui.map.view:MapView",
    topics=("points", "alarms", "incidents"),
    preferred_screen="main",
    searches=True,
)
