"""``beffroi-bridge``: the daemon. Reads what it is given, runs a bridge, says why it ends.

Exit codes:

====  ===========================================================================
0     stopped as asked (SIGTERM, SIGINT)
1     a defect of the program; the log has the traceback
2     configuration, territory, roles, rules, drivers or keys cannot be used
3     an address (wire or HTTP) is taken or cannot be listened on
4     the store cannot be opened: in use by another bridge, newer than this program,
      damaged, or no room or right to make it
====  ===========================================================================
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import structlog

from backend_bridge import config, logs
from backend_bridge.assembly import Bridge, SetupError
from backend_bridge.config import ConfigFileError
from backend_bridge.core.storage import StorageError
from backend_bridge.security.keys import KeyFileError
from backend_bridge.server.http import HttpError
from backend_bridge.server.settings import WireError
from backend_bridge.territory import TerritoryError, load
from backend_bridge.version import installed_version

EXIT_OK = 0
EXIT_DEFECT = 1
EXIT_CONFIG = 2
EXIT_ADDRESS = 3
EXIT_STORE = 4

SWITCH_S = 0.0001
"""How long a thread that computes may keep the others waiting. The loop stands back for each packet
it sends or takes; with Python's 5 ms, history or a scrape would hold up a thousand polls a second.
"""

_OPTIONS = {
    "data": "data",
    "territory": "territory",
    "wire": "wire.address",
    "http": "http.address",
    "log_level": "log.level",
    "log_format": "log.format",
}
_log = structlog.get_logger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bridge and return its exit code."""
    given = vars(_parser().parse_args(arguments))
    command_line = {
        key: given[option] for option, key in _OPTIONS.items() if given[option] is not None
    }
    try:
        sys.setswitchinterval(SWITCH_S)
        settings = config.load(given["config"], os.environ, command_line)
        logs.configure(settings.log.level, settings.log.format)
        territory = load(Path(settings.territory))
        bridge = Bridge(settings, territory)
        return asyncio.run(_run(bridge))
    except (ConfigFileError, SetupError) as error:
        return _refuse(error, EXIT_CONFIG)
    except TerritoryError as error:
        return _refuse(
            f"{error}\nThe bridge does not start, because a city seen in part is worse than a "
            "message. Correct what is listed; 'beffroi territory check' looks again.",
            EXIT_CONFIG,
        )
    except KeyFileError as error:
        return _refuse(
            f"{error}\nWithout its own key and secrets in good order the bridge could not be told "
            "from another one, so it does not start.",
            EXIT_CONFIG,
        )
    except (WireError, HttpError) as error:
        return _refuse(error, EXIT_ADDRESS)
    except StorageError as error:
        return _refuse(error, EXIT_STORE)
    except Exception:  # noqa: BLE001 - the program's own boundary: the log says why it ends
        _log.exception("bridge_failed")
        return EXIT_DEFECT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beffroi-bridge",
        description="The daemon that speaks with the field and serves the consoles.",
        epilog="Every setting may also come from the environment, for example "
        f"{config.ENVIRONMENT_PREFIX}WIRE__ADDRESS. See docs/operations.md.",
    )
    parser.add_argument("--version", action="version", version=f"beffroi {installed_version()}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML configuration file")
    parser.add_argument("--data", metavar="DIR", help="directory of the bridge's own files")
    parser.add_argument("--territory", metavar="DIR", help="directory of the city")
    parser.add_argument("--wire", metavar="ADDRESS", help="for consoles, tcp://host:port")
    parser.add_argument("--http", metavar="ADDRESS", help="health and metrics, host:port")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"))
    parser.add_argument("--log-format", choices=("json", "console"))
    return parser


async def _run(bridge: Bridge) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await bridge.run(stop, _say_ready)
    gc.freeze()  # the process ends: to take a metropolis apart first would take two seconds
    return EXIT_OK


def _say_ready(bridge: Bridge) -> None:
    """Print the one line scripts wait for."""
    line = f"bridge ready wire={bridge.wire_address} http={bridge.http_address}"
    sys.stdout.write(f"{line} epoch={bridge.epoch}\n")
    sys.stdout.flush()


def _refuse(why: Exception | str, code: int) -> int:
    sys.stderr.write(f"beffroi-bridge: {why}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
