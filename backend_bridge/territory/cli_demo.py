"""``beffroi territory make-demo``: a whole metropolis, and what it is like."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend_bridge.territory.demo import LARGEST, SMALLEST, generate_demo
from backend_bridge.territory.loader import check, summary, table
from backend_bridge.territory.problems import TerritoryError
from backend_bridge.territory.report import measure

EXIT_PROBLEMS = 2


def add_demo(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the action to ``beffroi territory``."""
    parser = actions.add_parser("make-demo", help="write a demonstration metropolis")
    parser.add_argument("directory", type=Path, help="written over if it holds a territory")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same city (default 1)")
    parser.add_argument(
        "--size",
        type=float,
        default=1.0,
        help=f"{SMALLEST:g} to {LARGEST:g} times Dijon métropole (default 1: 34,000 lamps)",
    )
    parser.add_argument(
        "--base-port", type=int, default=15020, help="port of the first cabinet (default 15020)"
    )
    parser.add_argument(
        "--video-port", type=int, default=15010, help="port of the cameras' streams (default 15010)"
    )
    parser.add_argument(
        "--rtsp-port",
        type=int,
        default=None,
        help="serve every fourth camera by RTSP at this port (default: none is)",
    )
    parser.add_argument(
        "--poll-period", type=float, default=2.0, help="seconds between two polls (default 2)"
    )
    parser.set_defaults(run=_make)


def _make(arguments: argparse.Namespace) -> int:
    try:
        generate_demo(
            arguments.directory,
            seed=arguments.seed,
            size=arguments.size,
            base_port=arguments.base_port,
            video_port=arguments.video_port,
            rtsp_port=arguments.rtsp_port,
            poll_period_s=arguments.poll_period,
        )
        territory = check(arguments.directory)
    except (OSError, ValueError, TerritoryError) as error:
        print(f"The territory was not made: {error}.", file=sys.stderr)
        return EXIT_PROBLEMS
    print(f"{territory.directory}: {territory.title}")
    print(table({**summary(territory), "addresses": len(territory.addresses)}), end="\n\n")
    print(measure(territory))
    return 0
