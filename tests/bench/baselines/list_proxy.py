"""Qt's own way: a QStandardItemModel behind a QSortFilterProxyModel, in a QListView.

Follows https://doc.qt.io/qtforpython-6/PySide6/QtCore/QSortFilterProxyModel.html (sorting by a
role, ``setFilterFixedString``) and "Custom Sort/Filter Model" of its examples. Not tuned.
Started by the bench; one JSON command a line: ``sort``, ``type``, ``live``.
"""

from __future__ import annotations

import random
import sys

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget

from tests.bench._list_rig import ListRig, texts
from tests.bench._talking import obey

KEY = Qt.ItemDataRole.UserRole


def main(count: int) -> None:
    """Show ``count`` rows and obey."""
    app = QApplication([])
    chance = random.Random(1)
    model = QStandardItemModel()
    for text in texts(count):
        item = QStandardItem(text)
        item.setData(chance.randrange(10**9), KEY)
        model.appendRow(item)
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setSortRole(KEY)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.sort(0)
    window, edit, view = QWidget(), QLineEdit(), QListView()
    view.setModel(proxy)
    view.setUniformItemSizes(True)
    layout = QVBoxLayout(window)
    layout.addWidget(edit)
    layout.addWidget(view)
    edit.textChanged.connect(proxy.setFilterFixedString)
    window.resize(960, 1080)
    window.show()

    def sort() -> None:
        turned = proxy.sortOrder() is Qt.SortOrder.AscendingOrder
        proxy.sort(0, Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder)

    def update(number: int) -> None:
        model.item(number % count).setData(chance.randrange(10**9), KEY)

    rig = ListRig(app, edit, view, update)
    obey({"sort": lambda: rig.timed(sort), "type": rig.type, "live": rig.live})


if __name__ == "__main__":
    main(int(sys.argv[1]))
