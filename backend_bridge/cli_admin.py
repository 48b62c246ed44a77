"""``beffroi admin``: back a bridge up while it runs, and put it back."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from backend_bridge import cli_audit, config
from backend_bridge.assembly import store_settings
from backend_bridge.backup import BackupError, back_up, restore
from backend_bridge.config import ConfigFileError
from backend_bridge.contract.times import SystemClock, from_ms

EXIT_REFUSED = 4


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("admin", help="keep a bridge: backup, restore, audit")
    actions = parser.add_subparsers(dest="action", required=True)
    backup = actions.add_parser(
        "backup", help="copy journal, users and keys into one file; the bridge may be running"
    )
    backup.add_argument("file", type=Path, help="the backup; must not exist yet")
    backup.set_defaults(run=_backup)
    back = actions.add_parser(
        "restore", help="put a backup back; the bridge must be stopped, what was there is kept"
    )
    back.add_argument("file", type=Path, help="a backup made by 'beffroi admin backup'")
    back.set_defaults(run=_restore)
    cli_audit.add_to(actions)
    for action in (backup, back):
        where = action.add_mutually_exclusive_group(required=True)
        where.add_argument("--data", type=Path, help="the bridge's data directory")
        where.add_argument(
            "--config", type=Path, help="its configuration file, when PostgreSQL keeps its store"
        )


def _backup(arguments: argparse.Namespace) -> int:
    try:
        data, url = _where(arguments)
        manifest = back_up(data, arguments.file, SystemClock(), url=url)
    except (BackupError, ConfigFileError) as error:
        return _refuse(error)
    print(
        f"{arguments.file}: store and {len(manifest.files) - 1} key files of {data}. "
        "It holds secret keys and password hashes: keep it where only administrators read."
    )
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    try:
        data, url = _where(arguments)
        manifest, aside = restore(arguments.file, data, SystemClock(), url=url)
    except (BackupError, ConfigFileError) as error:
        return _refuse(error)
    made = from_ms(manifest.made_ms).isoformat(timespec="seconds")
    what = f"{data} and its database are as they were" if url else f"{data} is as it was"
    print(f"{what} on {made}, by Beffroi {manifest.version}.")
    if aside is not None:
        print(f"What was there is kept in {aside}; remove it once nobody misses anything.")
    return 0


def _where(arguments: argparse.Namespace) -> tuple[Path, str]:
    """Return the data directory, and the address of a server that keeps its store, or none."""
    if arguments.data is not None:
        return arguments.data, ""
    settings = store_settings(config.load(arguments.config, os.environ, {}))
    return settings.directory, settings.url


def _refuse(error: Exception) -> int:
    print(f"beffroi admin: {error}", file=sys.stderr)
    return EXIT_REFUSED
