"""Texts by key, through Qt's translators, for views and for presenters alike."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

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
    """Return a number as the language writes it: decimal and group signs, true minus."""
    whole = f"{value:,.{decimals}f}"
    if float(whole.replace(",", "")) == 0:
        whole = whole.lstrip("-")
    whole = whole.replace("-", "\u2212")
    return whole.replace(",", "\u00a0").replace(".", ",") if _comma() else whole


def bound(written: str, unit: str) -> str:
    """Return a written value and its unit, on one line: « 70 % », and 70% in English."""
    if not unit:
        return written
    gap = "" if unit == "%" and not _comma() else "\u00a0"
    return f"{written}{gap}{unit}"


def day_month(day: int, month: int) -> str:
    """Return a day of the year as short as an axis needs: « 22/11 », and 22 Nov in English."""
    name = QLocale(QLocale.Language.English).standaloneMonthName(
        month, QLocale.FormatType.ShortFormat
    )
    return f"{day:02}/{month:02}" if _comma() else f"{day} {name}"


def _comma() -> bool:
    """Return whether the language writes a decimal comma: it groups by spaces then."""
    return text("ui.number.decimal_sign") == ","


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
