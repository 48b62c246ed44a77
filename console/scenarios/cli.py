"""``beffroi demo``: play a story through the real field, bridge and widgets.

With a display it opens the console's window on a running field and leaves it to the person;
without one, or with ``--offscreen``, it plays the story, writes a picture of each act and a report,
and ends with 1 when an act did not come true.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from console.scenarios.offscreen import choose_offscreen
from console.scenarios.report import write_report
from console.scenarios.stack import OPERATOR, PASSWORD, Stack, StackError

SCENARIOS = ("dark_street",)
EXIT_NOT_TRUE = 1
EXIT_NOT_STARTED = 2
EXIT_TERMINATED = 143


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("demo", help="simulated field, bridge and console in one go")
    parser.add_argument("--offscreen", action="store_true", help="play the story without a display")
    parser.add_argument("--scenario", choices=SCENARIOS, default=SCENARIOS[0])
    parser.add_argument("--territory", type=Path, metavar="DIR", help="default: a small one, made")
    parser.add_argument("--seat", default="supervisor")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same city and same cabinet")
    parser.add_argument("--out", type=Path, default=Path("out/demo"), metavar="DIR")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the demo and return its exit code."""
    arguments.out.mkdir(parents=True, exist_ok=True)
    # asked to end, end as at the end: bridge and field must not outlive the demo
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_TERMINATED))
    offscreen = arguments.offscreen or not _has_display()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="beffroi-demo-") as folder,
            Stack(Path(folder), territory=arguments.territory, seed=arguments.seed) as stack,
        ):
            return _offscreen(stack, arguments) if offscreen else _on_screen(stack, arguments)
    except StackError as error:
        print(f"beffroi demo: {error}", file=sys.stderr)
        return EXIT_NOT_STARTED


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _on_screen(stack: Stack, arguments: argparse.Namespace) -> int:
    print(f"Sign in as {OPERATOR} with the password {PASSWORD}", flush=True)
    print("Break a cabinet, and mend it again:", flush=True)
    link = next(iter(stack.truth()["links"]))
    for path, body in (("fault", {"link": link, "fault": "frozen"}), ("clear", {"link": link})):
        print(
            f"  curl -H 'Content-Type: application/json' -d '{json.dumps(body)}'"
            f" {stack.control}/{path}",
            flush=True,
        )
    return subprocess.run(
        [
            *(sys.executable, "-m", "console.app", "--config", str(stack.console_dir)),
            *("--territory", str(stack.territory), "--seat", arguments.seat),
            *("--lang", arguments.lang, "--theme", arguments.theme),
        ],
        check=False,
    ).returncode


def _offscreen(stack: Stack, arguments: argparse.Namespace) -> int:
    choose_offscreen(stack.folder)
    from console.scenarios.dark_street import DarkStreet  # noqa: PLC0415 - Qt reads the platform
    from console.scenarios.player import run_with  # noqa: PLC0415 - at its import

    acts = run_with(
        stack,
        lambda console: DarkStreet(stack, console, arguments.out, arguments.seed).play(),
        seat=arguments.seat,
        lang=arguments.lang,
        theme=arguments.theme,
    )
    territory = str(arguments.territory or f"demonstration, seed {arguments.seed}")
    page = write_report(arguments.out, scenario=arguments.scenario, territory=territory, acts=acts)
    for act in acts:
        measures = ", ".join(f"{name} {value:.3f} s" for name, value in act.measures.items())
        print(f"{'ok ' if act.passed else 'NOT'} {act.name:<13} {act.seconds:6.2f} s  {measures}")
        if act.problem:
            print(f"    {act.problem}", file=sys.stderr)
    print(f"Pictures and report: {page}")
    if not all(act.passed for act in acts):
        for name in ("bridge.log", "field.log"):
            (arguments.out / name).write_bytes((stack.folder / name).read_bytes())
        return EXIT_NOT_TRUE
    return 0
