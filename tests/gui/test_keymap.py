"""The key map: what is bound is what is printed, on paper too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.seat_rig import taken
from tests.gui.test_preferences import one_screen
from ui.shell import keymap
from ui.shell.keymap import KeyGroup, KeyMapSheet, KeyRow
from ui.theme import Theme
from ui.widgets.buttons import KeyHint

A4_PT = QSizeF(595, 842)


def words_of(path: Path) -> tuple[str, QSizeF]:
    document = QPdfDocument()
    assert document.load(str(path)) == QPdfDocument.Error.None_
    pages = range(document.pageCount())
    words = " ".join(document.getAllText(page).text() for page in pages)
    return " ".join(words.split()), document.pagePointSize(0)


async def test_pdf_holds_every_key_of_the_window_on_a4(
    dressed: QApplication, tmp_path: Path
) -> None:
    with taken(dressed, one_screen("queue", "equipment")) as rig:
        rig.selection.select_incident("INC-1", ())
        QApplication.processEvents()
        groups = rig.windows.main.key_groups()
        bound = {key.label for key in rig.windows.main.keys.values()}
        path = tmp_path / "touches.pdf"
        assert keymap.print_to(keymap.document("Touches", groups, Theme.current()), path)
        words, size = words_of(path)
        assert abs(size.width() - A4_PT.width()) < 2
        assert abs(size.height() - A4_PT.height()) < 2
        assert [label for label in bound if label not in words] == []
        for group in groups:
            assert group.title in words
            for row in group.rows:
                assert row.label in words


async def test_saving_says_where_and_no_printer_says_so(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(keymap, "printer_name", str)
    with taken(dressed, one_screen("queue")) as rig:
        rig.person.pages.key_map()
        sheet = rig.windows.main.findChild(KeyMapSheet)
        assert sheet is not None
        assert sheet.isVisible()
        for name, words in (("pdf", str(tmp_path)), ("print", "imprimante")):
            button = sheet.findChild(QWidget, f"keymap-{name}")
            assert button is not None
            button.press()  # type: ignore[attr-defined] # found by its name, an ActionButton
            notice = rig.windows.main.notices.latest()
            assert notice is not None
            assert words in notice.text
    assert len(list(tmp_path.rglob("*.pdf"))) == 1  # noqa: ASYNC240 - nothing else runs by now


def test_sheet_lists_groups_and_forgets_the_last_ones(dressed: QApplication) -> None:
    page = QWidget()
    sheet = KeyMapSheet(_nothing, _nothing, page)
    sheet.show_groups([KeyGroup("Partout", (KeyRow("F2", "Acquitter"),))])
    sheet.show_groups([KeyGroup("File", (KeyRow("F5", "Prendre"), KeyRow("Ctrl K", "Clore")))])
    hints = [one for one in sheet.findChildren(KeyHint) if not one.isHidden()]
    assert [hint.accessibleName() for hint in hints] == ["F5 Prendre", "Ctrl K Clore"]
    page.deleteLater()


def _nothing() -> None:
    return
