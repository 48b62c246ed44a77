"""Whatever the ledger says of an override has a text in both languages, with the same values."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCES = [
    path.read_text("utf-8") for path in (ROOT / "backend_bridge/services/overrides").glob("*.py")
]
NAMED = {key for text in SOURCES for key in re.findall(r'"((?:error\.)?override\.[a-z_.]+)"', text)}
ENDS = {"not_sent", "by_device", "by_command"}
"""The last parts that ``rules.ended`` puts behind ``override.ended.``."""


def texts(language: str) -> dict[str, str]:
    path = ROOT / f"resources/translations/overrides_{language}.ts"
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in ET.parse(path).iter("message")
    }


def test_ends_named_here_are_those_of_the_code() -> None:
    assert all(any(f'"{end}"' in text for text in SOURCES) for end in ENDS)
    assert "override.stuck.link_down" in NAMED


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_said_is_written_and_nothing_else_is_left(language: str) -> None:
    wanted = NAMED | {f"override.ended.{end}" for end in ENDS} | {"point.lamp.held"}
    wanted -= {"override.ended."}

    assert set(texts(language)) == wanted
    assert all(texts(language).values())


def test_both_languages_name_the_same_values() -> None:
    french, english = texts("fr"), texts("en")
    for key, text in french.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key
