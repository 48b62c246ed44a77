"""Many things at once, as a city has them: dusk, feeders that trip, a backbone that is cut.

A burst is planned from its seed and what is so now, then done in the seconds it is given.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import msgspec

from backend_bridge.core.simulation import DEAD, FROZEN, EquipmentTruth, FaultError
from backend_bridge.field.world import UnknownSubjectError, World

DUSK, DAWN = "dusk", "dawn"
FEEDER_TRIP, FEEDER_RETURN = "feeder_trip", "feeder_return"
BACKBONE_CUT, BACKBONE_RETURN = "backbone_cut", "backbone_return"
BURSTS = (DUSK, DAWN, FEEDER_TRIP, FEEDER_RETURN, BACKBONE_CUT, BACKBONE_RETURN)
CHANGES = 10_000
"""Lamps that change when nobody says how many; all there are, if there are fewer."""
_DARK, _LIGHT, _TRIPPED = "photocell_dark", "photocell_light", "feeder_tripped"
_CUTS = {"silent": FROZEN, "refused": DEAD}
"""How a network can be cut, and what that is for each of its links."""
_UNDOES = {FEEDER_RETURN: FEEDER_TRIP, BACKBONE_RETURN: BACKBONE_CUT}


class BurstError(FaultError):
    """Say that things are not such that the burst could be what was asked."""


class BurstRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask for a burst.

    Attributes:
        burst: one of :data:`BURSTS`.
        seed: which cabinets, feeders and moments; the field's own when absent.
        changes: lamps that shall change at least (dusk, dawn, feeder_trip).
        within_s: seconds it is spread over; a backbone is cut at once unless this says otherwise.
        uplink: network to cut or to bring back, with all below it; the one with most links when
            absent.
        how: ``silent``: devices stop answering; ``refused``: their sockets are closed.
        share: part of the network's links that are cut.
    """

    burst: str
    seed: int | None = None
    changes: Annotated[int, msgspec.Meta(ge=1)] | None = None
    within_s: Annotated[float, msgspec.Meta(ge=0, le=600)] | None = None
    uplink: str = ""
    how: str = "silent"
    share: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1.0


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """Say what a burst does: lamps that change, links and equipment touched, until when."""

    burst: str
    seed: int
    lamps: int
    links: int
    steps: int
    within_s: float


class Step(NamedTuple):
    """Begin a fault, or end it; ``equipment`` is empty for the whole link."""

    link: str
    equipment: str
    fault: str
    begins: bool = True


class Choice(NamedTuple):
    """Something a burst may take: what it does, and how many lamps that changes."""

    steps: tuple[Step, ...]
    lamps: int


class Bursts:
    """Plan bursts and see them through. On the field's loop.

    Args:
        world: what they happen to; its seed is that of bursts that name none.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._done: dict[str, list[Choice]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> int:
        """Return how many bursts are not over."""
        return len(self._tasks)

    async def begin(self, request: BurstRequest) -> Begun:
        """Plan a burst and set it off; it goes on after this returns.

        Raises:
            FaultError: unknown burst, or a parameter it does not have.
            BurstError: as things are it would change too little.
            UnknownSubjectError: no such uplink.
        """
        seed = self._world.seed if request.seed is None else request.seed
        dice = random.Random(f"{request.burst}/{seed}")  # noqa: S311 - repeatable, not secret
        chosen = await self._choose(request, dice)
        within_s = request.within_s
        if within_s is None:
            within_s = 0.0 if request.burst.startswith("backbone") else 5.0
        plan = sorted((dice.uniform(0, within_s), choice.steps) for choice in chosen)
        steps = [step for choice in chosen for step in choice.steps]
        if request.burst not in _UNDOES:
            self._done.setdefault(request.burst, []).extend(chosen)
        task = asyncio.create_task(self._play(plan), name=f"burst {request.burst}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return Begun(
            burst=request.burst,
            seed=seed,
            lamps=sum(choice.lamps for choice in chosen),
            links=len({step.link for step in steps}),
            steps=len(steps),
            within_s=within_s,
        )

    async def close(self) -> None:
        """Stop what is not over."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _play(self, plan: Sequence[tuple[float, Sequence[Step]]]) -> None:
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        for at_s, steps in plan:
            await asyncio.sleep(max(0.0, began_s + at_s - loop.time()))
            for step in steps:
                # somebody else may have mended it, or begun it, in the meantime
                with contextlib.suppress(FaultError):
                    await self._do(step)

    async def _do(self, step: Step) -> None:
        # a fault of the cabinet as a whole is named by its link
        link, equipment = (None, step.equipment) if step.equipment else (step.link, None)
        if step.begins:
            await self._world.inject(step.fault, link=link, equipment=equipment, parameters={})
        else:
            await self._world.clear(step.fault, link=link, equipment=equipment)

    async def _choose(self, request: BurstRequest, dice: random.Random) -> Sequence[Choice]:
        match request.burst:
            case "dusk" | "dawn":
                found = await self._switching(on=request.burst == DUSK)
            case "feeder_trip":
                found = await self._tripping()
            case "backbone_cut":
                return self._cutting(request, dice)
            case "feeder_return" | "backbone_return":
                return self._returning(request)
            case _:
                raise FaultError(f"there is no burst {request.burst!r}; there are {BURSTS}")
        dice.shuffle(found)
        return _enough(found, request)

    async def _switching(self, *, on: bool) -> list[Choice]:
        """Return what each cabinet's photocell can do: lamps that are off come on, or go off."""
        fault, other = (_DARK, _LIGHT) if on else (_LIGHT, _DARK)
        found = []
        async for link, truth in self._world.truths():
            lamps = sum(
                1
                for equipment, entry in truth.items()
                if self._is_heard_lamp(equipment, entry)
                and not entry.values.get("fault")
                and (entry.values.get("level") == 0) is on
            )
            if lamps:
                steps = [Step(link, "", fault)]
                if other in self._world.simulators[link].faults:
                    steps.insert(0, Step(link, "", other, begins=False))
                found.append(Choice(tuple(steps), lamps))
        return found

    async def _tripping(self) -> list[Choice]:
        parents = self._world.parents
        found = []
        async for link, truth in self._world.truths():
            lamps = Counter(
                parents.get(equipment, "")
                for equipment, entry in truth.items()
                if self._is_heard_lamp(equipment, entry)
            )
            found += [
                Choice((Step(link, feeder, _TRIPPED),), count)
                for feeder, count in lamps.items()
                if self._world.kinds.get(feeder) == "feeder"
            ]
        return found

    def _is_heard_lamp(self, equipment: str, entry: EquipmentTruth) -> bool:
        return entry.reachable and self._world.kinds.get(equipment) == "lamp"

    def _cutting(self, request: BurstRequest, dice: random.Random) -> Sequence[Choice]:
        fault = _CUTS.get(request.how)
        if fault is None:
            raise FaultError(f"how a backbone is cut is one of {tuple(_CUTS)}")
        simulators = self._world.simulators
        links = [
            link
            for link in self._links_of(request.uplink)
            if not simulators[link].faults.keys() & _CUTS.values()
        ]
        if not links:
            raise BurstError("every link of that network is cut already")
        links = dice.sample(links, max(1, round(len(links) * request.share)))
        return [Choice((Step(link, "", fault),), self._lamps_behind(link)) for link in links]

    def _returning(self, request: BurstRequest) -> Sequence[Choice]:
        undone = _UNDOES[request.burst]
        found = self._done.get(undone, [])
        found[:] = [choice for choice in found if self._in_force(choice.steps[0])]
        if request.uplink:
            below = set(self._links_of(request.uplink))
            found = [choice for choice in found if choice.steps[0].link in below]
        if not found:
            raise BurstError(f"no {undone} is there to be undone")
        return [
            Choice(tuple(step._replace(begins=False) for step in choice.steps), choice.lamps)
            for choice in found
        ]

    def _links_of(self, uplink: str) -> list[str]:
        """Return the links through an uplink and those below it; all, where there are none."""
        below = self._world.links_by_uplink
        if uplink and uplink not in below:
            raise UnknownSubjectError(f"there is no uplink {uplink!r} here")
        if not below:
            return list(self._world.simulators)
        return list(below[uplink or max(below, key=lambda name: len(below[name]))])

    def _in_force(self, step: Step) -> bool:
        name = f"{step.fault}:{step.equipment}" if step.equipment else step.fault
        return name in self._world.simulators[step.link].faults

    def _lamps_behind(self, link: str) -> int:
        return self._world.lamps_behind.get(link, 0)


def _enough(found: Iterable[Choice], request: BurstRequest) -> Sequence[Choice]:
    """Return the first choices that together change as much as was asked.

    Raises:
        BurstError: all of them do not.
    """
    choices = list(found)
    possible = sum(choice.lamps for choice in choices)
    wanted = min(CHANGES, possible) if request.changes is None else request.changes
    if not wanted or possible < wanted:
        raise BurstError(
            f"{request.burst} can change {possible} lamps now, not {max(wanted, 1)}"
            + (
                "; lamps burn already: send dawn first"
                if request.burst == DUSK
                else "; they are dark already: send dusk first"
                if request.burst == DAWN
                else ""
            )
        )
    taken: list[Choice] = []
    lamps = 0
    for choice in choices:
        if lamps >= wanted:
            break
        taken.append(choice)
        lamps += choice.lamps
    return taken


def read_request(body: Mapping[str, Any]) -> BurstRequest:
    """Return a request from its JSON object.

    Raises:
        FaultError: unknown key, or a value out of range.
    """
    try:
        return msgspec.convert(body, BurstRequest)
    except msgspec.ValidationError as error:
        raise FaultError(str(error)) from error
