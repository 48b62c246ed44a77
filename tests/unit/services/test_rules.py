"""Rule files: what ships is right, and what is wrong is said with file, rule and nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.contract.alarms import Severity
from backend_bridge.core.settings import SettingsError
from backend_bridge.services.alarms import incident_of, load_alarm_files, load_rules
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
        (
            'kind = "river_gauge"\npoint = "level_m"\nrises_per_min = 1.0',
            "over_s above 0 go together",
        ),
        ('kind = "river_gauge"\npoint = "level_m"\nabove = 1.0\nover_s = 9', "go together"),
        (
            'kind = "river_gauge"\npoint = "level_m"\nfalls_per_min = 0.0\nover_s = 9',
            "falls_per_min must be above 0",
        ),
        ('kind = "lamp"\npoint = "fault"\nrises_per_min = 1.0\nover_s = 9', "does not fit"),
        (
            'kind = "bollard"\npoint = "position"\ndiffers_from = "comanded"',
            'no point "comanded" (did you mean "commanded"?)',
        ),
        ('kind = "bollard"\npoint = "position"\ndiffers_from = "position"', "the point itself"),
        (
            'kind = "bollard"\npoint = "position"\ndiffers_from = "moving"',
            "moving is of type bool, position of int: they differ for ever",
        ),
        ('kind = "lamp"\npoint = "level"\nabove = 1.0\ntolerance = 2', "goes with differs_from"),
        (
            'kind = "lamp"\npoint = "fault"\nbad = true\nwhile = [{kind="feeder", point="clsd"}]',
            'while: kind "feeder" has no point "clsd" (did you mean "closed"?)',
        ),
        (
            'kind = "lamp"\npoint = "level"\nabove = 1.0\nwhile = [{point = "fault"}]',
            "needs one of is, equals, above, below, or overridden",
        ),
        (
            'kind = "lamp"\npoint = "level"\nabove = 1.0\nwhile = [{point = "fault", above = 2.0}]',
            'while: condition "above" does not fit',
        ),
        (
            'kind = "lamp"\npoint = "level"\nabove = 1.0\nwhile = [{point = "fault", knd = "x"}]',
            "knd",
        ),
        ('watch = "uplink"\nkind = "lamp"', "takes no kind"),
        ('watch = "uplink"\nshare = 1.5', "share"),
        ('watch = "link"\nhold_s = 3', 'hold_s goes with watch = "uplink"'),
        ('watch = "override"\nkind = "lamp"\npoint = "level"', "takes stuck"),
        ('watch = "override"\nkind = "lamp"\npoint = "levle"\nstuck = "on"', "(did you mean"),
        ('kind = "lamp"\npoint = "fault"\nis = true\nstuck = "on"', "stuck goes with"),
        ('watch = "command"\nkind = "lamp"\nabove = 3.0', "takes no condition"),
        ('watch = "command"\nkind = "lmap"', 'unknown kind "lmap"'),
        ('watch = "command"\nkind = "lamp"\npoint = "x"', 'has no point "x"'),
        ('watch = "link"\nlongest_shelf_s = 0', "longest_shelf_s must be above 0"),
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


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('rules = ["a"]\nwhile = []', "for ever"),
        ('rules = []\nwhile = [{point = "fault", is = true}]', "rules is empty"),
        (
            'rules = ["lamp_faild"]\nwhile = [{point = "fault", is = true}]',
            'unknown rule "lamp_faild" (did you mean "lamp_failed"?)',
        ),
        (
            'rules = ["lamp_failed"]\nwhile = [{point = "fautl", is = true}]',
            'while: kind "lamp" has no point "fautl" (did you mean "fault"?)',
        ),
        (
            'rules = ["lamp_failed"]\nwhile = [{point = "closed", kind = "feader", is = true}]',
            'while: unknown kind "feader" (did you mean "feeder"?)',
        ),
    ],
)
def test_every_mistake_of_a_design_is_said(tmp_path: Path, body: str, said: str) -> None:
    rule = (
        '[[rule]]\nkey = "lamp_failed"\nseverity = 4\nkind = "lamp"\npoint = "fault"\nis = true\n'
    )
    text = f'{rule}[[suppress]]\nkey = "quiet"\n{body}\n'
    assert any(said in problem for problem in _problems(tmp_path, text))


def test_one_rule_speaks_for_lost_networks(tmp_path: Path) -> None:
    one = '[[rule]]\nkey = "{}"\nseverity = 2\nwatch = "uplink"\n'
    (problem,) = _problems(tmp_path, one.format("a") + one.format("b"))
    assert 'rule "b"' in problem
    assert 'rule "a" watches uplinks already' in problem


def test_few_shipped_rules_are_urgent_and_each_presses_as_much_as_it_says() -> None:
    files = load_alarm_files(shipped_rules(), KINDS)
    urgent = [rule for rule in files.rules if rule.severity is Severity.URGENT]
    assert len(urgent) * 20 <= len(files.rules)
    for rule in files.rules:
        assert rule.act_within_s > 0, rule.key
        if rule.severity <= Severity.HIGH:
            assert rule.remind_s > 0, f"{rule.key}: nobody is told when nobody acknowledges it"
            assert rule.longest_shelf_s <= 4 * 3600, f"{rule.key} may be forgotten on the shelf"
        else:
            assert rule.remind_s == 0, f"{rule.key}: not worth a supervisor's ear"
