"""Public facts the demonstration is sized by.

Communes, INSEE codes and municipal populations: INSEE and the Code officiel géographique, as in
etalab's decoupage-administratif 6.0.0 (Licence Ouverte). Centres: middle of each commune's outline
in IGN ADMIN EXPRESS 2018 (Licence Ouverte) to a thousandth of a degree; Dijon's is its town hall.
Counts of equipment: what Dijon métropole published about its command post, OnDijon (2019).
"""

from __future__ import annotations

from typing import NamedTuple


class Town(NamedTuple):
    """One commune: INSEE code, name, municipal population, centre in degrees."""

    insee: str
    name: str
    population: int
    lon: float
    lat: float


TOWNS = (
    Town("21231", "Dijon", 159941, 5.0415, 47.322),
    Town("21166", "Chenôve", 14299, 5.005, 47.293),
    Town("21617", "Talant", 11986, 4.998, 47.339),
    Town("21171", "Chevigny-Saint-Sauveur", 10895, 5.137, 47.3),
    Town("21278", "Fontaine-lès-Dijon", 9032, 5.025, 47.347),
    Town("21515", "Quetigny", 8897, 5.115, 47.319),
    Town("21355", "Longvic", 8787, 5.053, 47.286),
    Town("21540", "Saint-Apollinaire", 7517, 5.093, 47.336),
    Town("21390", "Marsannay-la-Côte", 5440, 4.985, 47.279),
    Town("21452", "Neuilly-Crimolois", 3430, 5.113, 47.274),
    Town("21485", "Plombières-lès-Dijon", 2508, 4.951, 47.338),
    Town("21481", "Perrigny-lès-Dijon", 2321, 5.02, 47.258),
    Town("21605", "Sennecey-lès-Dijon", 2125, 5.105, 47.292),
    Town("21263", "Fénay", 1724, 5.054, 47.245),
    Town("21003", "Ahuy", 1695, 5.02, 47.371),
    Town("21223", "Daix", 1520, 4.969, 47.36),
    Town("21473", "Ouges", 1505, 5.078, 47.261),
    Town("21315", "Hauteville-lès-Dijon", 1206, 4.981, 47.376),
    Town("21105", "Bressey-sur-Tille", 1110, 5.184, 47.309),
    Town("21106", "Bretenière", 935, 5.104, 47.236),
    Town("21370", "Magny-sur-Tille", 872, 5.172, 47.274),
    Town("21192", "Corcelles-les-Monts", 654, 4.942, 47.304),
    Town("21270", "Flavignerot", 231, 4.919, 47.277),
)
"""The 23 communes of Dijon métropole, the most peopled first."""

CENTRE = (TOWNS[0].lon, TOWNS[0].lat)

LAMPS = 34_000
ADDRESSES = 100_000
LAMPS_PER_CABINET = 75.5
"""About 450 cabinets."""
SIGNALS = 113
CAMERAS = 269
BOLLARDS = 26
PUBLIC_BUILDINGS = 180
RIVER_GAUGES = 30
WEATHER_STATIONS = 20
"""About 50 water and weather stations together."""
PLOUGH_CIRCUITS = 40
