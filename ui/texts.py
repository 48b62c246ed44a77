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


def plural(key: str, count: int, /, **params: object) -> str:
    """Return ``key.one`` or ``key.other``, with ``{count}`` filled; French counts 0 as one."""
    one = count in (0, 1) if text("language.code") == "fr" else count == 1
    return text(f"{key}.one" if one else f"{key}.other", count=group(count), **params)


def group(number: int) -> str:
    """Return a whole number with no-break spaces between thousands: B612 has no U+202F."""
    return f"{number:,}".replace(",", "\u00a0").replace("-", "\u2212")


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
