"""Write a territory whole or not at all: beside its place first, checked, then renamed."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.territory.importing.city import City, Ground
from backend_bridge.territory.importing.finish import DIGITS
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.simulate import HOST, SimulatedLink
from backend_bridge.territory.importing.tally import Report
from backend_bridge.territory.loader import load
from backend_bridge.territory.model import Territory
from backend_bridge.territory.problems import TerritoryError

REPORT_TEXT = "import-report.txt"
REPORT_DATA = "import-report.json"
POLL_PERIOD_S = 2.0
ALLOWED_AGE_S = 5.0
SIMULATED_HEAD = f"demonstration = true\nallowed_age_s = {ALLOWED_AGE_S}\n"
BACKBONE = "FO-COEUR"
RING_CONNECTS_PER_S = 20
"""What an uplink takes that says nothing; the backbone takes that of all its rings."""
NAMED_PROBLEMS = 20


def check_place(out: Path) -> None:
    """Check that a territory may be written at ``out``, before anything is read.

    Raises:
        ImportRefusedError: something else is there.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise ImportRefusedError(f"{out} is not a directory; name another with --out")
    if out.exists() and any(out.iterdir()) and not (out / REPORT_DATA).is_file():
        raise ImportRefusedError(
            f"{out} holds files that no import wrote; name an empty or a new directory with --out"
        )


def write(
    out: Path, city: City, report: Report, title: str, links: Sequence[SimulatedLink]
) -> Territory:
    """Write the directory, check it as the bridge will, and put it in its place.

    Raises:
        ImportRefusedError: it cannot be written, or the bridge would refuse it.
    """
    return put_in_place(out, lambda new: _write_files(new, city, report, title, links))


def put_in_place(out: Path, fill: Callable[[Path], None]) -> Territory:
    """Let ``fill`` write a directory beside ``out``, check it, and rename it to ``out``.

    Raises:
        ImportRefusedError: it cannot be written, or the bridge would refuse it.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{out.name}-import-", dir=out.parent, ignore_cleanup_errors=True
        ) as folder:
            new = Path(folder) / "new"
            new.mkdir()
            fill(new)
            territory = _checked(new)
            if out.exists():
                out.rename(Path(folder) / "old")  # goes with the temporary directory
            new.rename(out)
    except OSError as error:
        raise ImportRefusedError(f"{out} cannot be written: {error}") from error
    return territory


def _checked(directory: Path) -> Territory:
    try:
        return load(directory)
    except TerritoryError as error:
        named = "\n".join(f"  {problem}" for problem in error.problems[:NAMED_PROBLEMS])
        raise ImportRefusedError(
            f"{len(error.problems)} problems remain that the bridge would refuse, so nothing was "
            f"written; leave the features out with a mapping file:\n{named}"
        ) from error


def _write_files(
    directory: Path, city: City, report: Report, title: str, links: Sequence[SimulatedLink]
) -> None:
    _text(directory / "territory.toml", _head(city, title, simulated=bool(links)))
    _text(directory / "links.toml", links_text(links))
    write_features(
        directory / "equipment.geojson", (item.as_feature() for item in city.items.values())
    )
    write_features(directory / "communes.geojson", _ground(city.communes.values()))
    write_features(directory / "streets.geojson", _ground(city.streets))
    optional: dict[str, Iterable[Ground]] = {
        "sectors.geojson": city.sectors.values(),
        "buildings.geojson": city.buildings,
        "water.geojson": city.water,
        "lines.geojson": city.lines,
    }
    for name, shapes in optional.items():
        if shapes:
            write_features(directory / name, _ground(shapes))
    if city.addresses:
        _text(directory / "addresses.csv", _addresses(city))
    _text(directory / REPORT_TEXT, report.as_text())
    _text(
        directory / REPORT_DATA, json.dumps(report.as_data(), ensure_ascii=False, indent=1) + "\n"
    )


def _head(city: City, title: str, *, simulated: bool) -> str:
    shapely = library("shapely")
    places = [(item.lon, item.lat) for item in city.items.values()]
    if places:
        lons, lats = sorted(p[0] for p in places), sorted(p[1] for p in places)
        centre = (lons[len(lons) // 2], lats[len(lats) // 2])
    else:
        outlines = [c.geometry for c in city.communes.values() if c.geometry is not None]
        middle = shapely.union_all(outlines).centroid
        centre = (middle.x, middle.y)
    head = f"""\
# Made by `beffroi territory import`; {REPORT_TEXT} says from what, and what was left.
format = 1
title = {quoted(title)}
centre = [{centre[0]:.6f}, {centre[1]:.6f}]
"""
    if simulated:
        head += SIMULATED_HEAD
    return head


def quoted(text: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def links_text(links: Sequence[SimulatedLink]) -> str:
    """Return ``links.toml``: one link a device, behind networks that hang on one backbone."""
    rings = dict.fromkeys(link.ring for link in links)
    blocks = [
        (
            f'\n[[uplink]]\nid = "{BACKBONE}"\nname = "Cœur de réseau"\n'
            f"most_connects_per_s = {RING_CONNECTS_PER_S * len(rings)}\n"
        )
    ] * bool(rings)
    blocks += [
        f'\n[[uplink]]\nid = "FO-{ring}"\nname = "Boucle optique {ring}"\nparent = "{BACKBONE}"\n'
        for ring in rings
    ]
    blocks += [
        f"""
[[link]]
id = {quoted(link.root)}
profile = "{link.profile}"
equipment = {quoted(link.root)}
uplink = "FO-{link.ring}"
address = {{ unit = 1 }}
settings = {{ host = "{HOST}", port = {link.port} }}
"""
        for link in links
    ]
    return f"poll_period_s = {POLL_PERIOD_S}\n" + "".join(blocks)


def _ground(shapes: Iterable[Ground]) -> Iterable[dict[str, Any]]:
    mapping = library("shapely.geometry").mapping
    for shape in shapes:
        geometry = None
        if shape.geometry is not None:
            described = mapping(shape.geometry)
            geometry = {
                "type": described["type"],
                "coordinates": _rounded(described["coordinates"]),
            }
        yield {
            "type": "Feature",
            "geometry": geometry,
            "properties": {k: v for k, v in shape.properties.items() if v not in ("", None)},
        }


def _rounded(coordinates: Any) -> Any:  # noqa: ANN401 - nested as deep as the geometry
    if coordinates and isinstance(coordinates[0], int | float):
        return [round(value, DIGITS) for value in coordinates[:2]]
    return [_rounded(inner) for inner in coordinates]


def write_features(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """Write a FeatureCollection, one feature a line, so that a difference can be read."""
    lines = ",\n".join(msgspec.json.encode(feature).decode() for feature in features)
    _text(path, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')


def _addresses(city: City) -> str:
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(("number", "street", "commune", "lon", "lat"))
    rows.writerows(city.addresses)
    return buffer.getvalue()


def _text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
