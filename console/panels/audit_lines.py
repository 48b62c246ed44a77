"""Entries of the audit chain in words."""

from __future__ import annotations

from typing import NamedTuple

from backend_bridge.contract.access import AuditReadEvent, RefusalEvent
from backend_bridge.contract.journal import (
    ApprovalEvent,
    CommandEvent,
    CompositionEvent,
    ConfigurationEvent,
    Event,
    ExportEvent,
    HandsOffEvent,
    InterlockEvent,
    NewerEvent,
    OrderEvent,
    OverrideEvent,
    PlanEvent,
    ServiceEvent,
    SessionEvent,
    StreamEvent,
)
from console.panels.wording import Words


class Said(NamedTuple):
    """What an entry says: what was done, to what, and the reason or detail."""

    what: str
    about: str
    detail: str


def said(words: Words, event: Event) -> Said:
    """Return an event in words; one of a newer sort shows its own name."""
    text = words.text
    match event:
        case CommandEvent(command=one):
            what = text(f"audit.command.{one.outcome.value}")
            point = words.point(one.equipment_kind, one.point_key)
            return Said(what, one.equipment_id, f"{point} → {one.value} · {one.reason}")
        case StreamEvent(change=change, equipment_id=camera, console=console):
            return Said(text(f"audit.stream.{change.value}"), camera, console)
        case SessionEvent(change=change, console=console):
            return Said(text(f"audit.session.{change.value}"), console, "")
        case OverrideEvent(change=change, override=one):
            return Said(text(f"audit.override.{change.value}"), one.equipment_id, one.reason)
        case OrderEvent(order=one):
            about = words.plural("audit.targets", one.total)
            return Said(text(f"audit.order.{one.state.value}"), about, one.reason)
        case ApprovalEvent(approval=one):
            about = words.plural("audit.targets", len(one.targets))
            return Said(text(f"audit.approval.{one.state.value}"), about, one.reason)
        case _:
            return _configuration(words, event)


def _configuration(words: Words, event: Event) -> Said:
    text = words.text
    match event:
        case ServiceEvent(mark=mark):
            return Said(text(f"audit.service.{mark.state.value}"), mark.equipment_id, mark.reason)
        case InterlockEvent(mark=mark):
            key = "audit.interlock.armed" if mark.armed else "audit.interlock.disarmed"
            why = words.known(mark.reason) or mark.reason  # the bridge's own reason is a key
            return Said(text(key), mark.interlock_id, why)
        case PlanEvent(change=change, plan=plan):
            told = ", ".join(f"{loss.to} ({loss.count})" for loss in plan.losses)
            detail = " · ".join(part for part in (plan.reason, told) if part)
            return Said(text(f"audit.plan.{change.value}"), plan.key, detail)
        case HandsOffEvent(zone=zone):
            key = "audit.hands_off.set" if zone.lifted_ms is None else "audit.hands_off.lifted"
            return Said(text(key), zone.equipment_id or zone.sector, zone.reason)
        case ExportEvent(subject=subject, rows=rows, reason=reason):
            return Said(text("audit.export"), subject, f"{words.formats.number(rows)} · {reason}")
        case CompositionEvent(change=change, composition=one):
            return Said(text(f"audit.composition.{change.value}"), one.name, "")
        case NewerEvent(kind=kind):
            return Said(text("audit.newer"), "", kind)
        case AuditReadEvent():
            return _read(words, event)
        case ConfigurationEvent(change=change, subject=subject, detail=detail):
            parts = [change.value, *(f"{name} {value}" for name, value in detail.items() if value)]
            return Said(text("audit.event.configuration"), subject, " · ".join(parts))
        case RefusalEvent(request=asked, subject=about, times=times):
            count = f" · × {words.formats.number(times)}" if times > 1 else ""
            return Said(text("audit.refusal"), about, f"{asked}{count}")
        case _:
            tag = str(event.__struct_config__.tag)
            return Said(words.first(f"audit.event.{tag}", "audit.event"), "", tag)


def _read(words: Words, event: AuditReadEvent) -> Said:
    """Return what somebody asked of this very trail, and how much he was shown."""
    text, asked, formats = words.text, event.question, words.formats
    said = [
        text(
            "audit.read.counts",
            shown=formats.number(event.shown),
            hidden=formats.number(event.hidden),
        )
    ]
    if kind := asked.get("event"):
        said.append(words.known(f"audit.scope.{kind}") or kind)
    if user := asked.get("user"):
        said.append(text("audit.asked.user", user=user))
    if "from_ms" in asked:
        said.append(text("audit.asked.day", day=formats.date(int(asked["from_ms"]))))
    return Said(text("audit.read"), event.equipment_id, " · ".join(said))
