"""What a faceplate offers that touches no field: on the map, on the wall, acknowledge."""

from __future__ import annotations

from backend_bridge.contract.alarms import AlarmState
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.requests import AcknowledgeAlarm
from console.panels.faceplate.targets import Chosen
from console.panels.rows import Action
from console.panels.spec import PanelContext
from console.panels.wall.nearest import NEAR_M, WIDER_M, nearest
from console.panels.wording import Words

SHOW, WALL, ACKNOWLEDGE = "show", "wall", "acknowledge"
CAMERA = "camera"
MOST_CAMERAS = 9
"""Cameras put on the wall in one go: nobody watches more."""


class Ways:
    """Offer and carry out what needs no order: each in one gesture."""

    def __init__(self, context: PanelContext) -> None:
        self._context = context
        self._world = context.state
        self._words = Words(context.text)
        self._near: tuple[str, str, float] = ("", "", 0.0)
        """An equipment, the best camera for it (empty for none), and how far that is (m)."""

    def forget(self) -> None:
        """Look for the best camera anew: other equipment was chosen, or the city changed."""
        self._near = ("", "", 0.0)

    def actions(self, chosen: Chosen) -> tuple[Action, ...]:
        """Return what may be done about what is chosen, each with why not."""
        shown = self._shown(chosen)
        text = self._words.text
        found = [self._wall(chosen, shown)]
        found.append(Action(SHOW, text("faceplate.way.map"), "mdi6.crosshairs-gps"))
        if self._waiting(chosen):
            reason = self._why_not_acknowledge(shown)
            found.insert(
                0, Action(ACKNOWLEDGE, text("action.acknowledge"), "mdi6.check", "", reason)
            )
        return tuple(found)

    def do(self, key: str, chosen: Chosen) -> None:
        """Carry out one that has no reason against it."""
        selection = self._context.selection
        if key == SHOW:
            selection.seek(self._shown(chosen).id)
        elif key == WALL:
            selection.watch(self._cameras(chosen))
        elif key == ACKNOWLEDGE:
            self._context.spawn(self._acknowledge(self._waiting(chosen)))

    # -- inside ---------------------------------------------------------------------------------

    @staticmethod
    def _shown(chosen: Chosen) -> Equipment:
        return chosen.items[0] if chosen.host is None else chosen.host

    def _wall(self, chosen: Chosen, shown: Equipment) -> Action:
        """Return what puts cameras on the wall: those chosen, or the best one for a place."""
        text, icon = self._words.text, "mdi6.cctv"
        if shown.kind == CAMERA:
            count = len(chosen.items)
            label = self._words.plural("faceplate.way.wall", count)
            most = text("faceplate.way.wall.most", most=MOST_CAMERAS)
            without = [item.id for item in chosen.items if not item.number]
            missing = text("faceplate.way.wall.number", id=without[0]) if without else ""
            return Action(WALL, label, icon, "", most if count > MOST_CAMERAS else missing)
        camera, metres = self._best(shown)
        if camera is None:
            far = f"{WIDER_M / 1000:.0f}"
            label = text("faceplate.way.near", metres=far)
            return Action(WALL, label, icon, "", text("faceplate.way.near.none", metres=far))
        far = self._words.formats.number(round(metres, -1))
        label = text("faceplate.way.near.of", number=camera.number, metres=far)
        return Action(WALL, label, icon)

    def _cameras(self, chosen: Chosen) -> tuple[str, ...]:
        shown = self._shown(chosen)
        if shown.kind == CAMERA:
            return tuple(item.id for item in chosen.items)
        camera, _ = self._best(shown)
        return () if camera is None else (camera.id,)

    def _best(self, item: Equipment) -> tuple[Equipment | None, float]:
        """Return the camera that shows a place best, and how far it is; looked for once."""
        if self._near[0] != item.id:
            every = self._world.equipment.by_id.values()
            cameras = [one for one in every if one.kind == CAMERA and one.number]
            found = nearest(cameras, item.lon, item.lat, within_m=NEAR_M, wanted=1)
            found = found or nearest(cameras, item.lon, item.lat, within_m=WIDER_M, wanted=1)
            self._near = (item.id, *((found[0].camera, found[0].metres) if found else ("", 0.0)))
        _, camera, metres = self._near
        return self._world.equipment.get(camera) if camera else None, metres

    def _waiting(self, chosen: Chosen) -> tuple[str, ...]:
        """Return the alarms of the one shown that nobody acknowledged."""
        if len(chosen.items) > 1 and chosen.host is None:
            return ()
        unseen = (AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED)
        alarms = self._world.alarms.of(self._shown(chosen).id)
        return tuple(alarm.id for alarm in alarms if alarm.state in unseen and not alarm.quiet)

    def _why_not_acknowledge(self, item: Equipment) -> str:
        session, text = self._world.session, self._words.text
        if session is None or not session.may("manage", item.kind, item.sector):
            return text("action.reason.no_right")
        return "" if self._world.liveness.live else text("action.reason.not_live")

    async def _acknowledge(self, alarm_ids: tuple[str, ...]) -> None:
        for alarm_id in alarm_ids:
            try:
                await self._context.actions.ask(AcknowledgeAlarm(alarm_id=alarm_id))
            except RequestError as error:
                self._context.notify(self._words.refusal(error))
                return
