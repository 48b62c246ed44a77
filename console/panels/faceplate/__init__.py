"""Faceplates: commanded, reported and verified apart; what would be accepted now; two gestures."""

from __future__ import annotations

from console.panels.faceplate.presenter import FaceplatePresenter
from console.panels.spec import PanelSpec

SPEC = PanelSpec(
    id="faceplate",
    title_key="faceplate.title",
    icon="mdi6.gesture-tap-button",
    presenter=FaceplatePresenter,
    view="ui.faceplate.panel:FaceplateView",
    topics=("points",),
    preferred_screen="main",
)
"""The one module-level name discovery looks for."""
