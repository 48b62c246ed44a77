"""``beffroi territory import``: a city's own files made a territory."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.rebind import simulate_territory
from backend_bridge.territory.importing.run import ImportOptions, import_territory
from backend_bridge.territory.importing.simulate import LAMPS, THINGS
from backend_bridge.territory.importing.write import REPORT_TEXT
from backend_bridge.territory.loader import summary

EXIT_REFUSED = 2


def add_import(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``import`` to the actions of ``beffroi territory``."""
    parser = actions.add_parser(
        "import",
        help="make a territory of GeoJSON, Shapefile, GeoPackage or OpenStreetMap files",
        description="Make a territory of a city's own files; docs/howto/import-a-city.md.",
    )
    parser.add_argument(
        "source", type=Path, nargs="+", help="a .geojson, .shp, .gpkg, .osm.pbf, or a directory"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new directory")
    parser.add_argument("--title", default="", help="shown on every screen; default: the source's")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what to take layers for")
    parser.add_argument("--crs", metavar="EPSG:N", help="coordinates of files that do not say")
    parser.add_argument(
        "--simulate",
        action="append",
        choices=(LAMPS, THINGS),
        default=[],
        help="bind them to simulated devices, for a demonstration; may be given twice",
    )
    parser.add_argument(
        "--base-port",
        type=int,
        default=15020,
        metavar="PORT",
        help="of the first simulated controller (default 15020)",
    )
    parser.set_defaults(run=run)
    _add_simulate(actions)


def _add_simulate(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "simulate",
        help="copy a territory so that simulators of this machine stand for its devices",
        description="Links are moved to 127.0.0.1; without links, lamps get simulated cabinets.",
    )
    parser.add_argument("directory", type=Path, help="a territory; nothing in it is changed")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new directory")
    parser.add_argument(
        "--base-port",
        type=int,
        default=15020,
        metavar="PORT",
        help="of the first simulated controller (default 15020)",
    )
    parser.add_argument(
        "--video-port",
        type=int,
        metavar="PORT",
        help="take the cameras' pictures from the simulated field, served there (default: as is)",
    )
    parser.set_defaults(run=run_simulate)


def run_simulate(arguments: argparse.Namespace) -> int:
    """Copy and bind, return the exit code."""
    try:
        territory = simulate_territory(
            arguments.directory, arguments.out, arguments.base_port, arguments.video_port
        )
    except ImportRefusedError as error:
        print(f"Nothing was simulated: {error}", file=sys.stderr)
        return EXIT_REFUSED
    counts = ", ".join(f"{count} {name}" for name, count in summary(territory).items())
    print(f"{arguments.out}: {territory.title}: {counts}")
    return 0


def run(arguments: argparse.Namespace) -> int:
    """Import, print the report, return the exit code."""
    try:
        outcome = import_territory(
            ImportOptions(
                sources=tuple(arguments.source),
                out=arguments.out,
                title=arguments.title,
                mapping=arguments.mapping,
                crs=arguments.crs,
                simulate=frozenset(arguments.simulate),
                base_port=arguments.base_port,
            )
        )
    except ImportRefusedError as error:
        print(f"Nothing was imported: {error}", file=sys.stderr)
        return EXIT_REFUSED
    print(outcome.report.as_text(), end="")
    counts = ", ".join(f"{count} {name}" for name, count in summary(outcome.territory).items())
    print(f"{arguments.out}: {outcome.territory.title}: {counts}")
    print(f"The report is in {arguments.out / REPORT_TEXT}")
    return 0
