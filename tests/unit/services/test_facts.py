"""Facts about the territory, on loops and gaps as well."""

from __future__ import annotations

import msgspec

from backend_bridge.services.facts import Facts
from tests.unit.services.kit import make_catalogue, make_links


def test_points_parents_and_counts() -> None:
    catalogue = make_catalogue(cabinets=2, feeders=2, lamps=3)
    facts = Facts(catalogue, make_links(catalogue))
    for item in catalogue.equipment:
        kind = facts.kind(item.kind)
        assert kind is not None
        for offset, point in enumerate(kind.points):
            assert facts.point_at(item.first_point + offset) == (item, point)
            assert facts.point(item.id, point.key) == point
    assert facts.point_at(-1) is None
    assert facts.point_at(catalogue.points_total) is None
    assert facts.point("EP-0001", "level") is None
    assert facts.point("nothing", "level") is None
    assert list(facts.ancestors("EP-0002-D1-03")) == ["EP-0002-D1", "EP-0002"]
    assert facts.root("EP-0002-D1-03") == "EP-0002"
    assert (facts.below("EP-0001"), facts.below("EP-0001-D1"), facts.below("x")) == (8, 3, 0)
    assert facts.link_root("L-EP-0002") == "EP-0002"
    assert facts.links_of_root("EP-0002") == ("L-EP-0002",)
    assert (facts.link_root("x"), facts.link_below("x")) == ("", 0)


def test_named_root_wins() -> None:
    catalogue = make_catalogue(cabinets=2)
    facts = Facts(catalogue, make_links(catalogue)[:1], {"L-EP-0001": "EP-0001-D1"})
    assert facts.link_root("L-EP-0001") == "EP-0001-D1"


def test_loop_of_parents_ends() -> None:
    catalogue = make_catalogue(feeders=1, lamps=0)
    cabinet, feeder = catalogue.equipment
    looped = msgspec.structs.replace(
        catalogue, equipment=(msgspec.structs.replace(cabinet, parent=feeder.id), feeder)
    )
    facts = Facts(looped)
    assert list(facts.ancestors(cabinet.id)) == [feeder.id]
    assert facts.root(cabinet.id) == feeder.id
