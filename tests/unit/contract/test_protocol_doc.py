"""``docs/protocol.md`` is normative: every message has its heading, every number is the code's."""

from __future__ import annotations

import enum
import re
from pathlib import Path
from types import ModuleType
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from backend_bridge.contract import wire
from backend_bridge.contract.alarms import AlarmChange
from backend_bridge.contract.circuits import CircuitChange
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.compositions import CompositionChange
from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import Event, SessionChange, SystemChange
from backend_bridge.contract.orders import ApprovalState, OrderState
from backend_bridge.contract.overrides import OverrideChange
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import RESULT_OF, Result
from backend_bridge.contract.wire import ClientMessage, ServerMessage
from backend_bridge.security import keys, passwords, sessions
from backend_bridge.server import peers
from backend_bridge.server import settings as server_settings

ROOT = Path(__file__).parents[3]
DOC = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
HOMES: tuple[ModuleType, ...] = (wire, server_settings, peers, sessions, passwords, keys)


def sections() -> dict[str, dict[str, str]]:
    """Return part title -> heading -> text."""
    parts: dict[str, dict[str, str]] = {}
    for part in re.split(r"^# ", DOC, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        found = re.split(r"^## ", body, flags=re.MULTILINE)[1:]
        parts[title] = {head: text for head, _, text in (one.partition("\n") for one in found)}
    return parts


def tags(union: object) -> dict[str, tuple[str, ...]]:
    return {str(k.__struct_config__.tag): k.__struct_fields__ for k in get_args(union)}


@pytest.mark.parametrize(
    ("part", "union", "prefix"),
    [
        ("Messages from a console", ClientMessage, ""),
        ("Messages from a bridge", ServerMessage, ""),
        ("Requests", Request, ""),
        ("Results", Result, ""),
        ("Events", Event, "event "),
    ],
)
def test_every_message_has_its_heading_and_its_fields(
    part: str, union: object, prefix: str
) -> None:
    found = sections()[part]
    assert set(found) == {prefix + tag for tag in tags(union)}
    for tag, fields in tags(union).items():
        own = [name for name in fields if name not in ("id", "epoch", "utc_ms")]
        for name in own:
            assert f"`{name}`" in found[prefix + tag], f"{tag}.{name}"


def test_every_error_code_has_its_heading() -> None:
    assert list(sections()["Error codes"]) == [code.value for code in ErrorCode]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("alarm", AlarmChange),
        ("incident", IncidentChange),
        ("command", CommandOutcome),
        ("service", ServiceState),
        ("circuit", CircuitChange),
        ("composition", CompositionChange),
        ("order", OrderState),
        ("approval", ApprovalState),
        ("override", OverrideChange),
        ("session", SessionChange),
        ("system", SystemChange),
    ],
)
def test_every_change_is_named_with_its_event(event: str, words: type[enum.StrEnum]) -> None:
    text = sections()["Events"][f"event {event}"]
    assert [word for word in words if f"`{word.value}`" not in text] == []


def test_every_result_says_what_it_answers() -> None:
    found = sections()["Results"]
    for request, result in RESULT_OF.items():
        answered = str(request.__struct_config__.tag)  # type: ignore[attr-defined]  # a struct
        assert f"`{answered}`" in found[str(result.__struct_config__.tag)]  # type: ignore[attr-defined]  # a struct


def test_every_limit_is_the_codes() -> None:
    table = dict(re.findall(r"^\| `([A-Z_]+)` \| ([0-9.]+) \|", DOC, flags=re.MULTILINE))
    for name, text in table.items():
        homes = [home for home in HOMES if hasattr(home, name)]
        assert homes, f"{name} is in the document and nowhere in the code"
        assert str(getattr(homes[0], name)) == text, name
    public = {
        name
        for name, value in vars(wire).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int | float)
    }
    assert public <= set(table)


def test_version_named_in_the_text_is_the_codes() -> None:
    assert f"Version {wire.PROTOCOL_MAJOR}.{wire.PROTOCOL_MINOR}." in DOC


def raised_texts() -> set[str]:
    """Return every text key the wire and sign-in can send."""
    found = set()
    for folder in ("server", "security"):
        for path in (ROOT / "backend_bridge" / folder).glob("*.py"):
            found |= set(
                re.findall(
                    r'"((?:error|session)\.[a-z_]+\.[a-z_]+|error\.internal)"', path.read_text()
                )
            )
    return found


def test_every_text_the_wire_sends_is_in_the_document() -> None:
    assert [key for key in sorted(raised_texts()) if f"`{key}`" not in DOC] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_text_the_wire_sends_is_translated(language: str) -> None:
    known: dict[str, str] = {}
    for path in (ROOT / "resources" / "translations").glob(f"*_{language}.ts"):
        for message in ET.parse(path).iter("message"):
            known[message.findtext("source", "")] = message.findtext("translation", "")
    wanted = raised_texts() | {"error.rights.missing"}
    assert [key for key in sorted(wanted) if not known.get(key)] == []
