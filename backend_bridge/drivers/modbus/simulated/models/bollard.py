"""A retractable bollard: loop, movement that takes time, obstacle, local key; its registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulated.traffic import vehicle_present
from backend_bridge.core.simulation import EquipmentTruth, SimulationSetup
from backend_bridge.drivers.modbus.config import Address, Table
from backend_bridge.drivers.modbus.simulated.device import Area, Cells, RefusedError, bit, number
from backend_bridge.drivers.modbus.simulated.server import ILLEGAL_ADDRESS, ILLEGAL_VALUE

DOWN, UP = 0, 100
MOVES_IN_S = 4.0
"""From one end to the other."""
NOT_REFUSED, VEHICLE, OBSTACLE, LOCAL_KEY, FAULT = range(5)
"""What register 3 says about the last command: why it was refused, 0 that it was not."""
LOOP_OCCUPIED, OBSTRUCTED, KEY_TURNED, MOTOR_FAULT, JAMMED = (
    "loop_occupied",
    "obstacle",
    "local_key",
    "motor_fault",
    "jammed",
)


def make_device(
    link: LinkConfig, addresses: Mapping[int, Address], setup: SimulationSetup, seed: int
) -> Bollard:
    """Return the bollard behind a link, raised.

    Raises:
        ConfigError: a point lies where a bollard has nothing.
    """
    return Bollard(link, addresses, setup, seed)


class Bollard:
    """Move between down and up; see :class:`..device.Device`.

    It never rises under a vehicle: with its loop occupied a command to rise is refused, and one
    that is rising goes down and waits until the loop is free. An obstacle met on the way up sends
    it down, where it stays until it is commanded again.
    """

    faults: Mapping[str, Sequence[str]] = {
        LOOP_OCCUPIED: (),
        OBSTRUCTED: (),
        KEY_TURNED: (),
        MOTOR_FAULT: (),
        JAMMED: (),
    }

    def __init__(
        self,
        link: LinkConfig,
        addresses: Mapping[int, Address],
        setup: SimulationSetup,
        seed: int,
    ) -> None:
        self._seed = seed
        self._now = setup.start
        self._faults: set[str] = set()
        self.position = float(UP)
        self.commanded = UP
        self.refusal = NOT_REFUSED
        self.met_obstacle = False
        self._cells = Cells(
            link,
            addresses,
            (
                bit(0, 0, lambda: self.position == UP),
                bit(0, 1, lambda: self.position == DOWN),
                bit(0, 2, lambda: self.moving),
                bit(0, 3, lambda: self.obstacle),
                bit(0, 4, lambda: self.loop_occupied),
                bit(0, 5, lambda: KEY_TURNED in self._faults),
                bit(0, 6, lambda: MOTOR_FAULT in self._faults),
                number(2, lambda: self.position),
                number(3, lambda: self.refusal),
                number(0, lambda: self.commanded, table=Table.HOLDING),
            ),
        )
        self.unit = self._cells.unit
        self.areas: Sequence[Area] = self._cells.areas

    @property
    def loop_occupied(self) -> bool:
        """Return whether a vehicle stands on the loop."""
        return LOOP_OCCUPIED in self._faults or vehicle_present(self._seed, self._now)

    @property
    def obstacle(self) -> bool:
        """Return whether something is or was in its way, and it has not been commanded since."""
        return self.met_obstacle or OBSTRUCTED in self._faults

    @property
    def moving(self) -> bool:
        """Return whether it is on its way."""
        return self._target() != self.position

    def advance(self, now: datetime) -> None:
        """Move as far as the time allows; what rests costs nothing."""
        passed_s = (now - self._now) / timedelta(seconds=1)
        if passed_s <= 0:
            return
        self._now = now
        if self.position == self.commanded:
            return
        target = self._target()
        if target > self.position and OBSTRUCTED in self._faults:
            self.met_obstacle = True
            target = DOWN
        way = passed_s / MOVES_IN_S * (UP - DOWN)
        if target > self.position:
            self.position = min(float(target), self.position + way)
        else:
            self.position = max(float(target), self.position - way)

    def content(self, area: Area) -> Sequence[int]:
        """Return the registers of an area."""
        return self._cells.content(area)

    def write(self, table: Table, start: int, values: Sequence[int], *, pretend: bool) -> int:
        """Take a command to rise (100) or go down (0).

        Raises:
            RefusedError: a vehicle, an obstacle, the local key or a fault is against it; register
                3 then says which.
        """
        if table is not Table.HOLDING or start != 0 or len(values) != 1:
            return ILLEGAL_ADDRESS
        if values[0] not in (DOWN, UP):
            return ILLEGAL_VALUE
        self.refusal = self._against(values[0])
        if self.refusal:
            raise RefusedError(f"refused for reason {self.refusal}")
        if not pretend:
            self.commanded = values[0]
            self.met_obstacle = False
        return 0

    def set_fault(self, fault: str, equipment: str, *, present: bool) -> None:
        """Begin or end one of its faults."""
        del equipment
        if present:
            self._faults.add(fault)
        else:
            self._faults.discard(fault)

    def truth(self) -> dict[str, EquipmentTruth]:
        """Return how it is."""
        return self._cells.truth()

    def _target(self) -> float:
        """Return where it goes as things are; where it is, when it goes nowhere."""
        if MOTOR_FAULT in self._faults or JAMMED in self._faults:
            return self.position
        if (
            self.commanded == UP
            and self.position < UP
            and (self.met_obstacle or self.loop_occupied)
        ):
            return DOWN
        return self.commanded

    def _against(self, wanted: int) -> int:
        """Return what forbids a command, the gravest first."""
        if MOTOR_FAULT in self._faults:
            return FAULT
        if KEY_TURNED in self._faults:
            return LOCAL_KEY
        if wanted == UP and OBSTRUCTED in self._faults:
            return OBSTACLE
        if wanted == UP and self.position < UP and self.loop_occupied:
            return VEHICLE
        return NOT_REFUSED
