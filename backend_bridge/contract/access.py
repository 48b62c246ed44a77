"""Events of looking and of being refused: who read the audit chain, who asked for what is not his.

Many of a kind within a while make one entry: see ``times``.
"""

from __future__ import annotations

import msgspec

NOT_ALLOWED = frozenset({"error.rights.missing", "error.command.not_allowed", "error.seat.locked"})
NOT_THERE = frozenset(
    {
        *(f"error.{thing}.not_found" for thing in ("equipment", "incident", "alarm", "hands_off")),
        *("error.composition.not_found", "error.circuit.not_found", "error.plan.not_found"),
        *("error.alarm.no_such_subject", "error.override.over", "error.approval.over"),
        *(
            "error.command.no_such_point",
            "error.command.no_such_command",
            "error.interlock.no_such",
        ),
    }
)
"""Said alike of what is not there and of what may not be seen."""


class AuditReadEvent(msgspec.Struct, frozen=True, kw_only=True, tag="audit_read"):
    """Somebody read the audit chain.

    The first page of a question is an entry at once; its further pages, and the same question
    again, are counted and make one more entry when the session asks something else, or after a
    quarter of an hour.

    Attributes:
        question: what was asked: ``user``, ``event``, ``from_ms``, ``to_ms``, as far as given.
        shown: links sent.
        hidden: links that rights left out.
        times: pages sent.
        equipment_id: the one equipment asked about, empty for none.
    """

    question: dict[str, str]
    shown: int
    hidden: int
    times: int = 1
    equipment_id: str = ""


class RefusalEvent(msgspec.Struct, frozen=True, kw_only=True, tag="refusal"):
    """Somebody asked for what his rights do not reach.

    What is not there and what may not be seen are refused, and written down, alike. The first is an
    entry at once; more of the same sort from the same session within a minute make one more.

    Attributes:
        request: tag of what was asked.
        text_key: how it was refused.
        console: name of the console's key.
        subject: what the last of them was about, as it was asked, at most 80 characters.
        times: how many.
        equipment_id: the equipment ``subject`` names, empty when it names something else.
    """

    request: str
    text_key: str
    console: str
    subject: str = ""
    times: int = 1
    equipment_id: str = ""
