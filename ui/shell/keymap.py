"""Every key and action of the seat as it is now: docked in the window, and on paper.

Nothing is written down here: the rows come from the tables that the shortcuts, the panels' acts and
the palette are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSize
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.docked import DockedSheet
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton, KeyHint
from ui.widgets.labels import TextLabel

_WIDTH_PX = 560
_MARGIN_MM = 15.0
_PRINT_PT = 10


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One thing that can be done: the key as printed, and what it does."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Rows that belong together: the window's, or one panel's."""

    title: str
    rows: tuple[KeyRow, ...]


def document(title: str, groups: Sequence[KeyGroup], theme: Theme) -> QTextDocument:
    """Return the key map as a page to print: black on white, whatever the theme."""
    parts = [f"<h2>{escape(title)}</h2>"]
    for group in groups:
        parts.append(f"<h3>{escape(group.title)}</h3><table cellspacing='0' cellpadding='3'>")
        parts += [
            f"<tr><td width='130'><b>{escape(row.key)}</b></td><td>{escape(row.label)}</td></tr>"
            for row in group.rows
        ]
        parts.append("</table>")
    page = QTextDocument()
    font = QFont(theme.font())
    font.setPointSizeF(_PRINT_PT)
    page.setDefaultFont(font)
    page.setHtml("".join(parts))
    return page


def print_to(page: QTextDocument, path: Path | None = None) -> bool:
    """Print a page on A4: into a PDF file, or on this machine's usual printer.

    Returns:
        Whether it was handed over; false where there is no printer or no place for the file.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if path is not None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
    elif not printer_name():
        return False
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    page.print_(printer)
    return path is None or path.is_file()


def printer_name() -> str:
    """Return the usual printer of this machine, empty for none."""
    return QPrinterInfo.defaultPrinterName()


class KeyMapSheet(DockedSheet):
    """List what every key does, group by group, with a way to print it.

    Args:
        saved: writes the PDF.
        printed: prints it; says why when it cannot.
        parent: what it lies over.
    """

    def __init__(
        self, saved: Callable[[], None], printed: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(text("ui.keymap.title"), parent)
        self.setObjectName("keymap")
        acts = QHBoxLayout()
        for name, label, icon, act in (
            ("pdf", text("ui.keymap.pdf"), "file-pdf-box", saved),
            ("print", text("ui.keymap.print"), "printer-outline", printed),
        ):
            button = ActionButton(label, icon=icon)
            button.setObjectName(f"keymap-{name}")
            button.acted.connect(act)
            acts.addWidget(button)
        acts.addStretch(1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(acts)
        layout.addLayout(self._rows)
        layout.addWidget(TextLabel(text("ui.help.body"), tone="text_2", wrap=True))
        layout.addStretch(1)

    def wanted_size(self) -> QSize:
        return QSize(_WIDTH_PX, self.content.sizeHint().height() + 76)

    def show_groups(self, groups: Sequence[KeyGroup]) -> None:
        """List these groups, in order."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for group in groups:
            self._rows.addWidget(TextLabel(group.title, bold=True))
            for row in group.rows:
                self._rows.addWidget(KeyHint(row.key, row.label))
