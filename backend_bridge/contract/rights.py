"""Rights as words: ``action:kind``, where the kind may be ``*``.

Actions: ``view`` (see values and journal of a kind), ``operate`` (command it), ``manage``
(alarms and incidents about it), ``configure`` (service state, users, keys).
"""

from __future__ import annotations

from collections.abc import Collection


def allows(rights: Collection[str], action: str, kind: str) -> bool:
    """Return whether ``rights`` hold ``action`` for an equipment kind; an empty kind asks for any.

    What concerns no equipment (``kind == ""``) is allowed to whoever has the action at all.
    """
    if f"{action}:*" in rights or f"{action}:{kind}" in rights:
        return True
    return not kind and any(right.startswith(f"{action}:") for right in rights)
