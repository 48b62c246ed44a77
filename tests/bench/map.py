"""The map with 34,200 lamps and with ten times as many, drawn without a GPU on 1,920 × 1,080.

Ours is the real view, page and presenter; beside it a bare page with plain Leaflet (each lamp a
circle marker on a canvas), and with Leaflet.markercluster, once told to show each lamp and once as
it comes. All lamps are in view, and each change makes a lamp look different.

As it comes markercluster draws some forty bubbles and no lamp: of a thousand changes forty numbers
are written anew. That is another job, whose floor here (handing one changed pixel of a canvas of
this size to the window takes some 2 ms) leaves no room for twenty times; it is printed beside,
without a limit.

*Busy* is what the page's own thread spends on it, *script* what of it is not handing the picture to
the window, both measured alike in each page (a canvas may put its drawing off until the latter,
which ours does not); *painted* is from the call in Python until the page says that the picture is
on the screen, waits for the screen's rhythm and for the page's answers included. The processes take
turns and stand still while another is measured.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from tests.bench._talking import Talking
from tests.bench.rows import Row, make_row

CABINETS, TIMES = 450, 10
CHANGES = 1_000
WARM_UPS = 5
"""Rounds that are not counted: every page's script is compiled after a few."""
FASTER_CHANGES, FASTER_PAN = 20.0, 2.0
PAN_MS, PAN_TIMES_MS = 33.0, 150.0
OPEN_S = 1.5
OURS = "ours"
LEAFLET = "Leaflet preferCanvas"
CLUSTERS = "markercluster, bubbles"
CLUSTER_LAMPS = "markercluster, each lamp"
KINDS = ("busy", "script", "painted")
LIMITED = (LEAFLET, CLUSTER_LAMPS)
"""Pages that show what ours shows; bubbles are printed beside, without a limit."""

Measured = Mapping[str, list[dict[str, float]]]


def rows(*, quick: bool = False) -> list[Row]:
    """Measure for two minutes, for twenty seconds when ``quick``."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    changes: dict[str, list[dict[str, float]]] = {}
    pans: dict[str, list[dict[str, float]]] = {}
    with ExitStack() as stack:
        pages = {
            name: stack.enter_context(Talking(module, *arguments, environment=environment))
            for name, (module, *arguments) in _programs().items()
        }
        for page in pages.values():
            page.ask("shown")
            for _ in range(WARM_UPS):
                page.ask("change", count=CHANGES)
        for _ in range(2 if quick else 8):
            for name, page in pages.items():
                changes.setdefault(name, []).append(page.ask("change", count=CHANGES))
                pans.setdefault(name, []).extend(page.ask("pan", steps=4 if quick else 10))
        opened = [pages[OURS].ask("reopen") for _ in range(2 if quick else 5)]
    found = [*_change_rows(changes), *_pan_rows(pans), _opened_row(opened)]
    if not quick:
        found += _ten_times(environment)
    return found


def _programs() -> dict[str, tuple[str, ...]]:
    cabinets = str(CABINETS)
    found: dict[str, tuple[str, ...]] = {
        OURS: ("tests.bench._map_console", cabinets),
        LEAFLET: ("tests.bench.baselines.map_leaflet", cabinets),
    }
    if importlib.util.find_spec("xstatic.pkg.leaflet_markercluster") is None:
        print(
            "Leaflet.markercluster is not installed, so that its rows are left out: "
            "pip install XStatic-Leaflet-MarkerCluster==1.4.1.1",
            file=sys.stderr,
        )
        return found
    module = "tests.bench.baselines.map_markercluster"
    return {**found, CLUSTERS: (module, cabinets), CLUSTER_LAMPS: (module, cabinets, "lamps")}


def _change_rows(changes: Measured) -> list[Row]:
    return [
        make_row(
            bench="map",
            name=f"1,000 changes of 34,200 lamps, {kind}",
            unit="ms",
            values=[item[kind] for item in changes[OURS]],
            baseline=name,
            baseline_values=[item[kind] for item in changes[name]],
            limit=FASTER_CHANGES if kind == "busy" and name in LIMITED else None,
            of="ratio",
        )
        for kind in KINDS
        for name in changes
        if name != OURS
    ]


def _pan_rows(pans: Measured) -> list[Row]:
    ours = [item["busy"] for item in pans[OURS]]
    found = [
        make_row(
            bench="map",
            name="pan of 34,200 lamps, busy, p95",
            unit="ms",
            values=[_p95(ours)],
            limit=PAN_MS,
        )
    ]
    for kind in KINDS:
        found += [
            make_row(
                bench="map",
                name=f"pan of 34,200 lamps, {kind}",
                unit="ms",
                values=[item[kind] for item in pans[OURS]],
                baseline=name,
                baseline_values=[item[kind] for item in pans[name]],
                limit=FASTER_PAN if kind == "busy" and name in LIMITED else None,
                of="ratio",
            )
            for name in pans
            if name != OURS
        ]
    return found


def _opened_row(opened: list[float]) -> Row:
    return make_row(
        bench="map",
        name="from closed to the whole picture, 34,200 lamps",
        unit="s",
        values=opened,
        limit=OPEN_S,
    )


def _ten_times(environment: Mapping[str, str]) -> list[Row]:
    cabinets = str(CABINETS * TIMES)
    with Talking("tests.bench._map_console", cabinets, environment=environment) as ours:
        ours.ask("shown")
        for _ in range(WARM_UPS):
            ours.ask("change", count=CHANGES)
        changes: list[dict[str, float]] = [ours.ask("change", count=CHANGES) for _ in range(5)]
        pans: list[dict[str, float]] = ours.ask("pan", steps=40)
        opened: Any = ours.ask("reopen")
    return [
        make_row(
            bench="map",
            name="pan of 342,000 lamps, busy, p95",
            unit="ms",
            values=[_p95([item["busy"] for item in pans])],
            limit=PAN_TIMES_MS,
        ),
        make_row(
            bench="map",
            name="1,000 changes of 342,000 lamps, busy",
            unit="ms",
            values=[item["busy"] for item in changes],
        ),
        make_row(
            bench="map",
            name="from closed to the whole picture, 342,000 lamps",
            unit="s",
            values=[opened],
            limit=3 * OPEN_S,
        ),
    ]


def _p95(values: list[float]) -> float:
    return sorted(values)[(len(values) - 1) * 95 // 100]
