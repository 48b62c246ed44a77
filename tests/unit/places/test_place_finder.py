"""The request: who may ask, what is refused, and what happens when the names cannot be read."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.requests import FindPlaces
from backend_bridge.contract.results import PlacesResult
from backend_bridge.core.requests import Caller
from backend_bridge.queries import ground_names
from backend_bridge.services.places import Ground, PlaceFinder
from backend_bridge.territory import generate_small, load

NOBODY = Caller(user="u", seat="s", console="c", session="x", rights=frozenset())
EMPTY = Ground((), (), ())


async def ask(finder: PlaceFinder, text: str, limit: int = 20) -> PlacesResult:
    result = await finder.handlers()[FindPlaces](NOBODY, FindPlaces(text=text, limit=limit))
    assert isinstance(result, PlacesResult)
    return result


@pytest.mark.parametrize(
    ("text", "limit", "key"),
    [
        ("", 20, "error.places.text"),
        (" \t", 20, "error.places.text"),
        ("x" * 201, 20, "error.places.text"),
        ("rue", 0, "error.places.limit"),
        ("rue", -1, "error.places.limit"),
        ("rue", 101, "error.places.limit"),
    ],
)
async def test_what_cannot_be_asked_is_refused(text: str, limit: int, key: str) -> None:
    with pytest.raises(RequestError) as caught:
        await ask(PlaceFinder(lambda: EMPTY), text, limit)
    assert (caught.value.code, caught.value.text_key) == (ErrorCode.BAD_REQUEST, key)


async def test_the_names_are_read_once_and_beside_the_loop() -> None:
    threads: list[threading.Thread] = []

    def read() -> Ground:
        threads.append(threading.current_thread())
        return EMPTY

    finder = PlaceFinder(read)
    await asyncio.gather(*(ask(finder, "rue") for _ in range(3)))
    await ask(finder, "rue")

    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


async def test_names_that_cannot_be_read_are_refused_and_logged_once(tmp_path: Path) -> None:
    generate_small(tmp_path, seed=2, cabinets=2, lamps=8, base_port=20000)
    town = load(tmp_path)
    (tmp_path / "addresses.csv").write_text("number,street,commune,lon,lat\n1,Rue X,Dijon,,\n")
    finder = PlaceFinder(lambda: ground_names(town))

    with structlog.testing.capture_logs() as lines:
        for _ in range(2):
            with pytest.raises(RequestError) as caught:
                await ask(finder, "rue")
            assert caught.value.code is ErrorCode.UNAVAILABLE
            assert caught.value.text_key == "error.places.unread"
    assert [line["event"] for line in lines] == ["places_unread"]


async def test_a_territory_answers_with_its_own_names(tmp_path: Path) -> None:
    generate_small(tmp_path, seed=2, cabinets=2, lamps=8, base_port=20000)
    (tmp_path / "addresses.csv").write_text(
        "number,street,commune,lon,lat\n5 bis,Rue d'Ahuy,Dijon,5.03,47.34\n"
    )
    town = load(tmp_path)
    finder = PlaceFinder(lambda: ground_names(town))

    found = await ask(finder, "5bis r d ahuy")
    assert next((place.text, place.lon, place.lat) for place in found.places) == (
        "5 bis Rue d'Ahuy",
        5.03,
        47.34,
    )
    named = next(street for street in town.streets if street.name)
    streets = await ask(finder, named.name)
    assert named.name in [place.text for place in streets.places]
    assert "addresses" not in vars(town)  # a city's house numbers are not kept twice
