"""Write once, read back, and say only what is proven."""

from __future__ import annotations

import asyncio
import math
from typing import NamedTuple

import structlog

from backend_bridge.commands.needs import Field, GatewaySettings
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.points import PointDef, Scalar, ValueType
from backend_bridge.contract.quality import Quality
from backend_bridge.core.errors import CommandRejectedError, ConfigError, DriverError

_log = structlog.get_logger(__name__)


class Fate(NamedTuple):
    """What became of a command: a final outcome, what was read back, and why."""

    outcome: CommandOutcome
    reported: Scalar = None
    text_key: str = ""


def fits(point: PointDef, value: Scalar) -> bool:
    """Return whether a value may be commanded: of the point's type and within its limits."""
    match point.value_type:
        case ValueType.BOOL:
            return isinstance(value, bool)
        case ValueType.TEXT:
            return isinstance(value, str)
        case ValueType.INT:
            return isinstance(value, int) and not isinstance(value, bool) and _within(point, value)
        case ValueType.FLOAT:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and isinstance(value, int | float) and _within(point, value)


def equal(point: PointDef, commanded: Scalar, reported: Scalar) -> bool:
    """Return whether a value reads back as commanded, to half the last digit the point shows."""
    if isinstance(commanded, bool) or isinstance(reported, bool):
        return commanded is reported
    if isinstance(commanded, int | float) and isinstance(reported, int | float):
        if point.value_type is ValueType.INT:
            return commanded == reported
        return math.isclose(commanded, reported, rel_tol=0.0, abs_tol=0.5 * 10**-point.decimals)
    return commanded == reported


async def carry_out(
    field: Field, command: CommandRecord, point: PointDef, settings: GatewaySettings
) -> Fate:
    """Write a command's value once and return its fate; never raises but for cancellation."""
    place = (command.equipment_id, command.point_key)
    taken = True
    try:
        async with asyncio.timeout(settings.execute_s):
            await field.execute(*place, command.value)
    except CommandRejectedError:
        return Fate(CommandOutcome.FAILED, text_key="command.result.rejected")
    except ConfigError:
        return Fate(CommandOutcome.FAILED, text_key="command.result.not_commandable")
    except (DriverError, TimeoutError):
        taken = False  # the write may have arrived; only reading back can tell
    except Exception:  # noqa: BLE001 - a driver's defect after the write began proves nothing
        _log.exception("command_defect", key=command.key, equipment=command.equipment_id)
        taken = False
    return await _verify(field, command, point, settings, taken=taken)


async def look(
    field: Field, command: CommandRecord, point: PointDef, settings: GatewaySettings
) -> Fate:
    """Read back once a command whose sender died: confirmed if it is so, otherwise unknown."""
    reported = await _read(field, command, settings)
    if reported is not None and equal(point, command.value, reported):
        return Fate(CommandOutcome.CONFIRMED, reported)
    return Fate(CommandOutcome.UNKNOWN, reported, "command.result.bridge_restarted")


async def _verify(
    field: Field,
    command: CommandRecord,
    point: PointDef,
    settings: GatewaySettings,
    *,
    taken: bool,
) -> Fate:
    reported: Scalar = None
    loop = asyncio.get_running_loop()
    end_s = loop.time() + settings.verify_s
    for attempt in range(settings.verify_tries):
        if attempt:
            if loop.time() >= end_s:
                break
            await asyncio.sleep(settings.verify_pause_s)
        reported = await _read(field, command, settings)
        if reported is not None and equal(point, command.value, reported):
            return Fate(CommandOutcome.CONFIRMED, reported)
    if not taken:
        return Fate(CommandOutcome.UNKNOWN, reported, "command.result.no_answer")
    if reported is None:
        return Fate(CommandOutcome.UNKNOWN, text_key="command.result.not_verified")
    return Fate(CommandOutcome.FAILED, reported, "command.result.differs")


async def _read(field: Field, command: CommandRecord, settings: GatewaySettings) -> Scalar:
    """Return a good value read back now, ``None`` when none can be had."""
    try:
        async with asyncio.timeout(settings.read_s):
            reading = await field.read_back(command.equipment_id, command.point_key)
    except (DriverError, TimeoutError):
        return None
    except Exception:  # noqa: BLE001 - a driver's defect while reading proves nothing
        _log.exception("read_back_defect", key=command.key, equipment=command.equipment_id)
        return None
    return reading.value if reading.quality is Quality.GOOD else None


def _within(point: PointDef, value: float) -> bool:
    if not math.isfinite(value):
        return False
    above = point.low is None or value >= point.low
    return above and (point.high is None or value <= point.high)
