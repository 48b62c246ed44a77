"""``beffroi doctor``: say what is missing on this machine, and what to do."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import msgspec

from backend_bridge.doctor import MISSING, NOTE, OK, Finding, Machine, examine

EXIT_MISSING = 1


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser(
        "doctor",
        help="say what is missing on this machine",
        description="Look at this machine without changing anything. Exit code 0 when nothing is "
        "missing, 1 otherwise.",
    )
    usual = Machine()
    parser.add_argument(
        "--config",
        type=Path,
        default=usual.config,
        metavar="FILE",
        help=f"the bridge's configuration (default: {usual.config})",
    )
    parser.add_argument(
        "--console",
        type=Path,
        default=usual.console,
        metavar="DIR",
        help=f"the console's key directory (default: {usual.console})",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a finding")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    levels: Counter[str] = Counter()
    for part, finding in examine(Machine(arguments.config, arguments.console)):
        levels[finding.level] += 1
        if arguments.json:
            line = msgspec.json.encode({"part": part, **finding._asdict()})
            sys.stdout.buffer.write(line + b"\n")
        else:
            _say(part, finding)
        sys.stdout.flush()
    if not arguments.json:
        print(f"{levels[MISSING]} missing, {levels[NOTE]} to know of.")
    return EXIT_MISSING if levels[MISSING] else 0


def _say(part: str, finding: Finding) -> None:
    mark = {OK: "ok     ", NOTE: "note   ", MISSING: "MISSING"}[finding.level]
    print(f"{mark}  {part:8} {finding.subject}: {finding.text}")
    if finding.cure:
        print(f"{'':19}→ {finding.cure}")
