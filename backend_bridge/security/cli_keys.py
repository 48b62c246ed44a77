"""``beffroi keys``: make a console's key, let it in, keep it out, see who is in."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from backend_bridge.contract.wire import DEFAULT_PORT
from backend_bridge.security import keys
from backend_bridge.security.enrolments import Enrolments, enroll, revoke
from backend_bridge.security.keys import KeyFileError

EXIT_REFUSED = 1
DATA_VARIABLE = "BEFFROI_BRIDGE__DATA"
"""Names the bridge's data directory when ``--data`` does not; the bridge reads the same one."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("keys", help="keys of consoles: new, enroll, revoke, list")
    actions = parser.add_subparsers(dest="action", required=True)

    new = actions.add_parser(
        "new", help="make a console's directory: its key pair, the bridge's key, console.toml"
    )
    new.add_argument("console", help="name of the console, for example pupitre-police-1")
    new.add_argument("--out", type=Path, required=True, help="directory of the console to make")
    new.add_argument(
        "--bridge",
        action="append",
        metavar="ADDRESS",
        help=f"where the bridge listens (default tcp://127.0.0.1:{DEFAULT_PORT}); may be repeated",
    )
    new.add_argument("--enroll", action="store_true", help="let it in at once")
    new.set_defaults(run=_new)

    let_in = actions.add_parser("enroll", help="let a console in by its public key file")
    let_in.add_argument("console")
    let_in.add_argument("key_file", type=Path, help="its .key file")
    let_in.set_defaults(run=_enroll)

    keep_out = actions.add_parser("revoke", help="keep a console out, within a second")
    keep_out.add_argument("console")
    keep_out.set_defaults(run=_revoke)

    show = actions.add_parser("list", help="show the consoles that are let in")
    show.set_defaults(run=_list)

    for action in (new, let_in, keep_out, show):
        action.add_argument(
            "--data",
            type=Path,
            default=None,
            help=f"the bridge's data directory (default: ${DATA_VARIABLE})",
        )


def _new(arguments: argparse.Namespace) -> int:
    return _said(_make_console, arguments)


def _enroll(arguments: argparse.Namespace) -> int:
    return _said(_let_in, arguments)


def _revoke(arguments: argparse.Namespace) -> int:
    return _said(_keep_out, arguments)


def _list(arguments: argparse.Namespace) -> int:
    return _said(_show, arguments)


def _make_console(arguments: argparse.Namespace, key_directory: Path) -> None:
    name, out = keys.check_name(arguments.console), arguments.out
    bridges = arguments.bridge or [f"tcp://127.0.0.1:{DEFAULT_PORT}"]
    for address in bridges:
        _check_address(address)
    bridge = keys.ensure_bridge_pair(key_directory)
    pair = keys.generate()
    keys.write_pair(out, name, pair)
    keys.write_public(out, keys.BRIDGE_NAME, bridge.public)
    listed = ", ".join(f'"{address}"' for address in bridges)
    keys.write_private(out / "console.toml", f'name = "{name}"\nbridges = [{listed}]\n', mode=0o644)
    print(f"Made {out}: the console's key pair, the bridge's public key and console.toml.")
    if arguments.enroll:
        path = enroll(key_directory / "enrolled", name, pair.public)
        print(f"{name} is let in ({path}).")
    else:
        print(f"Let it in with: beffroi keys enroll {name} {keys.public_path(out, name)}")
    print(f"Move {out} to the console's machine and leave no copy of {name}.key_secret behind.")


def _let_in(arguments: argparse.Namespace, key_directory: Path) -> None:
    public = keys.read_public(arguments.key_file)
    path = enroll(key_directory / "enrolled", arguments.console, public)
    print(f"{arguments.console} is let in ({path}). A running bridge knows within a second.")


def _keep_out(arguments: argparse.Namespace, key_directory: Path) -> None:
    revoke(key_directory / "enrolled", arguments.console)
    print(f"{arguments.console} is kept out. A running bridge drops it within a second.")


def _show(_arguments: argparse.Namespace, key_directory: Path) -> None:
    enrolments = Enrolments(key_directory / "enrolled")
    enrolments.refresh()
    for name, public in enrolments.listing():
        print(f"{name:32} {public.decode('ascii')}")
    for problem in enrolments.problems:
        print(problem, file=sys.stderr)


def _said(work: Callable[[argparse.Namespace, Path], None], arguments: argparse.Namespace) -> int:
    """Run an action, say on standard error why it could not be done, return the exit code."""
    try:
        work(arguments, _data(arguments) / "keys")
    except KeyFileError as error:
        print(f"beffroi keys: {error}", file=sys.stderr)
        return EXIT_REFUSED
    return 0


def _data(arguments: argparse.Namespace) -> Path:
    if arguments.data is not None:
        return Path(arguments.data)
    found = os.environ.get(DATA_VARIABLE, "")
    if not found:
        raise KeyFileError(
            "the bridge's data directory is not known, so neither are its keys. "
            f"Name it with --data DIR, or set {DATA_VARIABLE}."
        )
    return Path(found)


def _check_address(address: str) -> None:
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    if not address.startswith("tcp://") or not host or not port.isdigit() or '"' in address:
        raise KeyFileError(
            f"{address!r} is no bridge address: write it like tcp://192.0.2.7:{DEFAULT_PORT}."
        )
