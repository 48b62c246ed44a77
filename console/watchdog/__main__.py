"""``python -m console.watchdog``: cover the windows of the process that started it."""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    """Run the watchdog with what the window says on standard input.

    Started by :class:`console.watchdog.client.WatchdogClient`; by hand it ends at once.
    """
    parser = argparse.ArgumentParser(prog="console.watchdog", description=main.__doc__)
    parser.add_argument("--since", default="Plus rien depuis {time}")
    parser.add_argument("--frozen", default="{seconds} s")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--parent", type=int, required=True)
    chosen = parser.parse_args()
    # Qt only here: whoever imports this module, to spawn it or to read it, gets no application.
    from console.watchdog.keeper import run  # noqa: PLC0415

    return run(chosen.since, chosen.frozen, chosen.theme, chosen.parent)


if __name__ == "__main__":
    sys.exit(main())
