"""Roles as files: the product's own, a city's, and every mistake named."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.contract.rights import allows
from backend_bridge.security.roles import RoleError, load_roles


def test_product_ships_its_roles_and_all_of_them_can_look() -> None:
    roles = load_roles()
    assert roles.keys() == [
        "administrator",
        "lighting",
        "police",
        "snow",
        "supervisor",
        "viewer",
    ]
    for role in roles:
        assert role.title
        assert any(right.startswith("view:") for right in role.rights)


def test_only_those_who_drive_lighting_may_switch_a_lamp() -> None:
    roles = load_roles()
    drivers = {role.key for role in roles if allows(role.rights, "operate", "lamp")}
    assert drivers == {"lighting", "supervisor"}


def test_citys_file_adds_a_role_or_replaces_one(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text('title = "Nuit"\nrights = ["view:*", "operate:lamp"]\n')
    (tmp_path / "viewer.toml").write_text('title = "Vue"\nrights = ["view:cabinet"]\n')
    roles = load_roles(tmp_path, kinds=["cabinet", "lamp"])
    assert roles.rights(["night"]) == {"view:*", "operate:lamp"}
    assert roles.rights(["viewer"]) == {"view:cabinet"}
    assert roles.rights(["viewer", "night", "no such role"]) == {
        "view:*",
        "view:cabinet",
        "operate:lamp",
    }
    assert roles.unknown(["night", "no such role"]) == ["no such role"]


def test_every_mistake_in_every_file_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('titel = "x"\nrights = []\n')
    (tmp_path / "b.toml").write_text('title = "x"\nrights = ["veiw:*", "view", "view:lmap"]\n')
    (tmp_path / "c.toml").write_text("title = \n")
    (tmp_path / "d.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "Not a key.toml").write_text('title = "x"\nrights = []\n')
    with pytest.raises(RoleError) as caught:
        load_roles(tmp_path, kinds=["lamp", "cabinet"])
    text = str(caught.value)
    assert 'unknown key "titel" (did you mean "title"?)' in text
    assert 'no action "veiw" (did you mean "view"?)' in text
    assert 'right "view" is not "action:kind"' in text
    assert 'no equipment kind "lmap" (did you mean "lamp"?)' in text
    for name in ("a.toml", "b.toml", "c.toml", "d.toml", "Not a key.toml"):
        assert f"{tmp_path}/{name}: " in text


def test_missing_directory_is_said(tmp_path: Path) -> None:
    with pytest.raises(RoleError, match="no such directory"):
        load_roles(tmp_path / "nowhere")
