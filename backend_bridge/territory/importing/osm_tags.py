"""What OpenStreetMap's tags say a feature is (wiki.openstreetmap.org/wiki/Map_features)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TAG_FIELDS = frozenset(
    {
        *("highway", "man_made", "barrier", "building", "waterway", "natural", "railway", "route"),
        *("addr:housenumber", "other_tags"),
    }
)
"""Attributes that make a layer of any format an extract of OpenStreetMap."""

_STREETS = frozenset(
    {
        *("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential"),
        *("motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link"),
        *("living_street", "service", "pedestrian", "track", "road", "busway", "footway"),
        *("bridleway", "steps", "path", "cycleway"),
    }
)
_FIXED_BOLLARDS = frozenset({"fixed", "flexible", "removable", "foldable", "irremovable"})
FIXED_BOLLARD = "a bollard that nothing moves (bollard=fixed, removable …)"
_POINTS = {
    ("highway", "street_lamp"): "lamp",
    ("highway", "traffic_signals"): "signal",
    ("man_made", "surveillance"): "camera",
    ("barrier", "bollard"): "bollard",
}
_WATER_LINES = frozenset({"river", "stream", "canal", "drain", "ditch", "tidal_channel"})


def targets(tags: Mapping[str, Any], family: str) -> list[str]:
    """Return what a feature is; a building may be an address as well, most things are nothing.

    Args:
        tags: OpenStreetMap tags.
        family: ``point``, ``line`` or ``area``.
    """
    found = []
    if family == "point":
        found += [what for (key, value), what in _POINTS.items() if tags.get(key) == value]
    if family == "line":
        found += _line(tags)
    if family == "area":
        found += _area(tags)
    if family in {"point", "area"} and tags.get("addr:housenumber"):
        found.append("address")
    return found


def reason_against(tags: Mapping[str, Any], target: str) -> str:
    """Return why a feature of the right tag is left all the same; empty to take it."""
    if target == "bollard" and tags.get("bollard") in _FIXED_BOLLARDS:
        return FIXED_BOLLARD
    return ""


def _line(tags: Mapping[str, Any]) -> list[str]:
    if tags.get("railway") == "tram":
        return ["tram"]
    if tags.get("route") in {"bus", "trolleybus"}:
        return ["bus"]
    if tags.get("route") == "tram":
        return ["tram"]
    if tags.get("waterway") in _WATER_LINES:
        return ["water"]
    return ["street"] if tags.get("highway") in _STREETS and tags.get("area") != "yes" else []


def _area(tags: Mapping[str, Any]) -> list[str]:
    if tags.get("building") not in {None, "", "no"}:
        return ["building"]
    if tags.get("natural") == "water" or tags.get("waterway") in {"riverbank", "dock"}:
        return ["water"]
    if tags.get("boundary") == "administrative" and str(tags.get("admin_level")) == "8":
        return ["commune"]
    return []
