"""``beffroi demo``: play a story through the real field, bridge and widgets.

With a display it opens the console's window on a running field and leaves it to the person;
without one, or with ``--offscreen``, it plays the story, writes a picture of each act and a report,
and ends with 1 when an act did not come true.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from console.scenarios.city import read_city
from console.scenarios.offscreen import SEATS, choose_offscreen, screens_of
from console.scenarios.people import person_at
from console.scenarios.ports import NoPortsError
from console.scenarios.report import write_report
from console.scenarios.stack import PASSWORD, Stack, StackError, rtsp_served

SCENARIOS = {"dark_street": "supervisor", "wall": "supervisor", "corridor": "police"}
"""The stories, each with the seat it is told at unless another is named."""
BURSTS = ("feeder_trip", "feeder_return", "backbone_cut", "backbone_return")
EXIT_NOT_TRUE = 1
EXIT_NOT_STARTED = 2
EXIT_TERMINATED = 143


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("demo", help="simulated field, bridge and console in one go")
    parser.add_argument("--offscreen", action="store_true", help="play the story without a display")
    parser.add_argument("--scenario", choices=SCENARIOS, default="dark_street")
    parser.add_argument(
        "--territory",
        type=Path,
        metavar="DIR",
        help="play in a copy of this one, all its devices simulated (default: one is made)",
    )
    parser.add_argument(
        "--size",
        type=float,
        default=1.0,
        help="of the city made, in times Dijon métropole: 0.05 to 10 (default 1: 34,000 lamps)",
    )
    parser.add_argument("--seat", choices=SEATS, help="whose (default: the one the story is about)")
    parser.add_argument("--lang", "--language", choices=("fr", "en"), default="fr")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same city and same cabinet")
    parser.add_argument(
        "--base-port",
        type=int,
        metavar="PORT",
        help="first of the ports of 127.0.0.1 that are used (default: free ones are looked for)",
    )
    parser.add_argument("--out", type=Path, default=Path("out/demo"), metavar="DIR")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the demo and return its exit code."""
    arguments.out.mkdir(parents=True, exist_ok=True)
    arguments.seat = arguments.seat or SCENARIOS[arguments.scenario]
    # asked to end, end as at the end: bridge and field must not outlive the demo
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_TERMINATED))
    offscreen = arguments.offscreen or not _has_display()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="beffroi-demo-") as folder,
            Stack(
                Path(folder),
                territory=arguments.territory,
                seed=arguments.seed,
                size=arguments.size,
                base_port=arguments.base_port,
                rtsp=arguments.scenario == "wall" and rtsp_served(),
                person=person_at(arguments.seat),
            ) as stack,
        ):
            _say_what(stack, arguments)
            return _offscreen(stack, arguments) if offscreen else _on_screen(stack, arguments)
    except (StackError, NoPortsError) as error:
        print(f"beffroi demo: {error}", file=sys.stderr)
        return EXIT_NOT_STARTED


def _say_what(stack: Stack, arguments: argparse.Namespace) -> None:
    """Say at what is played, and where, before it begins."""
    city = read_city(stack.territory)
    counts = ", ".join(f"{count:,} {kind}" for kind, count in city.counts.items())
    print(f"{city.title}: {counts}")
    ports = f"ports {stack.ports.first} to {city.last_port}"
    print(f"Simulated here: {len(city.roots):,} devices on 127.0.0.1, {ports}")
    if arguments.territory is not None:
        print(f"{arguments.territory} is not touched: this is a copy of it", flush=True)


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _on_screen(stack: Stack, arguments: argparse.Namespace) -> int:
    print(f"Sign in as {stack.person.login} with the password {PASSWORD}", flush=True)
    print("Break a cabinet and mend it again; trip feeders, cut the backbone, and undo it:")
    cabinet = read_city(stack.territory).cabinets[0]
    orders: tuple[tuple[str, dict[str, str]], ...] = (
        ("fault", {"equipment": cabinet, "fault": "frozen"}),
        ("clear", {"equipment": cabinet}),
        *(("burst", {"burst": burst}) for burst in BURSTS),
    )
    for path, body in orders:
        print(
            f"  curl -H 'Content-Type: application/json' -d {shlex.quote(json.dumps(body))}"
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
    played = f"seat {arguments.seat}: {stack.person.name} ({stack.person.role})"
    played += f", {arguments.lang}, {arguments.theme}, seed {arguments.seed}"
    print(f"Playing {arguments.scenario}, {played}", flush=True)
    choose_offscreen(stack.folder, count=screens_of(arguments.seat))
    from console.scenarios.corridor import Corridor  # noqa: PLC0415 - Qt reads the platform
    from console.scenarios.dark_street import DarkStreet  # noqa: PLC0415 - likewise
    from console.scenarios.player import run_with  # noqa: PLC0415 - likewise
    from console.scenarios.wall import WallStory  # noqa: PLC0415 - likewise

    stories: dict[str, type[WallStory | Corridor]] = {"wall": WallStory, "corridor": Corridor}
    story = stories.get(arguments.scenario, DarkStreet)
    acts = run_with(
        stack,
        lambda console: story(stack, console, arguments.out, arguments.seed).play(),
        seat=arguments.seat,
        lang=arguments.lang,
        theme=arguments.theme,
    )
    page = write_report(
        arguments.out,
        scenario=arguments.scenario,
        territory=read_city(stack.territory).title,
        acts=acts,
        played=played,
    )
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
