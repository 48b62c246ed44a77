"""The wall of pictures: cameras in a grid, each tile saying how far its picture may be believed."""

from console.panels.spec import PanelSpec
from console.panels.wall.presenter import WallPresenter

SPEC = PanelSpec(
    id="wall",
    title_key="panel.wall.title",
    icon="mdi6.cctv",
    presenter=WallPresenter,
    view="ui.wall.panel:WallView",
    minimum_right="view:camera",
    preferred_screen="wall",
)
