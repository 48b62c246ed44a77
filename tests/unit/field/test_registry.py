"""Drivers are found by their folders, and every mistake in a manifest is said."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import msgspec
import pytest

from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.drivers import registry
from backend_bridge.drivers.cli import scaffold
from backend_bridge.drivers.registry import Registry, discover, make_driver

GOOD = {
    "name": '"odd"',
    "title": '"Odd"',
    "protocol": '"none"',
    "factory": '"driver:make"',
    "simulator": '"simulator:make"',
    "example": '"example:link"',
}


def write(directory: Path, **changes: str | None) -> Path:
    folder = directory / "odd"
    folder.mkdir(exist_ok=True)
    lines = [f"{k} = {v}" for k, v in {**GOOD, **changes}.items() if v is not None]
    (folder / "driver.toml").write_text("\n".join(lines))
    return directory


def test_own_drivers_are_found_and_not_imported() -> None:
    found = discover([])

    assert "modbus" in found
    assert "template" not in found
    assert found["modbus"].directory.name == "modbus"
    assert found["modbus"].origin == "beffroi"


def test_folder_given_is_found_first_and_its_driver_runs(tmp_path: Path) -> None:
    scaffold("tram", tmp_path)
    drivers = Registry([tmp_path])

    link = drivers.example_link("tram", "127.0.0.1", 4000)

    assert type(drivers.make_driver(link)).__name__ == "TramDriver"
    assert drivers.manifest("tram").origin == str(tmp_path)
    assert not [name for name in sys.modules if "tram" in name and name.endswith(".simulator")]


def test_two_folders_of_one_name_do_not_share_modules(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    scaffold("bus", one)
    folder = scaffold("bus", two)
    source = (folder / "driver.py").read_text()
    (folder / "driver.py").write_text(source.replace("BusDriver", "OtherBusDriver"))

    made = [
        type(found.make_driver(found.example_link("bus", "h", 1))).__name__
        for found in (Registry([one]), Registry([two]))
    ]

    assert made == ["BusDriver", "OtherBusDriver"]
    assert Registry([one, two]).manifest("bus").directory.parent == one


def test_folder_without_an_init_file_is_a_driver_too(tmp_path: Path) -> None:
    (scaffold("pump", tmp_path) / "__init__.py").unlink()
    found = Registry([tmp_path])

    made = found.make_driver(found.example_link("pump", "h", 1))

    assert type(made).__name__ == "PumpDriver"


def test_installed_package_is_found_by_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scaffold("sluice", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    points = EntryPoints([EntryPoint("sluice", "sluice", "beffroi.drivers")])
    monkeypatch.setattr(registry, "entry_points", lambda group: points.select(group=group))

    found = Registry()

    assert found.manifest("sluice").package == "sluice"
    made = found.make_driver(found.example_link("sluice", "h", 1))
    assert type(made).__module__ == "sluice.driver"


def test_entry_point_to_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints([EntryPoint("gone", "no_such_package_here", "beffroi.drivers")])
    monkeypatch.setattr(registry, "entry_points", lambda group: points.select(group=group))

    with pytest.raises(ConfigError, match="no_such_package_here"):
        Registry()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"factry": '"driver:make"'}, 'did you mean "factory"'),
        ({"factory": None}, "factory"),
        ({"factory": '"driver.make"'}, "factory"),
        ({"name": '"even"'}, "make them equal"),
        ({"name": "3"}, "name"),
        ({"title": '"unfinished'}, "driver.toml"),
    ],
)
def test_mistake_in_a_manifest_is_named(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        Registry([write(tmp_path, **changes)])

    assert "driver.toml" in str(caught.value)


def test_driver_that_cannot_be_imported_is_said(tmp_path: Path) -> None:
    folder = write(tmp_path) / "odd"
    (folder / "driver.py").write_text("import a_library_nobody_has\n")
    link = msgspec.structs.replace(_modbus_link(), driver="odd")

    with pytest.raises(ConfigError, match="a_library_nobody_has"):
        Registry([tmp_path]).make_driver(link)


def test_unknown_driver_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match='did you mean "modbus"'):
        make_driver(msgspec.structs.replace(_modbus_link(), driver="modbuss"), [])


def test_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        Registry([tmp_path / "nowhere"])


def test_environment_names_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scaffold("ferry", tmp_path)
    monkeypatch.setenv("BEFFROI_DRIVER_DIRS", str(tmp_path))

    assert "ferry" in discover()


def _modbus_link() -> LinkConfig:
    return Registry().example_link("modbus", "127.0.0.1", 502)
