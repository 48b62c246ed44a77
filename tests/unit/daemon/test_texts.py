"""Whatever the bridge itself refuses has a text in both languages, with the values it names."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
KEYS = set(
    re.findall(r'"(error\.[a-z_.]+)"', (ROOT / "backend_bridge/queries.py").read_text("utf-8"))
)


def texts(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in (ROOT / "resources/translations").glob(f"*_{language}.ts"):
        for message in ET.parse(path).iter("message"):
            found[message.findtext("source", "")] = message.findtext("translation", "")
    return found


def test_there_is_something_to_check() -> None:
    assert "error.trend.range" in KEYS


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_refusal_has_its_text(language: str) -> None:
    assert {key for key in KEYS if not texts(language).get(key)} == set()


def test_both_languages_name_the_same_values() -> None:
    french, english = texts("fr"), texts("en")

    for key in KEYS:
        assert set(re.findall(r"{\w+}", french[key])) == set(re.findall(r"{\w+}", english[key]))
