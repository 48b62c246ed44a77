"""Rule files: what ships is right, and what is wrong is said with file, rule and nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.core.settings import SettingsError
from backend_bridge.services.alarms import incident_of, load_rules
from backend_bridge.services.incidents import load_kinds
from backend_bridge.services.tables import shipped_rules
from tests.unit.services.kit import KINDS


def _problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_rules(tmp_path, KINDS)
    assert all(str(tmp_path / "mine.toml") in problem for problem in caught.value.problems)
    return list(caught.value.problems)


def test_shipped_rules_fit_the_shipped_kinds() -> None:
    rules = {rule.key: rule for rule in load_rules(shipped_rules(), KINDS)}
    assert rules["link_lost"].severity == 2
    assert rules["link_lost"].covers
    assert rules["feeder_tripped"].covers
    assert not rules["lamp_failed"].covers
    assert (rules["lamp_failed"].severity, rules["lamp_failed"].incident) == (4, "")
    kinds = load_kinds(shipped_rules(), incident_of(tuple(rules.values())))
    assert kinds["cabinet_lost"].limit_s == 900


def test_unknown_key_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    (problem,) = _problems(
        tmp_path, '[[rule]]\nkey = "a"\nseverity = 2\nwatch = "link"\non_dealy_s = 3\n'
    )
    assert "rule[0].on_dealy_s" in problem
    assert 'did you mean "on_delay_s"?' in problem


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('kind = "lmap"\npoint = "fault"\nis = true', 'unknown kind "lmap" (did you mean "lamp"?)'),
        ('kind = "lamp"\npoint = "fualt"\nis = true', 'has no point "fualt" (did you mean "fault"'),
        ('kind = "lamp"\npoint = "fault"', "exactly one condition"),
        ('kind = "lamp"\npoint = "fault"\nis = true\nbad = true', "exactly one condition"),
        ('kind = "lamp"\npoint = "level"\nis = true', 'condition "is" does not fit point "level"'),
        ('kind = "lamp"\npoint = "fault"\nabove = 3.0', 'condition "above" does not fit'),
        ('kind = "lamp"\npoint = "level"\nequals = "on"', 'condition "equals" does not fit'),
        ('kind = "lamp"\npoint = "fault"\nis = true\nhysteresis = 2', "need a limit"),
        ('kind = "lamp"\npoint = "fault"\nis = true\ncount = 3', "count above 1 and window_s"),
        ('watch = "link"\nkind = "lampe"', 'unknown kind "lampe"'),
        ('watch = "link"\nkind = "lamp"\npoint = "level"', "takes no point"),
        ('watch = "driver"\nbad = true', "takes no point, condition"),
        ('watch = "link"\ncount = 2\nwindow_s = 3', "takes no count"),
        (
            'kind = "lamp"\npoint = "level"\nabove = 50\nlevels = [{limit = 40.0, severity = 1}]',
            "level at 40: each level needs a farther limit",
        ),
        (
            'kind = "lamp"\npoint = "level"\nbelow = 50\nlevels = [{limit = 40.0, severity = 3}]',
            "level at 40: each level needs a farther limit",
        ),
        ('kind = "lamp"\npoint = "fault"\nis = true\non_delay_s = -1', "on_delay_s"),
        ('watch = "lnik"', "watch"),
    ],
)
def test_every_mistake_is_said(tmp_path: Path, body: str, said: str) -> None:
    text = f'[[rule]]\nkey = "a"\nseverity = 3\n{body}\n'
    assert any(said in problem for problem in _problems(tmp_path, text))


def test_severity_out_of_range_key_twice_and_broken_toml_are_said(tmp_path: Path) -> None:
    assert "severity" in _problems(tmp_path, '[[rule]]\nkey="a"\nwatch="link"\nseverity=5\n')[0]
    twice = '[[rule]]\nkey="a"\nwatch="link"\nseverity=2\n' * 2
    assert "already defined in" in _problems(tmp_path, twice)[0]
    assert "is not TOML" in _problems(tmp_path, "[[rule\n")[0]
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="is not TOML"):
        load_rules(tmp_path, KINDS)


def test_all_mistakes_of_all_rules_are_said_at_once(tmp_path: Path) -> None:
    text = (
        '[[rule]]\nkey="a"\nseverity=2\nkind="x"\npoint="y"\nis=true\n'
        '[[rule]]\nkey="b"\nseverity=2\nkind="lamp"\npoint="z"\nis=true\n'
    )
    problems = _problems(tmp_path, text)
    assert len(problems) == 2
    assert 'rule "a"' in problems[0]
    assert 'rule "b"' in problems[1]


def test_rule_that_opens_an_unknown_incident_is_said(tmp_path: Path) -> None:
    (tmp_path / "incidents.toml").write_text(
        '[[incident]]\nkey="cabinet_lost"\ntrade="lighting"\n'
        '[[incident]]\nkey="cabinet_lost"\ntrade="lighting"\n',
        "utf-8",
    )
    with pytest.raises(SettingsError) as caught:
        load_kinds(tmp_path, {"link_lost": "cabinet_lots"})
    assert any('did you mean "cabinet_lost"?' in problem for problem in caught.value.problems)
    assert any("defined twice" in problem for problem in caught.value.problems)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_kinds(tmp_path / "nowhere", {})
