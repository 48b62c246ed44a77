#!/usr/bin/python3 -I
"""Start a program of Beffroi from the packages installed under /usr/lib/beffroi.

One file under several names: ``beffroi-bridge``, ``beffroi-field`` and ``beffroi-console`` see
their own part only; ``beffroi`` sees every part that is installed, so that its subcommands are
those of the machine. ``python3 -I`` keeps the user's own packages and variables out.
"""

import os
import sys
from importlib.metadata import entry_points
from pathlib import Path

LIBRARIES = Path("/usr/lib/beffroi")
PARTS = ("bridge", "field", "console")


def start() -> int:
    """Run the entry point this file is named after; return its exit code."""
    name = Path(sys.argv[0]).name
    own = name.removeprefix("beffroi-")
    parts = [own] if own in PARTS else [part for part in PARTS if (LIBRARIES / part).is_dir()]
    paths = [str(LIBRARIES / part) for part in parts]
    sys.path[:0] = paths
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)  # for the processes the program starts
    for group in ("console_scripts", "gui_scripts"):
        for entry in entry_points(group=group, name=name):
            return int(entry.load()() or 0)
    sys.stderr.write(
        f"{name}: this program is not in {LIBRARIES}: its package is damaged. "
        f"Install it again: apt-get install --reinstall {name}\n"
    )
    return 3


if __name__ == "__main__":
    sys.exit(start())
