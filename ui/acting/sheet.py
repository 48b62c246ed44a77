"""The sheet of acts under way: docked, never modal, opened by the person's own wish."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.acting.card import HARMLESS, CardView, QuestionView
from ui.acting.facts import Acts, Card, Question
from ui.shell.docked import DockedSheet
from ui.texts import text
from ui.widgets.labels import Rule, TextLabel

WIDTH_PX = 660
_MOST_PX = 760


class ActingSheet(DockedSheet):
    """Show this person's wishes, and the questions others ask; what ended stays until closed."""

    def __init__(self, acts: Acts, parent: QWidget) -> None:
        super().__init__(text("acting.sheet"), parent)
        self.setObjectName("acting")
        self._acts = acts
        self._cards: dict[str, CardView] = {}
        self._questions: dict[str, QuestionView] = {}
        self._rules: dict[str, Rule] = {}
        self._nothing = TextLabel(text("acting.nothing"), tone="text_2", wrap=True)
        self._rows = QVBoxLayout(self.content)
        self._rows.setContentsMargins(0, 4, 8, 0)  # beside the bar that scrolls
        self._rows.setSpacing(0)
        self._rows.addWidget(self._nothing)
        self._rows.addStretch(1)
        self._unsubscribe = acts.subscribe(self._on_changed)
        self.refresh()

    def release(self) -> None:
        """Stop following."""
        self._unsubscribe()

    def wanted_size(self) -> QSize:
        height = self.content.sizeHint().height()
        for view in (*self._cards.values(), *self._questions.values()):
            # wrapped lines: their height depends on the width the sheet gives them
            height = max(height, view.heightForWidth(WIDTH_PX - 40))
        return QSize(WIDTH_PX, min(_MOST_PX, height + 76))

    def refresh(self) -> None:
        """Draw what is under way now; views that are there stay, and keep the focus they have."""
        questions, cards = self._acts.questions, self._acts.cards
        for question in reversed(questions):
            self._question_view(question).show_question(question)
        for card in reversed(cards):
            self._card_view(card).show_card(card)
        self._drop(questions, cards)
        self._nothing.setVisible(not (self._cards or self._questions))
        if self.isVisible():
            if not (self._cards or self._questions):
                self.close_sheet()
            else:
                self.place()

    def toggle(self) -> None:
        """Open the sheet as things are now, or close it."""
        if not self.isVisible():
            self.refresh()
        super().toggle()

    def open_for(self, key: str) -> None:
        """Open because the person proposed something: the keyboard goes to that wish."""
        self.refresh()
        if not self.isVisible():
            self.toggle()
        view = self._cards.get(key)
        if view is not None:
            self.to_top()
            view.focus_first()

    def open_quietly(self) -> None:
        """Come into sight for somebody else's question; the keyboard stays where it is."""
        self.refresh()
        if not self.isVisible():
            self.place()
            self.show()
            self.raise_()

    def hide_quietly(self) -> None:
        """Close without touching the keyboard, unless it is in here."""
        focused = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.close_sheet()
        else:
            self.hide()

    def _on_changed(self) -> None:
        """Follow while in sight: what is closed is drawn when it opens."""
        if self.isVisible():
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
            return
        super().keyPressEvent(event)

    def _on_escape(self) -> None:
        """Do nothing of the wish that has the keyboard, if it still could; then close."""
        waiting = [card for card in self._acts.cards if card.asks]
        focused = self.window().focusWidget()
        for card in waiting:
            view = self._cards.get(card.key)
            if view is not None and focused is not None and view.isAncestorOf(focused):
                self._acts.do(card.key, HARMLESS)
        self.close_sheet()

    def _question_view(self, question: Question) -> QuestionView:
        view = self._questions.get(question.id)
        if view is None:
            view = self._questions[question.id] = QuestionView(question.id, self._acts)
            self._insert(question.id, view)
        return view

    def _card_view(self, card: Card) -> CardView:
        view = self._cards.get(card.key)
        if view is None:
            view = self._cards[card.key] = CardView(card.key, self._acts)
            self._insert(card.key, view)
        return view

    def _insert(self, key: str, view: QWidget) -> None:
        rule = self._rules[key] = Rule()
        self._rows.insertWidget(0, rule)
        self._rows.insertWidget(0, view)

    def _drop(self, questions: Sequence[Question], cards: Sequence[Card]) -> None:
        kept = {one.id for one in questions} | {one.key for one in cards}
        views: tuple[dict[str, CardView] | dict[str, QuestionView], ...]
        views = (self._cards, self._questions)
        for held in views:
            for key in [key for key in held if key not in kept]:
                view = held.pop(key)
                rule = self._rules.pop(key)
                for widget in (view, rule):
                    self._rows.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
