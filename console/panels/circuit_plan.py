"""The city's circuits as planned, read once for each territory and session."""

from __future__ import annotations

from collections.abc import Callable

from backend_bridge.contract.circuits import KIND, Circuit
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import GetCircuits
from backend_bridge.contract.results import CircuitsResult
from console.panels.spec import PanelContext
from console.panels.wording import Words
from console.state.change import Change


class CircuitPlan:
    """Ask the bridge for its circuits, page by page, and again when the territory changes.

    Args:
        tell: called when :attr:`circuits` or :attr:`problem` changed.
    """

    def __init__(self, context: PanelContext, tell: Callable[[], None]) -> None:
        self._context = context
        self._tell = tell
        self._turn = 0
        self.circuits: tuple[Circuit, ...] = ()
        self.loading = False
        self.problem = ""
        self._ask()

    def follow(self, change: Change) -> None:
        """Ask again when the territory or the person changed, or the link came back."""
        back = change.flipped and self._context.state.liveness.live
        if change.catalogue or change.session or (back and self.problem):
            self._ask()

    def _ask(self) -> None:
        world = self._context.state
        self._turn += 1
        self.circuits, self.problem, self.loading = (), "", False
        session = world.session
        if session is None or world.catalogue is None or not world.catalogue.circuits:
            return
        if not session.may("view", KIND):
            self.problem = self._context.text("circuits.no_right")
            return
        self.loading = True
        self._context.spawn(self._read(self._turn))

    async def _read(self, turn: int) -> None:
        found: list[Circuit] = []
        problem = ""
        try:
            more = True
            while more:
                result = await self._context.actions.ask(GetCircuits(first=len(found)))
                if not isinstance(result, CircuitsResult):
                    raise TypeError(f"circuits were answered with {type(result).__name__}")
                found += result.circuits
                more = result.more and bool(result.circuits)
        except RequestError as error:
            found, problem = [], Words(self._context.text).refusal(error)
        if turn != self._turn:
            return  # of a territory or a person that is gone
        self.circuits, self.problem, self.loading = tuple(found), problem, False
        self._tell()
