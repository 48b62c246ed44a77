"""The wall's second screen: a grid of its own, that follows the same compositions."""

from functools import partial

from console.panels.spec import PanelSpec
from console.panels.wall.presenter import WallPresenter

SPEC = PanelSpec(
    id="wall_2",
    title_key="panel.wall_2.title",
    icon="mdi6.cctv",
    presenter=partial(WallPresenter, place=1),
    view="ui.wall.panel:WallView",
    minimum_right="view:camera",
    preferred_screen="wall",
)
