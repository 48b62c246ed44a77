"""The real bridge on the real field of a small metropolis: every kind is polled and true."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.territory import Territory, load
from backend_bridge.territory.demo import generate_demo
from tests.fakes.processes import Program, bridge, field, free_ports
from tests.fakes.waiting import until_sync

CARRIED = ("cabinet", "feeder", "lamp", "bollard", "river_gauge", "weather_station")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    path = tmp_path_factory.mktemp("demo")
    ports = free_ports(60)
    generate_demo(path, seed=2, size=0.05, base_port=ports + 1, video_port=ports)
    return load(path)


@pytest.fixture
def city(town: Territory) -> Iterator[Program]:
    with field(town.directory) as program:
        yield program


def ask(program: Program, path: str, **body: Any) -> Any:
    data = json.dumps(body).encode() if body else None
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(program.ready["control"] + path, data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


def qualities(program: Program) -> dict[str, set[str]]:
    """Return, by kind, the qualities its points have."""
    with urllib.request.urlopen(program.ready["http"] + "/metrics", timeout=5) as answer:
        text = answer.read().decode()
    found: dict[str, set[str]] = {}
    for kind, quality, count in re.findall(
        r'^beffroi_points{kind="(\w+)",quality="(\w+)"} (\S+)', text, re.MULTILINE
    ):
        if float(count):
            found.setdefault(kind, set()).add(quality)
    return found


def test_every_kind_is_good_and_a_cut_backbone_leaves_the_others(
    town: Territory, city: Program, tmp_path: Path
) -> None:
    told = ask(city, "/truth")["equipment"]
    assert set(told) == {item.id for item in town.equipment if item.kind in CARRIED}

    with bridge(town.directory, tmp_path / "data") as program:
        good = {kind: {"good"} for kind in CARRIED}
        until_sync(
            lambda: {k: q for k, q in qualities(program).items() if k in CARRIED} == good,
            timeout_s=15,
            what="every kind to be good",
        )

        ask(city, "/burst", burst="backbone_cut", how="refused")
        cut = {kind: {"unavailable"} for kind in ("cabinet", "feeder", "lamp", "bollard")}
        until_sync(
            lambda: {k: q for k, q in qualities(program).items() if k in CARRIED} == good | cut,
            timeout_s=10,
            what="what is behind the backbone to be unavailable",
        )

        ask(city, "/burst", burst="backbone_return")
        until_sync(
            lambda: {k: q for k, q in qualities(program).items() if k in CARRIED} == good,
            timeout_s=15,
            what="every kind to be good again",
        )
