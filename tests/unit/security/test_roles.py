"""Roles as files: the product's own, a city's, and every mistake named."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.contract.points import EquipmentKind
from backend_bridge.contract.rights import allows
from backend_bridge.security.roles import RoleError, Roles, load_roles
from backend_bridge.territory.library import kinds

PRODUCT = tuple(rule.kind for rule in kinds().values())
LAMP = EquipmentKind(key="lamp", trade="lighting", points=())
CABINET = EquipmentKind(key="cabinet", trade="lighting", points=())
BOLLARD = EquipmentKind(key="bollard", trade="police", points=(), police_power=True)


def holders(roles: Roles, action: str, kind: str) -> set[str]:
    return {role.key for role in roles if allows(role.rights, action, kind)}


def city(directory: Path, **roles: str) -> Roles:
    for name, content in roles.items():
        (directory / f"{name}.toml").write_text(f'title = "x"\n{content}\n')
    return load_roles(directory, [LAMP, CABINET, BOLLARD], ["Centre", "Port"])


def mistakes(directory: Path, content: str) -> str:
    with pytest.raises(RoleError) as caught:
        city(directory, wrong=content)
    return str(caught.value)


def test_product_ships_a_role_for_each_seat_and_all_of_them_can_look() -> None:
    roles = load_roles(kinds=PRODUCT)
    assert roles.keys() == [
        "administrator",
        "auditor",
        "calltaker",
        "crisis",
        "lighting",
        "police",
        "security",
        "snow",
        "supervisor",
        "traffic",
        "viewer",
    ]
    for role in roles:
        assert role.title
        assert any(right.startswith("view:") for right in role.rights)


def test_each_trade_is_driven_by_its_own_people() -> None:
    roles = load_roles(kinds=PRODUCT)
    assert holders(roles, "operate", "lamp") == {"lighting", "police", "supervisor"}
    assert holders(roles, "operate", "cabinet") == {"lighting", "supervisor"}
    assert holders(roles, "operate", "signal_controller") == {"traffic", "supervisor"}
    assert holders(roles, "operate", "public_building") == {"security", "police", "supervisor"}
    assert holders(roles, "operate", "bollard") == {"police"}
    assert holders(roles, "configure", "lamp") == {"administrator", "lighting", "supervisor"}
    assert holders(roles, "audit", "") == {"administrator", "auditor", "supervisor"}
    assert holders(roles, "view", "camera").isdisjoint({"lighting", "calltaker"})


def test_who_only_looks_changes_nothing() -> None:
    roles = load_roles(kinds=PRODUCT)
    for key in ("auditor", "viewer", "crisis"):
        for action in ("operate", "manage", "configure"):
            assert key not in holders(roles, action, "")


def test_no_role_of_the_product_names_what_nobody_has() -> None:
    trades = {kind.trade for kind in PRODUCT}
    known = {"*", "circuit", *(kind.key for kind in PRODUCT), *(f"trade={t}" for t in trades)}
    for path in Path("resources/roles").glob("*.toml"):
        words = [word for word in path.read_text("utf-8").split('"') if ":" in word]
        named = {word.partition(":")[2] for word in words if word.partition(":")[0].isalpha()}
        assert named - known == set(), path


def test_citys_file_adds_a_role_or_replaces_one(tmp_path: Path) -> None:
    roles = city(
        tmp_path,
        night='rights = ["view:*", "operate:lamp"]',
        viewer='rights = ["view:cabinet"]',
    )
    assert roles.rights(["night"]) == {"view:*", "operate:lamp"}
    assert roles.rights(["viewer"]) == {"view:cabinet"}
    assert roles.rights(["viewer", "night", "no such role"]) == {
        "view:*",
        "view:cabinet",
        "operate:lamp",
    }
    assert roles.unknown(["night", "no such role"]) == ["no such role"]


def test_a_trade_becomes_its_kinds_sectors_kept(tmp_path: Path) -> None:
    roles = city(tmp_path, port='rights = ["view:trade=lighting", "manage:trade=lighting@Port"]')
    assert roles.rights(["port"]) == {
        "view:lamp",
        "view:cabinet",
        "manage:lamp@Port",
        "manage:cabinet@Port",
    }


def test_operating_everything_leaves_the_powers_of_the_police_alone(tmp_path: Path) -> None:
    roles = city(
        tmp_path,
        all='rights = ["operate:*"]',
        street='rights = ["operate:*@Centre"]',
        trade='rights = ["operate:trade=police"]',
        officer='police = true\nrights = ["operate:*"]',
        patrol='police = true\nrights = ["operate:bollard@Centre"]',
    )
    assert roles.rights(["all"]) == {"operate:lamp", "operate:cabinet"}
    assert roles.rights(["street"]) == {"operate:lamp@Centre", "operate:cabinet@Centre"}
    assert roles.rights(["trade"]) == set()
    assert allows(roles.rights(["officer"]), "operate", "bollard", "Port")
    assert allows(roles.rights(["patrol"]), "operate", "bollard", "Centre")
    assert not allows(roles.rights(["patrol"]), "operate", "bollard", "Port")


def test_a_role_that_is_not_the_polices_may_not_name_its_powers(tmp_path: Path) -> None:
    for right in ("operate:bollard", "operate:bollard@Centre"):
        assert "only a role whose file says police = true may hold it" in (
            mistakes(tmp_path, f'rights = ["{right}"]')
        )
    city(tmp_path, wrong='rights = ["view:bollard", "manage:bollard", "configure:bollard"]')


def test_without_kinds_no_right_over_a_trade_holds() -> None:
    roles = load_roles()
    assert not allows(roles.rights(["supervisor"]), "operate", "bollard")
    assert roles.unknown(["traffic"]) == []


def test_every_mistake_in_every_file_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('titel = "x"\nrights = []\n')
    (tmp_path / "b.toml").write_text('title = "x"\nrights = ["veiw:*", "view", "view:lmap"]\n')
    (tmp_path / "c.toml").write_text("title = \n")
    (tmp_path / "d.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "Not a key.toml").write_text('title = "x"\nrights = []\n')
    with pytest.raises(RoleError) as caught:
        load_roles(tmp_path, [LAMP, CABINET])
    text = str(caught.value)
    assert 'unknown key "titel" (did you mean "title"?)' in text
    assert 'no action "veiw" (did you mean "view"?)' in text
    assert 'right "view" is not "action:kind"' in text
    assert 'no equipment kind "lmap" (did you mean "lamp"?)' in text
    for name in ("a.toml", "b.toml", "c.toml", "d.toml", "Not a key.toml"):
        assert f"{tmp_path}/{name}: " in text


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ("view:trade=lihgting", 'no trade "lihgting" (did you mean "lighting"?)'),
        ("view:lamp@Prot", 'no sector "Prot" (did you mean "Port"?)'),
        ("view:lamp@", 'names no sector after "@"'),
        ("view:trade=", "cannot name an equipment kind"),
        ("view:trade=*", "cannot name an equipment kind"),
        ("view:Lamp", "cannot name an equipment kind"),
    ],
)
def test_a_wrong_right_says_what_was_meant(tmp_path: Path, right: str, said: str) -> None:
    assert said in mistakes(tmp_path, f'rights = ["{right}"]')


def test_missing_directory_is_said(tmp_path: Path) -> None:
    with pytest.raises(RoleError, match="no such directory"):
        load_roles(tmp_path / "nowhere")
