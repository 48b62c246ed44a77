"""Places are found as people type them: shortened, unfinished, without accents, in any order."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.results import Place, PlaceKind
from backend_bridge.services.places import Gazetteer, Ground
from backend_bridge.territory.records import Address

DIJON, CHENOVE = "Dijon", "Chenôve"
AREAS = [
    (CHENOVE, PlaceKind.COMMUNE, (5.00, 47.29), 14_000),
    (DIJON, PlaceKind.COMMUNE, (5.04, 47.32), 160_000),
    ("Nord-Est", PlaceKind.SECTOR, (5.06, 47.34), 0),
]
STREETS = [
    ("Rue de la Liberté", DIJON, (5.0385, 47.3222)),
    ("Rue de la Liberté", DIJON, (5.0399, 47.3218)),
    ("Rue du 8-Mai-1945", DIJON, (5.01, 47.31)),
    ("Rue de la Liberté", "", (5.0399, 47.3218)),
    ("Rocade", "", (5.1, 47.3)),
]
HOUSES = [
    Address("12", "Rue de la Liberté", CHENOVE, 5.001, 47.291),
    Address("10", "Rue de la Liberté", DIJON, 5.0381, 47.3221),
    Address("12", "Rue de la Liberté", DIJON, 5.0382, 47.3222),
    Address("12 bis", "Rue de la Liberté", DIJON, 5.0383, 47.3223),
    Address("12ter", "Rue de la Liberté", DIJON, 5.0384, 47.3224),
    Address("3", "Avenue du Maréchal-Foch", DIJON, 5.02, 47.32),
    Address("1", "Boulevard de l’Université", DIJON, 5.07, 47.31),
    Address("8", "Rue du 8-Mai-1945", DIJON, 5.011, 47.311),
    Address("Bât. C", "Rue Monge", DIJON, 5.03, 47.32),
    Address("", "Lac Kir", DIJON, 4.99, 47.33),
    Address("7", "Place Saint-Bernard", DIJON, 5.043, 47.325),
    Address("5", "Rue de Dijon", CHENOVE, 5.003, 47.293),
]


@pytest.fixture(scope="module")
def city() -> Gazetteer:
    return Gazetteer(Ground(AREAS, STREETS, HOUSES))


def texts(city: Gazetteer, typed: str, limit: int = 20) -> list[str]:
    return [f"{place.text} · {place.commune}" for place in city.find(typed, limit)[0]]


@pytest.mark.parametrize(
    "typed",
    [
        "12 bis rue de la Liberté",
        "12bis r liberte",
        "12 BIS, RUE DE LA LIBERTE, 21000 DIJON",
        "rue de la liberté 12 bis",
        "liberte 12b",
        "12 b rue de la lib",
    ],
)
def test_a_house_is_found_however_it_is_typed(city: Gazetteer, typed: str) -> None:
    assert texts(city, typed)[0] == "12 bis Rue de la Liberté · Dijon"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("12 bis rue de la libetré", "12 bis Rue de la Liberté · Dijon"),
        ("universté", "Boulevard de l’Université · Dijon"),
        ("3 av marechal fcoh", "3 Avenue du Maréchal-Foch · Dijon"),
        ("chenvoe", "Chenôve · "),
    ],
)
def test_a_slip_of_a_finger_is_seen_through(city: Gazetteer, typed: str, first: str) -> None:
    assert texts(city, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("3 av mal foch", "3 Avenue du Maréchal-Foch · Dijon"),
        ("bd universite", "Boulevard de l’Université · Dijon"),
        ("1 boulevard de l'universite", "1 Boulevard de l’Université · Dijon"),
        ("pl st bernard", "Place Saint-Bernard · Dijon"),
        ("lac ki", "Lac Kir · Dijon"),
        ("8 mai 1945", "Rue du 8-Mai-1945 · Dijon"),
        ("8 rue du 8 mai 1945", "8 Rue du 8-Mai-1945 · Dijon"),
        ("chenove", "Chenôve · "),
        ("nord est", "Nord-Est · "),
        ("rocade", "Rocade · "),
        ("r monge", "Rue Monge · Dijon"),
    ],
)
def test_the_likeliest_comes_first(city: Gazetteer, typed: str, first: str) -> None:
    assert texts(city, typed)[0] == first


def test_the_larger_commune_comes_first_and_a_named_one_alone(city: Gazetteer) -> None:
    assert texts(city, "12 rue de la liberte") == [
        "12 Rue de la Liberté · Dijon",
        "12 bis Rue de la Liberté · Dijon",
        "12ter Rue de la Liberté · Dijon",
        "12 Rue de la Liberté · Chenôve",
    ]
    assert texts(city, "12 rue de la liberté chenôve")[0] == "12 Rue de la Liberté · Chenôve"


def test_a_number_nobody_recorded_gives_its_street_and_its_neighbours(city: Gazetteer) -> None:
    found = texts(city, "11 rue de la liberté dijon")
    assert found[0] == "Rue de la Liberté · Dijon"
    assert "10 Rue de la Liberté · Dijon" in found
    assert "12 Rue de la Liberté · Dijon" in found
    assert not any(text.startswith("11 ") for text in found)


def test_a_street_named_like_a_commune_and_the_commune_are_both_found(city: Gazetteer) -> None:
    assert texts(city, "dijon")[0] == "Dijon · "
    assert "Rue de Dijon · Chenôve" in texts(city, "dijon")


def test_a_number_alone_means_no_street(city: Gazetteer) -> None:
    assert texts(city, "12") == []
    assert texts(city, "zzz") == []
    assert texts(city, "…!") == []


def test_what_was_left_out_is_said(city: Gazetteer) -> None:
    places, more = city.find("rue", 2)
    assert len(places) == 2
    assert more
    assert not city.find("lac kir", 2)[1]


def test_positions_are_kept_to_the_centimetre(city: Gazetteer) -> None:
    place = city.find("12 bis rue de la liberte", 1)[0][0]
    assert (place.lon, place.lat) == pytest.approx((5.0383, 47.3223), abs=1e-7)
    assert place.kind is PlaceKind.ADDRESS


@pytest.mark.parametrize("house", [house for house in HOUSES if house.number[:1].isdigit()])
def test_every_house_is_found_by_its_own_address(city: Gazetteer, house: Address) -> None:
    found = city.find(f"{house.number} {house.street} {house.commune}", 5)[0]
    wanted = Place(
        text=f"{house.number} {house.street}",
        kind=PlaceKind.ADDRESS,
        lon=house.lon,
        lat=house.lat,
        commune=house.commune,
    )
    assert any((place.text, place.commune) == (wanted.text, wanted.commune) for place in found), (
        found
    )


@given(st.text(max_size=60), st.integers(1, 100))
def test_no_text_does_harm(text: str, limit: int) -> None:
    places, _ = _SMALL.find(text, limit)
    assert len(places) <= limit
    assert len(places) == len({(place.text, place.commune, place.kind) for place in places})


_SMALL = Gazetteer(Ground(AREAS, STREETS, HOUSES))


def test_a_hundred_thousand_houses_answer_at_once() -> None:
    words = ("Lilas", "Roses", "Tilleuls", "Acacias", "Ormes", "Charmes", "Noyers", "Pins")
    kinds = ("Rue", "Avenue", "Impasse", "Allée")
    houses = (
        Address(str(number), f"{kind} des {word} {group}", DIJON, 5.0, 47.3)
        for kind in kinds
        for word in words
        for group in range(60)
        for number in range(1, 54)
    )
    city = Gazetteer(Ground(AREAS, (), houses))
    assert city.houses > 100_000

    for typed in ("12 rue des lilas 7", "rue", "a", "1 r", "noyers 59 dijon"):
        best = min(_cpu_s(city, typed) for _ in range(3))
        assert best < 0.02, typed


def _cpu_s(city: Gazetteer, typed: str) -> float:
    start = time.process_time()
    assert city.find(typed, 20)[0]
    return time.process_time() - start
