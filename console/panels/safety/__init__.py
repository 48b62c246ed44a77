"""Works and interlocks: where hands are in, what is out of service, which interlocks are off."""

from __future__ import annotations

from console.panels.safety.presenter import SafetyPresenter
from console.panels.spec import PanelSpec

SPEC = PanelSpec(
    id="safety",
    title_key="safety.title",
    icon="mdi6.account-hard-hat-outline",
    presenter=SafetyPresenter,
    view="ui.safety.panel:SafetyView",
    topics=("incidents",),
    preferred_screen="board",
)
"""The one module-level name discovery looks for."""
