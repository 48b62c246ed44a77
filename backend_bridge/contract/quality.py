"""The words for the state of a value, used unchanged in code, exports and screens."""

from __future__ import annotations

import enum


class Quality(enum.IntEnum):
    """Say how far a value may be trusted; the integer goes over the wire, the name everywhere else.

    A value that is not ``GOOD`` keeps its last content only as a memory: a lamp whose quality is
    ``UNAVAILABLE`` is neither on nor off.
    """

    GOOD = 0
    STALE = 1
    """Older than its allowed age."""
    BAD = 2
    """The device says so, or the value is impossible."""
    UNAVAILABLE = 3
    """Its link or a parent is lost."""
    UNKNOWN = 4
    """Never heard since the bridge started."""

    @property
    def word(self) -> str:
        """Return the lower-case word used in text, exports and translations."""
        return self.name.lower()


class ServiceState(enum.StrEnum):
    """Say whether the city wants an equipment in use; shown apart from quality, never mixed."""

    IN_SERVICE = "in_service"
    DISABLED = "disabled"
    MAINTENANCE = "maintenance"
