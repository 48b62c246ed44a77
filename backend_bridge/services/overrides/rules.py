"""What becomes of an override: pure rules, no clock, no journal, no field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from backend_bridge.commands.verify import REFUSED, REJECTED
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import PointDef, Scalar, WayBack

Moved = tuple[OverrideChange, Override]
"""An override after a change, and which change it was."""

Param = str | int | float
OVER = (OverrideState.ENDED, OverrideState.REPLACED)
ANSWERS = (OverrideChange.ENDED, OverrideChange.STUCK, OverrideChange.REPLACED)
"""Changes that answer whoever waits for a way back."""
_UNTOUCHED = (REJECTED, REFUSED, "command.result.not_commandable")
"""Starts of the texts of a failed command that say that the device did nothing."""


def asked(
    command: CommandRecord,
    point: PointDef,
    *,
    now_ms: int,
    before: Scalar,
    standing: Override | None,
    by_device: bool,
) -> Override:
    """Return the override that a command which is sent now would make.

    Args:
        command: about to be sent, with its end.
        point: what it commands.
        now_ms: UTC ms at which it is sent.
        before: what the point holds now, ``None`` when that is not known.
        standing: the override that holds the point; the new one goes back to where that one would.
        by_device: the device takes the value back by itself.
    """
    commanding, until_ms = point.commanding, command.until_ms
    assert commanding is not None, "only what is commanded is overridden"
    assert until_ms is not None, "an override has an end"
    back_value: Scalar = None
    if commanding.back is WayBack.REST:
        back_value = commanding.rest
    elif commanding.back is WayBack.BEFORE:
        back_value = standing.back_value if standing is not None else before
    return Override(
        id=command.key,
        equipment_id=command.equipment_id,
        equipment_kind=command.equipment_kind,
        point_key=command.point_key,
        value=command.value,
        back=commanding.back,
        back_value=back_value,
        owner=command.issuer,
        seat=command.seat,
        reason=command.reason,
        since_ms=now_ms,
        until_ms=until_ms,
        order=command.order,
        by_device=by_device,
        verified=False,
        state=OverrideState.PENDING,
    )


def settled(override: Override, command: CommandRecord) -> Moved:
    """Return what became of a pending override when its command ended.

    What may have reached the device holds the point until it is proven otherwise.
    """
    outcome = command.outcome
    assert outcome.final, "a command that goes on settles nothing"
    untouched = outcome is CommandOutcome.FAILED and command.text_key.startswith(_UNTOUCHED)
    if untouched or outcome in (CommandOutcome.REFUSED, CommandOutcome.EXPIRED):
        return ended(override, "", command.finished_ms or override.since_ms, "not_sent")
    verified = outcome is CommandOutcome.CONFIRMED
    text_key, params = ("", {}) if verified else (command.text_key, command.params)
    active = replace(
        override, state=OverrideState.ACTIVE, verified=verified, text_key=text_key, params=params
    )
    return OverrideChange.BEGAN, active


def looked_at(override: Override, command: CommandRecord) -> Moved | None:
    """Return an override whose doubt somebody settled on the spot; ``None`` when there was none.

    What was found is said with it; it ends when it would have ended.
    """
    if override.verified or override.state is not OverrideState.ACTIVE or not command.settled_by:
        return None
    after = replace(override, verified=True, text_key=command.text_key, params=command.params)
    return OverrideChange.SETTLED, after


def returning(override: Override, ended_by: str) -> Moved:
    """Return an override that is on its way back, because its time came or somebody ended it."""
    after = replace(
        override, state=OverrideState.RETURNING, ended_by=ended_by, text_key="", params={}
    )
    return OverrideChange.RETURNING, after


def stuck(override: Override, text_key: str, params: Mapping[str, Param]) -> Moved | None:
    """Return an override whose way back did not work; ``None`` when that is known already."""
    if override.state is OverrideState.STUCK and override.text_key == text_key:
        return None
    after = replace(override, state=OverrideState.STUCK, text_key=text_key, params=dict(params))
    return OverrideChange.STUCK, after


def ended(override: Override, ended_by: str, at_ms: int, how: str) -> Moved:
    """Return an override that is over; ``how`` is the last part of a text key, empty for read back.

    It did not begin when it was never sent: then nobody ended it.
    """
    after = replace(
        override,
        state=OverrideState.ENDED,
        verified=how != "not_sent",
        text_key=f"override.ended.{how}" if how else "",
        params={},
        ended_by=ended_by,
        ended_ms=at_ms,
    )
    return OverrideChange.ENDED, after


def replaced(override: Override, newer: Override, at_ms: int) -> Moved:
    """Return an override whose point a newer one holds now."""
    after = replace(
        override,
        state=OverrideState.REPLACED,
        text_key="override.replaced.newer",
        params={},
        ended_by=newer.owner,
        ended_ms=at_ms,
    )
    return OverrideChange.REPLACED, after


def extended(override: Override, until_ms: int, reason: str, *, by_device: bool) -> Moved:
    """Return an override that ends at another time, for another reason."""
    after = replace(override, until_ms=until_ms, reason=reason, by_device=by_device)
    return OverrideChange.EXTENDED, after


def newest(overrides: Iterable[Override]) -> Override | None:
    """Return the override that holds a point: the latest that began; pending ones do not yet.

    Of two as old, the one that is named later.
    """
    begun = [item for item in overrides if item.state not in (*OVER, OverrideState.PENDING)]
    return max(reversed(begun), key=lambda item: item.since_ms, default=None)


def outdone(overrides: Iterable[Override]) -> list[Override]:
    """Return those that a newer override on the same point has taken the place of."""
    found = list(overrides)
    holder = newest(found)
    return [
        item
        for item in found
        if item is not holder and item.state not in (*OVER, OverrideState.PENDING)
    ]


def goes_back_to_before(point: PointDef) -> bool:
    """Return whether a point goes back to what it was before, which must be known then."""
    return point.commanding is not None and point.commanding.back is WayBack.BEFORE
