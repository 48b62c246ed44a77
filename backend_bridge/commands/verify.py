"""Write once, read back, and say only what is proven.

Reading the commanded point back is *reported*; *verified* is the effect: the point itself, or the
one its kind declares to show it (a bollard's ``commanded`` register answers at once, its
``position`` only when it has moved).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from backend_bridge.commands.needs import Field, GatewaySettings, Places
from backend_bridge.commands.values import equal
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.points import PointDef, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.errors import CommandRejectedError, ConfigError, DriverError

_log = structlog.get_logger(__name__)

REJECTED = "command.result.rejected"
REFUSED = "command.result.refused."
"""Starts the text of a device's own reason: kind and number follow."""

OnReported = Callable[[Scalar], Awaitable[None]]
"""Told once, when the point reads back as commanded and its effect is still to come."""


class Fate(NamedTuple):
    """What became of a command: a final outcome, what was read back, and why."""

    outcome: CommandOutcome
    reported: Scalar = None
    text_key: str = ""
    params: dict[str, str | int | float] = {}  # noqa: RUF012 - never changed, as the records it fills


class Verifier:
    """Carry out commands on the field, one call each, and tell what is proven of them."""

    def __init__(self, field: Field, places: Places, settings: GatewaySettings) -> None:
        self._field = field
        self._places = places
        self._settings = settings

    async def carry_out(
        self,
        command: CommandRecord,
        point: PointDef,
        *,
        before: Scalar,
        hold_s: float | None,
        on_reported: OnReported,
    ) -> Fate:
        """Write a command's value once and return its fate; never raises but for cancellation.

        Args:
            command: what to send, durable.
            point: of the command.
            before: what the point held when it was sent, ``None`` when that is not known.
            hold_s: seconds after which the device shall go back by itself, ``None`` for never.
            on_reported: see :data:`OnReported`.
        """
        place = (command.equipment_id, command.point_key)
        taken = True
        try:
            async with asyncio.timeout(self._settings.execute_s):
                await self._field.execute(*place, command.value, hold_s)
        except CommandRejectedError:
            return await self._rejected(command, point)
        except ConfigError:
            return Fate(CommandOutcome.FAILED, text_key="command.result.not_commandable")
        except (DriverError, TimeoutError):
            taken = False  # the write may have arrived; only reading back can tell
        except Exception:  # noqa: BLE001 - a driver's defect after the write began proves nothing
            _log.exception("command_defect", key=command.key, equipment=command.equipment_id)
            taken = False
        if command.value is None:
            return await self._released(command, point, before, taken=taken)
        return await self._verified(command, point, on_reported, taken=taken)

    async def look(self, command: CommandRecord, point: PointDef) -> Fate:
        """Read back once a command whose sender died: confirmed if it is so, otherwise unknown."""
        reported = await self.read(command, point.key)
        unknown = Fate(CommandOutcome.UNKNOWN, reported, "command.result.bridge_restarted")
        commanding = point.commanding
        if command.value is None:
            held = commanding.held if commanding is not None else ""
            given_back = bool(held) and await self.read(command, held) is False
            return Fate(CommandOutcome.CONFIRMED, reported) if given_back else unknown
        if reported is None or not equal(point, command.value, reported):
            return unknown
        if commanding is not None and commanding.shows:
            shown = self._places.point(command.equipment_id, commanding.shows)
            seen = await self.read(command, commanding.shows)
            if shown is None or seen is None or not equal(shown, command.value, seen):
                return unknown
        return Fate(CommandOutcome.CONFIRMED, reported)

    async def _rejected(self, command: CommandRecord, point: PointDef) -> Fate:
        """Return the fate of what the device refused, with the device's own reason if it has one.

        Something may come between the last check and the write: the device knows what.
        """
        commanding = point.commanding
        text_key = REJECTED
        if commanding is not None and commanding.refusal:
            reason = await self.read(command, commanding.refusal)
            if isinstance(reason, int) and reason > 0:
                text_key = f"{REFUSED}{command.equipment_kind}.{reason}"
        return Fate(CommandOutcome.FAILED, text_key=text_key)

    async def _verified(
        self, command: CommandRecord, point: PointDef, on_reported: OnReported, *, taken: bool
    ) -> Fate:
        commanding = point.commanding
        settle_s = 0.0 if commanding is None or commanding.shows else commanding.settle_s
        reported, so = await self._shows(command, point, settle_s + self._settings.verify_s)
        if not so:
            return _not_reported(reported, taken=taken)
        if commanding is None or not commanding.shows:
            return Fate(CommandOutcome.CONFIRMED, reported)
        shown = self._places.point(command.equipment_id, commanding.shows)
        if shown is None:
            return Fate(CommandOutcome.UNKNOWN, reported, "command.result.not_verified")
        await on_reported(reported)
        limit_s = commanding.settle_s + self._settings.verify_s
        seen, so = await self._shows(command, shown, limit_s)
        if so:
            return Fate(CommandOutcome.CONFIRMED, reported)
        if seen is None:
            return Fate(CommandOutcome.UNKNOWN, reported, "command.result.effect_not_seen")
        params: dict[str, str | int | float] = {"seconds": round(limit_s), "shown": str(seen)}
        return Fate(CommandOutcome.FAILED, reported, "command.result.no_effect", params)

    async def _released(
        self, command: CommandRecord, point: PointDef, before: Scalar, *, taken: bool
    ) -> Fate:
        """Tell whether a point was given back; its programme may want just what was commanded."""
        commanding = point.commanding
        held = commanding.held if commanding is not None else ""
        end_s = self._end_s(self._settings.verify_s)
        reported: Scalar = None
        for attempt in range(self._settings.verify_tries):
            if attempt and not await self._again(end_s):
                break
            if held and await self.read(command, held) is False:
                reported = await self.read(command, point.key)
                return Fate(CommandOutcome.CONFIRMED, reported)
            reported = await self.read(command, point.key)
            moved = reported is not None and before is not None
            if not held and moved and not equal(point, before, reported):
                return Fate(CommandOutcome.CONFIRMED, reported)
        if not taken:
            return Fate(CommandOutcome.UNKNOWN, reported, "command.result.no_answer")
        if held and reported is not None:
            return Fate(CommandOutcome.FAILED, reported, "command.result.not_released")
        return Fate(CommandOutcome.UNKNOWN, reported, "command.result.release_not_shown")

    async def _shows(
        self, command: CommandRecord, point: PointDef, limit_s: float
    ) -> tuple[Scalar, bool]:
        """Read a point of the command's equipment until it shows the commanded value.

        Returns what was read last, ``None`` when that could not be read, and whether it is so.
        """
        seen: Scalar = None
        end_s = self._end_s(limit_s)
        attempt = 0
        while attempt == 0 or await self._again(end_s):
            seen = await self.read(command, point.key)
            if seen is not None and equal(point, command.value, seen):
                return seen, True
            attempt += 1
            if limit_s <= self._settings.verify_s and attempt >= self._settings.verify_tries:
                break
        return seen, False

    def _end_s(self, limit_s: float) -> float:
        return asyncio.get_running_loop().time() + limit_s

    async def _again(self, end_s: float) -> bool:
        """Pause before one more look; false when the time is over."""
        if asyncio.get_running_loop().time() >= end_s:
            return False
        await asyncio.sleep(self._settings.verify_pause_s)
        return True

    async def read(self, command: CommandRecord, point_key: str) -> Scalar:
        """Return a good value read back now, ``None`` when none can be had."""
        try:
            async with asyncio.timeout(self._settings.read_s):
                reading = await self._field.read_back(command.equipment_id, point_key)
        except (DriverError, TimeoutError):
            return None
        except Exception:  # noqa: BLE001 - a driver's defect while reading proves nothing
            _log.exception("read_back_defect", key=command.key, equipment=command.equipment_id)
            return None
        return reading.value if reading.quality is Quality.GOOD else None


def _not_reported(reported: Scalar, *, taken: bool) -> Fate:
    if not taken:
        return Fate(CommandOutcome.UNKNOWN, reported, "command.result.no_answer")
    if reported is None:
        return Fate(CommandOutcome.UNKNOWN, text_key="command.result.not_verified")
    return Fate(CommandOutcome.FAILED, reported, "command.result.differs")
