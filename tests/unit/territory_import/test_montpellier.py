"""A real city nobody here made, whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from backend_bridge.territory import load
from tests.unit.territory_import.city_files import bring_in, tally

MONTPELLIER = Path(__file__).parents[4] / "shared" / "data" / "montpellier"

pytestmark = pytest.mark.skipif(
    not MONTPELLIER.is_dir(), reason=f"the real city's files are not in {MONTPELLIER}"
)


def test_montpellier_is_taken_whole_and_can_be_simulated(out: Path) -> None:
    outcome = bring_in(MONTPELLIER, out=out, simulate=frozenset({"lamps"}))
    assert outcome.report.taken == {
        "lamp": 29_969,
        "signal": 373,
        "camera": 141,
        "street": 8_011,
        "water": 841,
        "building": 3_356,
        "commune": 1,
        "sector": 7,
    }
    assert tally(outcome, "mtp_ouvrages_art.wgs84.geojson").taken_records == 0
    assert sum(outcome.report.left.values()) == 67 + 8
    territory = load(out)
    kinds = Counter(item.kind for item in territory.equipment)
    assert (kinds["lamp"], kinds["signal_controller"], kinds["camera"]) == (29_969, 373, 141)
    bound = {point.equipment_id for link in territory.links for point in link.points}
    assert sum(1 for item in territory.equipment if item.kind == "lamp" and item.id in bound) == (
        29_969
    )
    assert all(item.commune for item in territory.equipment)
