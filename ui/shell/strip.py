"""The status strip: who sits here, how the link does, what is alarmed, how old things are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from backend_bridge.contract.alarms import AlarmState, Severity
from ui import patterns
from ui.marks import AlarmMark
from ui.texts import text
from ui.theme import Theme
from ui.widgets.labels import AgeLabel, ElidedLabel, ModeBox, Rule, TextLabel


class Tally(Protocol):
    """One severity's count; ``waiting`` is « 1 NA », empty for none."""

    @property
    def severity(self) -> Severity: ...
    @property
    def total(self) -> int: ...
    @property
    def unacknowledged(self) -> int: ...
    @property
    def waiting(self) -> str: ...


class StripFacts(Protocol):
    """What the strip shows; finished texts."""

    @property
    def live(self) -> bool: ...
    @property
    def link(self) -> str: ...
    @property
    def link_age(self) -> str: ...
    @property
    def age_fraction(self) -> float | None: ...
    @property
    def behind(self) -> str: ...
    @property
    def link_tooltip(self) -> str: ...
    @property
    def territory(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def seat(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def clock(self) -> str: ...
    @property
    def skew(self) -> str: ...
    @property
    def alarms(self) -> Sequence[Tally]: ...
    @property
    def stale(self) -> str: ...
    @property
    def unavailable(self) -> str: ...
    @property
    def modes(self) -> Sequence[str]: ...


class StripPresenter(Protocol):
    """Decides what the strip says."""

    @property
    def state(self) -> StripFacts: ...

    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


_ROOMY_PX = 1600


class StatusStrip(QWidget):
    """Draw the presenter's strip; refreshed when it says so."""

    def __init__(self, presenter: StripPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._presenter = presenter
        self.setObjectName("strip")
        self.setAccessibleName(text("ui.strip.name"))
        self.setFixedHeight(self._theme.px("strip"))
        self._territory = ElidedLabel(fitted=True)
        self._link = LinkBox()
        self._counts = {severity: _Count(severity) for severity in Severity}
        self._stale = _QualityCount("stale")
        self._unavailable = _QualityCount("unavailable")
        self._quality_rule = Rule(vertical=True)
        self._modes = QHBoxLayout()
        self._modes.setSpacing(6)
        self._shown_modes: tuple[str, ...] = ()
        self._person = ElidedLabel(fitted=True)
        self._date = ElidedLabel(fitted=True)
        self._clock = TextLabel(px=20, bold=True)
        self._skew = ElidedLabel(fitted=True)
        for widget, name in (
            (self._link, "strip-link"),
            (self._person, "strip-person"),
            (self._clock, "strip-clock"),
            (self._stale, "strip-stale"),
            (self._unavailable, "strip-unavailable"),
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
        self._stale.say(state.stale)
        self._unavailable.say(state.unavailable)
        self._quality_rule.setVisible(bool(state.stale or state.unavailable))
        self._show_modes(tuple(state.modes))
        self._person.say("", " · ".join(part for part in (state.seat, state.user) if part))
        self._date.say("", state.date)
        self._clock.say(state.clock)
        self._skew.say(state.skew)
        self._skew.setVisible(bool(state.skew))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for count in self._counts.values():
            count.keep_room(keep=event.size().width() >= _ROOMY_PX)

    def release(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

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
        layout.addWidget(self._stale)
        layout.addWidget(self._unavailable)
        layout.addWidget(self._quality_rule)
        layout.addLayout(self._modes)
        layout.addStretch(1)
        layout.addWidget(self._skew)
        layout.addWidget(Rule(vertical=True))
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


class LinkBox(QWidget):
    """Say how the link does: ring and age while live, inverse with the words when not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = TextLabel()
        self._age = AgeLabel()
        self._lost = ModeBox("")
        self._behind = ElidedLabel(fitted=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._lost, self._word, self._age, self._behind):
            layout.addWidget(widget)
        # room for « 99,9 s » so that what stands right of it never moves
        self._age.setMinimumWidth(66)

    def show_link(self, state: StripFacts) -> None:
        """Show the link part of a strip's state."""
        self._word.say(state.link)
        self._word.setVisible(state.live)
        self._lost.setText(state.link)
        self._lost.setAccessibleName(state.link)
        self._lost.setVisible(not state.live)
        self._age.set_age(state.age_fraction, state.link_age)
        self._behind.say("", state.behind)
        self._behind.setVisible(bool(state.behind))
        self.setToolTip(state.link_tooltip)
        self.setAccessibleName(f"{state.link} {state.link_age} {state.behind}".strip())
        self.setAccessibleDescription(state.link_tooltip)


class _Count(QWidget):
    """One severity: mark, total, and how many wait; grey and hollow at zero."""

    def __init__(self, severity: Severity) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._severity = severity
        self._mark = AlarmMark(20)
        self._mark.setFixedWidth(34)
        self._total = TextLabel(px=15, bold=True)
        self._waiting = TextLabel(tone="text_2", px=12)
        self.setObjectName(f"strip-alarms-{int(severity)}")
        self._total.setMinimumWidth(22)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._mark)
        layout.addWidget(self._total)
        layout.addWidget(self._waiting)

    def keep_room(self, *, keep: bool) -> None:
        # room for « 99 NA »: a count that grows must not push its neighbours, where there is room
        room = QFontMetrics(self._theme.font(12)).horizontalAdvance("99 NA") if keep else 0
        self._waiting.setMinimumWidth(room)

    def show_tally(self, tally: Tally) -> None:
        state = AlarmState.UNACKNOWLEDGED if tally.unacknowledged else AlarmState.ACKNOWLEDGED
        self._mark.set_alarm(tally.severity, state)
        self._total.say(str(tally.total))
        self._waiting.say(tally.waiting)
        self.setAccessibleName(
            text(
                "ui.strip.alarms",
                severity=text(f"ui.alarm.severity.{int(self._severity)}"),
                count=tally.total,
                waiting=tally.unacknowledged,
            )
        )


class _QualityCount(QWidget):
    """How many values have one quality, with its pattern; hidden at none."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._word = word
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hide()

    def say(self, words: str) -> None:
        if words != self._text:
            self._text = words
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.setVisible(bool(words))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(13)).horizontalAdvance(self._text)
        return QSize(26 + 6 + width + 4, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(26 + 6 + 30, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        patterns.paint_swatch(
            painter, self._theme, QRectF(0, (self.height() - 18) / 2, 26, 18), self._word
        )
        painter.setFont(self._theme.font(13))
        painter.setPen(self._theme.color("text_1"))
        room = self.rect().adjusted(32, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
