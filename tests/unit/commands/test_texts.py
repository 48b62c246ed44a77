"""Every refusal has its words in both languages, with what they name; a seat shows no raw key."""

from __future__ import annotations

import re
from pathlib import Path

from backend_bridge.commands import load_interlocks, shipped_interlocks
from backend_bridge.commands.interlock_marks import CHANGED, FIRST, NEW, REMOVED
from backend_bridge.commands.verify import REFUSED
from backend_bridge.territory.library import kinds
from tests.unit.services.test_texts import _texts

COMMANDS = Path(__file__).parents[3] / "backend_bridge" / "commands"
OF_AN_INTERLOCK = {"interlock", "equipment", "point", "age_s", "value", "quality"}


def _built() -> set[str]:
    """Return the keys that are built from a family and a reason."""
    keys = set()
    for name, family in (("approvals.py", "approval"), ("interlocks.py", "interlock")):
        source = (COMMANDS / name).read_text("utf-8")
        found = re.findall(r'_refused\(\s*"([a-z_]+)"', source)
        assert found, name
        keys |= {f"error.{family}.{reason}" for reason in found}
    reasons = re.findall(r'ValueError\("([a-z_]+)"\)', (COMMANDS / "values.py").read_text("utf-8"))
    return keys | {f"error.command.{reason}" for reason in reasons}


def test_every_built_refusal_and_every_shipped_interlock_has_its_words() -> None:
    rules = load_interlocks([shipped_interlocks()], [rule.kind for rule in kinds().values()], {})
    proofs = {
        f"error.interlock.{rule.key}.{proof.key}.{how}"
        for rule in rules
        for proof in rule.proof
        for how in ("unsafe", "possible", "never")
    }
    generic = {f"error.interlock.{how}" for how in ("unsafe", "possible", "never")}
    titles = {f"interlock.{rule.key}.title" for rule in rules}
    reasons = {
        f"{REFUSED}{rule.kind.key}.{reason}"
        for rule in kinds().values()
        for point in rule.kind.points
        for named in rule.kind.points
        if point.commanding is not None and point.commanding.refusal == named.key
        for reason in range(1, int(named.high or 0) + 1)
    }
    assert reasons, "a bollard says why it refused"
    wanted = reasons | proofs | generic | titles | _built() | {FIRST, NEW, CHANGED, REMOVED}
    french, english = _texts("fr"), _texts("en")
    assert sorted(key for key in wanted if not (french.get(key) and english.get(key))) == []
    for key in wanted:
        named = set(re.findall(r"\{(\w+)\}", french[key]))
        assert named == set(re.findall(r"\{(\w+)\}", english[key])), key
        if key in proofs | generic:
            assert named <= OF_AN_INTERLOCK, key
