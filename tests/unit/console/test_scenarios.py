"""What the demo starts with: ports nobody else has, a territory summed up and sized."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from backend_bridge.territory import generate_small
from console.scenarios.city import read_city
from console.scenarios.ports import BLOCK, FIRST_PORT, NoPortsError, Ports, is_free
from console.scenarios.stack import StackError, most_links
from tests.fakes.panel_context import texts

ROOT = Path(__file__).parents[3]


def test_two_who_look_at_once_get_different_ports() -> None:
    held = [Ports(count) for count in (3, 250, 3, 120)]
    try:
        taken = [port for one in held for port in range(one.first, one.first + one.count)]
        assert len(taken) == len(set(taken)) == 376
        assert all(port >= FIRST_PORT for port in taken)
    finally:
        for one in held:
            one.release()


def test_ports_given_back_are_free_again_and_may_be_given_back_twice() -> None:
    held = Ports(2 * BLOCK)
    assert is_free(held.first)
    held.release()
    held.release()
    again = Ports(1)
    again.release()


def test_ports_asked_for_are_taken_or_refused() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        port = busy.getsockname()[1]
        with pytest.raises(NoPortsError, match=f"{port} is in use"):
            Ports(1, port)
    with pytest.raises(NoPortsError, match="65536 is in use or none"):
        Ports(1, 65_536)


def test_more_ports_than_there_are_is_told() -> None:
    with pytest.raises(NoPortsError, match="no 20000 neighbouring ports"):
        Ports(20_000)


def test_a_territory_summed_up(tmp_path: Path) -> None:
    generate_small(tmp_path, seed=3, cabinets=2, lamps=8, base_port=21000)
    city = read_city(tmp_path)
    assert city.title
    assert city.counts["lamp"] == 16
    assert city.roots == city.cabinets
    assert len(city.cabinets) == 2
    assert city.last_port == 21001
    assert most_links(tmp_path) == 2


def test_a_territory_without_links_is_sized_by_its_lamps(tmp_path: Path) -> None:
    (tmp_path / "links.toml").write_text("", "utf-8")
    features = [{"type": "Feature", "properties": {"kind": "lamp"}}] * 400
    features += [{"type": "Feature", "properties": {"kind": "bollard"}}] * 3
    text = json.dumps({"features": features}, separators=(",", ":"))
    (tmp_path / "equipment.geojson").write_text(text, "utf-8")
    assert most_links(tmp_path) == 14


def test_no_territory_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="beffroi territory import"):
        most_links(tmp_path)


def test_what_the_demo_says_is_said_in_both_languages() -> None:
    parts = ("dark_street", "wall_acts", "watch_acts", "winter_acts")
    code = "".join((ROOT / f"console/scenarios/{part}.py").read_text("utf-8") for part in parts)
    acts = re.findall(r'(?:yield |\()"([a-z]+)", (?:self|wall|winter|looking)\.', code)
    keys = {f"demo.dark_street.{act}" for act in acts}
    keys |= set(re.findall(r'text\(\s*"(demo\.[a-z_.]+)"', code))
    assert {"silent", "answers"} <= set(acts)
    assert len(keys) == len(set(acts)) + 13
    for language in ("fr", "en"):
        assert not [key for key in sorted(keys) if not texts(language).get(key)], language
    for key, french in texts("fr").items():
        if key.startswith("demo."):
            assert not re.search(r"(?<!\u00a0)[:;?!](?=\s|$)|\u202f", french), french
