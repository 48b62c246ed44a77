"""How people write French addresses: abbreviations, words that say little, house numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from backend_bridge.contract.folding import tokens

SMALL_WORDS = frozenset(("a", "au", "aux", "d", "de", "des", "du", "et", "l", "la", "le", "les"))
"""Words nobody is bound to type."""

_ABBREVIATED = {
    "allee": ("all",),
    "avenue": ("av", "ave"),
    "boulevard": ("bd", "bld", "blvd", "boul", "bvd"),
    "chemin": ("ch", "che", "chem"),
    "cours": ("crs",),
    "docteur": ("dr",),
    "esplanade": ("esp",),
    "faubourg": ("fbg", "fg"),
    "general": ("gal", "gen", "gnl"),
    "impasse": ("imp",),
    "lotissement": ("lot",),
    "marechal": ("mal",),
    "passage": ("pas", "pass"),
    "place": ("pl", "plc"),
    "president": ("pdt", "pres"),
    "professeur": ("pr", "prof"),
    "promenade": ("prom",),
    "quai": ("q", "qu"),
    "residence": ("res",),
    "rond": ("rd",),
    "route": ("rte",),
    "rue": ("r",),
    "ruelle": ("rle",),
    "saint": ("st",),
    "sainte": ("ste",),
    "square": ("sq",),
    "villa": ("vla",),
}
FULL_WORD = {short: full for full, shorts in _ABBREVIATED.items() for short in shorts}
WAYS = frozenset(_ABBREVIATED) - {
    *("docteur", "general", "marechal", "president", "professeur", "saint", "sainte"),
}
"""Words that say what kind of way it is and not which."""

_NUMBER = re.compile(r"(\d{1,5})([a-z]*)")
_HOUSE = re.compile(r"\s*(\d{1,5})(.*)", re.DOTALL)
_REPEATED = frozenset(("bis", "ter", "quater", "quinquies", *"abcdefgh"))
_POSTCODE = re.compile(r"\d{5}")


class HouseNumber(NamedTuple):
    """A house number as typed: ``12 bis`` is 12 and ``bis``."""

    value: int
    suffix: str


def name_words(text: str) -> list[str]:
    """Return the folded words of a name, abbreviations written out."""
    return [FULL_WORD.get(word, word) for word in tokens(text)]


def telling(words: list[str]) -> list[str]:
    """Return the words without those that say little; all of them when nothing else is left."""
    kept = [word for word in words if word not in SMALL_WORDS]
    return kept or words


def core(words: list[str]) -> tuple[str, ...]:
    """Return what tells one way from another: ``la rue de la Liberté`` is ``liberte``."""
    kept = [word for word in telling(words) if word not in WAYS]
    return tuple(kept or words)


def without_postcode(words: list[str]) -> list[str]:
    """Return the words without French postcodes, unless there is nothing else."""
    kept = [word for word in words if not _POSTCODE.fullmatch(word)]
    return kept or words


def readings(words: list[str]) -> list[tuple[HouseNumber, list[str]]]:
    """Return every way to take one of the words as a house number, with the words left.

    ``12 bis rue Monge``, ``12bis, rue Monge`` and ``rue Monge 12 bis`` are all read; a number alone
    is none, and neither is a word of which no more than a number would be left.
    """
    found = []
    for place, word in enumerate(words):
        match = _NUMBER.fullmatch(word)
        if match is None or (match[2] and match[2] not in _REPEATED):
            continue
        value, suffix = int(match[1]), match[2]
        before, after = words[:place], words[place + 1 :]
        if not suffix and after and after[0] in _REPEATED and (before or after[1:]):
            found.append((HouseNumber(value, after[0]), before + after[1:]))
        if before or after:
            found.append((HouseNumber(value, suffix), before + after))
    return [(number, left) for number, left in found if any(not w.isdigit() for w in left)]


def split_house(number: str) -> tuple[int, str]:
    """Return a recorded house number as (value, rest as written); 0 where it has no value."""
    match = _HOUSE.fullmatch(number)
    return (int(match[1]), match[2]) if match is not None else (0, number)
