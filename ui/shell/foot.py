"""The foot: the most pressing unacknowledged alarm, the last notice, and the keys that work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from backend_bridge.contract.alarms import AlarmState, Severity
from ui.marks import AlarmMark
from ui.shell.notices import Notice
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton, KeyHint
from ui.widgets.labels import ElidedLabel, ModeBox, Rule, TextLabel

_KEYS_SHARE = 0.5
_NARROW_PX = 1000


class Foot(QWidget):
    """Show what waits for an acknowledgement and what was last said; never takes the focus."""

    notices_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self.setObjectName("foot")
        self.setAccessibleName(text("ui.foot.name"))
        self.setFixedHeight(self._theme.px("foot"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._has_notice = False
        self._typed = ModeBox("")
        self._typed.setObjectName("foot-typed")
        self._aged = ModeBox("")
        self._aged.setObjectName("foot-aged")
        self._mark = AlarmMark(16)
        self._at = TextLabel(tone="text_2")
        self._alarm = ElidedLabel()
        self._alarm.setObjectName("foot-alarm")
        self._notice = ElidedLabel()
        self._notice.setObjectName("foot-notice")
        self._notice_rule = Rule(vertical=True)
        self._button = ActionButton("", icon="message-text-outline")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setObjectName("foot-notices")
        self._button.acted.connect(self.notices_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 0, 12, 0)
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setSpacing(8)
        layout.addWidget(self._typed)
        layout.addWidget(self._aged)
        layout.addWidget(self._mark)
        layout.addWidget(self._at)
        layout.addWidget(self._alarm, 3)
        layout.addWidget(self._notice_rule)
        layout.addWidget(self._notice, 2)
        layout.addWidget(self._button)
        layout.addWidget(Rule(vertical=True))
        self._keys = QHBoxLayout()
        self._keys.setSpacing(8)
        layout.addLayout(self._keys)
        self.set_alarm(None, AlarmState.NORMAL, "", "", "")
        self.set_notice(None, 0)
        self.set_typed("")
        self.set_aged("")

    def set_typed(self, digits: str) -> None:
        """Show the camera number being typed on the number pad; empty for none."""
        words = text("ui.foot.typed", digits=digits) if digits else ""
        self._typed.setText(words)
        self._typed.setAccessibleName(words)
        self._typed.setVisible(bool(digits))
        self._fit()

    def set_aged(self, words: str) -> None:
        """Say that what is too old is outlined and how much that is; empty while it is not."""
        if words == self._aged.text() and bool(words) != self._aged.isHidden():
            return
        self._aged.setText(words)
        self._aged.setAccessibleName(words)
        self._aged.setVisible(bool(words))
        self._fit()

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Print (key, what it does) at the right; only keys that work here."""
        while (item := self._keys.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, label in keys:
            self._keys.addWidget(KeyHint(key, label))
        self._fit()

    def set_alarm(
        self, severity: Severity | None, state: AlarmState, at: str, title: str, detail: str
    ) -> None:
        """Show the highest unacknowledged alarm, or say that there is none (``None``)."""
        self._mark.set_alarm(severity, state)
        self._mark.setVisible(severity is not None)
        self._at.say(at)
        self._at.setVisible(bool(at))
        if severity is None:
            self._alarm.say("", f"\u00a0{text('ui.foot.no_alarm')}")
        else:
            self._alarm.say(title, detail)

    def set_notice(self, notice: Notice | None, unread: int) -> None:
        """Show the newest notice and how many are unread."""
        self._notice.say("", "" if notice is None else f"{notice.at}  {notice.text}")
        self._button.set_label(str(unread))
        self._button.setAccessibleName(text("ui.foot.notices", count=unread))
        self._button.setToolTip(text("ui.foot.notices", count=unread))
        self._has_notice = notice is not None  # nothing to say leaves no empty box behind
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Print keys while they leave the alarm its half: help, the one before, then the first."""
        room = round(self.width() * _KEYS_SHARE)
        typing = not self._typed.isHidden()
        for box in (self._typed, self._aged):
            room -= 0 if box.isHidden() else box.sizeHint().width()
        # the alarm's code comes before what was said last
        said = self._has_notice and not (typing and self.width() < _NARROW_PX)
        for widget in (self._notice_rule, self._notice, self._button):
            widget.setVisible(said)
        last = self._keys.count() - 1
        for at in [*range(last, max(-1, last - 2), -1), *range(last - 1)]:
            item = self._keys.itemAt(at)
            hint = None if item is None else item.widget()
            if hint is not None:
                room -= hint.sizeHint().width() + self._keys.spacing()
                hint.setVisible(room >= 0 or at == last)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
