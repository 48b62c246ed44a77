"""The faceplate's decisions: what is chosen, what it can be asked, what would be refused."""

from __future__ import annotations

from collections.abc import Mapping

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import CheckChoices, ChoicesResult
from backend_bridge.contract.orders import ChoiceCheck
from backend_bridge.contract.points import Equipment, PointDef, Scalar, ValueType
from backend_bridge.contract.requests import GetAlarmGuides
from backend_bridge.contract.results import AlarmGuidesResult
from console.panels.acting.proposal import Intent
from console.panels.base import BasePresenter
from console.panels.faceplate import face as faces
from console.panels.faceplate.face import Face
from console.panels.faceplate.options import (
    hold_s,
    home,
    key_of,
    refusals_of,
    typed,
    value_of,
)
from console.panels.faceplate.scales import Limits, limits_of, scales_of
from console.panels.faceplate.targets import Chosen, chosen_of, values_of, verb_key
from console.panels.faceplate.ways import Ways
from console.panels.rows import Action
from console.panels.safety.forms import Form
from console.panels.safety.works import HANDS, Works
from console.panels.safety.zones import zone_over_all
from console.panels.spec import PanelContext
from console.panels.values import value_text
from console.state.change import Change

LOOK_AGAIN_S = 2.0
"""Seconds between two questions for what would be accepted, whatever changes."""
LOOK_ANYWAY_S = 10.0
"""Seconds after which it is asked again although nothing that is seen here changed: an interlock
may look at what this person may not see."""
CHECKED_AT_MOST = 200
"""Targets a faceplate asks about by itself; the dry run of an act asks about all."""
LARGE = 200
"""Targets above which a faceplate is drawn once a second."""
OTHER = "other"


class FaceplatePresenter(BasePresenter):
    """Decide what the faceplate of the chosen equipment shows and offers."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._works = Works(context)
        self._ways = Ways(context)
        self._chosen = Chosen((), 0, None, None)
        self._watched: frozenset[int] = frozenset()
        self._checks: dict[str, ChoiceCheck] = {}
        self._checked_s = float("-inf")
        self._changed = True
        self._asking = False
        self._limits: Limits = {}
        self._face: Face | None = None
        self._ends.append(context.selection.subscribe(lambda _: self._follow()))
        self._follow()
        context.spawn(self._read_limits())

    # -- what the view reads --------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return what the title bar says."""
        face = self.face
        return "" if face is None else face.code or face.title

    @property
    def face(self) -> Face | None:
        """Return the faceplate as it is drawn, ``None`` when nothing is chosen."""
        if self._face is None and self._chosen.items:
            self._face = self._make_face()
        return self._face

    @property
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of a faceplate: title and what it means."""
        missing = len(self._context.selection.equipment_ids)
        if not missing:
            return self._words.text("faceplate.none"), self._words.text("faceplate.none.body")
        title = self._words.plural("faceplate.gone", missing)
        return title, self._words.text("faceplate.gone.body")

    # -- what the person does -------------------------------------------------------------------

    def go(self, key: str) -> None:
        """Carry out one of ``ways``; what cannot be done says why."""
        action = next((one for one in self._ways.actions(self._chosen) if one.key == key), None)
        if action is None:
            return
        if action.reason:
            self.explain(action.reason)
        else:
            self._ways.do(key, self._chosen)

    def do(self, key: str, words: str = "") -> None:
        """Propose an option by its key; ``other`` takes the value as typed."""
        face, point = self.face, self._chosen.point
        options = () if face is None else face.options
        action = next((one for one in options if one.key == key), None)
        if action is None or point is None:
            return
        if action.reason:
            self.explain(action.reason)
        elif key == OTHER:
            value = typed(point, words)
            if value is None:
                self.explain(self._words.text("faceplate.not_a_value", value=words[:40]))
            else:
                self._propose(point, value)
        else:
            self._propose(point, value_of(key, point))

    def give_back(self) -> None:
        """Send back what is held: one point at once, several by way of the dry run."""
        face, point, desk = self.face, self._chosen.point, self._context.desk
        if face is None or face.held is None or point is None or desk is None:
            return
        if face.held.reason:
            self.explain(face.held.reason)
        elif face.held.id:
            desk.end_override(face.held.id)
        else:
            self._propose(point, home(point))

    def work_form(self, key: str) -> Form | None:
        """Return what an act of ``works`` asks for, ``None`` when it asks nothing."""
        item = self._subject()
        return None if item is None else self._works.form(key, item)

    def keep(self, key: str, line: str, words: str) -> None:
        """Keep a line of the form of an act of ``works`` as it is typed."""
        item = self._subject()
        if item is not None:
            self._works.keep(key, item, line, words)

    def work(self, key: str, lines: Mapping[str, str], choice: str) -> None:
        """Declare what was asked for by :meth:`work_form`; what would be refused says why."""
        item, declare = self._subject(), self._context.declare
        if item is None and key == HANDS and declare is not None:
            declare()
            return
        actions = () if item is None else self._works.actions(item)
        action = next((one for one in actions if one.key == key), None)
        if action is None or item is None:
            return
        if action.reason:
            self.explain(action.reason)
        else:
            self._context.spawn(self._declare(key, item, lines, choice))

    # -- inside ---------------------------------------------------------------------------------

    async def _declare(
        self, key: str, item: Equipment, lines: Mapping[str, str], choice: str
    ) -> None:
        await self._works.declare(key, item, lines, choice)

    def _subject(self) -> Equipment | None:
        """Return the one equipment chosen: a cabinet itself, not the lamps it stands for."""
        ids = self._context.selection.equipment_ids
        return self._world.equipment.get(next(iter(ids))) if len(ids) == 1 else None

    def _propose(self, point: PointDef, value: Scalar) -> None:
        desk = self._context.desk
        if desk is None:
            return
        chosen, words = self._chosen, self._words
        first = chosen.items[0]
        verb = verb_key(words, first.kind, point, value)
        said = faces.written(words, first, point, value)
        title = words.plural(verb, len(chosen.items), value=said)
        if len(chosen.items) == 1:
            title = f"{title} · {first.id}"
        desk.propose(
            Intent(
                title=title,
                verb=verb,
                targets=chosen.targets(value),
                hold_s=hold_s(point, value),
                reason=self._context.selection.incident_id or "",
                params={"value": said},
            )
        )

    def _follow(self) -> None:
        """Take the choice anew; what was found out about the one before is forgotten."""
        world = self._world
        self._chosen = chosen_of(world, self._context.selection.equipment_ids)
        host = self._chosen.host
        self._watched = frozenset(
            index
            for item in (*self._chosen.items, *(() if host is None else (host,)))
            for index, _ in world.equipment.points_of(item.id)
        )
        self._checks = {}
        self._checked_s = float("-inf")
        self._face = None
        self._ways.forget()
        self._look()
        self._tell()

    def _look(self) -> None:
        """Ask what would be accepted now, when something changed and it was not asked just now."""
        now_s = self._context.clock.mono_s()
        due = now_s - self._checked_s >= (LOOK_AGAIN_S if self._changed else LOOK_ANYWAY_S)
        point = self._chosen.point
        if self._asking or not due or point is None or self._why_not():
            return
        self._asking = True
        self._changed = False
        self._checked_s = now_s
        self._context.spawn(self._check(self._chosen, point))

    async def _check(self, chosen: Chosen, point: PointDef) -> None:
        found: dict[str, ChoiceCheck] = {}
        values = values_of(point)
        request = CheckChoices(
            equipment_ids=tuple(item.id for item in chosen.items[:CHECKED_AT_MOST]),
            point_key=point.key,
            values=values,
        )
        try:
            result = await self._context.actions.ask(request) if values else None
            if isinstance(result, ChoicesResult):
                found = dict(zip(map(key_of, values), result.choices, strict=True))
        except RequestError as error:
            self._context.notify(self._words.refusal(error))
            self._changed = True  # nothing is known now
        finally:
            self._asking = False
        if chosen is not self._chosen:
            self._checked_s = float("-inf")
            self._look()  # what was chosen meanwhile waited for this answer
        elif found != self._checks:
            self._checks = found
            self._face = None
            self._tell()

    async def _read_limits(self) -> None:
        try:
            result = await self._context.actions.ask(GetAlarmGuides())
        except RequestError:
            return  # scales without limits: the next situation asks again
        if isinstance(result, AlarmGuidesResult):
            self._limits = limits_of(result.guides)
            self._face = None
            self._tell()

    def _why_not(self) -> str:
        """Return why nothing at all can be asked for now, empty when something can."""
        return self._why_not_act() or self._zone()

    def _why_not_act(self) -> str:
        """Return why this person cannot act on this kind now, wherever it stands."""
        text = self._words.text
        kind = self._chosen.items[0].kind
        session = self._world.session
        if session is None or not session.may("operate", kind):
            return text("faceplate.reason.no_right", kind=self._words.kind(kind))
        if not self._world.liveness.live:
            return text("acting.reason.not_live")
        if self._context.desk is None:
            return text("faceplate.reason.no_desk")
        return ""

    def _zone(self) -> str:
        return zone_over_all(self._world, self._words, self._chosen.items)

    def _make_face(self) -> Face:
        world, words, chosen = self._world, self._words, self._chosen
        icon, code, title, place = faces.title_of(world, words, chosen)
        first, point = chosen.items[0], chosen.point
        single = len(chosen.items) == 1
        shown_item = first if single else chosen.host
        worst = world.alarms.worst(shown_item.id) if shown_item is not None else None
        main = world.equipment.main_point(first.id) if single else None
        command = world.commands.get((first.id, point.key)) if point and single else None
        boxes, boxes_text = faces.boxes_of(world, words, chosen)
        post = faces.post_of(world, words, first) if single else None
        scales = scales_of(world, words, shown_item, self._limits) if shown_item is not None else ()
        told = {scale.point for scale in scales}
        options = self._options(point) if point is not None else ()
        subject, zone = self._subject(), self._zone()
        # a yes or no is the title already, a scale writes its value beside itself
        again = main is not None and (main[1].value_type is ValueType.BOOL or main[1].key in told)
        leave = [*told, *([point.key] if point is not None and single else [])]
        return Face(
            icon=icon,
            code=code,
            title=title,
            place=place,
            severity=None if worst is None else worst.severity,
            alarm_state=None if worst is None else worst.state,
            value=None if main is None or again else value_text(world, words, first, *main),
            value_label="" if main is None else words.point(first.kind, main[1].key),
            outcome=None if command is None else command.outcome,
            read=command is not None and command.reported is not None,
            fate="" if command is None else faces.fate_of(words, command),
            level=faces.level_of(world, words, first, point)
            if point and single and not post
            else None,
            post=post,
            scales=scales,
            boxes=boxes,
            boxes_text=boxes_text,
            facts=() if shown_item is None else faces.facts_of(world, words, shown_item, leave),
            held=faces.held_of(world, words, chosen, self._why_not_act()),
            offered=self._offered(options),
            options=options,
            refusals=refusals_of(words, options) or ((zone,) if zone else ()),
            ways=self._ways.actions(chosen),
            works=self._works.of_many() if subject is None else self._works.actions(subject),
        )

    def _options(self, point: PointDef) -> tuple[Action, ...]:
        words, kind = self._words, self._chosen.items[0].kind
        general = self._why_not()
        current = faces.key_of_all(self._world, self._chosen.items, point)
        found = []
        for value in values_of(point):
            key = key_of(value)
            label = words.first(
                f"act.{kind}.{point.key}.{key}.short",
                f"act.{kind}.{point.key}.short",
                "acting.value",
                value=faces.written(words, self._chosen.items[0], point, value),
            )
            check = self._checks.get(key)
            reason = general or self._reason(check)
            dangerous = check is not None and check.dangerous
            label = f"{label}{words.text('faceplate.by_two')}" if dangerous else label
            found.append(Action(key, label, "", reason=reason, main=key == current))
        if not (point.commanding and point.commanding.values) and point.value_type in (
            ValueType.INT,
            ValueType.FLOAT,
        ):
            label = words.text("faceplate.other")
            found.append(Action(OTHER, label, "", reason=general, wants_text=True))
        return tuple(found)

    def _offered(self, options: tuple[Action, ...]) -> str:
        """Return what the options are: offered, none, or not judged by the bridge yet."""
        text = self._words.text
        if self._chosen.point is None:
            return text("faceplate.nothing_offered")
        unjudged = not self._checks and not self._why_not()
        if unjudged:
            return text("faceplate.unjudged")
        values = [option for option in options if option.key != OTHER]  # that one is judged later
        none = values and all(option.reason for option in values)
        return text("faceplate.none_offered" if none else "faceplate.offered")

    def _reason(self, check: ChoiceCheck | None) -> str:
        """Return why an option would be refused for every target, empty when for some it is not.

        Of more than were asked about nobody knows that: the dry run of the act says it.
        """
        all_asked = len(self._chosen.items) <= CHECKED_AT_MOST
        if check is None or not check.text_key or not all_asked:
            return ""
        return self._words.text(check.text_key, **check.params)

    def _on_world_changed(self, change: Change) -> None:
        if change.session or (change.situation and not self._limits):
            self._context.spawn(self._read_limits())
        if change.catalogue:
            self._follow()
            return
        judged_anew = bool(
            change.commands
            or change.acting
            or change.service
            or change.situation
            or change.session
            or change.flipped
            or not self._watched.isdisjoint(change.points)
        )
        self._changed |= judged_anew
        if len(self._chosen.items) > LARGE and not change.second:
            return  # each target is looked at anew: once a second is enough for many
        told = judged_anew or change.alarms or change.editing or change.second
        if told and self._chosen.items:
            if judged_anew or change.second:
                self._look()
            self._face = None
            self._tell()
