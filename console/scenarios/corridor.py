"""*Corridor*: a way through the city for an ambulance: bollards down, lights up, all given back."""

from __future__ import annotations

import asyncio
import functools
import random
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.order_requests import DecideApproval
from backend_bridge.contract.orders import ApprovalState
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from console.app import Console
from console.panels.acting.desk import CommandDesk
from console.panels.acting.proposal import Proposal
from console.panels.acting.proposal import Stage as Step
from console.scenarios.hand import Hand, NotSeenError, pixels_of
from console.scenarios.people import SUPERVISOR
from console.scenarios.reading import unread
from console.scenarios.report import Act
from console.scenarios.second_person import SecondPerson
from console.scenarios.signing_in import sign_in
from console.scenarios.stack import Stack
from console.scenarios.story import Script, Stage, play_acts
from console.scenarios.unbound import unbound
from ui.acting.card import CardView
from ui.acting.sheet import ActingSheet
from ui.faceplate.panel import FaceplateView
from ui.overrides.panel import OverridesView
from ui.texts import number, text
from ui.widgets.buttons import ActionButton

CATALOGUE_S = 120.0
STANDSTILL_S = 30.0
DONE_S = 30.0
"""A bollard takes four seconds for its way; an order of a street's lamps a second or two."""
REFUSAL_S = 15.0
LAMPS_MOST = 60
UP, DOWN, FULL, OFF = 100, 0, 100, 0
REASON = "passage du vsav, incident 457"
FACES = ("lamp", "cabinet", "feeder", "bollard", "camera", "river_gauge", "weather_station")


class Corridor:
    """Play the story on one console, its bridge and its field.

    Args:
        stack: running field and bridge.
        console: a console whose ``run`` is under way, at a seat that drives bollards.
        out: where the pictures go.
        seed: chooses the bollards and the street.
    """

    name = "corridor"

    def __init__(self, stack: Stack, console: Console, out: Path, seed: int) -> None:
        self._stack = stack
        self._console = console
        self._world = console.world
        self._stage = Stage(stack, console)
        self._hand = self._stage.hand
        self._out = out
        self._random = random.Random(seed)  # noqa: S311 - chooses equipment, keeps no secret
        self._bollards: list[str] = []
        self._lamps: list[str] = []

    async def play(self) -> list[Act]:
        """Play act after act and return them; after one that does not come true, stop."""
        return await play_acts(self._stage, self.name, self._script(), self._out, dict)

    def _script(self) -> Script:
        yield "calm", self._calm
        yield "lowered", self._lowered
        yield "lit", self._lit
        yield "refused", self._refused
        yield "two_persons", self._two_persons
        yield "ledger", self._ledger
        yield "given_back", self._given_back
        for kind in FACES:
            if self._one_of(kind) is not None:
                yield f"face_{kind}", functools.partial(self._face, kind)
        yield "alarms", self._alarms

    # -- acts -------------------------------------------------------------------------------------

    async def _calm(self, act: Act) -> None:
        """Sign in; two bollards stand up with free loops, a street's lamps are known."""
        await sign_in(self._hand, self._console, self._stack.person.login)
        world = self._world
        await self._hand.until(
            lambda: world.catalogue is not None, "the catalogue", timeout_s=CATALOGUE_S
        )
        await self._hand.until(
            lambda: len(self._raised()) >= 2,
            "two bollards raised and known",
            timeout_s=STANDSTILL_S,
            progress=lambda: world.quality_counts()[Quality.GOOD],
        )
        free = unbound(self._stack.territory, self._raised(), 2)
        self._bollards = self._random.sample(free, 2)
        await self._hand.until(
            self._choose_street, "a street whose lamps are known", timeout_s=STANDSTILL_S
        )
        act.facts.append(
            text(
                "demo.corridor.fact.chosen",
                bollards=", ".join(self._bollards),
                lamps=number(len(self._lamps)),
            )
        )

    async def _lowered(self, act: Act) -> None:
        """Lower two bollards: the dry run, Ctrl+Enter, read back and seen down in the street."""
        for bollard in self._bollards:
            await self._free_loop(bollard)
        act.measures["key to verified"] = await self._act(self._bollards, str(DOWN))
        truth = await self._truth(self._bollards)
        if any(truth[bollard]["position"] != DOWN for bollard in self._bollards):
            raise NotSeenError(f"the bollards do not say so themselves: {truth}")
        act.facts.append(text("demo.corridor.fact.down", bollards=", ".join(self._bollards)))

    async def _lit(self, act: Act) -> None:
        """Raise a street's lights to full for ten minutes, each lamp read back."""
        act.measures["key to verified"] = await self._act(self._lamps, str(FULL))
        truth = await self._truth(self._lamps)
        wrong = [lamp for lamp in self._lamps if truth[lamp]["level"] != FULL]
        if wrong:
            raise NotSeenError(f"{len(wrong)} lamps are not at full in the field: {wrong[:5]}")
        act.facts.append(text("demo.corridor.fact.lit", lamps=number(len(self._lamps))))

    async def _refused(self, act: Act) -> None:
        """A vehicle stands on the loop: the bollard refuses to rise, and the picture says why."""
        bollard = self._bollards[0]
        await self._stage.field(self._stack.fault, equipment=bollard, fault="loop_occupied")
        await self._choose([bollard])
        button = self._option(str(UP))
        start_s = time.monotonic()
        await self._hand.until(lambda: button.reason, "a reason on the button", timeout_s=REFUSAL_S)
        act.measures["vehicle to refusal"] = time.monotonic() - start_s
        said = f"{button.text()}{text('acting.colon')}{button.reason}"
        window = self._face_view().window()
        await self._hand.until(
            lambda: not unread(pixels_of(window), said),
            "the reason, whole, in the picture",
            instead=lambda: f"not in the picture: {unread(pixels_of(window), said)!r}",
        )
        act.facts.append(button.reason)
        truth = await self._truth([bollard])
        if truth[bollard]["position"] != DOWN:
            raise NotSeenError("the bollard moved")

    async def _two_persons(self, act: Act) -> None:
        """Switching the street off waits for a second person, at another seat; then it is done."""
        async with SecondPerson(self._stack, SUPERVISOR.login, "supervisor") as second:
            proposal = await self._propose(self._lamps, str(OFF))
            await self._confirm(proposal)
            await self._hand.until(
                lambda: (
                    proposal.approval is not None
                    and proposal.approval.state is ApprovalState.WAITING
                ),
                "the question to a second person",
            )
            asked = proposal.approval
            assert asked is not None  # waited for
            truth = await self._truth(self._lamps[:1])
            if truth[self._lamps[0]]["level"] == OFF:
                raise NotSeenError("a lamp went off before the second person answered")
            act.picture = self._hand.picture(self._out / "two-persons-waiting.png")
            start_s = time.monotonic()
            await second.ask(
                DecideApproval(approval_id=asked.id, agree=True, typed=asked.challenge)
            )
            await self._ended(proposal)
            act.measures["agreed to verified"] = time.monotonic() - start_s
        act.facts.append(text("demo.corridor.fact.agreed", person=SUPERVISOR.name))

    async def _ledger(self, act: Act) -> None:
        """The register lists what is held: two bollards and the street, with end and way back."""
        await self._stage.turn_to("overrides")
        held = {override.equipment_id for override in self._world.acting.overrides}
        missing = {*self._bollards, *self._lamps} - held
        if missing:
            raise NotSeenError(f"the register lacks {sorted(missing)[:5]}")
        view = self._stage.view("overrides", OverridesView)
        view.grid.setFocus()
        await self._hand.until(lambda: view.grid.model().rowCount() == len(held), "the rows")
        act.facts.append(text("demo.corridor.fact.held", count=number(len(held))))

    async def _given_back(self, act: Act) -> None:
        """Undo all of it: bollards up again once the loop is free, lamps on their programme."""
        await self._stage.turn_back()
        await self._stage.field(self._stack.clear, equipment=self._bollards[0])
        for bollard in self._bollards:
            await self._free_loop(bollard)
        start_s = time.monotonic()
        desk = self._desk()
        for override in tuple(self._world.acting.overrides):
            desk.end_override(override.id)
        await self._hand.until(
            lambda: not len(self._world.acting.overrides),
            "an empty register",
            timeout_s=DONE_S,
            instead=lambda: sorted(
                f"{one.equipment_id} {one.state.value}" for one in self._world.acting.overrides
            )[:5],
            progress=lambda: -len(self._world.acting.overrides),
        )
        act.measures["undo to read back"] = time.monotonic() - start_s
        truth = await self._truth(self._bollards)
        if any(truth[bollard]["position"] != UP for bollard in self._bollards):
            raise NotSeenError(f"the bollards do not say so themselves: {truth}")

    async def _face(self, kind: str, act: Act) -> None:
        """Show the faceplate of one equipment of a kind."""
        item = self._one_of(kind)
        assert item is not None  # the script asked first
        await self._choose([item.id])
        act.facts.append(item.id)

    async def _alarms(self, act: Act) -> None:
        """Show the alarm panel."""
        await self._stage.turn_to("alarms")
        act.facts.append(text("demo.corridor.fact.alarms", count=number(len(self._world.alarms))))

    # -- hands ------------------------------------------------------------------------------------

    async def _act(self, ids: Sequence[str], option: str) -> float:
        """Choose, propose, confirm and wait for the end; return seconds from key to verified."""
        proposal = await self._propose(ids, option)
        start_s = time.monotonic()
        await self._confirm(proposal)
        await self._ended(proposal)
        return time.monotonic() - start_s

    async def _choose(self, ids: Sequence[str]) -> None:
        """Choose equipment, as the map's area selection does."""
        await self._stage.turn_to("faceplate")
        self._console.selection.select_equipment(ids)
        await self._hand.until(
            lambda: self._face_view().isVisible() and self._has_options(ids), "the faceplate"
        )

    def _has_options(self, ids: Sequence[str]) -> bool:
        item = self._world.equipment.get(ids[0])
        named = item is not None and (len(ids) > 1 or ids[0] in self._face_view().headline())
        return bool(named or self._face_view().headline())

    async def _propose(self, ids: Sequence[str], option: str) -> Proposal:
        """Press an option of the faceplate, and wait for its dry run."""
        await self._choose(ids)
        button = self._option(option)
        await self._hand.until(
            lambda: not button.reason,
            f"option {option} accepted",
            instead=lambda: button.reason,
            timeout_s=REFUSAL_S,
        )
        before = {proposal.key for proposal in self._desk().proposals}
        button.press()
        await self._hand.until(
            lambda: any(one.key not in before for one in self._desk().proposals), "a dry run"
        )
        proposal = next(one for one in self._desk().proposals if one.key not in before)
        await self._hand.until(
            lambda: proposal.stage is Step.READY,
            "the dry run's answer",
            instead=lambda: proposal.problem,
        )
        if len(proposal.accepted) != len(proposal.intent.targets):
            refused = [f"{one.equipment_id} {one.text_key}" for one in proposal.refused]
            raise NotSeenError(f"the dry run refuses {refused[:5]}")
        return proposal

    async def _confirm(self, proposal: Proposal) -> None:
        """Type why, and press Ctrl+Enter."""
        sheet = self._sheet()
        card = sheet.findChild(CardView, f"acting-{proposal.key}")
        if not isinstance(card, CardView):
            raise NotSeenError("the sheet does not show the wish")
        field = card.findChild(QLineEdit, "acting-reason")
        await self._hand.until(
            lambda: isinstance(field, QLineEdit) and field.isVisible(), "the field of the reason"
        )
        assert isinstance(field, QLineEdit)
        hand = Hand(sheet.window())
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        await hand.write(REASON)
        await hand.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await self._hand.until(lambda: proposal.stage is not Step.READY, "the key to count")

    async def _ended(self, proposal: Proposal) -> None:
        await self._hand.until(
            lambda: proposal.stage in (Step.ENDED, Step.GONE),
            "an end",
            timeout_s=DONE_S,
            progress=lambda: len(proposal.commands),
            instead=lambda: (proposal.stage, proposal.problem, dict(proposal.outcomes())),
        )
        # the order's answer may overtake the journal that tells each command's end
        wanted = len(proposal.accepted)
        await self._hand.until(
            lambda: proposal.outcomes().get(CommandOutcome.CONFIRMED) == wanted,
            f"{wanted} verified",
            instead=lambda: (proposal.problem, dict(proposal.outcomes())),
        )

    async def _free_loop(self, bollard: str) -> None:
        """Wait until no vehicle stands before a bollard: the simulated traffic passes."""
        index = self._index(bollard, "loop_occupied")
        await self._hand.until(
            lambda: (
                self._world.points.state[index].value is False
                and self._world.quality(index) is Quality.GOOD
            ),
            f"a free loop at {bollard}",
            timeout_s=60.0,
        )

    async def _truth(self, ids: Sequence[str]) -> dict[str, dict[str, object]]:
        whole = await asyncio.to_thread(self._stack.truth)
        return {key: whole["equipment"][key]["values"] for key in ids}

    # -- eyes -------------------------------------------------------------------------------------

    def _desk(self) -> CommandDesk:
        workspace = self._console.workspace
        if workspace is None:
            raise NotSeenError("nobody is signed in")
        return workspace.acting.desk

    def _sheet(self) -> ActingSheet:
        for window in self._console.windows:
            sheet = window.findChild(ActingSheet)
            if isinstance(sheet, ActingSheet) and sheet.isVisible():
                return sheet
        raise NotSeenError("no sheet of acts is open")

    def _face_view(self) -> FaceplateView:
        return self._stage.view("faceplate", FaceplateView)

    def _option(self, key: str) -> ActionButton:
        # buttons of what was chosen before are hidden, and gone only a moment later
        for button in self._face_view().findChildren(ActionButton, f"action-{key}"):
            if button.isVisible():
                return button
        raise NotSeenError(f"the faceplate does not offer {key}")

    def _raised(self) -> list[str]:
        return [
            item.id
            for item in self._world.equipment.by_id.values()
            if item.kind == "bollard"
            and self._good(item.id, "position") == UP
            and self._good(item.id, "local_key") is False
            and self._good(item.id, "fault") is False
        ]

    def _good(self, equipment_id: str, point: str) -> object:
        index = self._index(equipment_id, point)
        good = self._world.quality(index) is Quality.GOOD
        return self._world.points.state[index].value if good else None

    def _index(self, equipment_id: str, point: str) -> int:
        for index, definition in self._world.equipment.points_of(equipment_id):
            if definition.key == point:
                return index
        raise NotSeenError(f"{equipment_id} has no point {point}")

    def _choose_street(self) -> bool:
        """Take the lamps of one feeder, all known, none at fault; at most ``LAMPS_MOST``."""
        feeders = [item for item in self._world.equipment.by_id.values() if item.kind == "feeder"]
        self._random.shuffle(feeders)
        for feeder in feeders:
            lamps = [
                key
                for key in self._world.equipment.descendants(feeder.id)
                if self._good(key, "level") is not None and self._good(key, "fault") is False
            ]
            door = self._good(feeder.parent, "door_open") if feeder.parent else True
            if 2 <= len(lamps) <= LAMPS_MOST and door is False:
                self._lamps = lamps
                return True
        return False

    def _one_of(self, kind: str) -> Equipment | None:
        chosen = {"bollard": self._bollards[:1], "lamp": self._lamps[:1]}.get(kind)
        if chosen:
            return self._world.equipment.get(chosen[0])
        items = self._world.equipment.by_id.values()
        return next((item for item in items if item.kind == kind), None)
