"""``beffroi-field``: serve the simulated equipment of a territory, and a way to break it."""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import structlog
from aiohttp import web

from backend_bridge import logs
from backend_bridge.contract.times import SystemClock, to_ms
from backend_bridge.core.errors import ConfigError
from backend_bridge.drivers.registry import Registry, configured_directories
from backend_bridge.field.cameras.messages import Begin
from backend_bridge.field.cameras.process import Cameras, specs
from backend_bridge.field.control import HOST, make_app
from backend_bridge.field.world import World
from backend_bridge.territory.loader import load
from backend_bridge.territory.model import Territory
from backend_bridge.territory.problems import TerritoryError

EXIT_CANNOT_START = 2
DEFAULT_START = "2026-01-15T21:30:00+00:00"
"""A winter evening: the lamps burn, and the night's dimming is ahead."""

_log = structlog.get_logger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``beffroi-field`` until SIGTERM or SIGINT and return its exit code.

    0 stopped as asked; 2 could not start (territory, driver, address), said on standard error.
    """
    options = _parser().parse_args(arguments)
    logs.configure(form="console")
    try:
        territory = load(options.territory)
        registry = Registry([*options.drivers, *configured_directories()])
        asyncio.run(_serve(territory, registry, options))
    except (TerritoryError, ConfigError) as error:
        print(f"beffroi-field cannot start: {error}", file=sys.stderr)  # noqa: T201 - said to whoever started it
        return EXIT_CANNOT_START
    except OSError as error:
        print(  # noqa: T201 - said to whoever started it
            f"beffroi-field cannot start: {error.strerror or error}. Is another field running? "
            "Stop it, or give this one other ports (links.toml, the cameras' streams, "
            "--control-port).",
            file=sys.stderr,
        )
        return EXIT_CANNOT_START
    return 0


async def _serve(territory: Territory, registry: Registry, options: argparse.Namespace) -> None:
    clock = SystemClock()
    seed = territory.seed if options.seed is None else options.seed
    world = World(
        territory,
        registry,
        start=options.start,
        seed=seed,
        speed=options.speed,
        clock=clock,
        ramp_s=options.ramp,
    )
    cameras = Cameras(
        Begin(
            seed=seed,
            place=territory.centre,
            start_ms=to_ms(world.now),
            began_s=clock.mono_s(),
            speed=options.speed,
            cameras=specs(territory),
        )
    )
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    runner = web.AppRunner(make_app(world, cameras), access_log=None)
    await world.start()
    try:
        await cameras.start()
        await runner.setup()
        await web.TCPSite(runner, HOST, options.control_port).start()
        host, port = runner.addresses[0][:2]
        # a city lives as long as its field: walking it again would make every poll wait
        gc.collect()
        gc.freeze()
        _log.info("field_started", links=len(world.simulators), speed=options.speed)
        # programs that start the field wait for this line
        print(f"field ready control=http://{host}:{port}", flush=True)  # noqa: T201
        async with asyncio.TaskGroup() as group:
            ticking = group.create_task(world.run(), name="field time")
            await stopped.wait()
            ticking.cancel()
    finally:
        await runner.cleanup()
        await cameras.stop()
        await world.stop()
    _log.info("field_stopped")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beffroi-field",
        description="Serve the simulated equipment of a territory on its links' addresses.",
    )
    parser.add_argument("--territory", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--control-port", type=int, default=0, metavar="PORT", help="0 takes a free one (default)"
    )
    parser.add_argument(
        "--seed", type=int, default=None, help="equal seeds, equal city (default: the territory's)"
    )
    parser.add_argument(
        "--speed", type=_speed, default=1.0, help="simulated seconds per second (default 1)"
    )
    parser.add_argument(
        "--ramp",
        type=_ramp,
        default=0.0,
        metavar="SECONDS",
        help="a commanded lamp takes so long from dark to full, 0 to 60 (default 0: at once)",
    )
    parser.add_argument(
        "--start",
        type=_moment,
        default=_moment(DEFAULT_START),
        help=f"simulated time at the start, ISO 8601 with its zone (default {DEFAULT_START})",
    )
    parser.add_argument(
        "--drivers",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of driver folders besides the installed ones; may be repeated",
    )
    return parser


def _speed(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError("a speed lies between 0 and 86400")
    return value


def _ramp(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 60:
        raise argparse.ArgumentTypeError("a ramp lasts 0 to 60 seconds")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("give the time its zone, as in 2026-01-15T21:30:00+01:00")
    return moment


if __name__ == "__main__":
    sys.exit(main())
