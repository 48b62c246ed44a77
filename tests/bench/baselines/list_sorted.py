"""Plain Python: ``sorted`` with a key function and a list comprehension over the same incidents.

Follows https://docs.python.org/3.11/howto/sorting.html (key functions) and
https://docs.python.org/3.11/tutorial/datastructures.html#list-comprehensions. Not tuned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.incidents import Incident


def sort(incidents: Sequence[Incident], alarms: Mapping[str, Alarm]) -> list[Incident]:
    """Return the incidents by severity, unacknowledged first, oldest first."""

    def key(incident: Incident) -> tuple[int, bool, int]:
        waiting = any(not alarms[alarm_id].acknowledged for alarm_id in incident.alarm_ids)
        return (incident.severity, not waiting, incident.opened_ms)

    return sorted(incidents, key=key)


def filter_sorted(
    incidents: Sequence[Incident], texts: Mapping[str, str], words: Sequence[str]
) -> list[Incident]:
    """Return the sorted incidents whose text, folded beforehand, holds every word."""
    return [incident for incident in incidents if all(word in texts[incident.id] for word in words)]
