"""The status strip: who sits here, how the link does, what is alarmed, how old things are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend_bridge.contract.alarms import Severity
from ui.shell.strip_parts import (
    TO_CHECK,
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

_GAP_PX = 10
_MARGINS_PX = 26


class StripPresenter(Protocol):
    """Decides what the strip says."""

    @property
    def state(self) -> StripFacts: ...

    def subscribe(self, callback: Callable[[], None], /) -> Callable[[], None]: ...


_ANY_PX = 16_777_215
"""Qt's own word for no limit."""
_QUALITIES = ("stale", "bad", "unknown", "unavailable", "frozen", TO_CHECK)


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
        # as wide as its window, however much there is to say: it gives up words, never numbers
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
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
        self._beside: QWidget | None = None
        self._sound = SoundMark()
        for widget, name in (
            (self._link, "strip-link"),
            (self._person, "strip-person"),
            (self._clock, "strip-clock"),
            (self._sound, "strip-sound"),
            *((count, f"strip-{word}") for word, count in self._qualities.items()),
        ):
            widget.setObjectName(name)
        self._title = TextLabel("Beffroi", px=15, bold=True)
        self._title_rule = Rule(vertical=True)
        self._lines = (QHBoxLayout(), QHBoxLayout(), QHBoxLayout())
        self._more, self._modes_box, self._tail = QWidget(), QWidget(), QWidget()
        self._more_rule = Rule(vertical=True)
        self._stretch = QWidget()
        self._standing = 0
        self._fitting = False
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
                (
                    state.stale,
                    state.bad,
                    state.unknown,
                    state.unavailable,
                    state.frozen,
                    state.to_check,
                ),
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

    def put_beside_person(self, box: QWidget) -> None:
        """Show something more right of who sits here; left out where there is no room."""
        line = self._tail.layout()
        assert isinstance(line, QHBoxLayout)  # made with it
        line.insertWidget(line.indexOf(self._person) + 1, box)
        self._beside = box
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
        """Leave out what matters least until all the rest is whole: nothing here is cut halfway.

        Where one line holds not even the numbers, a second one takes half of them.
        """
        steps = (
            self._keep_room,
            self._show_date,
            self._show_load_label,
            self._show_territory,
            self._show_quality_words,
            self._show_load_bar,
            self._show_beside,
            self._show_person,
            self._show_title,
            self._show_link_word,
        )
        if self._fitting:  # growing a line tells this widget that its size changed
            return
        self._fitting = True
        for lines in (1, 2, 3):
            self._stand_on(lines)
            if self._gives_up(steps):
                break
        self.setFixedHeight(self._theme.px("strip") * self._standing)
        self._fitting = False

    def _gives_up(self, steps: Sequence[Callable[..., None]]) -> bool:
        """Leave out one thing after the other; return whether the rest is whole."""
        for step in steps:
            step(whole=True)
        for step in steps:
            if self._needed_px() <= self.width():
                return True
            step(whole=False)
        return self._needed_px() <= self.width()

    def _stand_on(self, lines: int) -> None:
        """Stand on one line, on two (load, qualities and modes below), or on three."""
        if lines == self._standing:
            return
        self._standing = lines
        self._more_rule.setVisible(lines == 1)
        first, second, third = self._lines
        for line in self._lines:
            for group in (self._more, self._modes_box, self._stretch, self._tail):
                line.removeWidget(group)
        for line, group in (
            (first if lines == 1 else second, self._more),
            ((first, second, third)[lines - 1], self._modes_box),
        ):
            # before the room left over at the end of a further line
            line.insertWidget(line.count() - (line is not first), group)
        # the end of a line stands at the right, whatever stands before it
        end = third if lines == 3 else first
        end.addWidget(self._stretch, 1000)
        end.addWidget(self._tail)

    def _needed_px(self) -> int:
        # what changed inside a part reaches this layout only with the next event: ask it now
        for part in (self._link, self._load, *self._counts.values()):
            part.updateGeometry()
        for group in (self._more, self._modes_box, self._tail):
            layout = group.layout()
            if layout is not None:
                layout.invalidate()
            group.updateGeometry()
        for line in self._lines:  # they keep what they measured last
            line.invalidate()
        needed = [line.sizeHint().width() for line in self._lines]
        return max(needed) + _MARGINS_PX

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

    def _show_beside(self, *, whole: bool) -> None:
        if self._beside is not None:
            self._beside.setMaximumWidth(_ANY_PX if whole else 0)

    def _show_person(self, *, whole: bool) -> None:
        self._person.setVisible(whole)
        self._person_rule.setVisible(whole)

    def _show_title(self, *, whole: bool) -> None:
        self._title.setVisible(whole)
        self._title_rule.setVisible(whole)

    def _show_link_word(self, *, whole: bool) -> None:
        self._link.be_brief(brief=not whole)

    def _lay_out(self) -> None:
        both = QVBoxLayout(self)
        both.setContentsMargins(12, 0, 14, 0)
        both.setSpacing(0)
        both.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        for line in self._lines:
            line.setSpacing(_GAP_PX)
            both.addLayout(line)
        for group in (self._more, self._modes_box, self._tail):
            inside = QHBoxLayout(group)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(_GAP_PX)
        first = self._lines[0]
        first.addWidget(self._title)
        first.addWidget(self._territory)
        first.addWidget(self._title_rule)
        first.addWidget(self._link)
        first.addWidget(Rule(vertical=True))
        for count in self._counts.values():
            first.addWidget(count)
        self._fill(self._more, self._more_rule, self._load, Rule(vertical=True))
        self._fill(self._more, *self._qualities.values(), self._quality_rule)
        modes = self._modes_box.layout()
        assert isinstance(modes, QHBoxLayout)  # made above
        modes.addLayout(self._modes)
        self._fill(self._tail, self._sound, self._skew, self._person_rule, self._person)
        self._fill(self._tail, Rule(vertical=True), self._date, self._clock)
        for line in self._lines[1:]:
            line.addStretch(1)
        self._stand_on(1)

    @staticmethod
    def _fill(group: QWidget, *widgets: QWidget) -> None:
        layout = group.layout()
        assert layout is not None  # made with the group
        for widget in widgets:
            layout.addWidget(widget)

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
