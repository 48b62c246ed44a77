"""Real cities, imported as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge import cli

MONTPELLIER = Path(__file__).parents[3] / "shared" / "data" / "montpellier"


def montpellier(out: Path) -> Path:
    """Import Montpellier's open data and return the territory; skip where the data are not."""
    if not MONTPELLIER.is_dir():
        pytest.skip(f"the real city's files are not in {MONTPELLIER}")
    assert cli.main(["territory", "import", str(MONTPELLIER), "--out", str(out)]) == 0
    return out
