"""``beffroi driver``: make a new one, list them, say what one is."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from pathlib import Path

from backend_bridge.core.errors import ConfigError
from backend_bridge.drivers.registry import (
    DIRECTORIES_VARIABLE,
    MANIFEST,
    Registry,
    configured_directories,
)

EXIT_REFUSED = 2
_TEMPLATE = Path(__file__).parent / "template"
_PLACEHOLDER = "template"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("driver", help="make, list or describe drivers")
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="write the folder of a new driver, ready to run")
    new.add_argument("name", help="lower-case letters, digits and _")
    new.add_argument(
        "--into", type=Path, default=Path(), metavar="DIR", help="where (default: here)"
    )
    new.set_defaults(run=_new)
    listing = actions.add_parser("list", help="list the drivers there are")
    describe = actions.add_parser("describe", help="say what a driver is and can do")
    describe.add_argument("name")
    for action, run in ((listing, _list), (describe, _describe)):
        action.add_argument(
            "--drivers",
            type=Path,
            action="append",
            default=[],
            metavar="DIR",
            help=f"a folder of driver folders, besides those in {DIRECTORIES_VARIABLE}",
        )
        action.set_defaults(run=run)


def scaffold(name: str, into: Path) -> Path:
    """Write the folder of a new driver and return it; it passes the conformance suite as it is.

    Raises:
        ValueError: the name cannot be one.
        FileExistsError: something is there already.
    """
    if not _NAME.fullmatch(name) or name == _PLACEHOLDER:
        raise ValueError(
            f'"{name}" cannot be a driver\'s name: lower-case letters, digits and _, a letter first'
        )
    folder = into / name
    folder.mkdir(parents=True)
    title = "".join(part.capitalize() for part in name.split("_"))
    for source in sorted(path for path in _TEMPLATE.iterdir() if path.is_file()):
        text = source.read_text("utf-8")
        text = text.replace(_PLACEHOLDER, name).replace(_PLACEHOLDER.capitalize(), title)
        (folder / source.name.removesuffix(".in")).write_text(text, "utf-8")
    return folder


def _new(arguments: argparse.Namespace) -> int:
    try:
        folder = scaffold(arguments.name, arguments.into)
    except FileExistsError:
        folder = arguments.into / arguments.name
        print(f"{folder} is there already; nothing was written.", file=sys.stderr)
        return EXIT_REFUSED
    except (OSError, ValueError) as error:
        print(f"The driver was not made: {error}.", file=sys.stderr)
        return EXIT_REFUSED
    print(f"{folder} is a driver now ({MANIFEST}, driver.py, simulator.py …).")
    print(
        "It speaks a placeholder protocol and passes the conformance suite:\n"
        f"  {DIRECTORIES_VARIABLE}={arguments.into.resolve()} "
        f"python -m pytest tests/conformance -k {arguments.name}\n"
        "Change codec.py and driver.py to your protocol; docs/howto/add-a-driver.md goes on."
    )
    return 0


def _list(arguments: argparse.Namespace) -> int:
    registry = _registry(arguments)
    if registry is None:
        return EXIT_REFUSED
    for name, manifest in sorted(registry.manifests.items()):
        print(f"{name:16} {manifest.title:24} {manifest.protocol}  [{manifest.origin}]")
    return 0


def _describe(arguments: argparse.Namespace) -> int:
    registry = _registry(arguments)
    if registry is None:
        return EXIT_REFUSED
    try:
        manifest = registry.manifest(arguments.name)
        link = registry.example_link(arguments.name, "127.0.0.1", 1)
        description = asyncio.run(registry.make_driver(link).describe())
    except ConfigError as error:
        print(f"{error}.", file=sys.stderr)
        return EXIT_REFUSED
    print(f"{manifest.name}: {manifest.title}")
    print(f"  protocol  {manifest.protocol}")
    print(f"  folder    {manifest.directory}")
    print(f"  needs     {', '.join(manifest.requires) or 'nothing more'}")
    print(f"  counters  {', '.join(sorted(description.counters))}")
    print(f"  example   {len(link.points)} points in {len(description.groups)} poll group(s):")
    for point in link.points:
        address = ", ".join(f"{key} = {value}" for key, value in point.address.items())
        print(f"    {point.equipment_id}.{point.point_key}: {address}")
    return 0


def _registry(arguments: argparse.Namespace) -> Registry | None:
    try:
        return Registry([*arguments.drivers, *configured_directories()])
    except ConfigError as error:
        print(f"{error}.", file=sys.stderr)
        return None
