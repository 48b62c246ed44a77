"""``beffroi admin``: back a bridge up while it runs, and put it back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend_bridge import cli_audit
from backend_bridge.backup import BackupError, back_up, restore
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
        action.add_argument("--data", type=Path, required=True, help="the bridge's data directory")


def _backup(arguments: argparse.Namespace) -> int:
    try:
        manifest = back_up(arguments.data, arguments.file, SystemClock())
    except BackupError as error:
        return _refuse(error)
    print(
        f"{arguments.file}: store and {len(manifest.files) - 1} key files of {arguments.data}. "
        "It holds secret keys and password hashes: keep it where only administrators read."
    )
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    try:
        manifest, aside = restore(arguments.file, arguments.data, SystemClock())
    except BackupError as error:
        return _refuse(error)
    made = from_ms(manifest.made_ms).isoformat(timespec="seconds")
    print(f"{arguments.data} is as it was on {made}, by Beffroi {manifest.version}.")
    if aside is not None:
        print(f"What was there is kept in {aside}; remove it once nobody misses anything.")
    return 0


def _refuse(error: BackupError) -> int:
    print(f"beffroi admin: {error}", file=sys.stderr)
    return EXIT_REFUSED
