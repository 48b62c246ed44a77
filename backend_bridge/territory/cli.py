"""``beffroi territory``: make one, check one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend_bridge.territory.cli_demo import add_demo
from backend_bridge.territory.cli_import import add_import
from backend_bridge.territory.generate import generate_small
from backend_bridge.territory.loader import check as check_all
from backend_bridge.territory.loader import summary, table
from backend_bridge.territory.problems import TerritoryError

EXIT_PROBLEMS = 2


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("territory", help="make or check a territory")
    actions = parser.add_subparsers(dest="action", required=True)
    make = actions.add_parser("make-small", help="write a small demonstration territory")
    make.add_argument("directory", type=Path, help="written over if it holds a territory")
    make.add_argument("--seed", type=int, default=1, help="same seed, same territory (default 1)")
    make.add_argument("--cabinets", type=int, default=10, help="1 to 600 (default 10)")
    make.add_argument("--lamps", type=int, default=76, help="per cabinet, 4 to 800 (default 76)")
    make.add_argument(
        "--base-port", type=int, default=15020, help="port of the first cabinet (default 15020)"
    )
    make.set_defaults(run=_make)
    add_demo(actions)
    check = actions.add_parser("check", help="report every problem of a territory")
    check.add_argument("directory", type=Path)
    check.set_defaults(run=_check)
    add_import(actions)


def _make(arguments: argparse.Namespace) -> int:
    try:
        generate_small(
            arguments.directory,
            seed=arguments.seed,
            cabinets=arguments.cabinets,
            lamps=arguments.lamps,
            base_port=arguments.base_port,
        )
    except (OSError, ValueError) as error:
        print(f"The territory was not made: {error}.", file=sys.stderr)
        return EXIT_PROBLEMS
    return _check(arguments)


def _check(arguments: argparse.Namespace) -> int:
    try:
        territory = check_all(arguments.directory)
    except TerritoryError as error:
        print(error, file=sys.stderr)
        print("The bridge will not start with this territory.", file=sys.stderr)
        return EXIT_PROBLEMS
    print(f"{territory.directory}: {territory.title}")
    print(table(summary(territory)))
    print("No problem found.")
    return 0
