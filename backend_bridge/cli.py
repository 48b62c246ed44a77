"""``beffroi``: one command, its subcommands found by entry point ``beffroi.commands``.

A subcommand whose import fails (Qt is not on a bridge's machine) is listed with the reason.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

from backend_bridge.version import installed_version

EXIT_UNAVAILABLE = 3
ENTRY_POINTS = "beffroi.commands"

_EPILOG = """\
The programs: beffroi-bridge (the daemon), beffroi-field (simulated equipment), beffroi-console.
Documentation: docs/operations.md."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``beffroi`` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="beffroi",
        description="Tools of the console of a city's connected command post.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"beffroi {installed_version()}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda item: item.name):
        before = set(subparsers.choices)
        try:
            entry.load()(subparsers)
        except Exception as error:  # noqa: BLE001 - one command's failure must not take the others
            for half_made in set(subparsers.choices) - before:
                del subparsers.choices[half_made]
            _add_unavailable(subparsers, entry.name, error)
    parsed, rest = parser.parse_known_args(arguments)
    if rest and not getattr(parsed, "unavailable", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if parsed.command is None:
        parser.print_help()
        return 2
    try:
        return int(parsed.run(parsed) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # the reader (head, less) has gone: nothing more to say, and not to say it at exit either
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _add_unavailable(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], name: str, error: Exception
) -> None:
    reason = " ".join(str(error).split()) or type(error).__name__
    parser = subparsers.add_parser(
        name, help=f"unavailable here: {reason}".replace("%", "%%"), add_help=False
    )

    def run(_arguments: argparse.Namespace) -> int:
        print(
            f"beffroi {name} is not available on this machine: {reason}. Its part of the program "
            "is not installed or is damaged. Install the extra it needs (console, bridge or "
            "field), for example: pip install 'beffroi[console]'.",
            file=sys.stderr,
        )
        return EXIT_UNAVAILABLE

    parser.set_defaults(run=run, unavailable=True)


if __name__ == "__main__":
    sys.exit(main())
