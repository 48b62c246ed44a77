"""Metrics count points by quality and follow Prometheus' names."""

from __future__ import annotations

from prometheus_client import CollectorRegistry
from prometheus_client.core import Metric

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Description
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.points import PointTable
from backend_bridge.metrics import Meters
from backend_bridge.server.settings import WireCounters
from backend_bridge.territory import Territory
from tests.fakes.clock import ManualClock


def samples(metrics: list[Metric]) -> CollectorRegistry:
    registry = CollectorRegistry()

    class Once:
        def collect(self) -> list[Metric]:
            return metrics

    registry.register(Once())
    return registry


def meters(town: Territory) -> tuple[Meters, PointTable]:
    table = PointTable(town.allowed_ages_s, ManualClock())
    return Meters(town, table), table


def test_points_are_counted_by_kind_and_quality(town: Territory) -> None:
    page, table = meters(town)
    source = table.add_source("x", range(3))
    table.apply(source, [(0, True, Quality.GOOD), (1, 230.0, Quality.BAD)])

    found = samples(list(page.points()))

    def count(kind: str, quality: str) -> float | None:
        return found.get_sample_value("beffroi_points", {"kind": kind, "quality": quality})

    assert (count("cabinet", "good"), count("cabinet", "bad")) == (1, 1)
    assert count("cabinet", "unknown") == 2 * 6 - 2
    assert count("lamp", "unknown") == 2 * 8 * 3
    assert count("lamp", "unavailable") == 0


def test_links_tell_their_state_and_counters(town: Territory) -> None:
    page, _ = meters(town)
    states = {
        "A": LinkState(link_id="A", up=True, since_ms=0),
        "B": LinkState(link_id="B", up=False, since_ms=0),
    }
    descriptions = {
        "A": Description(
            groups=(),
            counters={"load": 0.5, "queue_age_s": 0.1, "Odd-Name": 2, "polls": 7},
            frames=(),
        )
    }

    found = samples(list(page.links(states, descriptions)))

    def value(name: str, link: str = "A") -> float | None:
        return found.get_sample_value(name, {"link": link})

    assert (value("beffroi_link_up"), value("beffroi_link_up", "B")) == (1, 0)
    assert value("beffroi_link_load") == 0.5
    assert value("beffroi_link_queue_age_seconds") == 0.1
    assert value("beffroi_link_polls_total") == 7
    assert value("beffroi_link_odd_name_total") == 2


def test_wire_store_and_bridge_are_shown(town: Territory) -> None:
    page, _ = meters(town)
    metrics = [
        *page.wire(WireCounters(peers=3, garbage=2)),
        *page.store({"entries_total": 5, "last_commit_s": 0.002, "history_bytes": 9}),
        *page.bridge({"storage_ok": True}),
    ]

    found = samples(metrics)

    assert found.get_sample_value("beffroi_wire_peers") == 3
    assert found.get_sample_value("beffroi_wire_garbage_total") == 2
    assert found.get_sample_value("beffroi_store_entries_total") == 5
    assert found.get_sample_value("beffroi_store_last_commit_seconds") == 0.002
    assert found.get_sample_value("beffroi_storage_ok") == 1
    assert (found.get_sample_value("process_resident_memory_bytes") or 0) > 1_000_000
