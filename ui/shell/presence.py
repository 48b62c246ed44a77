"""In the strip: who else sits at this seat, and the next relief when it is near."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.labels import ElidedLabel, Rule, TextLabel


class PresenceFacts(Protocol):
    """What is said; finished texts, empty for nothing."""

    @property
    def others(self) -> str: ...
    @property
    def tooltip(self) -> str: ...
    @property
    def relief(self) -> str: ...


class PresencePresenter(Protocol):
    """Decides what is said; several strips may share one."""

    @property
    def state(self) -> PresenceFacts: ...

    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


class PresenceBox(QWidget):
    """Say it beside the person's own name; takes no room while there is nothing to say."""

    def __init__(self, presenter: PresencePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._relief = TextLabel(bold=True)
        self._others = ElidedLabel(fitted=True)
        self.setObjectName("strip-presence")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(Rule(vertical=True))
        layout.addWidget(self._relief)
        layout.addWidget(self._others)
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the presenter's present state."""
        state = self._presenter.state
        self._relief.say(state.relief)
        self._relief.setVisible(bool(state.relief))
        self._others.say("", state.others)
        self._others.setVisible(bool(state.others))
        self._others.setToolTip(state.tooltip)
        self._others.setAccessibleDescription(state.tooltip)
        self.setVisible(bool(state.relief or state.others))

    def release(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()
