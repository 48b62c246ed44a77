"""The circuits panel's decisions: the plough circuits, what people say of them, and saying it."""

from __future__ import annotations

from backend_bridge.contract.circuits import (
    KIND,
    UNSAID,
    Circuit,
    CircuitLook,
    CircuitMark,
    CircuitState,
    look_of,
    may_undo,
)
from backend_bridge.contract.requests import RecordCircuit, UndoCircuit
from backend_bridge.contract.results import CircuitResult
from console.panels.circuit_plan import CircuitPlan
from console.panels.circuit_rows import (
    Share,
    circuit_row,
    due_again,
    due_text,
    haystack,
    kilometres,
    shares,
)
from console.panels.listing import ListPresenter, Row
from console.panels.rows import Action
from console.panels.spec import PanelContext, PanelSpec
from console.state.change import Change
from console.state.selection import Selection

UNDO = "undo"
ACTS: tuple[tuple[CircuitState, str, str], ...] = (
    (CircuitState.TREATED, "T", "check"),
    (CircuitState.IN_PROGRESS, "C", "chevron-triple-right"),
    (CircuitState.TO_DO, "F", "clipboard-list-outline"),
    (CircuitState.SNOWED_OVER, "R", "weather-snowy-heavy"),
    (CircuitState.BLOCKED, "B", "cancel"),
    (CircuitState.UNINSPECTED, "N", "eye-off-outline"),
)
"""What may be said of a circuit, by which key, in the order of the buttons."""


class CircuitsPresenter(ListPresenter):
    """Decide the rows: by priority, then by name; never moved by what is said of them."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._own: dict[str, CircuitMark] = {}
        self._waiting: set[str] = set()
        self._stacks: dict[str, str] = {}
        self._rows: tuple[Row, ...] = ()
        self.shares: tuple[Share, ...] = ()
        self.chosen = context.selection.circuit_id or ""
        self._ends.append(context.selection.subscribe(self._on_selection_changed))
        self._plan = CircuitPlan(context, self._on_plan_read)
        self._renew()

    # -- what is shown --------------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return how many circuits are shown of how many."""
        shown, total = len(self.rows), len(self._plan.circuits)
        if not total:
            return ""
        if shown == total:
            return self._words.plural("circuits.count", total)
        number = self._words.formats.number
        return self._words.text("circuits.shown", shown=number(shown), total=number(total))

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the circuits that hold the filter's words."""
        return self._rows

    @property
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of rows: title and what it means."""
        text = self._words.text
        if self._plan.problem:
            return text("circuits.unread"), self._plan.problem
        if self._plan.circuits:
            return text("circuits.no_match"), text("circuits.no_match.body")
        if self._plan.loading or self._world.catalogue is None:
            return text("circuits.loading"), ""
        return text("circuits.none"), text("circuits.none.body")

    @property
    def chosen_lines(self) -> tuple[tuple[str, str], ...]:
        """Return the chosen circuit's id and what is planned and said of it."""
        circuit = self._circuit(self.chosen)
        if circuit is None:
            return (("", self._words.text("circuits.choose")),) if self.rows else ()
        mark = self._mark(circuit.id)
        said = UNSAID if mark is None else mark.said
        look = self._look(circuit)
        due = due_again(self._words, circuit, said, self._world.bridge_now_ms())
        text = self._words.text
        parts = [circuit.name]
        if said.reason:
            state = text(f"circuit.look.{look.value}")
            parts.append(text("circuit.because", state=state, reason=said.reason))
        elif due:
            parts.append(due_text(self._words, look, due))
        parts += [f"S{circuit.priority}", text(f"circuit.treatment.{circuit.treatment}")]
        parts.append(text("circuit.km", km=kilometres(self._words, circuit.length_m)))
        parts.append(", ".join(circuit.streets))
        return ((circuit.id, " · ".join(parts)),)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be said of the chosen circuit, each with why not."""
        circuit = self._circuit(self.chosen)
        reason = self._why_not(circuit)
        mark = None if circuit is None else self._mark(circuit.id)
        held = UNSAID if mark is None else mark.said
        found = []
        for state, key, icon in ACTS:
            again = state in (CircuitState.TREATED, CircuitState.BLOCKED)
            why = reason
            if not why and state is held.state and not again:
                why = self._words.text("circuits.already")
            found.append(
                Action(
                    key=state.value,
                    label=self._words.text(f"circuit.act.{state.value}"),
                    icon=icon,
                    shortcut=key,
                    reason=why,
                    wants_text=state is CircuitState.BLOCKED,
                )
            )
        nothing = "" if may_undo(mark) else self._words.text("circuits.nothing_to_undo")
        found.append(
            Action(UNDO, self._undo_label(mark), "undo", shortcut="Z", reason=reason or nothing)
        )
        return tuple(found)

    def _undo_label(self, mark: CircuitMark | None) -> str:
        """Return « Annuler », and what holds again then."""
        if mark is None or mark.before is None:
            return self._words.text("circuit.act.undo")
        before = self._words.text(f"circuit.state.{mark.before.state.value}")
        return self._words.text("circuit.act.undo_to", state=before)

    def _why_not(self, circuit: Circuit | None) -> str:
        if circuit is None:
            return self._words.text("circuits.choose_first")
        if not self.in_sight:
            return self._words.text("listing.reason.left")
        session = self._world.session
        if session is None or not session.may("manage", KIND):
            return self._words.text("circuits.may_not")
        return self._words.text("circuits.waiting") if circuit.id in self._waiting else ""

    # -- what the person does -------------------------------------------------------------------

    def choose(self, row_id: str) -> None:
        """Choose a circuit, here and on the map."""
        self._context.selection.select_circuit(row_id)

    def do(self, key: str, words: str = "") -> None:
        """Say a state of the chosen circuit, or take the latest word back."""
        action = next((one for one in self.actions if one.key == key), None)
        if action is None:
            return
        if action.reason:
            self.explain(action.reason)
            return
        mark = self._mark(self.chosen)
        version = 0 if mark is None else mark.version
        request: RecordCircuit | UndoCircuit = UndoCircuit(circuit_id=self.chosen, version=version)
        if key != UNDO:
            request = RecordCircuit(
                circuit_id=self.chosen, version=version, state=CircuitState(key), reason=words
            )
        self._waiting.add(self.chosen)
        self._tell()
        self._context.spawn(self._send(request))

    async def _send(self, request: RecordCircuit | UndoCircuit) -> None:
        try:
            result = await self._ask(request)
        finally:
            self._waiting.discard(request.circuit_id)
        if isinstance(result, CircuitResult):
            self._own[request.circuit_id] = result.mark  # durable: need not wait for the journal
            self._context.notify(self._confirmation(result.mark))
        self._renew()
        self._tell()

    def _confirmation(self, mark: CircuitMark) -> str:
        state = self._words.text(f"circuit.state.{mark.said.state.value}")
        undone = mark.before is None
        key = "circuits.undone" if undone else "circuits.recorded"
        return self._words.text(key, circuit=mark.circuit_id, state=state)

    # -- inside ---------------------------------------------------------------------------------

    def _circuit(self, circuit_id: str) -> Circuit | None:
        return next((one for one in self._plan.circuits if one.id == circuit_id), None)

    def _mark(self, circuit_id: str) -> CircuitMark | None:
        """Return the newest of what the journal told and what was just acknowledged to us."""
        told, own = self._world.circuits.get(circuit_id), self._own.get(circuit_id)
        if told is None or own is None:
            return told or own
        return own if own.version > told.version else told

    def _look(self, circuit: Circuit) -> CircuitLook:
        mark = self._mark(circuit.id)
        said = UNSAID if mark is None else mark.said
        return look_of(said, circuit.priority, self._world.bridge_now_ms())

    def _renew(self) -> None:
        wanted = self.filter_text.casefold().split()
        now_ms = self._world.bridge_now_ms()
        rows: list[Row] = []
        looks = []
        priority = None
        for circuit in self._plan.circuits:
            look = self._look(circuit)
            looks.append(look)
            state = self._words.text(f"circuit.look.{look.value}").casefold()
            if all(word in self._stacks[circuit.id] or word in state for word in wanted):
                opens = priority not in (None, circuit.priority)
                priority = circuit.priority
                mark = self._mark(circuit.id)
                rows.append(circuit_row(circuit, mark, self._words, now_ms, opens=opens))
        self._rows = tuple(rows)
        self.shares = shares(self._plan.circuits, looks, self._words)

    def _on_plan_read(self) -> None:
        self._stacks = {circuit.id: haystack(circuit) for circuit in self._plan.circuits}
        self._renew()
        self._tell()

    def _on_filtered(self) -> None:
        self._renew()

    def _on_selection_changed(self, selection: Selection) -> None:
        self.chosen = selection.circuit_id or ""
        self._tell()

    def _on_world_changed(self, change: Change) -> None:
        if change.situation or change.session:
            self._own.clear()
        self._plan.follow(change)
        told = change.circuits or change.situation or change.session or change.catalogue
        if told or change.flipped or change.second:
            before = (self._rows, self.shares)
            self._renew()
            if told or change.flipped or before != (self._rows, self.shares):
                self._tell()


SPEC = PanelSpec(
    id="circuits",
    title_key="circuits.title",
    icon="mdi6.road-variant",
    presenter=CircuitsPresenter,
    view="ui.winter.circuits:CircuitsView",
    topics=("incidents",),
    preferred_screen="board",
)
