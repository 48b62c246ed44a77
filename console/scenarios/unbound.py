"""What a city's groups and relations bind: a story commands what no rule across them refuses."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path


def unbound(territory: Path, found: Sequence[str], count: int) -> list[str]:
    """Return those no group and no relation names, or all where these are fewer than ``count``."""
    path = territory / "groups.toml"
    said = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    named = {one for group in said.get("group", ()) for one in group["members"]}
    named.update(one for relation in said.get("relation", ()) for one in relation["equipment"])
    free = [one for one in found if one not in named]
    return free if len(free) >= count else list(found)
