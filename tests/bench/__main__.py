"""Run benchmarks: ``python -m tests.bench [NAME …] [--json FILE] [--quick]``.

Each module of this folder with a function ``rows(quick) -> list[Row]`` is a benchmark; its name is
the module's.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
from pathlib import Path

import tests.bench
from tests.bench.rows import Row


def main(argv: list[str] | None = None) -> int:
    """Run, print a table, write JSON; 1 when a benchmark could not run, whatever the limits say."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", default=["all"])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quick", action="store_true", help="short runs, to see that they run")
    options = parser.parse_args(argv)
    known = _benchmarks()
    names = known if options.names in ([], ["all"]) else options.names
    unknown = [name for name in names if name not in known]
    if unknown:
        print(
            f"no benchmark named {', '.join(unknown)}; there are: {', '.join(known)}",
            file=sys.stderr,
        )
        return 2
    rows: list[Row] = []
    for name in names:
        print(f"== {name}", flush=True)
        found = importlib.import_module(f"tests.bench.{name}").rows(quick=options.quick)
        for row in found:
            print(_line(row), flush=True)
        rows += found
    missed = [f"{row['bench']}/{row['name']}" for row in rows if row["met"] is False]
    print(f"{len(rows)} rows, limits missed: {', '.join(missed) or 'none'}")
    if options.json:
        options.json.write_text(
            json.dumps({"machine": _machine(), "rows": rows}, ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )
    return 0


def _benchmarks() -> list[str]:
    skip = {"rows", "__main__"}
    return sorted(
        module.name
        for module in pkgutil.iter_modules(tests.bench.__path__)
        if not module.ispkg and module.name not in skip and not module.name.startswith("_")
    )


def _line(row: Row) -> str:
    text = f"{row['name']:<52} {row['value']:>12g} {row['unit']:<10} ±{row['spread'] * 100:.0f} %"
    if row["baseline_value"] is not None:
        text += f"  | {row['baseline']} {row['baseline_value']:g}, ×{row['times_better']:g}"
    if row["met"] is not None:
        text += f"  | limit {row['limit']:g}: {'met' if row['met'] else 'MISSED'}"
    return text


def _machine() -> dict[str, str | int | None]:
    return {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "cpu": _cpu(),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if "model name" in line), "")


if __name__ == "__main__":
    sys.exit(main())
