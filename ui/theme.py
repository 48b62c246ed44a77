"""The look's figures as Qt objects: colours, fonts, sizes, palette and a short style sheet.

The figures live in ``resources/look/tokens.toml``; nothing else in the console names a colour.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

THEMES = ("dark", "light")

_PROPERTY = "beffroi_theme"


def read_tokens() -> dict[str, Any]:
    """Return the look's tokens as written in ``resources/look/tokens.toml``."""
    text = (files("resources") / "look" / "tokens.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


TONES = {
    "text_1": QPalette.ColorRole.WindowText,
    "text_2": QPalette.ColorRole.LinkVisited,
    "text_3": QPalette.ColorRole.PlaceholderText,
    "inverse": QPalette.ColorRole.WindowText,
    "on_inverse": QPalette.ColorRole.BrightText,
}
"""Palette roles that carry tokens: a widget that names a role follows a change of theme by itself.
``inverse`` is text 1 used as a ground."""


class Theme:
    """Hold a theme's colours, fonts and sizes, looked up when something is drawn.

    There is one on an application; :func:`change_theme` changes its colours in place, so whoever
    kept it draws with the new ones.

    Args:
        name: ``dark`` or ``light``.
        tokens: as returned by :func:`read_tokens`; read from the resources when absent.

    Raises:
        ValueError: there is no theme of that name.
    """

    def __init__(self, name: str, tokens: Mapping[str, Any] | None = None) -> None:
        tokens = read_tokens() if tokens is None else tokens
        if name not in tokens["themes"]:
            raise ValueError(f"no theme {name!r}: choose one of {', '.join(tokens['themes'])}")
        self.tokens = tokens
        self._hex: dict[str, str] = {}
        self._colors: dict[str, QColor] = {}
        self._take(name)
        self._metrics: dict[str, int] = dict(tokens["metrics_px"])
        self._fonts: dict[tuple[int, bool, bool], QFont] = {}

    def _take(self, name: str) -> None:
        self.name = name
        self._hex = dict(self.tokens["themes"][name])
        self._colors = {key: QColor(value) for key, value in self._hex.items()}

    @property
    def light(self) -> bool:
        """Return whether marks need the dark outline that light surfaces ask for."""
        return self.name == "light"

    def color(self, token: str) -> QColor:
        """Return a token's colour; do not change the object returned.

        Raises:
            KeyError: no such token.
        """
        return self._colors[token]

    def hex(self, token: str) -> str:
        """Return a token's colour as ``#RRGGBB``."""
        return self._hex[token]

    def colors_hex(self) -> dict[str, str]:
        """Return all colours of this theme by token, as ``#RRGGBB`` (for the map page)."""
        return dict(self._hex)

    def px(self, metric: str) -> int:
        """Return a size in pixels (``row_queue``, ``strip`` …)."""
        return self._metrics[metric]

    def font(self, px: int = 13, *, bold: bool = False, mono: bool = False) -> QFont:
        """Return the console's font at ``px`` pixels; digits are tabular in both families."""
        key = (px, bold, mono)
        font = self._fonts.get(key)
        if font is None:
            font = QFont()
            font.setFamilies(list(self.tokens["type"]["mono" if mono else "families"]))
            font.setPixelSize(px)
            font.setBold(bold)
            font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            self._fonts[key] = font
        return font

    def palette(self) -> QPalette:
        """Return the palette Fusion draws with."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, token in (
            (role.Window, "panel"),
            (role.WindowText, "text_1"),
            (role.Base, "field"),
            (role.AlternateBase, "panel"),
            (role.Text, "text_1"),
            (role.Button, "raised"),
            (role.ButtonText, "text_1"),
            (role.BrightText, "on_inverse"),
            (role.ToolTipBase, "raised"),
            (role.ToolTipText, "text_1"),
            (role.Highlight, "selection"),
            (role.HighlightedText, "text_1"),
            (role.PlaceholderText, "text_3"),
            (role.Link, "accent"),
            (role.LinkVisited, "text_2"),
            (role.Light, "hover"),
            (role.Midlight, "raised"),
            (role.Mid, "line"),
            (role.Dark, "line"),
            (role.Shadow, "window"),
            (role.Accent, "accent"),
        ):
            palette.setColor(target, self._colors[token])
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self._colors["text_3"])
        return palette

    def style_sheet(self) -> str:
        """Return what the palette cannot say: square borders, the focus frame, plain scroll bars.

        The focus frame is two pixels outside the one-pixel border; a margin of two keeps room for
        it, so nothing moves when the focus comes.
        """
        return _STYLE_SHEET.format(**self._hex)

    @classmethod
    def current(cls) -> Theme:
        """Return the theme put on the application by :func:`apply_theme`, dark before that."""
        app = QApplication.instance()
        theme = app.property(_PROPERTY) if app is not None else None
        return theme if isinstance(theme, Theme) else cls("dark")


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application: Fusion, palette, font and style sheet."""
    app.setProperty(_PROPERTY, theme)
    style = QStyleFactory.create("Fusion")
    if style is not None:
        app.setStyle(style)
    app.setPalette(theme.palette())
    app.setFont(theme.font())
    app.setStyleSheet(theme.style_sheet())


def change_theme(app: QApplication, name: str) -> None:
    """Draw everything in another theme's colours at once, in every window.

    What paints looks its colours up and follows by itself, as does what names a palette role
    (:data:`TONES`) or a ``look`` of the style sheet; what hands colours to somebody else (a plot,
    the map's page) hears a ``StyleChange``. Nothing is laid out anew and the focus stays.

    Raises:
        ValueError: there is no theme of that name.
    """
    theme = Theme.current()
    if app.property(_PROPERTY) is not theme:
        apply_theme(app, Theme(name))
        return
    if name not in theme.tokens["themes"]:
        raise ValueError(f"no theme {name!r}: choose one of {', '.join(theme.tokens['themes'])}")
    if name == theme.name:
        return
    theme._take(name)
    # a sheet over a sheet makes Qt compare every widget with both: half a second for three windows,
    # a third of that when the old one is gone first; nothing is painted in between
    app.setStyleSheet("")
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.style_sheet())


def missing_fonts(theme: Theme) -> list[str]:
    """Return the preferred families this machine lacks (the fallbacks are used instead)."""
    wanted = (theme.tokens["type"]["families"][0], theme.tokens["type"]["mono"][0])
    present = set(QFontDatabase.families())
    return [family for family in wanted if family not in present]


_STYLE_SHEET = """
QToolTip {{ background: {raised}; color: {text_1}; border: 1px solid {control_border};
  padding: 3px 6px; }}
QAbstractScrollArea {{ border: none; background: {panel}; }}
QLineEdit, QPlainTextEdit, QComboBox {{ background: {field}; color: {text_1};
  border: 1px solid {control_border}; border-radius: 0; margin: 2px; padding: 2px 7px;
  selection-background-color: {selection}; selection-color: {text_1}; }}
QLineEdit, QComboBox {{ min-height: 20px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 3px solid {accent};
  margin: 0px; }}
QLineEdit[bare="true"] {{ border: none; margin: 0; padding: 0 2px; background: transparent; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox QAbstractItemView {{ background: {field}; color: {text_1};
  border: 1px solid {control_border}; outline: 0; selection-background-color: {selection}; }}
QWidget[look="ground"] {{ background: {window}; }}
QScrollBar:vertical {{ background: {panel}; width: 12px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: {panel}; height: 12px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {line}; border: 1px solid {control_border}; margin: 2px; }}
QScrollBar::handle:disabled {{ background: transparent; border-color: transparent; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLabel[look="key"] {{ border: 1px solid {line}; color: {text_2}; padding: 0 4px;
  background: {field}; }}
QLabel[look="boxed"] {{ border: 1px solid {control_border}; padding: 1px 5px; }}
QLabel[look="section"] {{ color: {text_2}; background: {panel};
  border-bottom: 1px solid {line}; }}
QScrollArea[look="column"] {{ border-right: 1px solid {line}; }}
QSplitter::handle {{ background: {window}; }}
QSplitter::handle:focus {{ background: {accent}; }}
"""
