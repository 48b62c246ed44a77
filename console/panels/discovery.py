"""Find the panels: modules here, entry points of others, extra folders; contain broken ones."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import console.panels
from console.panels.spec import PanelSpec

GROUP = "beffroi.panels"
_PRIVATE = frozenset({"spec", "discovery", "rows", "formats", "wording", "base"})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PanelFailure:
    """Say which panel could not be taken, from where, and why."""

    name: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """Hold the panels found by id and those that failed; one failure keeps no other out."""

    specs: dict[str, PanelSpec]
    failures: tuple[PanelFailure, ...]


def discover(extra_folders: Iterable[Path] = ()) -> Discovery:
    """Return every panel of ``console.panels``, of entry points and of extra folders.

    In an extra folder each module or package may hold a ``SPEC``; the folder joins the import path,
    so that a panel's view can be named ``its_module:View``. The first panel of an id wins; a later
    one of the same id is a failure. Modules without a ``SPEC`` are no panels.
    """
    found = _Found()
    for info in pkgutil.iter_modules(console.panels.__path__):
        if info.name not in _PRIVATE:
            name = f"{console.panels.__name__}.{info.name}"
            found.take(name, "console.panels", partial(importlib.import_module, name))
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        found.take(point.name, point.value, point.load, required=True)
    for folder in extra_folders:
        for info in pkgutil.iter_modules([str(folder)]):
            found.take(info.name, f"{folder}/{info.name}", partial(_load_from, folder, info.name))
    return Discovery(found.specs, tuple(found.failures))


class _Found:
    def __init__(self) -> None:
        self.specs: dict[str, PanelSpec] = {}
        self.failures: list[PanelFailure] = []

    def take(
        self, name: str, origin: str, load: Callable[[], object], *, required: bool = False
    ) -> None:
        try:
            loaded = load()
        except Exception as error:  # noqa: BLE001 - other people's code: whatever it raises stays here
            _log.exception("panel %s could not be loaded", name)
            self._fail(name, origin, f"{type(error).__name__}: {error}")
            return
        spec = getattr(loaded, "SPEC", None) if isinstance(loaded, ModuleType) else loaded
        if spec is None and not required:
            return
        if not isinstance(spec, PanelSpec):
            self._fail(name, origin, f"SPEC is {type(spec).__name__}, not a PanelSpec")
        elif spec.id in self.specs:
            self._fail(name, origin, f"a panel with the id '{spec.id}' exists already")
        else:
            self.specs[spec.id] = spec

    def _fail(self, name: str, origin: str, reason: str) -> None:
        self.failures.append(PanelFailure(name, origin, reason))


def _load_from(folder: Path, name: str) -> ModuleType:
    """Import a panel by its file name; its view and its neighbours are importable after it."""
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return importlib.import_module(name)
