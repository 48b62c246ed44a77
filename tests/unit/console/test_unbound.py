"""The corridor's bollards: such as no rule across equipment binds, where there are enough."""

from __future__ import annotations

from pathlib import Path

from console.scenarios.unbound import unbound

GROUPS = """
[[group]]
id = "G1"
members = ["B1", "B2"]

[[relation]]
name = "quay"
equipment = ["B3"]
to = ["R1"]
"""


def test_what_groups_and_relations_name_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "groups.toml").write_text(GROUPS, "utf-8")
    assert unbound(tmp_path, ["B1", "B3", "B4", "B5"], 2) == ["B4", "B5"]


def test_a_city_that_binds_nearly_all_offers_all(tmp_path: Path) -> None:
    (tmp_path / "groups.toml").write_text(GROUPS, "utf-8")
    assert unbound(tmp_path, ["B1", "B2", "B4"], 2) == ["B1", "B2", "B4"]


def test_a_city_without_the_file_offers_all(tmp_path: Path) -> None:
    assert unbound(tmp_path, ["B1"], 1) == ["B1"]
