"""Texts by key, through Qt's translators, for views and for presenters alike."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "beffroi"
"""The one translation context of all ``resources/translations/*.ts``."""


def text(key: str, /, **params: object) -> str:
    """Return the operator's text for a key, its ``{param}`` places filled.

    A key without a translation comes back as itself: visibly wrong, never empty. A parameter the
    text does not name is ignored; one it names and nobody gave stays as ``{param}``.
    """
    translated = QCoreApplication.translate(CONTEXT, key)
    if not params and "{" not in translated:
        return translated
    return translated.format_map(_Params(params))


def number(value: float, decimals: int = 0) -> str:
    """Return a number as the language writes it: decimal sign, true minus, no-break groups."""
    whole = f"{value:,.{decimals}f}"
    if float(whole.replace(",", "")) == 0:
        whole = whole.lstrip("-")
    sign = text("ui.number.decimal_sign")
    point = sign if len(sign) == 1 else "."
    return whole.replace(",", "\u00a0").replace(".", point).replace("-", "\u2212")


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
