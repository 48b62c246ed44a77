"""Rows of the override panel: what is held, how it stands, and the way back, in words."""

from __future__ import annotations

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.points import PointDef, WayBack
from console.panels.listing import Left, Row, Text
from console.panels.plan_list import user_name
from console.panels.values import value_word
from console.panels.wording import Words
from console.state.world import World


class OverrideRows:
    """Write overrides and commands of unknown fate in the operator's language."""

    def __init__(self, world: World, words: Words) -> None:
        self._world = world
        self._words = words

    def command_row(self, command: CommandRecord) -> Row:
        """Return a command of unknown fate that holds nothing, or that nobody knows holds."""
        words = self._words
        item = self._world.equipment.get(command.equipment_id)
        place = "" if item is None else item.place
        who = words.person(command.issuer, command.seat)
        at = words.formats.moment(command.created_ms, self._world.bridge_now_ms())
        held = words.point(command.equipment_kind, command.point_key)
        state = words.text("overrides.state.unverified")
        parts = (command.equipment_id, held, state, at, place, who, command.reason)
        return Row(
            command.key,
            (
                Text(command.equipment_id, bold=True),
                Text(held),
                Text(state),
                Text(at),
                Text(place),
                Text(who),
                Text(command.reason, quiet=True),
            ),
            " · ".join(part for part in parts if part),
        )

    def row(self, override: Override) -> Row:
        """Return an override: what, how it stands, until when with a bar, where, who, why."""
        words = self._words
        now_ms = self._world.bridge_now_ms()
        item = self._world.equipment.get(override.equipment_id)
        place = "" if item is None else item.place
        who = user_name(self._world, words, override.owner, override.seat)
        left_s = max(0.0, (override.until_ms - now_ms) / 1000)
        whole_s = max(1.0, (override.until_ms - override.since_ms) / 1000)
        over = override.ended_ms is not None
        until = words.formats.moment(override.ended_ms or override.until_ms, now_ms)
        held = self.held(override)
        state = words.text(f"overrides.state.{self._state(override)}")
        return Row(
            override.id,
            (
                Text(override.equipment_id, bold=True),
                Text(held),
                Text(state, quiet=override.state is OverrideState.ACTIVE and override.verified),
                Left(None if over else left_s / whole_s, until),
                Text(place),
                Text(who),
                Text(override.reason, quiet=True),
            ),
            " · ".join(
                part
                for part in (override.equipment_id, held, state, until, place, who, override.reason)
                if part
            ),
        )

    def _state(self, override: Override) -> str:
        if override.state is OverrideState.ACTIVE and not override.verified:
            return "unverified"
        if override.state is OverrideState.ACTIVE and override.by_device:
            return "by_device"
        return override.state.value

    def held(self, override: Override) -> str:
        """Return what a point is held at."""
        words = self._words
        label = words.point(override.equipment_kind, override.point_key)
        definition = self._definition(override)
        if definition is None or override.value is None:
            return label
        if isinstance(override.value, bool):
            value = value_word(words, override.equipment_kind, definition, override.value)
        else:
            named = words.known(
                f"value.{override.equipment_kind}.{override.point_key}.{override.value}"
            )
            if named:  # « abaissée » says it without « Ordre (100 % : sortie) »
                return named[:1].upper() + named[1:]
            value = words.formats.with_unit(override.value, definition)
        return words.text("overrides.held", point=label, value=value)

    def way_back(self, override: Override) -> str:
        """Return when a point goes back, to what, and who takes it there."""
        words = self._words
        now_ms = self._world.bridge_now_ms()
        time = words.formats.moment(override.until_ms, now_ms)
        if override.back is WayBack.PROGRAMME or override.back_value is None:
            back = words.text("acting.programme")
        else:
            definition = self._definition(override)
            back = str(override.back_value)
            if definition is not None:
                named = words.known(
                    f"value.{override.equipment_kind}.{override.point_key}.{override.back_value}"
                )
                back = named or value_word(
                    words, override.equipment_kind, definition, override.back_value
                )
        key = "overrides.line.by_device" if override.by_device else "overrides.line.by_bridge"
        return words.text(key, time=time, back=back)

    def _definition(self, override: Override) -> PointDef | None:
        for _, definition in self._world.equipment.points_of(override.equipment_id):
            if definition.key == override.point_key:
                return definition
        return None
