"""The wall's third screen: a grid of its own, that follows the same compositions."""

from functools import partial

from console.panels.spec import PanelSpec
from console.panels.wall.presenter import WallPresenter

SPEC = PanelSpec(
    id="wall_3",
    title_key="panel.wall_3.title",
    icon="mdi6.cctv",
    presenter=partial(WallPresenter, place=2),
    view="ui.wall.panel:WallView",
    minimum_right="view:camera",
    preferred_screen="wall",
)
