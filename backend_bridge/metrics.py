"""What ``/metrics`` shows: measured when asked, named after Prometheus' own rules."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Description
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.points import PointTable
from backend_bridge.server.settings import WireCounters
from backend_bridge.territory import Territory

_LEVELS = frozenset({"load", "queue", "queue_age_s", "blocks", "blocks_refused"})
"""Counters of links that go up and down."""
_WIRE_LEVELS = frozenset({"peers", "sessions"})
_WORD = re.compile(r"[^a-z0-9_]")


class Meters:
    """Turn the bridge's state into metric families, lazily and in any thread.

    What is read of the table meanwhile are single whole states: no more is promised of a metric.
    """

    def __init__(self, territory: Territory, table: PointTable) -> None:
        self._table = table
        sizes = {kind.key: len(kind.points) for kind in territory.kinds}
        self._kinds = [item.kind for item in territory.equipment for _ in range(sizes[item.kind])]
        self._process = ProcessCollector(registry=None)

    def points(self) -> Iterable[Metric]:
        """Return how many points have which quality, by kind of equipment."""
        family = GaugeMetricFamily(
            "beffroi_points", "Points by kind and quality.", labels=["kind", "quality"]
        )
        state = self._table.state
        counts = Counter((kind, state(index).quality) for index, kind in enumerate(self._kinds))
        for kind in sorted(set(self._kinds)):
            for quality in Quality:
                family.add_metric([kind, quality.word], counts[kind, quality])
        yield family

    def links(
        self, states: Mapping[str, LinkState], descriptions: Mapping[str, Description]
    ) -> Iterable[Metric]:
        """Return each link's state and counters."""
        up = GaugeMetricFamily("beffroi_link_up", "1 while the link answers.", labels=["link"])
        for link_id, state in states.items():
            up.add_metric([link_id], state.up)
        yield up
        families: dict[str, GaugeMetricFamily | CounterMetricFamily] = {}
        for link_id, description in descriptions.items():
            for name, value in description.counters.items():
                if name not in families:
                    families[name] = _link_family(name)
                families[name].add_metric([link_id], value)
        yield from families.values()

    def wire(self, counters: WireCounters) -> Iterable[Metric]:
        """Return what passed over the wire."""
        for name, value in dataclasses.asdict(counters).items():
            yield _single(f"beffroi_wire_{name}", value, level=name in _WIRE_LEVELS)

    def store(self, counters: Mapping[str, float]) -> Iterable[Metric]:
        """Return what the store counts; names ending in ``_total`` only grow."""
        for name, value in counters.items():
            level = not name.endswith("_total")
            yield _single(f"beffroi_store_{_seconds(name)}", value, level=level)

    def bridge(self, values: Mapping[str, float]) -> Iterable[Metric]:
        """Return single levels of the bridge itself and of its process."""
        for name, value in values.items():
            yield _single(f"beffroi_{name}", value, level=True)
        yield from self._process.collect()


def _single(name: str, value: float, *, level: bool) -> Metric:
    text = name.removeprefix("beffroi_").replace("_", " ").capitalize() + "."
    name = name.removesuffix("_total")
    if level:
        return GaugeMetricFamily(name, text, value=value)
    return CounterMetricFamily(name, text, value=value)


def _seconds(name: str) -> str:
    """Return a name with Prometheus' unit word for seconds."""
    return f"{name.removesuffix('_s')}_seconds" if name.endswith("_s") else name


def _link_family(counter: str) -> GaugeMetricFamily | CounterMetricFamily:
    word = _WORD.sub("_", counter.lower())
    name = f"beffroi_link_{_seconds(word)}"
    text = f"The link's {word.replace('_', ' ')}."
    if counter in _LEVELS:
        return GaugeMetricFamily(name, text, labels=["link"])
    return CounterMetricFamily(name, text, labels=["link"])
