"""The auditor's panel: who did, watched and took out what; each line a link of the chain."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.requests import GetAudit
from backend_bridge.contract.results import AuditResult
from console.panels.audit_lines import said
from console.panels.audit_query import AuditQuery, parse
from console.panels.listing import LazyRows, ListPresenter, Row, Scope, Text
from console.panels.log_lines import author
from console.panels.rows import Action
from console.panels.spec import PanelContext, PanelSpec
from console.state.change import Change

EVENTS = {
    "all": "",
    "stream": "stream",
    "command": "command",
    "export": "export",
    "session": "session",
    "override": "override",
    "audit_read": "audit_read",
    "refusal": "refusal",
}
"""Ways to look, and the event each asks for."""
PAGE = 200
QUIET_S = 0.6
"""Seconds without a keystroke before what was typed is asked."""
MORE, AGAIN = "more", "again"


class AuditPresenter(ListPresenter):
    """Ask the chain; nothing is filtered here, so that what is not shown was not found."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._scope = "all"
        self._query = AuditQuery()
        self._links: list[AuditLink] = []
        self._rows: Sequence[Row] = ()
        self._hidden = 0
        self._next = 0
        self._asking = False
        self._problem = False
        self._read_s: float | None = None
        self._question = 0
        self._ask_anew()

    # -- what the view reads --------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return how many are shown, whether there are more, and how many rights hide."""
        words = self._words
        shown = words.plural("audit.shown", len(self._links))
        parts = [words.text("audit.shown_of_more", shown=shown) if self._next else shown]
        if self._hidden:
            parts.append(words.plural("audit.hidden", self._hidden))
        return " · ".join(parts)

    @property
    def age_s(self) -> float | None:
        """Return the seconds since the chain was read, ``None`` while what was asked is not."""
        return None if self._read_s is None else self._context.clock.mono_s() - self._read_s

    @property
    def rows(self) -> Sequence[Row]:
        """Return the links, the newest first."""
        return self._rows

    @property
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of rows."""
        text = self._words.text
        if self._asking:
            return text("audit.reading"), ""
        if self._problem:
            return text("audit.unread"), text("audit.unread.body")
        return text("audit.none"), text("audit.kept")  # what was asked stands below the list

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return the sorts of entries one may look at."""
        return tuple(
            Scope(key, self._words.text(f"audit.scope.{key}"), 0, key == self._scope)
            for key in EVENTS
        )

    @property
    def chosen_lines(self) -> tuple[tuple[str, str], ...]:
        """Return the chosen link with its digests."""
        place = self.place_of(self.chosen)
        link = None if place is None else self._links[place]
        if link is None:
            return (("", self._asked_words()),)
        words = self._words
        told = said(words, link.entry.event)
        number = words.formats.number(link.number)
        return (
            (told.what, f"{told.about} · {told.detail}".strip(" ·")),
            ("", words.text("audit.link", number=number, digest=link.digest)),
            ("", words.text("audit.before", digest=link.before)),
        )

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be asked: the older ones, or all anew."""
        text = self._words.text
        reason = "" if self._next else text("audit.reason.all_shown")
        return (
            Action(MORE, text("audit.act.more"), "history", "P", reason),
            Action(AGAIN, text("audit.act.again"), "refresh", "R"),
        )

    # -- what the person does -------------------------------------------------------------------

    def set_scope(self, key: str) -> None:
        """Look at entries of one sort."""
        self._scope = key
        self._ask_anew()

    def do(self, key: str, words: str = "") -> None:
        """Ask for the older ones, or for all anew."""
        del words  # no act of this panel asks for text
        if key == AGAIN:
            self._ask_anew()
        elif self._next:
            self._ask_page(self._next)
        else:
            self.explain(self._words.text("audit.reason.all_shown"))

    # -- inside ---------------------------------------------------------------------------------

    def _ask_anew(self, *, typing: bool = False) -> None:
        self._links, self._hidden, self._next = [], 0, 0
        self._rows = ()
        self._read_s = None
        self._ask_page(0, typing=typing)
        self._tell()

    def _ask_page(self, before: int, *, typing: bool = False) -> None:
        self._question += 1
        self._asking = True
        self._context.spawn(self._read(before, self._question, typing=typing))

    async def _read(self, before: int, question: int, *, typing: bool) -> None:
        if typing:
            # each question is written down: not one for every letter of a name
            await asyncio.sleep(QUIET_S)
            if question != self._question:
                return
        query = self._query
        result = await self._ask(
            GetAudit(
                before=before,
                limit=PAGE,
                user=query.user,
                equipment_id=query.equipment_id,
                event=EVENTS[self._scope],
                from_ms=query.from_ms,
                to_ms=query.to_ms,
            )
        )
        if question != self._question:
            return  # something else was asked meanwhile
        self._asking = False
        self._problem = not isinstance(result, AuditResult)
        if isinstance(result, AuditResult):
            self._links += result.links
            self._rows = LazyRows(self._links, self._row, _id_of)
            self._hidden += result.hidden
            self._next = result.next
            if not before:  # older ones, asked for later, make the newest no fresher
                self._read_s = self._context.clock.mono_s()
        self._tell()

    def _on_filtered(self) -> None:
        zone = self._words.formats.zone
        now_ms = self._world.bridge_now_ms()
        query = parse(self.filter_text, self._world.equipment, now_ms, zone)
        if query != self._query:
            self._query = query
            self._ask_anew(typing=True)

    def _asked_words(self) -> str:
        """Return what was asked, so that nobody mistakes an empty answer for another question."""
        words, query = self._words, self._query
        parts = [words.text(f"audit.scope.{self._scope}")]
        if query.user:
            parts.append(words.text("audit.asked.user", user=query.user))
        if query.equipment_id:
            parts.append(words.text("audit.asked.equipment", equipment=query.equipment_id))
        if query.from_ms:
            parts.append(words.text("audit.asked.day", day=words.formats.date(query.from_ms)))
        return " · ".join(parts)

    def _row(self, link: AuditLink) -> Row:
        words, entry = self._words, link.entry
        told = said(words, entry.event)
        day = words.formats.date(entry.at_ms)
        time = words.formats.clock(entry.at_ms)
        who = author(words, entry.user, entry.seat)
        number = words.formats.number(link.number)
        parts = (number, day, time, who, told.what, told.about, told.detail)
        return Row(
            _id_of(link),
            (
                Text(number, quiet=True),
                Text(day),
                Text(time),
                Text(who, bold=True),
                Text(told.what),
                Text(told.about, bold=True),
                Text(told.detail, quiet=True),
            ),
            " · ".join(part for part in parts if part),
        )

    def _on_world_changed(self, change: Change) -> None:
        if change.session:
            self._ask_anew()


def _id_of(link: AuditLink) -> str:
    return str(link.number)


SPEC = PanelSpec(
    id="audit",
    title_key="audit.title",
    icon="mdi6.shield-search",
    presenter=AuditPresenter,
    view="ui.audit.panel:AuditView",
    topics=("incidents",),
    minimum_right="audit:*",
    preferred_screen="main",
)
