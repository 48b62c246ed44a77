"""The watch panel's decisions: what is not as it should be, one row a cause, since when and why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from console.panels.base import BasePresenter
from console.panels.rows import Scope
from console.panels.spec import PanelContext, PanelSpec
from console.panels.watch_rows import WatchRow, gathered_row, haystack, watch_row, word_text
from console.state.change import Change
from console.state.listeners import Listeners, Unsubscribe
from console.state.selection import Selection
from console.state.sorted_index import Step
from console.state.watch import WORDS, Cause
from console.state.watched import WatchedList, equipment_of, kind_of

ALL = "all"
TURN_S = 0.03
"""Between two slices of a walk: the screen is drawn meanwhile."""
RowSteps = Callable[[Sequence[Step] | None], None]


class WatchPresenter(BasePresenter):
    """Decide what the watch panel shows; ``settings["newest_first"]`` is the person's order."""

    model_class = "console.models.watch:WatchModel"

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._list = WatchedList(self._world, self._describe)
        self._list.newest_first = context.settings.get("newest_first") is True
        self._rows: dict[str, WatchRow] = {}
        self._walking = False
        self._closed = False
        self._row_listeners: Listeners[Sequence[Step] | None] = Listeners()
        self._ends.append(context.selection.subscribe(self._on_selection_changed))
        self._list.follow()
        self._keep_walking()

    # -- the list -------------------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return the count for the title bar: « 3 à surveiller »."""
        return self._words.plural("watch.count", self._list.total)

    @property
    def footer(self) -> str:
        """Return shown and total, why the others are hidden, and how much equipment it is."""
        shown, total = self._list.shown, self._list.total
        number = self._words.formats.number
        parts = [self._words.text("watch.shown", shown=number(shown), total=number(total))]
        if shown != total:
            parts.append(self._words.plural("watch.hidden", total - shown))
        if self._list.concerned > total:
            parts.append(self._words.plural("watch.concerned", self._list.concerned))
        return " · ".join(parts)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return the reasons that occur, with their counts; the chosen one always."""
        chosen, counts = self._list.word, self._list.counts
        words = self._words
        return (
            Scope(ALL, words.text("watch.all"), self._list.total, chosen=not chosen),
            *(
                Scope(word, word_text(words, word), counts[word], chosen=word == chosen)
                for word in WORDS
                if counts[word] or word == chosen
            ),
        )

    @property
    def order(self) -> str:
        """Return the present order in words: « Les plus anciens d’abord »."""
        key = "watch.newest" if self._list.newest_first else "watch.oldest"
        return self._words.text(key)

    @property
    def filter_text(self) -> str:
        """Return the filter as typed."""
        return self._list.text

    @property
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of rows: title and what it means."""
        text = self._words.text
        since_ms = self._list.clear_since_ms
        if not self._world.liveness.live:
            return text("watch.unsure"), text("watch.unsure.body")
        if self._list.causes:
            return text("watch.no_match"), text("watch.no_match.body")
        if not len(self._world.equipment):  # nothing to watch is not all well
            return text("ui.equipment.empty"), text("ui.equipment.empty.body")
        if since_ms is None:
            return text("watch.looking"), text("watch.looking.body")
        time = self._words.formats.moment(since_ms, self._world.bridge_now_ms())
        count = self._words.plural("equipment.count", len(self._world.equipment))
        if self._list.witnessed:
            return text("watch.clear", time=time), text("watch.clear.body", count=count)
        return text("watch.clear.found", time=time), text("watch.clear.found.body", count=count)

    @property
    def ids(self) -> Sequence[str]:
        """Return the rows shown, in order: equipment, and kinds never heard."""
        return tuple(self._list)

    def row(self, node: str) -> WatchRow | None:
        """Return one row, ``None`` when its cause is gone; made when first asked for."""
        row = self._rows.get(node)
        if row is None:
            row = self._make_row(node)
            if row is not None:
                self._rows[node] = row
        return row

    def position(self, equipment_id: str) -> int | None:
        """Return the row of an equipment, ``None`` when it is not listed."""
        return self._list.position(equipment_id)

    def set_filter(self, words: str) -> None:
        """Show only what holds all these words."""
        if words != self._list.text:
            self._list.text = words
            self._tell_rows(self._list.arrange())

    def set_scope(self, key: str) -> None:
        """Show one reason of :attr:`scopes`, or all."""
        word = key if key in WORDS else ""
        if word != self._list.word:
            self._list.word = word
            self._tell_rows(self._list.arrange())

    def unfold(self, kind: str, *, wanted: bool) -> None:
        """Show every piece of a kind that was never heard, or one row for all again."""
        steps = self._list.unfold(kind, wanted=wanted)
        self._rows.clear()
        self._tell_rows(steps)

    def turn_order(self) -> None:
        """Put the newest first, or the oldest again; remembered."""
        self._list.newest_first = not self._list.newest_first
        self._context.settings["newest_first"] = self._list.newest_first
        self._tell_rows(self._list.arrange())

    def subscribe_rows(self, listener: RowSteps) -> Unsubscribe:
        """Tell a model how the list changed; ``()`` when only what rows say changed."""
        return self._row_listeners.add(listener)

    # -- the chosen one -------------------------------------------------------------------------

    @property
    def selected_id(self) -> str | None:
        """Return the chosen equipment, whether it is listed here or not."""
        return self._context.selection.equipment_id

    def select(self, equipment_id: str) -> None:
        """Choose an equipment in every panel, and bring it into sight on the map."""
        self._context.selection.select_equipment((equipment_id,))
        self._context.selection.seek(equipment_id)

    def close(self) -> None:
        """Unsubscribe from everything and walk no more."""
        super().close()
        self._closed = True

    # -- inside ---------------------------------------------------------------------------------

    def _make_row(self, node: str) -> WatchRow | None:
        kind = kind_of(node)
        if kind is not None:
            count, unfolded = self._list.gathered(kind), self._list.is_unfolded(kind)
            return gathered_row(self._words, node, kind, count, unfolded=unfolded)
        cause = self._list.causes.get(equipment_of(node))
        if cause is None:
            return None
        return watch_row(self._world, self._words, cause, depth=int(node != cause.equipment_id))

    def _describe(self, cause: Cause) -> tuple[str, ...]:
        return haystack(self._world, self._words, cause)

    def _tell_rows(self, steps: Sequence[Step] | None) -> None:
        self._row_listeners.tell(steps)
        self._tell()

    def _on_selection_changed(self, _selection: Selection) -> None:
        self._tell()

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._list.take_catalogue()
        if change.flipped:
            self._list.look_anew()
        if change.points or change.service or change.situation or change.catalogue:
            self._list.touch()
        self._follow(again=change.second or change.flipped)
        self._keep_walking()

    def _follow(self, *, again: bool) -> None:
        """Walk a little; say what came of it, or ``again`` what ages."""
        before = self._list.causes
        steps = self._list.follow()
        if self._list.causes is not before or again:
            self._rows.clear()
            self._tell_rows(steps)

    def _keep_walking(self) -> None:
        if self._list.walking and not self._walking:
            self._walking = True
            self._context.spawn(self._walk())

    async def _walk(self) -> None:
        """End the walk under way, slice by slice: a calm bridge sends nothing to go on with."""
        try:
            while self._list.walking and not self._closed:
                await asyncio.sleep(TURN_S)
                self._follow(again=False)
        finally:
            self._walking = False


SPEC = PanelSpec(
    id="watch",
    title_key="panel.watch.title",
    icon="mdi6.eye-outline",
    presenter=WatchPresenter,
    view="ui.watch.panel:WatchView",
    topics=("points",),
    preferred_screen="main",
)
