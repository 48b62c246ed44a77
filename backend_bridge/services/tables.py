"""Rule files as services read them: TOML tables turned into frozen structs."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from backend_bridge.core.settings import SettingsError, typed

T = TypeVar("T")

INCIDENTS_FILE = "incidents.toml"
"""The one file of a rules directory that holds kinds of incidents; all others hold alarm rules."""

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name that is part of text keys."""


def shipped_rules() -> Path:
    """Return the directory of the rules that come with Beffroi."""
    return Path(str(resources.files("resources"))) / "rules"


def read_table(path: Path, kind: type[T], problems: list[str]) -> T | None:
    """Return a TOML file as a struct, or ``None`` after adding what is wrong to ``problems``."""
    try:
        return typed(tomllib.loads(path.read_text("utf-8")), kind)
    except OSError as error:
        problems.append(f"{path}: cannot be read: {error.strerror}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path}: is not TOML: {error}")
    except SettingsError as error:
        problems += [f"{path}: {problem}" for problem in error.problems]
    return None
