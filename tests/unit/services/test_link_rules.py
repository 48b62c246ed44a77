"""A lost link is said in the words of what is lost with it."""

from __future__ import annotations

import pytest

from backend_bridge.contract.points import Catalogue, Equipment
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.linkstate import LinkCause, LinkState
from backend_bridge.services.alarms.links import LinkBoard
from backend_bridge.services.alarms.rules import load_rules
from backend_bridge.services.facts import Facts
from backend_bridge.services.tables import shipped_rules
from tests.unit.services.kit import KINDS


def board(kind: str) -> LinkBoard:
    """Return the board of a city with one device, ``X``, on link ``L``."""
    item = Equipment(id="X", kind=kind, name="X", lon=5.0, lat=47.3, first_point=0)
    catalogue = Catalogue(
        revision="1",
        title="Test",
        demonstration=True,
        points_total=2,
        kinds=KINDS,
        equipment=(item,),
    )
    link = LinkConfig(id="L", driver="modbus", settings={}, points=())
    return LinkBoard(Facts(catalogue, (link,), {"L": "X"}), load_rules(shipped_rules(), KINDS))


@pytest.mark.parametrize(
    ("kind", "cause", "rule", "incident"),
    [
        ("cabinet", LinkCause.NONE, "link_lost", "cabinet_lost"),
        ("cabinet", LinkCause.DEFECT, "driver_failed", "cabinet_lost"),
        ("bollard", LinkCause.NONE, "bollard_lost", "bollard_lost"),
        ("bollard", LinkCause.DEFECT, "bollard_lost", "bollard_lost"),
        ("river_gauge", LinkCause.NONE, "gauge_lost", "station_lost"),
        ("weather_station", LinkCause.NONE, "weather_lost", "station_lost"),
    ],
)
def test_lost_link_has_the_rule_of_its_kind(
    kind: str, cause: LinkCause, rule: str, incident: str
) -> None:
    subject = board(kind)
    subject.take(LinkState(link_id="L", up=False, since_ms=1, cause=cause))

    found = subject.rule_for("X")

    assert found is not None
    assert (found.key, found.incident) == (rule, incident)
