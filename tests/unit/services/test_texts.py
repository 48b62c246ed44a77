"""Every text the services and commands name exists in both languages, with the same parameters."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from importlib import resources
from pathlib import Path

import pytest

from backend_bridge.contract.alarms import AlarmChange
from backend_bridge.services.alarms import incident_of, load_alarm_files
from backend_bridge.services.alarms.rules import Watch, guides
from backend_bridge.services.tables import shipped_rules
from tests.unit.services.kit import KINDS

ROOT = Path(str(resources.files("backend_bridge")))
TRANSLATIONS = Path(str(resources.files("resources"))) / "translations"
GUIDANCE = ("text", "cause", "consequence", "action", "time_to_act")


def _texts(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(TRANSLATIONS.glob(f"*_{language}.ts")):
        for message in ET.parse(path).iter("message"):
            found[message.findtext("source") or ""] = message.findtext("translation") or ""
    return found


def _named_in_code() -> set[str]:
    """Return every literal text key, and every reason of the two families built from one."""
    keys: set[str] = set()
    for folder, family in (("services", ""), ("commands", "error.command.")):
        for path in (ROOT / folder).rglob("*.py"):
            source = path.read_text("utf-8")
            keys |= set(re.findall(r'"((?:error|command)\.[a-z_]+\.[a-z_]+)"', source))
            built = family or ("error.incident." if path.name == "decisions.py" else "")
            if path.parent.name == "incidents":
                built = "error.incident."
            if built:
                reasons = re.findall(r'_?refusal\(\s*ErrorCode\.[A-Z_]+,\s*"([a-z_]+)"', source)
                keys |= {built + reason for reason in reasons}
    return keys


def test_the_search_finds_what_it_should() -> None:
    keys = _named_in_code()
    assert {
        "error.alarm.not_found",
        "error.incident.already_taken",
        "error.command.device_down",
        "error.command.not_recorded",
        "command.result.differs",
        "error.storage.full",
        "error.service.end_missing",
    } <= keys


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_text_named_in_code_and_rules_is_written(language: str) -> None:
    texts = _texts(language)
    rules, designs = load_alarm_files(shipped_rules(), KINDS)
    wanted = _named_in_code() - {"error.rights.missing"}  # the wire's own text
    wanted |= {f"alarm.{rule.key}.{part}" for rule in rules for part in GUIDANCE}
    wanted |= {guide.while_key for guide in guides(rules) if guide.while_key}
    assert "alarm.road_frost.while" in wanted, "a limit that counts only while the road is wet"
    procedures = {rule.procedure for rule in rules}
    assert None not in procedures, "every alarm has its procedure"
    wanted |= {f"procedure.{key}.{part}" for key in procedures for part in ("title", "steps")}
    wanted |= {f"alarm.suppressed.{design.key}" for design in designs}
    wanted |= {f"alarm.suppressed.{rule.key}" for rule in rules if rule.watch is Watch.UPLINK}
    wanted |= {f"log.alarm.{change.value}" for change in AlarmChange}
    wanted |= {f"incident.{kind}.title" for kind in incident_of(rules).values()}
    assert sorted(key for key in wanted if not texts.get(key, "").strip()) == []


def test_both_languages_name_the_same_parameters() -> None:
    french, english = _texts("fr"), _texts("en")
    for key in sorted(_named_in_code() & set(french)):
        assert set(re.findall(r"\{(\w+)\}", french[key])) == (
            set(re.findall(r"\{(\w+)\}", english[key]))
        ), key
