"""Every text the search shows exists in both languages, with the same values named."""

from __future__ import annotations

import re
from pathlib import Path

from backend_bridge.contract.results import PlaceKind
from tests.fakes.panel_context import texts

ROOT = Path(__file__).parents[3]
FILES = (
    *(ROOT / "console/panels/search").glob("*.py"),
    *(ROOT / "ui/search").glob("*.py"),
    ROOT / "console/app_search.py",
)
KEYS = {
    *(
        key
        for path in FILES
        for key in re.findall(r'"(search\.[a-z_.]+)"', path.read_text("utf-8"))
    ),
    *(f"search.place.{kind.value}" for kind in PlaceKind),
    "link.territory",
}


def test_there_is_something_to_check() -> None:
    assert len(KEYS) > 15


def test_no_text_is_missing_and_none_is_left_over() -> None:
    for language in ("fr", "en"):
        known = texts(language)
        assert {key for key in KEYS if not known.get(key)} == set()
        assert {key for key in known if key.startswith("search.")} <= KEYS


def test_both_languages_name_the_same_values() -> None:
    french, english = texts("fr"), texts("en")
    for key in KEYS:
        assert set(re.findall(r"{\w+}", french[key])) == set(re.findall(r"{\w+}", english[key]))
