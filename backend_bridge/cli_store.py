"""``beffroi store``: copy the journal while a bridge uses it."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path

from backend_bridge.core.storage import StorageError
from backend_bridge.store import StoreSettings
from backend_bridge.store.files import copy_database

EXIT_STORE = 4


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("store", help="journal, states and users: backup")
    actions = parser.add_subparsers(dest="action", required=True)
    backup = actions.add_parser(
        "backup", help="copy journal, states and users as of one moment; a bridge may be running"
    )
    backup.add_argument("file", type=Path, help="the copy; must not exist yet")
    backup.add_argument("--data", type=Path, required=True, help="the bridge's data directory")
    backup.set_defaults(run=_backup)


def _backup(arguments: argparse.Namespace) -> int:
    source = StoreSettings(directory=arguments.data).store_path
    if not source.is_file():
        print(
            f"beffroi store: {source} does not exist, so there is nothing to copy. Name the "
            "directory that the bridge is started with as --data.",
            file=sys.stderr,
        )
        return EXIT_STORE
    try:
        copy_database(source, arguments.file)
    except (StorageError, OSError, sqlite3.Error) as error:
        print(f"beffroi store: nothing was copied: {error}", file=sys.stderr)
        return EXIT_STORE
    print(f"Copied {source} to {arguments.file}.")
    return 0
