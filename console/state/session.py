"""Who sits at this console."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.rights import ANYWHERE, allows


@dataclass(frozen=True, slots=True)
class Session:
    """Say who sits here: account, name as shown, seat and rights (``action:kind@sector``)."""

    user: str
    display_name: str
    seat: str
    rights: frozenset[str]

    def may(self, action: str, kind: str, sector: str = ANYWHERE) -> bool:
        """Return whether this person may do ``action`` to ``kind``; the bridge decides.

        Without a sector: somewhere or other.
        """
        return allows(self.rights, action, kind, sector)
