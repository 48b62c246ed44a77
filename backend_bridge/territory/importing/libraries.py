"""The libraries of the extra ``import``, loaded when first used.

The bridge runs without them; only ``beffroi territory import`` needs them.
"""

from __future__ import annotations

import importlib
from typing import Any

from backend_bridge.territory.importing.problems import ImportRefusedError

NAMES = ("shapely", "pyproj", "pyogrio", "osmium")


def library(name: str) -> Any:  # noqa: ANN401 - a module; two of the four publish no types
    """Return a library of the extra, by its import name.

    Raises:
        ImportRefusedError: it is not installed; with the command that installs it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportRefusedError(
            f"importing a city needs the library {name.partition('.')[0]}, which is not installed "
            f"here ({error}). Install the extra: pip install 'beffroi[import]'"
        ) from error


def require_all() -> None:
    """Check the whole extra before anything is read.

    Raises:
        ImportRefusedError: one is not installed.
    """
    for name in NAMES:
        library(name)
