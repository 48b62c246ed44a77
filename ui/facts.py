"""What views of several subjects are handed to draw, as shapes: finished texts and plain facts.

A view reads these and nothing more; whoever makes them (presenters, fakes in tests) need not know
this module. What one subject alone is handed stands beside its views, in its own ``facts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.quality import Quality


class Labelled(Protocol):
    """What has a key for whoever decides and a label for whoever reads."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...


class Scope(Labelled, Protocol):
    """One way to look at a list, with how many it holds."""

    @property
    def count(self) -> int: ...
    @property
    def chosen(self) -> bool: ...


class Action(Labelled, Protocol):
    """One thing a person may do now, or the reason why not."""

    @property
    def icon(self) -> str: ...
    @property
    def shortcut(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def main(self) -> bool: ...
    @property
    def wants_text(self) -> bool: ...


class FormLine(Labelled, Protocol):
    """One line an act asks for, with what was typed there before."""

    @property
    def typed(self) -> str: ...


class Form(Protocol):
    """Everything an act asks for."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def lines(self) -> Sequence[FormLine]: ...
    @property
    def choices(self) -> Sequence[Labelled]: ...


class Fact(Protocol):
    """One line of facts; ``quality`` where the value is a measurement."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def quality(self) -> Quality | None: ...


class AlarmRow(Protocol):
    """One alarm with its guidance."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def state(self) -> AlarmState: ...
    @property
    def state_word(self) -> str: ...
    @property
    def time(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def children(self) -> str: ...
    @property
    def history(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def consequence(self) -> str: ...
    @property
    def action(self) -> str: ...


class ValueText(Protocol):
    """A value with everything that says how far to trust it."""

    @property
    def text(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def quality(self) -> Quality: ...
    @property
    def quality_word(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def age(self) -> str: ...
    @property
    def age_fraction(self) -> float | None: ...


class Shown(Protocol):
    """What is shown of equipment under its sign, or under the mark of its worst alarm."""

    @property
    def icon(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def severity(self) -> Severity | None: ...
    @property
    def alarm_state(self) -> AlarmState | None: ...
    @property
    def value(self) -> ValueText | None: ...
