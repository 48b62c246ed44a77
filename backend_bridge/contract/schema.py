"""JSON Schemas of every message, generated from the code into ``resources/schemas``.

On the wire a message is MessagePack; its schema describes the same maps, arrays and scalars.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib.resources import files
from pathlib import Path

import msgspec

from backend_bridge.contract.wire import (
    PROTOCOL_MAJOR,
    PROTOCOL_MINOR,
    ClientMessage,
    ServerMessage,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXIT_DRIFT = 1
_REFERENCE = "#/$defs/{name}"


def schemas() -> dict[str, str]:
    """Return the text of every schema file by its name."""
    return {
        "console-to-bridge.json": _schema(ClientMessage, "What a console sends"),
        "bridge-to-console.json": _schema(ServerMessage, "What a bridge sends"),
    }


def drift(directory: Path) -> list[str]:
    """Return what differs between ``directory`` and the code, one sentence a file."""
    wanted = schemas()
    present = {path.name for path in directory.glob("*.json")} if directory.is_dir() else set()
    problems = [
        f"{directory / name} belongs to no message" for name in sorted(present - set(wanted))
    ]
    for name, text in wanted.items():
        path = directory / name
        if name not in present:
            problems.append(f"{path} is missing")
        elif path.read_text(encoding="utf-8") != text:
            problems.append(f"{path} does not say what the code says")
    return problems


def write(directory: Path) -> list[Path]:
    """Write every schema file and return the paths; files of no message are removed."""
    directory.mkdir(parents=True, exist_ok=True)
    wanted = schemas()
    for path in directory.glob("*.json"):
        if path.name not in wanted:
            path.unlink()
    written = []
    for name, text in wanted.items():
        path = directory / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``beffroi schemas`` to the umbrella program."""
    parser = subparsers.add_parser("schemas", help="JSON Schemas of the wire: write, check")
    parser.add_argument("action", choices=("write", "check"))
    parser.add_argument(
        "--directory",
        type=Path,
        default=Path(str(files("resources").joinpath("schemas"))),
        help="where they live (default: the program's own resources/schemas)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.action == "write":
        for path in write(arguments.directory):
            sys.stdout.write(f"{path}\n")
        return 0
    problems = drift(arguments.directory)
    for problem in problems:
        sys.stderr.write(f"{problem}. Run 'beffroi schemas write' and look at the difference.\n")
    return EXIT_DRIFT if problems else 0


def _schema(union: object, title: str) -> str:
    (root,), definitions = msgspec.json.schema_components((union,), ref_template=_REFERENCE)
    document = {
        "$schema": DIALECT,
        "title": f"Beffroi wire {PROTOCOL_MAJOR}.{PROTOCOL_MINOR}: {title.lower()}",
        **root,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
