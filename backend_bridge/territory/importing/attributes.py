"""Which attribute of a layer holds which property, and texts fit for a territory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.targets import TARGETS, plain

LONGEST_TEXT = 300
SHORTENED = "a text was shortened to 300 characters"
CLEANED = "line breaks or control characters were taken out of a text"
_JOINERS = "\u00a0\u202f\u2009\u200d\u00ad"

_PLACE = ("adresse", "address", "lieu", "localisation", "emplacement", "car lieu", "situation")
_STREET = (
    *("addr street", "street", "nom voie", "nom de la voie", "voie nom", "voie", "rue", "lib voie"),
    *("libelle voie", "nom rue", "nom 1 gauche", "nom voie ban g"),
)
_ANY = (
    *("name", "nom", "libelle", "label", "lib", "denomination", "designation", "intitule"),
    *("nom complet", "title", "texte", "text", "toponyme"),
)
CANDIDATES: Mapping[str, tuple[str, ...]] = {
    "name": _ANY,
    "place": (*_PLACE, "addr full", *_STREET),
    "commune": ("commune", "nom commune", "nom com", "addr city", "ville", "city", "municipality"),
    "sector": ("sector", "secteur", "quartier", "libquart", "nom quartier", "district"),
    "stream": ("stream", "flux", "url", "stream url", "rtsp", "url flux"),
    "bearing": ("bearing", "azimut", "azimuth", "direction", "camera direction", "cap"),
    "width": ("width", "angle", "champ", "fov", "camera angle"),
    "range_m": ("range m", "range", "portee", "portee m"),
    "direction": ("sens circu", "sens de circulation", "sens circulation", "sens", "oneway"),
    "class": ("class", "classe", "highway", "nature", "occupation", "importance", "fclass"),
    "number": ("addr housenumber", "numero", "housenumber", "house number", "num voie", "number"),
    "suffix": ("rep", "suffixe", "indice de repetition", "indice", "bis ter"),
    "street": (*_STREET, "addr place", "lib off", "nomvoi"),
    "full_address": ("adresse", "address", "addr full", "adresse complete", "libelle", "label"),
    "insee": ("insee", "insee com", "code insee", "ref insee", "code commune", "code com"),
    "population": ("population", "pop", "population totale", "pmun"),
    "use": ("use", "usage", "usage 1", "usage1", "fonction", "destination"),
}
_BY_TARGET: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("street", "name"): (
        *("lib off", *_STREET, "nom", "name", "libelle", "nomvoi", "ref", "designation"),
    ),
    ("signal", "name"): ("car lieu", "nom carrefour", *_ANY, "carrefour", "lieu"),
    ("building", "name"): ("patrlib", *_ANY),
    ("water", "class"): ("class", "classe", "waterway", "water", "nature", "sym", "type"),
    ("commune", "name"): ("nom com", "nom commune", "commune", "nom comm", "libgeo", *_ANY),
    ("sector", "name"): ("libquart", "nom quartier", "quartier", "secteur", "lib quart", *_ANY),
    ("tram", "name"): ("ligne", "nom ligne", "line", "route short name", *_ANY, "ref", "numero"),
    ("bus", "name"): ("ligne", "nom ligne", "line", "route short name", *_ANY, "ref", "numero"),
    ("camera", "name"): ("nom camera", *_ANY),
}


class Fields:
    """Read a layer's records by the territory's properties, for one target.

    Args:
        named: property → attribute, as a mapping file says; wins over every guess.
        defaults: property → value where the attribute gives none.
    """

    def __init__(
        self, layer: Layer, target: str, named: Mapping[str, str], defaults: Mapping[str, str]
    ) -> None:
        self._by_plain: dict[str, str] = {}
        for name in layer.fields:
            self._by_plain.setdefault(plain(name), name)
        self._named = named
        self._defaults = defaults
        self._target = target
        self._found: dict[str, tuple[str, ...]] = {}

    def value(self, record: Record, key: str) -> Any:  # noqa: ANN401 - whatever the file holds
        """Return the first value given for a property, ``None`` for none."""
        for name in self._names(key):
            value = record.attributes.get(name)
            if value is not None and value != "":
                return value
        return self._defaults.get(key)

    def text(self, record: Record, key: str, changes: list[str]) -> str:
        """Return a property as one line of printable text, empty for none."""
        return as_text(self.value(record, key), changes)

    def _names(self, key: str) -> tuple[str, ...]:
        names = self._found.get(key)
        if names is None:
            if key in self._named:
                names = (self._named[key],)
            else:
                words = _BY_TARGET.get((self._target, key), CANDIDATES.get(key, ()))
                names = tuple(self._by_plain[word] for word in words if word in self._by_plain)
            self._found[key] = names
        return names

    def id_name(self, records: Sequence[Record]) -> str:
        """Return the attribute that identifies the records, empty when none does."""
        if "id" in self._named:
            return self._named["id"]
        for word, least in _id_words(self._target, list(self._by_plain)):
            name = self._by_plain.get(word)
            if name is not None and _identifies(name, records, least, word in {"nom", "name"}):
                return name
        return ""


_CODES = re.compile(r"^[^\s]*\d[^\s]*$")
_STRICT = (
    *("matricule", "identifiant", "identifian", "ident", "reference", "ref", "osm id", "cleabs"),
    *("code", "numero", "num", "no", "n"),
)
_ARTEFACTS = ("osmid", "gml id", "uuid", "gid", "fid", "objectid", "ogc fid", "fid 1")


def _id_words(target: str, present: Sequence[str]) -> list[tuple[str, float]]:
    """Return attribute names that may identify, best first, with how distinct they must be."""
    rule = TARGETS[target]
    short = rule.prefix.casefold()  # id_pl, num_cam
    own = [
        word
        for word in present
        if word.split(" ")[0] in {"id", "num", "numero", "code", "ref"}
        and (
            (short and word.partition(" ")[2] == short)
            or any(_near(word.partition(" ")[2], pattern) for pattern in rule.words)
        )
    ]
    return [
        *((word, 0.9) for word in own),
        ("id", 0.5),
        *((word, 0.5) for word in _STRICT),
        ("nom", 0.9),
        ("name", 0.9),
        *((word, 0.95) for word in _ARTEFACTS),
    ]


def _near(word: str, pattern: str) -> bool:
    return bool(word) and re.search(pattern.replace("^", r"\b"), word) is not None


def _identifies(name: str, records: Sequence[Record], least: float, codes_only: bool) -> bool:
    values = [record.attributes.get(name) for record in records]
    known = [str(value) for value in values if value not in (None, "")]
    if not known or len(known) < 0.5 * len(records):
        return False
    if codes_only and not all(_CODES.match(value) for value in known):
        return False
    return len(set(known)) >= max(least * len(known), 1)


def as_text(value: object, changes: list[str]) -> str:
    """Return any attribute's value as one line a territory accepts; notes what had to change."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    clean = "".join(char if char.isprintable() or char in _JOINERS else " " for char in text)
    if clean != text:
        changes.append(CLEANED)
        clean = " ".join(clean.split())
    clean = clean.strip()
    if len(clean) > LONGEST_TEXT:
        changes.append(SHORTENED)
        clean = clean[:LONGEST_TEXT].rstrip()
    return "" if clean.casefold() in {"null", "none", "nan"} else clean


def as_number(value: object) -> float | None:
    """Return a number, also from a text with a decimal comma; ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(str(value).replace(",", ".").strip())
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None  # noqa: PLR0124 - NaN
