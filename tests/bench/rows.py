"""One row a measurement, always beside a named baseline taken in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Literal, TypedDict


class Row(TypedDict):
    """What ``make bench`` prints and writes.

    ``times_better`` is above 1 when ours is better than the baseline; ``met`` is ``None`` where the
    row has no limit.
    """

    bench: str
    name: str
    unit: str
    value: float
    spread: float
    baseline: str
    baseline_value: float | None
    times_better: float | None
    limit: float | None
    met: bool | None


def make_row(
    *,
    bench: str,
    name: str,
    unit: str,
    values: Sequence[float],
    baseline: str = "",
    baseline_values: Sequence[float] = (),
    limit: float | None = None,
    limit_is: Literal["max", "min"] = "max",
    of: Literal["value", "ratio"] = "value",
) -> Row:
    """Return a row of the medians; spread is (largest − smallest) / median of ours.

    Args:
        limit_is: whether the limit is the most or the least allowed; it also says which way is
            better, and so which way the ratio points.
        of: whether the limit is on the value itself or on the ratio to the baseline.

    Raises:
        ValueError: no value was measured: a benchmark that cannot lose is a defect.
    """
    if not values:
        raise ValueError(f"{bench}/{name}: nothing was measured")
    value = statistics.median(values)
    base = statistics.median(baseline_values) if baseline_values else None
    ratio: float | None = None
    if base is not None and value > 0 and base > 0:
        higher_is_better = limit_is == "min" or (of == "ratio" and "/s" in unit)
        ratio = value / base if higher_is_better else base / value
    measured = value if of == "value" else ratio
    met: bool | None = None
    if limit is not None:
        if measured is None:
            met = False
        else:
            met = measured <= limit if (limit_is == "max" and of == "value") else measured >= limit
    return Row(
        bench=bench,
        name=name,
        unit=unit,
        value=round(value, 4),
        spread=round((max(values) - min(values)) / value, 3) if value else 0.0,
        baseline=baseline,
        baseline_value=None if base is None else round(base, 4),
        times_better=None if ratio is None else round(ratio, 3),
        limit=limit,
        met=met,
    )
