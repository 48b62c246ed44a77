"""How kinds are drawn on the map: their files, the value beside a symbol, the worst of a layer."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointChange,
    PointDef,
    Sight,
    ValueType,
)
from backend_bridge.contract.quality import Quality
from console.panels.map import frames
from console.panels.map.kinds import ANY, KindFileError, parse_kind, read_kinds
from console.panels.map.layout import make_layout
from console.panels.map.symbol_facts import NO_VALUE, SymbolFacts, encode_value, worst_state
from tests.fakes.panel_context import texts
from tests.gui.map_scene import Scene

SHAPE = {
    "symbol": "shape",
    "order": 5,
    "icon": "mdi6.fountain",
    "pixels": ["#.#", "###"],
    "shape": {"outline": "M1 1H15V15H1Z"},
}


def signed(bits: int) -> int:
    """Return the value in the upper half of a word, as the page reads it."""
    value = bits >> 16
    return value - 65536 if value & 0x8000 else value


@given(st.floats(-300, 300), st.integers(0, 2))
def test_a_value_travels_to_its_last_decimal(value: float, decimals: int) -> None:
    assert signed(encode_value(value, decimals)) == round(value * 10**decimals)
    assert encode_value(value, decimals) & 0xFFFF == 0, "the state's bits stay free"


@pytest.mark.parametrize("value", [None, "plan", math.nan, math.inf, -math.inf, 32768, -1e300])
def test_what_is_no_number_or_does_not_fit_is_no_value(value: Any) -> None:
    assert signed(encode_value(value, 0)) == NO_VALUE


def test_every_kind_of_ours_has_its_drawing_and_its_name() -> None:
    kinds = read_kinds()
    assert {"camera", "bollard", "signal_controller", "river_gauge", "weather_station"} <= set(
        kinds
    )
    for language in ("fr", "en"):
        said = texts(language)
        for key, kind in kinds.items():
            if kind.symbol != "none":
                assert said.get(f"map.layer.{key}"), f"{language}: map.layer.{key}"
    silhouettes = [str(kind.drawing["shape"]) for kind in kinds.values() if kind.drawing]
    bitmaps = [str(kind.drawing["pixels"]) for kind in kinds.values() if kind.drawing]
    assert len(set(silhouettes)) == len(silhouettes), "two kinds look the same"
    assert len(set(bitmaps)) == len(bitmaps), "two kinds look the same from afar"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"symbol": "cabinet"}, "symbol must be one of lamp, shape, none"),
        ({"order": "5"}, "order must be given, as int"),
        ({"colour": "red"}, "unknown 'colour'"),
        ({"pixels": ["###", "#"]}, "pixels cannot be"),
        ({"pixels": ["#" * 8]}, "pixels cannot be"),
        ({"pixels": []}, "pixels cannot be"),
        ({"shape": {"line": "M0 0"}}, "shape cannot be"),
        ({"shape": {"outline": 'M0 0"/><script>'}}, "shape cannot be"),
        ({"shape": {"outline": "M0 0", "level": [1, 2, 3]}}, "shape cannot be"),
        ({"scale": [4, 0]}, "scale cannot be"),
        ({"flat": {"outline": "M0 0"}}, "flat and flat_below go together"),
        ({"turned": 1}, "turned cannot be"),
        ({"value": 3}, "value must be the key of a point"),
        ({"symbol": "lamp"}, "is for symbol = 'shape'"),
    ],
)
def test_a_wrong_file_is_named_with_what_it_should_hold(change: dict[str, Any], said: str) -> None:
    with pytest.raises(KindFileError) as refused:
        parse_kind("fountain.toml", {**SHAPE, **change})
    assert str(refused.value).startswith("fountain.toml: ")
    assert said in str(refused.value)


def test_the_worst_state_of_a_layer_is_the_one_nobody_can_act_on() -> None:
    counts = dict.fromkeys(frames.STATES, 0)
    assert worst_state({**counts, "good": 5}) is None
    assert worst_state({**counts, "good": 5, "unknown": 3}) == ("unknown", 3)
    assert worst_state({**counts, "stale": 2, "bad": 1, "unavailable": 4}) == ("unavailable", 4)
    assert worst_state({**counts, "disabled": 2}) is None, "somebody wanted that"


FOUNTAIN = EquipmentKind(
    key="fountain",
    trade="water",
    points=(
        PointDef(key="running", value_type=ValueType.BOOL, allowed_age_s=1e6),
        PointDef(key="jet_m", value_type=ValueType.FLOAT, unit="m", decimals=1, allowed_age_s=1e6),
    ),
    main_point="running",
)


def untranslated(key: str, /, **_params: object) -> str:
    """Return the key, as for a kind nobody wrote a text for."""
    return key


def fountains() -> Catalogue:
    """Return a kind the product has no file for, one of them with a number and a sight."""
    return Catalogue(
        revision="r",
        title="",
        demonstration=True,
        points_total=4,
        kinds=(FOUNTAIN,),
        equipment=(
            Equipment(id="F-1", kind="fountain", name="", lon=5.0, lat=47.0, first_point=0),
            Equipment(
                id="F-2",
                kind="fountain",
                name="",
                lon=5.1,
                lat=47.0,
                first_point=2,
                number=12,
                sight=Sight(bearing=90, width=60, range_m=40),
            ),
        ),
    )


def test_a_kind_without_a_file_is_a_plain_square() -> None:
    scene = Scene(fountains())
    message = scene.presenter.symbols()
    assert message["layers"] == [ANY.drawing]
    assert message["sights"] == [(1, 90, 60, 40)]
    assert message["numbers"] == [(1, 12)]
    scene.presenter.close()


def test_a_file_alone_gives_a_new_kind_its_drawing_and_its_value() -> None:
    scene = Scene(fountains())
    kinds = {"fountain": parse_kind("fountain.toml", {**SHAPE, "value": "jet_m"})}
    layout = make_layout(scene.world.equipment, 4, kinds)
    facts = SymbolFacts(scene.world, layout, kinds, untranslated)
    (layer,) = facts.message()["layers"]
    assert layer["shape"] == SHAPE["shape"]
    assert layer["value"] == {"decimals": 1, "medium": True, "words": "{value}\u00a0m"}
    now = scene.clock.now_ms()
    told = ((Quality.GOOD, 23), (Quality.STALE, 23), (Quality.BAD, NO_VALUE))
    for quality, wanted in told:
        scene.send(changes=[PointChange(1, 2.34, quality, now, 0)])
        assert signed(facts.bits(0)) == wanted, quality
    assert signed(facts.bits(1)) == NO_VALUE, "never heard"
    scene.presenter.close()
