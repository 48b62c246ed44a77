"""What an import can make of a layer, and the words by which cities call it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a territory holds.

    Attributes:
        family: geometry it needs: ``point``, ``line``, ``area`` or ``shape`` (line or area).
        kind: kind of equipment, empty for the ground (streets, buildings …).
        prefix: of identifiers the import gives.
        words: pieces of file, layer and column names that mean it; ``^`` and ``$`` bind to the
            start and end of a word.
        fields: attribute names that mean it, as :func:`plain` writes them.
        against: words with which it is something else.
    """

    family: str
    kind: str = ""
    prefix: str = ""
    words: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


TARGETS: Mapping[str, Target] = {
    "lamp": Target(
        "point",
        "lamp",
        "PL",
        (
            *(
                "^street ?lights?$",
                "^street ?lamps?$",
                "^lamps?$",
                "^light points?$",
                "^luminaires?",
            ),
            *("eclairage", "^lampadaires?$", "^candelabres?$", "^points? lum", "^lanternes?$"),
            *("^lighting$", "^lights?$", "^foyers? lum", "^ep$", "^lampes?$", "^projecteurs?$"),
        ),
        ("type lante", "type lampe", "type lanterne", "lampe", "puissance lampe", "type foyer"),
        ("armoires?", "cabinets?", "traffic", "commandes?"),
    ),
    "cabinet": Target(
        "point",
        "cabinet",
        "AR",
        ("^armoires?$", "^cabinets?$", "^postes? de commande", "^coffrets?$"),
        ("num armoire", "id armoire"),
        ("fibre", "telecom", "medical"),
    ),
    "signal": Target(
        "point",
        "signal_controller",
        "CF",
        (
            *("^traffic ?signals?$", "^traffic ?lights?$", "^feux?$", "^carrefours?$", "^sltl?$"),
            *("tricolores?$", "^signalised", "^signalized", "^signal controllers?$", "^signals?$"),
            *("^signalisation lumineuse", "^junctions?$"),
        ),
        ("car lieu", "num carrefour", "nom carrefour"),
        ("verticale", "horizontale"),
    ),
    "camera": Target(
        "point",
        "camera",
        "CAM",
        ("cameras?$", "^video ?protection", "^video ?surveillance", "^cctv$", "^surveillance$"),
        ("num camera", "id camera", "type camera"),
    ),
    "bollard": Target(
        "point",
        "bollard",
        "BO",
        (
            *("^bollards?$", "^bornes? (d )?acces", "^bornes? (escamot|retract|automat|mobil)"),
            *("^potelets?$", "^bornes?$"),
        ),
        ("num borne", "id borne"),
        ("incendie", "recharge", "irve", "velos?", "wifi", "electriques?", "eau", "proprete"),
    ),
    "gauge": Target(
        "point",
        "river_gauge",
        "LIM",
        ("^limnimetr", "^river gauges?$", "^stations? hydro", "^gauges?$", "^echelles? de crue"),
    ),
    "weather": Target(
        "point",
        "weather_station",
        "MET",
        ("^stations? meteo", "^weather ?stations?$", "^meteo"),
    ),
    "public_building": Target(
        "point", "public_building", "BAT", ("^public buildings?$", "^erp$", "^equipements? public")
    ),
    "address": Target(
        "point",
        words=(
            "^address(es)?$",
            "^adresses?$",
            "^ban$",
            "^numeros? de voirie",
            "^house ?numbers?$",
        ),
        fields=("numero", "num voie", "housenumber", "addr housenumber", "numero voie", "nom voie"),
        against=("cameras?",),
    ),
    "street": Target(
        "line",
        words=(
            *("^streets?$", "^street cent(re|er)lines?$", "^cent(re|er)lines?$", "^roads?$"),
            *("^voies?$", "^voirie", "^rues?$", "^troncons?", "^filaires?", "^axes?$", "^routes?$"),
            *("^arcs?$", "^highways?$"),
        ),
        fields=(
            *("nom voie", "lib off", "typvoi", "sens circu", "sens de circulation", "idarc"),
            *("code voie", "nom rue", "libelle voie", "highway", "nom 1 gauche", "nom voie ban g"),
        ),
        against=("cyclables?", "ferree?s?", "tram", "bus", "cycle", "bike"),
    ),
    "building": Target(
        "area",
        words=("^buildings?", "^bati$", "^batis$", "^batiments?", "^constructions?$"),
        fields=("hauteur", "hauteur bati", "building", "nb logements"),
    ),
    "water": Target(
        "shape",
        words=(
            *("^water", "^rivers?$", "^cours d eau", "^hydro", "^ruisseaux?$", "^canal", "^lacs?$"),
            *("^plans? d eau", "^surfaces? (en |d )?eau", "^fleuves?$", "^rivieres?$", "^eaux?$"),
        ),
        fields=("toponyme hydro", "waterway", "code hydro"),
        against=("stations?", "potable", "reseaux?", "bornes?", "gauges?"),
    ),
    "commune": Target(
        "area",
        words=(
            *(
                "^communes?$",
                "communales?$",
                "^municipal",
                "^city (boundary|limits?)$",
                "^mairies?$",
            ),
        ),
        fields=("insee com", "code insee", "insee", "nom com", "code commune"),
        against=("services?", "equipements?"),
    ),
    "sector": Target(
        "area",
        words=("^quartiers?$", "^sectors?$", "^secteurs?$", "^districts?$", "^neighbou?rhoods?$"),
        fields=("libquart", "nom quartier"),
    ),
    "tram": Target(
        "line",
        words=("^tram", "^lignes? (de )?tram"),
        fields=("ligne tram",),
        against=("stations?", "arrets?", "stops?"),
    ),
    "bus": Target(
        "line",
        words=("^bus$", "^bus (lignes?|lines?|routes?)", "^lignes? (de )?bus", "^reseau bus"),
        fields=("ligne bus",),
        against=("arrets?", "stops?"),
    ),
}

EQUIPMENT = tuple(name for name, target in TARGETS.items() if target.kind)
NOTHING = "nothing"

_COMPOUND = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Return words without accents, case or separators but one space: ``Éclairage_public`` too."""
    bare = unicodedata.normalize("NFKD", _COMPOUND.sub(" ", text))
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return _SEPARATORS.sub(" ", bare.casefold()).strip()


def says(words: tuple[str, ...], text: str) -> bool:
    """Return whether plain ``text`` holds one of the patterns, on the words' borders they ask."""
    return any(re.search(_bounded(word), text) for word in words)


def _bounded(word: str) -> str:
    start = r"\b" if word.startswith("^") else ""
    end = r"\b" if word.endswith("$") else ""
    return start + word.removeprefix("^").removesuffix("$") + end
