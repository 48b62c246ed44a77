"""Every text key the console's data side uses has a French and an English text."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from backend_bridge.contract.alarms import AlarmChange, AlarmState
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.incidents import IncidentChange, IncidentState
from backend_bridge.contract.quality import Quality
from console.panels.incident_actions import ICONS
from console.state.liveness import LinkWord
from console.state.queue import SCOPES
from tests.fakes.panel_context import texts

ROOT = Path(__file__).parents[3]
LITERAL = re.compile(r'(?:text|known)\(\s*"([a-z_.]+)"')
PLURAL = re.compile(r'plural\(\s*"([a-z_.]+)"')
RAISED = re.compile(r'"((?:error|link)\.[a-z_.]+)"')


def used_keys() -> set[str]:
    keys = set()
    for path in [
        *(ROOT / "console" / "panels").glob("*.py"),
        *(ROOT / "console" / "link").glob("*.py"),
    ]:
        code = path.read_text(encoding="utf-8")
        keys |= set(LITERAL.findall(code)) | set(RAISED.findall(code))
        for key in PLURAL.findall(code):
            keys |= {f"{key}.one", f"{key}.other"}
    keys |= {f"quality.{quality.word}" for quality in Quality}
    keys |= {f"alarm.state.{state.value}.short" for state in AlarmState if state.value != "normal"}
    keys |= {f"incident.state.{state.value}" for state in IncidentState}
    keys |= {f"log.incident.{change.value}" for change in IncidentChange}
    keys |= {f"log.alarm.{change.value}" for change in AlarmChange}
    keys |= {f"{start}.{o.value}" for o in CommandOutcome for start in ("command", "log.command")}
    keys |= {f"link.{word.value}{end}" for word in LinkWord for end in ("", ".sentence")}
    keys |= {f"queue.scope.{scope}" for scope in SCOPES}
    return keys | {f"action.{key}" for key in ICONS}


def test_every_key_has_both_texts() -> None:
    keys = used_keys()
    assert len(keys) > 100
    for language in ("fr", "en"):
        missing = sorted(key for key in keys if not texts(language).get(key))
        assert not missing, f"{language}: {missing}"


def test_both_languages_name_the_same_parameters() -> None:
    french, english = texts("fr"), texts("en")
    for key in used_keys():
        assert _places(french[key]) == _places(english[key]), key


def test_french_is_typeset_without_narrow_spaces() -> None:
    own = re.findall(
        r"<translation>([^<]*)",
        (ROOT / "resources/translations/panels_fr.ts").read_text(encoding="utf-8"),
    )
    for text in own:
        assert "\u202f" not in text
        assert not re.search(r"(?<!\u00a0)[:;?!](?=\s|$)", text), text


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
