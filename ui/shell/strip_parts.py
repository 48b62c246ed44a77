"""The parts of the status strip: link, counts of alarms and of equipment, the operator's load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.commands import CommandOutcome
from ui import patterns
from ui.marks import AlarmMark
from ui.texts import number, text
from ui.theme import Theme
from ui.widgets.labels import AgeLabel, ElidedLabel, IconLabel, ModeBox, TextLabel


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


class Load(Protocol):
    """Alarms of the last ten minutes; fractions are of the limit, ``None`` for not known yet."""

    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def fraction(self) -> float | None: ...
    @property
    def target(self) -> float: ...
    @property
    def over(self) -> bool: ...
    @property
    def tooltip(self) -> str: ...


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
    def bad(self) -> str: ...
    @property
    def unknown(self) -> str: ...
    @property
    def unavailable(self) -> str: ...
    @property
    def frozen(self) -> str: ...
    @property
    def to_check(self) -> str: ...
    @property
    def load(self) -> Load: ...
    @property
    def modes(self) -> Sequence[str]: ...


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
        self._brief = False
        self._live = False
        # room for « 99,9 s » so that what stands right of it never moves
        self._age.setMinimumWidth(66)

    def show_link(self, state: StripFacts) -> None:
        """Show the link part of a strip's state."""
        self._word.say(state.link)
        self._live = state.live
        self._word.setVisible(state.live and not self._brief)
        self._lost.setText(state.link)
        self._lost.setAccessibleName(state.link)
        self._lost.setVisible(not state.live)
        self._age.set_age(state.age_fraction, state.link_age)
        self._behind.say("", state.behind)
        self._behind.setVisible(bool(state.behind))
        self.setToolTip(state.link_tooltip)
        self.setAccessibleName(f"{state.link} {state.link_age} {state.behind}".strip())
        self.setAccessibleDescription(state.link_tooltip)

    def be_brief(self, *, brief: bool) -> None:
        """Leave out the word while the link lives: ring and age say it; what is wrong stays."""
        self._brief = brief
        self._word.setVisible(self._live and not brief)


class SeverityCount(QWidget):
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
        """Keep room for two digits that wait, or give it to whoever stands beside."""
        # room for « 99 NA »: a count that grows must not push its neighbours, where there is room
        room = QFontMetrics(self._theme.font(12)).horizontalAdvance("99 NA") if keep else 0
        self._waiting.setMinimumWidth(room)

    def show_tally(self, tally: Tally) -> None:
        """Show one severity's count."""
        state = AlarmState.UNACKNOWLEDGED if tally.unacknowledged else AlarmState.ACKNOWLEDGED
        none = tally.total == 0
        self._mark.set_alarm(tally.severity, state, grey=none)
        self._total.say(number(tally.total))
        self._total.set_tone("text_3" if none else "text_1")
        self._waiting.say(tally.waiting)
        self.setAccessibleName(
            text(
                "ui.strip.alarms",
                severity=text(f"ui.alarm.severity.{int(self._severity)}"),
                count=tally.total,
                waiting=tally.unacknowledged,
            )
        )


TO_CHECK = "to_check"
"""Commands of unknown fate that nobody looked at yet: their sign is the chain, not a pattern."""


class QualityCount(QWidget):
    """How much equipment has one quality, with its pattern; hidden at none.

    The number is never cut: where there is no room (:meth:`be_brief`) it stands without its word,
    which the pattern and the tooltip say.
    """

    def __init__(self, word: str) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._word = word
        self._text = ""
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.hide()

    def say(self, words: str) -> None:
        """Show a number and its word, « 14 périmés »; empty for none."""
        if words != self._text:
            self._text = words
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.setVisible(bool(words))
            self.updateGeometry()
            self.update()

    def be_brief(self, *, brief: bool) -> None:
        """Show the number alone, or with its word again."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(13)).horizontalAdvance(self._shown())
        return QSize(self._sign_px() + 6 + width + 4, 24)

    def _sign_px(self) -> int:
        return patterns.chain_width() if self._word == TO_CHECK else 26

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._word == TO_CHECK:
            top = QPointF(0, (self.height() - patterns.CHAIN_BOX_PX) / 2)
            boxes = patterns.chain_boxes(CommandOutcome.UNKNOWN)
            letters = text("ui.command.chain.letters")
            patterns.paint_chain(painter, self._theme, top, boxes, letters)
        else:
            sign = QRectF(0, (self.height() - 18) / 2, 26, 18)
            patterns.paint_swatch(painter, self._theme, sign, self._word)
        painter.setFont(self._theme.font(13))
        painter.setPen(self._theme.color("text_1"))
        room = self.rect().adjusted(self._sign_px() + 6, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._shown())
        painter.end()

    def _shown(self) -> str:
        return self._text.rsplit(None, 1)[0] if self._brief and self._text else self._text


class LoadBox(QWidget):
    """The operator's load: a bar with the target's and the limit's tick, and the number."""

    def __init__(self) -> None:
        super().__init__()
        self._label = TextLabel(tone="text_2")
        self._bar = _LoadBar()
        self._text = TextLabel()
        self.setObjectName("strip-load")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._label, self._bar, self._text):
            layout.addWidget(widget)

    def show_load(self, load: Load) -> None:
        """Show the alarms of the last ten minutes; above the limit the number is bold."""
        self._label.say(load.label)
        self._bar.show_load(load)
        self._text.say(load.text)
        self._text.setFont(Theme.current().font(13, bold=load.over))
        self.setToolTip(load.tooltip)
        self.setAccessibleName(f"{load.label} {load.text}")
        self.setAccessibleDescription(load.tooltip)

    def show_parts(self, *, label: bool | None = None, bar: bool | None = None) -> None:
        """Show or leave out the label or the bar where there is no room; the number stays."""
        if label is not None:
            self._label.setVisible(label)
        if bar is not None:
            self._bar.setVisible(bar)


class _LoadBar(QWidget):
    _END = 1.5
    """The bar's end, as a fraction of the limit: room to see how far above it is."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._load: tuple[float | None, float] = (None, 0.0)
        self.setFixedSize(92, 16)

    def show_load(self, load: Load) -> None:
        if (load.fraction, load.target) != self._load:
            self._load = (load.fraction, load.target)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fraction, target = self._load
        painter = QPainter(self)
        patterns.paint_limit_bar(
            painter,
            self._theme,
            QRectF(0, 4, self.width(), 8),
            (fraction or 0.0) / self._END,
            limits=(target / self._END, 1 / self._END),
            word="unknown" if fraction is None else "good",
        )
        painter.end()


class SoundMark(QWidget):
    """Say that no alarm is heard at this desk: an icon, and the time a silence still lasts."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel()
        self._left = TextLabel(tone="text_2")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._icon)
        layout.addWidget(self._left)
        self._said = ("", "", "")
        self.hide()

    def say(self, icon: str, left: str, tip: str) -> bool:
        """Show it, or nothing for an empty icon; return whether that changed the room it needs."""
        if (icon, left, tip) == self._said:
            return False
        resize = (bool(icon), len(left)) != (bool(self._said[0]), len(self._said[1]))
        self._said = (icon, left, tip)
        self._icon.show_icon(icon)
        self._left.say(left)
        self._left.setVisible(bool(left))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setVisible(bool(icon))
        return resize
