"""Built-in help, docked: the page of the panel somebody works in, then what all panels share."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.shell.docked import DockedSheet
from ui.texts import text
from ui.theme import Theme

_WIDTH_PX = 640
_BELOW_PX = 7.0
"""Between paragraphs; Markdown alone sets none."""


class HelpSheet(DockedSheet):
    """Show one page of help, written in Markdown; F1 or Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(text("ui.help.title"), parent)
        self.setObjectName("help")
        self._page = QLabel()
        self._page.setObjectName("help-page")
        self._page.setTextFormat(Qt.TextFormat.RichText)
        self._page.setWordWrap(True)
        self._page.setFont(Theme.current().font(13))
        self._page.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 8, 8, 0)
        layout.addWidget(self._page)
        layout.addStretch(1)

    def wanted_size(self) -> QSize:
        return QSize(_WIDTH_PX, self._page.heightForWidth(_WIDTH_PX - 60) + 90)

    def show_page(self, title: str, page: str) -> None:
        """Show a page.

        Args:
            title: whose help it is.
            page: Markdown, finished text.
        """
        self.set_title(text("ui.help.of", panel=title) if title else text("ui.help.title"))
        self._page.setText(_spaced(page))
        self._page.setAccessibleName(title or text("ui.help.title"))
        self._page.setAccessibleDescription(page)
        self.to_top()


def _spaced(page: str) -> str:
    document = QTextDocument()
    document.setDefaultFont(Theme.current().font(13))
    document.setMarkdown(page)
    block = document.begin()
    while block.isValid():
        # PySide says it is never None; outside a table it is
        table: object = QTextCursor(block).currentTable()
        if table is None:
            spaced = block.blockFormat()
            spaced.setBottomMargin(_BELOW_PX)
            QTextCursor(block).setBlockFormat(spaced)
        block = block.next()
    return document.toHtml()
