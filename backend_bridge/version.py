"""Which version of the program this is."""

from __future__ import annotations

import functools
from importlib.metadata import PackageNotFoundError, version


@functools.cache
def installed_version() -> str:
    """Return the version of the installed distribution."""
    try:
        return version("beffroi")
    except PackageNotFoundError:
        return "unknown (not installed)"
