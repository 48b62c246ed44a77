"""Ask for the lines an act needs and for how long it lasts, in place, without a dialog."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from ui.facts import Form
from ui.texts import text
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel
from ui.widgets.textact import EscLine


class FormAct(QWidget):
    """Ask for some lines; a button for each length gives them, Enter goes on to the next.

    Esc closes it; whoever makes the form keeps what was typed, for the same act on the same thing.

    Signals:
        given: key of the form, the lines by key, key of the choice.
        typed: key of the form, key of the line, the line as it is typed.
        explained: what is still missing.
    """

    given = Signal(str, object, str)
    typed = Signal(str, str, str)
    explained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form-act")
        self._form: Form | None = None
        self._edits: dict[str, EscLine] = {}
        self._before: QWidget | None = None
        self._title = TextLabel(bold=True, wrap=True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._choices = QWidget()
        self._flow = FlowLayout(6, self._choices)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addLayout(self._grid)
        layout.addWidget(self._choices)
        self.hide()

    def ask(self, form: Form) -> None:
        """Open for a form; takes the focus, was asked to."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._clear()
        self._form = form
        self._title.say(form.title)
        for row, line in enumerate(form.lines):
            edit = EscLine()
            edit.setObjectName(f"form-{line.key}")
            edit.setAccessibleName(line.label)
            edit.setText(line.typed)
            edit.textEdited.connect(partial(self.typed.emit, form.key, line.key))
            edit.returnPressed.connect(self._on_line_entered)
            edit.left.connect(self.cancel)
            self._grid.addWidget(TextLabel(line.label, tone="text_2"), row, 0)
            self._grid.addWidget(edit, row, 1)
            self._edits[line.key] = edit
        for number, choice in enumerate(form.choices):
            key = "" if number else text("ui.key.enter")
            button = ActionButton(choice.label, key=key, main=number == 0)
            button.setObjectName(f"form-choice-{choice.key}")
            button.acted.connect(partial(self._give, choice.key))
            self._flow.put(button)
        self.show()
        first = next(iter(self._edits.values()))
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cancel(self) -> None:
        """Close; the focus goes back."""
        self._close()

    # -- inside ---------------------------------------------------------------------------------

    def _on_line_entered(self) -> None:
        """Go on to the first empty line; when there is none, give with the first choice."""
        if self._form is None:
            return
        empty = self._empty()
        if empty is None:
            self._give(self._form.choices[0].key)
        else:
            empty.setFocus(Qt.FocusReason.TabFocusReason)

    def _give(self, choice: str) -> None:
        if self._form is None:
            return
        empty = self._empty()
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
            self.explained.emit(text("ui.form.missing", line=empty.accessibleName()))
            return
        key = self._form.key
        lines = {name: edit.text().strip() for name, edit in self._edits.items()}
        self._close()
        self.given.emit(key, lines, choice)

    def _empty(self) -> EscLine | None:
        return next((edit for edit in self._edits.values() if not edit.text().strip()), None)

    def _close(self) -> None:
        self._form = None
        before, self._before = self._before, None
        focused = QApplication.focusWidget()
        if before is not None and focused is not None and self.isAncestorOf(focused):
            # before hiding: Qt would move the focus on as Tab does, and select all of a field
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self._clear()

    def _clear(self) -> None:
        self._edits = {}
        for layout in (self._grid, self._flow):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
