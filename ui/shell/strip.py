"""The status strip: who sits here, how the link does, what is alarmed, how old things are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backend_bridge.contract.alarms import Severity
from ui.shell.strip_parts import (
    LinkBox,
    LoadBox,
    QualityCount,
    SeverityCount,
    SoundMark,
    StripFacts,
)
from ui.texts import text
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel, ModeBox, Rule, TextLabel


class StripPresenter(Protocol):
    """Decides what the strip says."""

    @property
    def state(self) -> StripFacts: ...

    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


_QUALITIES = ("stale", "bad", "unknown", "unavailable", "frozen")


class StatusStrip(QWidget):
    """Draw the presenter's strip; refreshed when it says so.

    Args:
        presenter: decides what is said; several windows' strips may share one.
        screen: which of the seat's windows this is, « 2/3 », empty for the only one.
    """

    def __init__(
        self, presenter: StripPresenter, parent: QWidget | None = None, *, screen: str = ""
    ) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._presenter = presenter
        self._screen = screen
        self.setObjectName("strip")
        self.setAccessibleName(text("ui.strip.name"))
        self.setFixedHeight(self._theme.px("strip"))
        self._territory = ElidedLabel(fitted=True)
        self._link = LinkBox()
        self._counts = {severity: SeverityCount(severity) for severity in Severity}
        self._qualities = {word: QualityCount(word) for word in _QUALITIES}
        self._load = LoadBox()
        self._quality_rule = Rule(vertical=True)
        self._person_rule = Rule(vertical=True)
        self._modes = QHBoxLayout()
        self._modes.setSpacing(6)
        self._shown_modes: tuple[str, ...] = ()
        self._person = ElidedLabel(fitted=True)
        self._date = ElidedLabel(fitted=True)
        self._clock = TextLabel(px=20, bold=True)
        self._skew = TextLabel(bold=True)
        self._sound = SoundMark()
        for widget, name in (
            (self._link, "strip-link"),
            (self._person, "strip-person"),
            (self._clock, "strip-clock"),
            (self._sound, "strip-sound"),
            *((count, f"strip-{word}") for word, count in self._qualities.items()),
        ):
            widget.setObjectName(name)
        self._lay_out()
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the presenter's present state."""
        state = self._presenter.state
        self._territory.say("", state.territory)
        self._link.show_link(state)
        for tally in state.alarms:
            self._counts[tally.severity].show_tally(tally)
        said = dict(
            zip(
                _QUALITIES,
                (state.stale, state.bad, state.unknown, state.unavailable, state.frozen),
                strict=True,
            )
        )
        for word, count in self._qualities.items():
            count.say(said[word])
        self._load.show_load(state.load)
        self._quality_rule.setVisible(any(said.values()))
        self._show_modes(tuple(state.modes))
        person = (state.seat, self._screen, state.user)
        self._person.say("", " · ".join(part for part in person if part))
        self._date.say("", state.date)
        self._clock.say(state.clock)
        self._skew.say(state.skew)
        self._skew.setToolTip(state.skew)
        self._skew.setVisible(bool(state.skew))
        self._fit()

    def show_sound(self, icon: str, left: str, tip: str) -> None:
        """Say that nothing is heard here, and for how long; all empty while sounds are heard."""
        if self._sound.say(icon, left, tip):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def release(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _fit(self) -> None:
        """Leave out what matters least until all the rest is whole: nothing here is cut halfway."""
        steps = (
            self._keep_room,
            self._show_date,
            self._show_load_label,
            self._show_territory,
            self._show_quality_words,
            self._show_load_bar,
            self._show_person,
        )
        for step in steps:
            step(whole=True)
        for step in steps:
            if self._needed_px() <= self.width():
                return
            step(whole=False)

    def _needed_px(self) -> int:
        # what changed inside a part reaches this layout only with the next event: ask it now
        for part in (self._link, self._load, *self._counts.values()):
            part.updateGeometry()
        layout = self.layout()
        return 0 if layout is None else layout.sizeHint().width()

    def _keep_room(self, *, whole: bool) -> None:
        for count in self._counts.values():
            count.keep_room(keep=whole)

    def _show_date(self, *, whole: bool) -> None:
        self._date.setVisible(whole)

    def _show_load_label(self, *, whole: bool) -> None:
        self._load.show_parts(label=whole)

    def _show_load_bar(self, *, whole: bool) -> None:
        self._load.show_parts(bar=whole)

    def _show_territory(self, *, whole: bool) -> None:
        self._territory.setVisible(whole)

    def _show_quality_words(self, *, whole: bool) -> None:
        for count in self._qualities.values():
            count.be_brief(brief=not whole)

    def _show_person(self, *, whole: bool) -> None:
        self._person.setVisible(whole)
        self._person_rule.setVisible(whole)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 14, 0)
        layout.setSpacing(10)
        layout.addWidget(TextLabel("Beffroi", px=15, bold=True))
        layout.addWidget(self._territory)
        layout.addWidget(Rule(vertical=True))
        layout.addWidget(self._link)
        layout.addWidget(Rule(vertical=True))
        for count in self._counts.values():
            layout.addWidget(count)
        layout.addWidget(Rule(vertical=True))
        layout.addWidget(self._load)
        layout.addWidget(Rule(vertical=True))
        for quality in self._qualities.values():
            layout.addWidget(quality)
        layout.addWidget(self._quality_rule)
        layout.addLayout(self._modes)
        layout.addStretch(1)
        layout.addWidget(self._sound)
        layout.addWidget(self._skew)
        layout.addWidget(self._person_rule)
        layout.addWidget(self._person)
        layout.addWidget(Rule(vertical=True))
        layout.addWidget(self._date)
        layout.addWidget(self._clock)

    def _show_modes(self, modes: tuple[str, ...]) -> None:
        if modes == self._shown_modes:
            return
        while (item := self._modes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for mode in modes:
            box = ModeBox(mode)
            box.setObjectName("strip-mode")
            self._modes.addWidget(box)
        self._shown_modes = modes
