"""One wish: what it would touch, why, for how long; and the two buttons that matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.acting.facts import Acts, Card, Hold, Question
from ui.acting.lines import Counts, FateBar, TargetLines
from ui.facts import Action
from ui.texts import text
from ui.widgets.actions import ActionRow
from ui.widgets.bars import TimerBar
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.wrapped import WrappedLabel

HARMLESS = "give_up"
CONFIRM = "confirm"


class CardView(QWidget):
    """Draw one wish; Ctrl+Enter confirms, Esc does nothing of it."""

    def __init__(self, key: str, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._acts = acts
        self.setObjectName(f"acting-{key}")
        self._stage = TextLabel(tone="text_2")
        self._title = WrappedLabel(px=15)
        self._bar = TimerBar()
        self._left = TextLabel(tone="text_2")
        self._line = TextLabel(tone="text_2", wrap=True)
        self._lines = TargetLines()
        self._more = TextLabel(tone="text_2")
        self._shares = FateBar()
        self._counts = Counts()
        self._reason = QLineEdit()
        self._reason.setObjectName("acting-reason")
        self._reason.setPlaceholderText(text("acting.reason.hint"))
        self._reason.setAccessibleName(text("acting.reason"))
        self._reason.textEdited.connect(partial(acts.write, key))
        self._holds = _Holds(partial(acts.hold, key))
        self._row = ActionRow()
        self._row.acted.connect(self._on_acted)
        self._why = TextLabel(tone="text_2", wrap=True)
        self._lay_out()

    def show_card(self, card: Card) -> None:
        """Draw the wish as it is now; what is being typed stays as it is."""
        self.setAccessibleName(f"{card.stage} {card.title}")
        self._stage.say(card.stage)
        self._title.say(card.title, "")
        self._bar.set_fraction(card.left)
        self._left.say(card.left_text)
        self._line.say(card.line)
        self._line.setVisible(bool(card.line))
        self._lines.show_lines(card.lines)
        self._more.say(card.more)
        self._more.setVisible(bool(card.more))
        self._shares.show_shares(card.shares)
        self._counts.show_counts(card.counts)
        if not self._reason.hasFocus() and self._reason.text() != card.reason:
            self._reason.setText(card.reason)
            self._reason.setCursorPosition(0)  # a long one is read from its beginning
        self._holds.show_holds(card.holds)
        self._row.show_actions(card.actions)
        if not card.asks and self._reason.hasFocus():
            self.focus_harmless()  # before hiding: Qt would move the keyboard on as Tab does
        self._reason.setVisible(card.asks)
        reason = next((one.reason for one in card.actions if one.key == CONFIRM), "")
        self._why.say(reason)
        self._why.setVisible(bool(reason))

    def focus_first(self) -> None:
        """Give the keyboard to the reason while it is empty, else to the choice without effect."""
        if self._reason.isVisibleTo(self) and not self._reason.text():
            self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus_harmless()

    def focus_harmless(self) -> None:
        """Give the keyboard to the button that does nothing to the field."""
        button = self.findChild(ActionButton, f"action-{HARMLESS}")
        if isinstance(button, ActionButton):
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._row.press(CONFIRM)
            return
        if enter and self._reason.hasFocus():
            self.focus_harmless()
            return
        if enter and _press_focused(self):
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._stage, 1)
        head.addWidget(self._bar)
        head.addWidget(self._left)
        asked = QHBoxLayout()
        asked.addWidget(self._reason, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._title)
        for widget in (self._line, self._shares, self._counts, self._lines, self._more):
            layout.addWidget(widget)
        layout.addLayout(asked)
        layout.addWidget(self._holds)
        layout.addWidget(self._row)
        layout.addWidget(self._why)

    def _on_acted(self, action: Action) -> None:
        self._acts.do(self.key, action.key)


class QuestionView(QWidget):
    """Draw somebody else's question; agreeing takes typing what it is about."""

    def __init__(self, question_id: str, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = question_id
        self._acts = acts
        self._challenge = ""
        self.setObjectName(f"question-{question_id}")
        self._title = ElidedLabel(px=15)
        self._bar = TimerBar()
        self._left = TextLabel(tone="text_2")
        self._effect = TextLabel(bold=True)
        self._reason = TextLabel(wrap=True)
        self._lines = TargetLines()
        self._more = TextLabel(tone="text_2")
        self._asks = TextLabel(tone="text_2")
        self._typed = QLineEdit()
        self._typed.setObjectName("question-typed")
        self._typed.textEdited.connect(self._on_edited)
        self._agree = ActionButton(text("acting.question.agree"), icon="check", main=True)
        self._agree.setObjectName("question-agree")
        self._agree.acted.connect(partial(self._answer, "agree"))
        self._refuse = ActionButton(text("acting.question.refuse"), icon="cancel")
        self._refuse.setObjectName("question-refuse")
        self._refuse.acted.connect(partial(self._answer, "refuse"))
        self._why = TextLabel(tone="text_2", wrap=True)
        self._agree.explained.connect(self._why.say)
        self._lay_out()
        self._on_edited()

    def show_question(self, question: Question) -> None:
        """Draw the question as it is now."""
        self._challenge = question.challenge
        self.setAccessibleName(question.title)
        self._title.say(question.title)
        self._bar.set_fraction(question.left)
        self._left.say(question.left_text)
        self._effect.say(question.effect)
        self._reason.say(question.reason)
        self._lines.show_lines(question.lines)
        self._more.say(question.more)
        self._more.setVisible(bool(question.more))
        self._asks.say(question.asks)
        self._typed.setAccessibleName(question.asks)
        self._on_edited()

    def focus_harmless(self) -> None:
        """Give the keyboard to the refusal."""
        self._refuse.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._agree.press()
            return
        if enter and _press_focused(self):
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._bar)
        head.addWidget(self._left)
        typing = QHBoxLayout()
        typing.addWidget(self._asks)
        typing.addWidget(self._typed, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._agree)
        buttons.addWidget(self._refuse)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        for widget in (self._effect, self._reason, self._lines, self._more):
            layout.addWidget(widget)
        layout.addLayout(typing)
        layout.addLayout(buttons)
        layout.addWidget(self._why)

    def _answer(self, action: str) -> None:
        self._acts.answer(self.key, action, self._typed.text().strip())

    def _on_edited(self) -> None:
        same = self._typed.text().strip().casefold() == self._challenge.casefold()
        self._agree.set_reason("" if same else text("acting.question.not_typed"))
        if same:
            self._why.say("")


def _press_focused(card: QWidget) -> bool:
    """Let Enter press the card's button that has the keyboard, as Space does."""
    focused = card.focusWidget()
    if isinstance(focused, ActionButton) and focused.hasFocus():
        focused.press()
        return True
    return False


class _Holds(QWidget):
    """Offer durations in a row; the chosen one is filled."""

    def __init__(self, choose: Callable[[float], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self._buttons: dict[float, ActionButton] = {}
        self._layout = FlowLayout(4, self)
        self._layout.put(TextLabel(text("acting.hold"), tone="text_2"))

    def show_holds(self, holds: Sequence[Hold]) -> None:
        """Show these durations; the buttons are made once."""
        self.setVisible(bool(holds))
        for hold in holds:
            button = self._buttons.get(hold.seconds)
            if button is None:
                button = self._buttons[hold.seconds] = ActionButton(hold.label)
                button.setObjectName(f"hold-{hold.seconds:.0f}")
                button.setAccessibleName(f"{text('acting.hold')} {hold.label}")
                button.acted.connect(partial(self._choose, hold.seconds))
                self._layout.put(button)
            button.set_main(hold.chosen)
