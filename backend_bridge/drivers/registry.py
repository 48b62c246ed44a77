"""Find drivers: a folder with a ``driver.toml`` is a driver, and nothing lists them.

Three places are searched, the first to hold a name wins: the folders given by configuration (a
city's own), the entry points ``beffroi.drivers`` (a package somebody installed), and this package.
Nothing of a driver is imported until a link asks for it.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import tomllib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, cast

import msgspec

from backend_bridge.core.driver import Driver, DriverFactory, LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.settings import SettingsError, nearest, typed
from backend_bridge.core.simulation import SimulationSetup, Simulator, SimulatorFactory

MANIFEST = "driver.toml"
ENTRY_POINTS = "beffroi.drivers"
DIRECTORIES_VARIABLE = "BEFFROI_DRIVER_DIRS"
"""Environment variable naming folders of driver folders, separated as in ``PATH``."""

_HERE = Path(__file__).parent
_OUTSIDE = "beffroi_outside_drivers"
_Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
_Target = Annotated[str, msgspec.Meta(pattern=r"^[a-z_][a-z0-9_]*:[A-Za-z_][A-Za-z0-9_]*$")]


class ManifestFile(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what a ``driver.toml`` may say.

    Attributes:
        name: what links call it; the name of its folder.
        title: shown to people.
        protocol: standard and edition it speaks.
        factory: ``module:callable`` in the folder, a :class:`DriverFactory`.
        simulator: ``module:callable`` in the folder, a :class:`SimulatorFactory`.
        example: ``module:callable`` in the folder; takes host and port, gives a
            :class:`LinkConfig` its simulator can serve.
        requires: distributions it needs beyond the bridge's own.
    """

    name: _Name
    title: str
    protocol: str
    factory: _Target
    simulator: _Target
    example: _Target
    requires: tuple[str, ...] = ()


class Manifest(ManifestFile, frozen=True, kw_only=True):
    """Hold a manifest and where it was found.

    Attributes:
        directory: the driver's folder.
        package: name under which its modules are imported.
        origin: ``beffroi``, the entry point's distribution, or the folder given.
    """

    directory: Path
    package: str
    origin: str

    def load(self, target: str) -> Callable[..., Any]:
        """Import and return what a ``module:callable`` of this folder names.

        Raises:
            ConfigError: it cannot be imported, or is not there.
        """
        module_name, _, name = target.partition(":")
        try:
            module = _import(self, module_name)
            return cast("Callable[..., Any]", getattr(module, name))
        except (ImportError, SyntaxError, AttributeError) as error:
            raise ConfigError(
                f"driver {self.name} in {self.directory}: {target} cannot be loaded: {error}"
            ) from error


class Registry:
    """Know the drivers there are.

    Args:
        directories: folders whose sub-folders may be drivers, searched first, in order.

    Raises:
        ConfigError: a manifest is wrong, or a folder given does not exist.
    """

    def __init__(self, directories: Sequence[Path] = ()) -> None:
        self._manifests: dict[str, Manifest] = {}
        for manifest in (*_given(directories), *_installed(), *_own()):
            self._manifests.setdefault(manifest.name, manifest)

    @property
    def manifests(self) -> Mapping[str, Manifest]:
        """Return the manifests by driver name."""
        return self._manifests

    def manifest(self, name: str) -> Manifest:
        """Return one manifest.

        Raises:
            ConfigError: no such driver; the nearest name is suggested.
        """
        try:
            return self._manifests[name]
        except KeyError:
            raise ConfigError(
                f'there is no driver "{name}"{nearest(name, list(self._manifests))}'
            ) from None

    def make_driver(self, link: LinkConfig) -> Driver:
        """Import a link's driver and make it, not yet open.

        Raises:
            ConfigError: no such driver, or it cannot work with this link.
        """
        manifest = self.manifest(link.driver)
        factory = cast("DriverFactory", manifest.load(manifest.factory))
        return factory(link)

    def make_simulator(self, link: LinkConfig, setup: SimulationSetup) -> Simulator:
        """Import the simulator of a link's driver and make it, not yet started.

        Raises:
            ConfigError: no such driver, no simulator, or not for this link.
        """
        manifest = self.manifest(link.driver)
        factory = cast("SimulatorFactory", manifest.load(manifest.simulator))
        return factory(link, setup)

    def example_link(self, name: str, host: str, port: int) -> LinkConfig:
        """Return a link the driver's simulator can serve at ``host`` and ``port``.

        Raises:
            ConfigError: no such driver or example.
        """
        manifest = self.manifest(name)
        return cast("LinkConfig", manifest.load(manifest.example)(host, port))


def configured_directories() -> tuple[Path, ...]:
    """Return the folders named by the environment, for programs without a configuration file."""
    value = os.environ.get(DIRECTORIES_VARIABLE, "")
    return tuple(Path(part) for part in value.split(os.pathsep) if part)


def discover(directories: Sequence[Path] | None = None) -> dict[str, Manifest]:
    """Return every driver's manifest by name; without folders, those the environment names.

    Raises:
        ConfigError: a manifest is wrong, or a folder given does not exist.
    """
    return dict(Registry(_or_configured(directories)).manifests)


def make_driver(link: LinkConfig, directories: Sequence[Path] | None = None) -> Driver:
    """Make a link's driver; a program with many links keeps a :class:`Registry` instead.

    Raises:
        ConfigError: no such driver, or it cannot work with this link.
    """
    return Registry(_or_configured(directories)).make_driver(link)


def read_manifest(directory: Path, *, package: str, origin: str) -> Manifest:
    """Read and check the ``driver.toml`` of one folder.

    Raises:
        ConfigError: unreadable, unknown key (nearest named), wrong value, or a name that is not
            the folder's.
    """
    path = directory / MANIFEST
    try:
        said = typed(tomllib.loads(path.read_text("utf-8")), ManifestFile)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, SettingsError) as error:
        raise ConfigError(f"{path}: {error}") from error
    if said.name != directory.name:
        raise ConfigError(
            f'{path}: name is "{said.name}" and the folder is "{directory.name}": make them equal'
        )
    return Manifest(
        **msgspec.structs.asdict(said), directory=directory, package=package, origin=origin
    )


def _or_configured(directories: Sequence[Path] | None) -> Sequence[Path]:
    return configured_directories() if directories is None else directories


def _own() -> Iterator[Manifest]:
    for folder in _driver_folders(_HERE):
        yield read_manifest(folder, package=f"{__package__}.{folder.name}", origin="beffroi")


def _given(directories: Sequence[Path]) -> Iterator[Manifest]:
    for directory in directories:
        if not directory.is_dir():
            raise ConfigError(f"{directory}: no such folder of drivers")
        for folder in _driver_folders(directory.resolve()):
            # one name for each place, so that two folders of one name never share a module
            package = f"{_OUTSIDE}.{folder.name}_{zlib.crc32(bytes(folder)):x}"
            yield read_manifest(folder, package=package, origin=str(directory))


def _installed() -> Iterator[Manifest]:
    for point in entry_points(group=ENTRY_POINTS):
        try:
            spec = importlib.util.find_spec(point.value)
        except ImportError as error:
            raise ConfigError(f"driver {point.name}: {point.value}: {error}") from error
        places = list(spec.submodule_search_locations or ()) if spec else []
        if not places:
            raise ConfigError(f"driver {point.name}: {point.value} is not a package")
        origin = point.dist.name if point.dist else point.value
        yield read_manifest(Path(places[0]), package=point.value, origin=origin)


def _driver_folders(directory: Path) -> list[Path]:
    return sorted(path.parent for path in directory.glob(f"*/{MANIFEST}"))


def _import(manifest: Manifest, module_name: str) -> ModuleType:
    if manifest.package.startswith(f"{_OUTSIDE}."):
        _mount(manifest)
    return importlib.import_module(f"{manifest.package}.{module_name}")


def _mount(manifest: Manifest) -> None:
    """Make an outside folder a package, so that its modules import one another relatively."""
    if _OUTSIDE not in sys.modules:
        root = ModuleType(_OUTSIDE)
        root.__path__ = []
        sys.modules[_OUTSIDE] = root
    if manifest.package in sys.modules:
        return
    places = [str(manifest.directory)]
    init = manifest.directory / "__init__.py"
    if not init.exists():
        package = ModuleType(manifest.package)
        package.__path__ = places
        sys.modules[manifest.package] = package
        return
    spec = importlib.util.spec_from_file_location(
        manifest.package, init, submodule_search_locations=places
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{init} cannot be imported")
    package = importlib.util.module_from_spec(spec)
    sys.modules[manifest.package] = package
    spec.loader.exec_module(package)
