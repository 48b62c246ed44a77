"""The queue with 100,000 incidents: sorted, filtered and updated, from key to paint.

Ours is the real world, presenter, model and view, painted without a screen; beside it plain Python
over the same incidents, and a QSortFilterProxyModel over as many plain rows. The processes take
turns and stand still while another is measured.
"""

from __future__ import annotations

import os
import statistics
from typing import Any

from tests.bench._talking import Talking
from tests.bench.rows import Row, make_row

ROWS = 100_000
WORDS = "longvic"
RATE = 200
KEY_TO_PAINT_MS = 100.0
FRAME_P99_MS, FRAME_MAX_MS = 50.0, 150.0
RATIO = 0.5
"""Within twice plain Python's time."""
PROXY = "QSortFilterProxyModel"
CABINETS = 450
"""Of 76 lamps: Dijon's size, 35,100 pieces of equipment."""


def rows(*, quick: bool = False) -> list[Row]:
    """Measure for a minute and a half; with 20,000 rows and fewer rounds when ``quick``."""
    count = 20_000 if quick else ROWS
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    rounds = 1 if quick else 4
    keys: dict[str, list[list[float]]] = {"ours": [], "proxy": []}
    sorts: dict[str, list[float]] = {"ours": [], "proxy": []}
    live: dict[str, list[dict[str, Any]]] = {"ours": [], "proxy": []}
    with (
        Talking("tests.bench._list_console", str(count), environment=environment) as ours,
        Talking("tests.bench.baselines.list_proxy", str(count), environment=environment) as proxy,
    ):
        plain = ours.ask("plain", wanted="chenove foch")
        both = (("ours", ours), ("proxy", proxy))
        first = ours.ask("type", words=WORDS)[0]
        for _ in range(rounds):
            for name, process in both:
                keys[name].append(process.ask("type", words=WORDS))
                sorts[name] += [process.ask("sort") for _ in range(2)]
                live[name].append(process.ask("live", rate=RATE, seconds=3 if quick else 8))
    return [
        *_plain_rows(plain, count),
        *_key_rows(keys, sorts, first, count),
        *_live_rows(live, count),
        *_tree_rows(CABINETS // 10 if quick else CABINETS, 1, environment),
        *(() if quick else _tree_rows(10 * CABINETS, 3, environment)),
    ]


def _plain_rows(plain: dict[str, list[float]], count: int) -> list[Row]:
    return [
        make_row(
            bench="list",
            name=f"{name}, {count:,} rows",
            unit="ms",
            values=plain[ours],
            baseline=baseline,
            baseline_values=plain[theirs],
            limit=RATIO,
            of="ratio",
        )
        for name, ours, baseline, theirs in (
            ("sort", "sort", "sorted with a key", "sorted"),
            ("sort whole anew", "rebuild", "sorted with a key", "sorted"),
            ("filter by two words", "filter", "list filter", "listed"),
        )
    ]


def _key_rows(
    keys: dict[str, list[list[float]]], sorts: dict[str, list[float]], first: float, count: int
) -> list[Row]:
    return [
        make_row(
            bench="list",
            name=f"key to paint, {count:,} rows: each key of {WORDS!r} and back",
            unit="ms",
            values=[time_ms for typed in keys["ours"] for time_ms in typed],
            baseline=PROXY,
            baseline_values=[time_ms for typed in keys["proxy"] for time_ms in typed],
            limit=KEY_TO_PAINT_MS,
        ),
        make_row(
            bench="list",
            name="key to paint, the slowest key of a round",
            unit="ms",
            values=[max(typed) for typed in keys["ours"]],
            baseline=PROXY,
            baseline_values=[max(typed) for typed in keys["proxy"]],
            limit=KEY_TO_PAINT_MS,
        ),
        make_row(
            bench="list",
            name="key to paint, the very first key",
            unit="ms",
            values=[first],
        ),
        make_row(
            bench="list",
            name="another order to paint",
            unit="ms",
            values=sorts["ours"],
            baseline=PROXY,
            baseline_values=sorts["proxy"],
            limit=KEY_TO_PAINT_MS,
        ),
    ]


def _live_rows(live: dict[str, list[dict[str, Any]]], count: int) -> list[Row]:
    def each(name: str, percent: int) -> list[float]:
        found = [sorted(run["frames_ms"]) for run in live[name]]
        return [frames[(len(frames) - 1) * percent // 100] for frames in found]

    return [
        make_row(
            bench="list",
            name=f"frame time at {RATE} updates/s, {count:,} rows, p{percent}",
            unit="ms",
            values=each("ours", percent),
            baseline=PROXY,
            baseline_values=each("proxy", percent),
            limit=limit,
        )
        for percent, limit in ((50, None), (99, FRAME_P99_MS))
    ] + [
        make_row(
            bench="list",
            name="frame time at most",
            unit="ms",
            values=[max(each("ours", 100))],
            baseline=PROXY,
            baseline_values=[max(each("proxy", 100))],
            limit=FRAME_MAX_MS,
        ),
        make_row(
            bench="list",
            name="updates taken a second in that time",
            unit="updates/s",
            values=[run["rate"] for run in live["ours"]],
            baseline=PROXY,
            baseline_values=[statistics.median(run["rate"] for run in live["proxy"])],
            limit=RATE * 0.98,
            limit_is="min",
        ),
    ]


def _tree_rows(cabinets: int, times: int, environment: dict[str, str]) -> list[Row]:
    """Measure the equipment tree with every branch open, and the watch panel beside it in a cut.

    Args:
        cabinets: size of the city.
        times: how far the limits stretch: threefold at ten times Dijon.
        environment: of the processes.
    """
    plain: list[float] = []
    with Talking("tests.bench._tree_console", str(cabinets), environment=environment) as ours:
        count = ours.ask("unfold")
        typed = ours.ask("type", words=WORDS) + ours.ask("type", words=WORDS)
        if times == 1:  # at ten times Dijon the proxy paints no key within a minute
            with Talking(
                "tests.bench.baselines.list_proxy", str(count), environment=environment
            ) as proxy:
                plain = proxy.ask("type", words=WORDS)
        frames = sorted(ours.ask("live", rate=RATE, seconds=4)["frames_ms"])
        turns = ours.ask("cut")
    return [
        make_row(
            bench="list",
            name=f"tree of {count:,}, all open: each key of {WORDS!r} and back",
            unit="ms",
            values=typed,
            baseline=PROXY if plain else "",
            baseline_values=plain,
            limit=times * KEY_TO_PAINT_MS,
        ),
        make_row(
            bench="list",
            name=f"tree of {count:,}: frame time at {RATE} updates/s, p99",
            unit="ms",
            values=[frames[(len(frames) - 1) * 99 // 100]],
            limit=times * FRAME_P99_MS,
        ),
        make_row(
            bench="list",
            name=f"all {count:,} lost at once: longest turn, tree and watch",
            unit="ms",
            values=[max(turns)],
            limit=times * FRAME_MAX_MS,
        ),
    ]
