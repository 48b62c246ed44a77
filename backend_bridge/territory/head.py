"""``territory.toml``: title, centre, seats and how old values may be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.contract.points import EquipmentKind
from backend_bridge.core.settings import SettingsError, nearest, typed
from backend_bridge.territory.library import KindRule
from backend_bridge.territory.problems import Findings

FORMAT = 1
"""The layout of a territory directory this program reads."""
HEAD_FILE = "territory.toml"
LONGEST_AGE_S = 86_400


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What ``territory.toml`` says.

    ``allowed_age_s`` replaces the allowed age of every point (a demonstration polls faster);
    ``allowed_ages_s`` that of a kind or of a point (``lamp.level``), and wins.
    """

    format: int
    title: str
    centre: tuple[float, float]
    demonstration: bool = False
    seed: int = 0
    allowed_age_s: float | None = None
    allowed_ages_s: dict[str, float] = {}
    seats: tuple[str, ...] = ()


def read_toml(path: Path, findings: Findings, *, needed: bool = True) -> dict[str, Any]:
    """Return a TOML file as data; empty when it is missing or damaged, which is noted."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        if needed:
            findings.add(
                path.name,
                "",
                f"not found in {path.parent}",
                "Name a territory directory, or make one: beffroi territory make-small DIR.",
            )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        findings.add(path.name, "", f"cannot be read: {error}", "Correct the file at that place.")
    return {}


def read_head(directory: Path, rules: Mapping[str, KindRule], findings: Findings) -> Head | None:
    """Return the head of a territory, checked; ``None`` when it cannot be used."""
    data = read_toml(directory / HEAD_FILE, findings)
    if not data:
        return None
    try:
        head = typed(data, Head)
    except SettingsError as error:
        for problem in error.problems:
            findings.add(HEAD_FILE, "", problem, "Correct the key or its value.")
        return None
    if head.format != FORMAT:
        findings.add(
            HEAD_FILE,
            "format",
            f"this directory has layout {head.format}, this program reads layout {FORMAT}",
            "Use the program that made it, or make the territory again.",
        )
    lon, lat = head.centre
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        findings.add(
            HEAD_FILE,
            "centre",
            f"[{lon}, {lat}] is not on Earth",
            "Write longitude, then latitude, in degrees.",
        )
    _check_ages(head, rules, findings)
    known = _seats()
    for seat in head.seats:
        if seat not in known:
            what = f'unknown seat "{seat}"{nearest(seat, known)}'
            findings.add(HEAD_FILE, "seats", what, "Name a file of resources/seats without .toml.")
    return head


def _check_ages(head: Head, rules: Mapping[str, KindRule], findings: Findings) -> None:
    known = list(rules)
    known += [f"{key}.{point.key}" for key, rule in rules.items() for point in rule.kind.points]
    ages = {"allowed_age_s": head.allowed_age_s, **head.allowed_ages_s}
    for name, age_s in ages.items():
        if age_s is not None and not 0 < age_s <= LONGEST_AGE_S:
            findings.add(
                HEAD_FILE,
                name,
                f"{age_s} s is no allowed age",
                f"Write more than 0 and at most {LONGEST_AGE_S} seconds.",
            )
    for name in head.allowed_ages_s:
        if name not in known:
            what = f'unknown kind or point "{name}"{nearest(name, known)}'
            advice = "Write a kind, or kind.point, of resources/kinds."
            findings.add(HEAD_FILE, "allowed_ages_s", what, advice)


def _seats() -> list[str]:
    entries = files("resources").joinpath("seats").iterdir()
    return sorted(
        entry.name.removesuffix(".toml") for entry in entries if entry.name.endswith(".toml")
    )


def aged(kind: EquipmentKind, head: Head) -> EquipmentKind:
    """Return the kind with the allowed ages of this territory."""
    points = []
    for point in kind.points:
        age_s = head.allowed_ages_s.get(
            f"{kind.key}.{point.key}", head.allowed_ages_s.get(kind.key, head.allowed_age_s)
        )
        points.append(
            point if age_s is None else msgspec.structs.replace(point, allowed_age_s=age_s)
        )
    return msgspec.structs.replace(kind, points=tuple(points))
