"""Whatever a file holds, what is written is text a territory accepts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend_bridge.territory import load
from backend_bridge.territory.features import printable
from backend_bridge.territory.importing import ImportRefusedError
from backend_bridge.territory.importing.attributes import as_number, as_text
from tests.unit.territory_import.city_files import bring_in, collection

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
positions = st.lists(st.floats(-200, 200, allow_nan=False) | st.none(), max_size=4)
geometries = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Point", "MultiPoint", "LineString", "Polygon", "X"]),
        "coordinates": positions | st.lists(positions, max_size=5) | json_values,
    }
)
features = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "properties": st.dictionaries(
            st.sampled_from(["id", "nom", "adresse", "type", "commune"]), json_values
        )
        | st.none(),
        "geometry": geometries | json_values,
    }
)


@given(st.text() | json_values)
def test_every_text_is_printable_or_empty(value: Any) -> None:
    text = as_text(value, [])
    assert not text or printable(text)


@given(json_values)
def test_numbers_are_finite_or_none(value: Any) -> None:
    number = as_number(value)
    assert number is None or abs(number) < float("inf")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(features | json_values, max_size=6),
    st.sampled_from(["lamps", "cameras", "streets", "addresses", "buildings", "communes", "x"]),
)
def test_an_import_ends_with_a_good_territory_or_a_refusal(
    hostile: Iterable[Any], name: str
) -> None:
    with TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "out")
        collection(source / f"{name}.geojson", list(hostile))
        try:
            bring_in(source, out=out)
        except ImportRefusedError:
            assert not out.exists()
        else:
            load(out)
