"""The sheet that declares works: where, why, whom to call, until when; then confirmed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.facts import Action
from ui.safety.facts import Declaration
from ui.shell.docked import DockedSheet
from ui.texts import text
from ui.widgets.actions import ActionRow
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Rule, TextLabel

WIDTH_PX = 660
_MOST_PX = 760
_LINES = ("reason", "contact")
_COVERS = 3
CONFIRM = "confirm"


class DeclareSheet(DockedSheet):
    """Ask for everything in one sheet; Ctrl+Enter declares, Esc closes and keeps what was typed."""

    def __init__(self, declaring: Declaration, parent: QWidget) -> None:
        super().__init__(text("safety.declare"), parent)
        self.setObjectName("declare-works")
        self._declaring = declaring
        self._places = self._row("declare-places")
        self._spans = self._row("declare-spans")
        self._edits: dict[str, QLineEdit] = {}
        self._cover = [TextLabel(wrap=True) for _ in range(_COVERS)]
        self._acts = ActionRow()
        self._acts.acted.connect(self._on_acted)
        self._acts.explained.connect(declaring.explain)
        self._why = TextLabel(tone="text_2", wrap=True)
        self._lay_out()
        self._unsubscribe = declaring.subscribe(self._on_changed)
        self.refresh()

    def release(self) -> None:
        """Stop following."""
        self._unsubscribe()

    def wanted_size(self) -> QSize:
        layout = self.content.layout()
        assert layout is not None  # laid out when made
        height = layout.totalHeightForWidth(WIDTH_PX - 40)
        return QSize(WIDTH_PX, min(_MOST_PX, height + 76))

    def open_sheet(self) -> None:
        """Open with what is chosen now: the keyboard goes to the first line that is empty."""
        self._declaring.begin()
        if not self.isVisible():
            self.refresh()
            self.toggle()
        empty = next((edit for edit in self._edits.values() if not edit.text()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._focus_harmless()

    def refresh(self) -> None:
        """Draw the declaration as it is; what is being typed stays as it is."""
        declaring = self._declaring
        self._places.show_actions(declaring.places)
        self._spans.show_actions(declaring.spans)
        for key, edit in self._edits.items():
            if not edit.hasFocus() and edit.text() != declaring.typed[key]:
                edit.setText(declaring.typed[key])
                edit.setCursorPosition(0)  # a long one is read from its beginning
        for number, label in enumerate(self._cover):
            shown = number < len(declaring.cover)
            label.say(declaring.cover[number] if shown else "")
            label.setVisible(shown)
        self._acts.show_actions(declaring.actions)
        self._why.say(declaring.why_not)
        self._why.setVisible(bool(declaring.why_not))
        if self.isVisible():
            self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._acts.press(CONFIRM)
            else:
                self._on_entered()
            return
        super().keyPressEvent(event)

    # -- inside ---------------------------------------------------------------------------------

    def _row(self, name: str) -> ActionRow:
        row = ActionRow()
        row.setObjectName(name)
        row.acted.connect(self._on_chosen)
        row.explained.connect(self._declaring.explain)
        return row

    def _lay_out(self) -> None:
        lines = QGridLayout()
        lines.setColumnStretch(1, 1)
        for row, key in enumerate(_LINES):
            edit = QLineEdit()
            edit.setObjectName(f"declare-{key}")
            edit.setAccessibleName(text(f"safety.line.{key}"))
            edit.setPlaceholderText(text(f"safety.declare.{key}.hint"))
            edit.setText(self._declaring.typed[key])
            edit.setCursorPosition(0)
            edit.textEdited.connect(partial(self._declaring.write, key))
            lines.addWidget(TextLabel(text(f"safety.line.{key}"), tone="text_2"), row, 0)
            lines.addWidget(edit, row, 1)
            self._edits[key] = edit
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 4, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(TextLabel(text("safety.declare.body"), tone="text_2", wrap=True))
        layout.addWidget(TextLabel(text("safety.declare.at"), bold=True))
        layout.addWidget(self._places)
        layout.addLayout(lines)
        layout.addWidget(TextLabel(text("safety.declare.until"), bold=True))
        layout.addWidget(self._spans)
        layout.addWidget(Rule())
        for label in self._cover:
            layout.addWidget(label)
        layout.addWidget(self._acts)
        layout.addWidget(self._why)
        layout.addStretch(1)

    def _on_changed(self) -> None:
        """Follow while in sight: what is closed is drawn when it opens."""
        if self.isVisible():
            self.refresh()

    def _on_chosen(self, action: Action) -> None:
        self._declaring.choose(action.key)

    def _on_acted(self, action: Action) -> None:
        if action.key != CONFIRM or self._declaring.confirm():
            self.close_sheet()

    def _on_entered(self) -> None:
        """Press the button that has the keyboard; from a line, go on to the next empty one."""
        focused = self.focusWidget()
        if isinstance(focused, ActionButton) and focused.hasFocus():
            focused.press()
            return
        empty = next((edit for edit in self._edits.values() if not edit.text().strip()), None)
        if empty is None:
            self._focus_harmless()
        else:
            empty.setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_harmless(self) -> None:
        button = self.findChild(ActionButton, "action-give_up")
        if isinstance(button, ActionButton):
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
