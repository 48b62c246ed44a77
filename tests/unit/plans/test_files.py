"""Plans are checked against the city when they are read, each mistake named with what is near."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from backend_bridge.contract.plans import Day
from backend_bridge.contract.points import Catalogue, Equipment
from backend_bridge.core.settings import SettingsError
from backend_bridge.services.facts import Facts
from backend_bridge.services.overrides import load_ladder
from backend_bridge.services.plans import PlanFiles, load_plans, shipped_plans
from backend_bridge.territory.library import kinds
from tests.unit.plans.kit import FLOOD, NIGHT

NORTH_M = 1 / 111_320.0


def _city() -> Facts:
    """A cabinet and four lamps along a street, 100 m apart; a gauge beside the first."""
    every = tuple(rule.kind for rule in kinds().values())
    items = [("AR-1", "cabinet", "", 0.0), ("JA-1", "river_gauge", "", 0.0)]
    items += [("BO-01", "bollard", "", 0.0)]
    items += [(f"EP-1-D1-0{number}", "lamp", "AR-1", number * 100.0) for number in (1, 2, 3, 4)]
    places = tuple(
        Equipment(
            id=item,
            kind=kind,
            name=item,
            lon=5.04,
            lat=47.32 + north_m * NORTH_M,
            first_point=16 * number,
            parent=parent,
            sector="Centre" if north_m < 250 else "Port",
            commune="Dijon" if north_m < 350 else "Talant",
        )
        for number, (item, kind, parent, north_m) in enumerate(items)
    )
    catalogue = Catalogue(
        revision="r",
        title="t",
        demonstration=True,
        points_total=16 * len(places),
        kinds=every,
        equipment=places,
    )
    return Facts(catalogue)


def _read(folders: list[Path], sectors: tuple[str, ...] = ()) -> PlanFiles:
    every = tuple(rule.kind for rule in kinds().values())
    return load_plans(folders, _city(), load_ladder(), kinds=every, sectors=sectors)


def _load(folder: Path, text: str, *more: Path) -> PlanFiles:
    folder.mkdir(exist_ok=True)
    (folder / "plans.toml").write_text(text, "utf-8")
    return _read([*more, folder], ("Centre", "Port"))


IDS = 'targets = { ids = ["EP-1-D1-01", "EP-1-D1-02"] }'


@pytest.mark.parametrize(
    ("targets", "found"),
    [
        ('{ sectors = ["Port"] }', ["03", "04"]),
        ('{ communes = ["Talant"] }', ["04"]),
        ('{ under = ["AR-1"], sectors = ["Centre"] }', ["01", "02"]),
        ('{ near = { kind = "river_gauge", within_m = 205.0 } }', ["01", "02"]),
        ('{ near = { kind = "weather_station", within_m = 205.0 } }', []),
        ('{ ids = ["EP-1-D1-03", "EP-1-D1-01"] }', ["01", "03"]),
    ],
)
def test_targets_are_what_all_that_is_given_agrees_on(
    tmp_path: Path, targets: str, found: list[str]
) -> None:
    files = _load(tmp_path / "p", NIGHT.replace(IDS, f"targets = {targets}"))
    assert files.targets["night"] == tuple((f"EP-1-D1-{item}", "level") for item in found)
    assert files.plans["night"].targets == len(found)


def test_what_the_file_says_is_what_the_plan_says(tmp_path: Path) -> None:
    files = _load(tmp_path / "p", NIGHT + FLOOD)
    night, flood = files.plans["night"], files.plans["flood"]
    assert (night.names["fr"], night.rung, night.value, night.enabled) == (
        "Nuit", "scenario", 30, False,
    )  # fmt: skip
    assert night.window is not None
    assert (night.window.from_, night.window.to, night.sectors) == ("22:00", "06:00", ("Centre",))
    assert flood.condition is not None
    assert (flood.condition.below, flood.condition.clear) == (50, 60)


def test_a_citys_plan_of_the_same_key_replaces_the_programs(tmp_path: Path) -> None:
    _load(tmp_path / "own", NIGHT)
    files = _load(tmp_path / "citys", NIGHT.replace("value = 30", "value = 60"), tmp_path / "own")
    assert files.plans["night"].value == 60


def test_days_are_read(tmp_path: Path) -> None:
    text = NIGHT.replace('to = "06:00"', 'to = "06:00", days = ["fri", "sat"]')
    window = _load(tmp_path / "p", text).plans["night"].window
    assert window is not None
    assert window.days == (Day.FRI, Day.SAT)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rung = "scenario"', 'rung = "manual"', 'no plan may stand on rung "manual"'),
        ('rung = "scenario"', 'rung = "safety"', 'no plan may stand on rung "safety"'),
        ('rung = "scenario"', 'rung = "scenarios"', '(did you mean "scenario"?)'),
        ('kind = "lamp"', 'kind = "lamb"', 'unknown kind "lamb" (did you mean "lamp"?)'),
        ('point = "level"', 'point = "levle"', 'no point "levle" (did you mean "level"?)'),
        ('point = "level"', 'point = "fault"', "nobody commands"),
        ("value = 30", "value = 130", "cannot be told 130"),
        ("value = 30", "value = true", "cannot be told True"),
        ("value = 30", "value = 0", "needs a second person"),
        ("longest_s = 36000.0", "longest_s = 864000.0", "lasts 86400 s at most"),
        ("longest_s = 36000.0", "longest_s = 5.0", "longest_s"),
        ("EP-1-D1-02", "EP-1-D1-20", 'no equipment "EP-1-D1-20" (did you mean "EP-1-D1-0'),
        ("EP-1-D1-02", "AR-1", 'is of kind "cabinet", not lamp'),
        (IDS, 'targets = { sectors = ["Cantre"] }', '(did you mean "Centre"?)'),
        (IDS, 'targets = { communes = ["Talent"] }', '(did you mean "Talant"?)'),
        (IDS, 'targets = { under = ["AR-2"] }', 'no equipment "AR-2"'),
        (IDS, "targets = {}", "which ones?"),
        (IDS, 'targets = { near = { kind = "x", within_m = 5.0 } }', 'unknown kind "x"'),
        ('window = { from = "22:00", to = "06:00" }', "", "when does it hold?"),
        ('from = "22:00"', 'from = "24:00"', "is no time of day"),
        ('fr = "Nuit", en = "Night"', 'fr = "Nuit"', "name: give it in fr and en"),
        ("longest_s", "longset_s", 'unknown key "plan[0].longset_s" (did you mean "longest_s"?)'),
        ("below = 50", "below = 50, above = 3", "give one of above, below and is"),
        ("below = 50", "is = true", "clear goes with above or below"),
        ("clear = 60", "clear = 40", "beyond the limit"),
        ("clear = 60", "clear = 60, delay_s = -1.0", "give 0 to 86400 seconds"),
        ('point = "position"', 'point = "loop_occupied"', "does not fit"),
        ('["BO-01"]', '["BO-11"]', '(did you mean "BO-01"?)'),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    whole = NIGHT + FLOOD
    at = whole if old in whole else ""
    assert at, "the test changes what is there"
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path / "p", whole.replace(old, new))
    assert said in str(caught.value)
    assert "plans.toml" in str(caught.value)


def test_the_same_plan_twice_and_no_directory_are_mistakes(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="already defined"):
        _load(tmp_path / "p", NIGHT + NIGHT)
    with pytest.raises(SettingsError, match="no directory of plans"):
        _read([tmp_path / "none"])


def test_the_programs_own_plans_are_right_and_nobody_enabled_them() -> None:
    files = _read([shipped_plans()])
    assert set(files.plans) == {"flood_quays", "quiet_quays", "school_mornings"}
    assert not any(plan.enabled for plan in files.plans.values())
    quays = files.plans["flood_quays"], files.plans["quiet_quays"]
    shared = set(files.targets["flood_quays"]) & set(files.targets["quiet_quays"])
    assert shared
    assert quays[0].rung != quays[1].rung
    assert replace(quays[0], value=quays[1].value) != quays[0], "they want different things"
