"""The pages of the built-in help: one a panel and language, then what all panels share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from ui.texts import text

SHARED = "shared"
WINDOW = "window"


class HelpPages:
    """Read help pages, ``<panel>.<language>.md``, in Markdown.

    The product's own stand in ``resources/help``; a further panel brings a folder ``help`` beside
    its texts.

    Args:
        language: of the pages.
        extra: folders of further panels.
    """

    def __init__(self, language: str, extra: Sequence[Path] = ()) -> None:
        own = Path(str(files("resources") / "help"))
        self._language = language
        self._folders = (own, *(folder / "help" for folder in extra))

    def page(self, panel_id: str) -> str:
        """Return a panel's page with the shared part below it; the window's for an empty id.

        A panel without a page of its own says so, above the shared part.
        """
        parts = (self._read(panel_id or WINDOW) or text("ui.help.none"), self._read(SHARED))
        return "\n\n---\n\n".join(part for part in parts if part)

    def has(self, panel_id: str) -> bool:
        """Return whether there is a page of a panel's own."""
        return bool(self._read(panel_id))

    def _read(self, name: str) -> str:
        # a seat's second wall is a wall: its page is the first one's
        for stem in dict.fromkeys((name, re.sub(r"_\d+$", "", name))):
            for folder in self._folders:
                path = folder / f"{stem}.{self._language}.md"
                if path.is_file():
                    return path.read_text(encoding="utf-8").strip()
        return ""
