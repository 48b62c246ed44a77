"""The import from end to end: read, recognise, take, finish, simulate, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend_bridge.territory.importing import archives, mapping, simulate, sources
from backend_bridge.territory.importing.attributes import Fields, as_text
from backend_bridge.territory.importing.city import City
from backend_bridge.territory.importing.equipment import take_equipment
from backend_bridge.territory.importing.finish import finish
from backend_bridge.territory.importing.ground import TAKERS
from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.libraries import library, require_all
from backend_bridge.territory.importing.problems import ImportRefusedError, UnreadableSourceError
from backend_bridge.territory.importing.recognise import Choice, recognise
from backend_bridge.territory.importing.shapes import Shape, in_degrees, suited
from backend_bridge.territory.importing.tally import LayerTally, Report
from backend_bridge.territory.importing.targets import EQUIPMENT
from backend_bridge.territory.importing.write import check_place, write
from backend_bridge.territory.model import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What a person asked for.

    Attributes:
        sources: files and directories.
        out: directory of the new territory.
        title: shown on every screen; empty to take the first source's name.
        mapping: mapping file, ``None`` to guess everything.
        crs: coordinates of layers that do not say theirs.
        simulate: what to bind to simulated controllers: ``lamps``, ``things``, both or nothing.
        base_port: port of the first simulated controller.
    """

    sources: Sequence[Path]
    out: Path
    title: str = ""
    mapping: Path | None = None
    crs: str | None = None
    simulate: frozenset[str] = frozenset()
    base_port: int = 15020


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The territory as loaded from its new place's files, and the report."""

    territory: Territory
    report: Report


def import_territory(options: ImportOptions) -> ImportOutcome:
    """Make a territory of a city's own files; nothing is written unless all of it is.

    Raises:
        ImportRefusedError: with why, and what to do.
    """
    require_all()
    check_place(options.out)
    rules = mapping.read_mapping(options.mapping) if options.mapping is not None else ()
    for crs in (options.crs, *(rule.crs for rule in rules)):
        _check_crs(crs)
    report = Report()
    city = City()
    layers = _read(options.sources, report)
    for pattern in mapping.unused(layers, rules):
        report.notes.append(f'the mapping\'s layer "{pattern}" matches nothing')
    for layer in layers:
        _take_layer(city, layer, rules, options.crs, report)
    if not (city.items or city.streets or city.addresses or city.communes):
        raise ImportRefusedError(
            "nothing of these sources can be taken, so nothing was written:\n" + report.as_text()
        )
    title = _title(options)
    finish(city, report, title)
    links: list[simulate.SimulatedLink] = []
    if simulate.LAMPS in options.simulate:
        links += simulate.simulate_lamps(city, report, options.base_port)
    if simulate.THINGS in options.simulate:
        links += simulate.simulate_things(city, report, options.base_port, links)
    if not links:
        report.notes.append(
            "no equipment has a link: its values stay unknown until links.toml names devices "
            "(for a demonstration: --simulate lamps)"
        )
    territory = write(options.out, city, report, title, links)
    return ImportOutcome(territory, report)


def _check_crs(crs: str | None) -> None:
    pyproj = library("pyproj")
    try:
        if crs:
            pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as error:
        raise ImportRefusedError(
            f'"{crs}" is no coordinate system; write it as EPSG:2154 (Lambert-93)'
        ) from error


def _title(options: ImportOptions) -> str:
    if options.title:
        return as_text(options.title, []) or "Territoire"
    first = options.sources[0].resolve()
    name = as_text(first.name if first.is_dir() else first.name.partition(".")[0], [])
    return (name[:1].upper() + name[1:]) or "Territoire"


def _read(paths: Sequence[Path], report: Report) -> list[Layer]:
    layers: list[Layer] = []
    for path, shown in sources.find(paths):
        if path.suffix.lower() not in archives.SUFFIXES:
            layers += _read_file(path, shown, report)
            continue
        try:
            with archives.unpacked(path) as folder:
                inside = sources.find([folder])
                for member, name in inside:
                    layers += _read_file(member, f"{shown}/{name}", report)
        except UnreadableSourceError as error:
            report.files_left.append((shown, str(error)))
        else:
            if not inside:
                report.files_left.append((shown, "it is empty"))
    return layers


def _read_file(path: Path, shown: str, report: Report) -> list[Layer]:
    try:
        found = sources.read(path, shown)
    except UnreadableSourceError as error:
        report.files_left.append((shown, str(error)))
        return []
    if not any(layer.records for layer in found):
        report.files_left.append((shown, "it holds no feature"))
    return [layer for layer in found if layer.records]


def _take_layer(
    city: City,
    layer: Layer,
    rules: tuple[mapping.LayerRule, ...],
    crs: str | None,
    report: Report,
) -> None:
    tally = LayerTally(layer.title, records=len(layer.records))
    report.layers.append(tally)
    choice = mapping.chosen(layer, rules) or recognise(layer)
    tally.how = choice.how
    if choice.sort is None:
        for record in layer.records:
            tally.leave(f"the layer was not recognised: {choice.how}", record.number)
        return
    try:
        shapes = in_degrees(layer, crs)
    except UnreadableSourceError as error:
        for record in layer.records:
            tally.leave(str(error), record.number)
        return
    finally:
        tally.notes = layer.notes
    _Taker(city, layer, choice, tally).take(shapes)


class _Taker:
    """Take the records of one layer one by one, each taken or left with one reason."""

    def __init__(self, city: City, layer: Layer, choice: Choice, tally: LayerTally) -> None:
        self._city = city
        self._layer = layer
        self._choice = choice
        self._tally = tally
        self._fields: dict[str, Fields] = {}
        self._id_names: dict[str, str] = {}

    def take(self, shapes: Sequence[Shape]) -> None:
        assert self._choice.sort is not None
        for record, shape in zip(self._layer.records, shapes, strict=True):
            targets = self._choice.sort(record)
            if not targets:
                self._tally.leave(self._choice.otherwise, record.number)
                continue
            if shape.flaw:
                self._tally.leave(shape.flaw, record.number)
                continue
            self._take_record(record, shape, targets)

    def _take_record(self, record: Record, shape: Shape, targets: Sequence[str]) -> None:
        made = 0
        reasons: list[str] = []
        changes: list[str] = []
        for target in dict.fromkeys(targets):
            geometries, reason, notes = suited(shape, target)
            changes += notes
            if reason:
                reasons.append(reason)
            for geometry in geometries:
                reason = self._take_one(record, target, geometry, changes)
                if reason:
                    reasons.append(reason)
                else:
                    made += 1
                    self._tally.taken[target] += 1
        if not made:
            self._tally.leave(reasons[0], record.number)
            return
        self._tally.taken_records += 1
        for change in dict.fromkeys(changes):
            self._tally.change(change, record.number)

    def _take_one(
        self,
        record: Record,
        target: str,
        geometry: object,
        changes: list[str],
    ) -> str:
        fields = self._fields_of(target)
        if target not in EQUIPMENT:
            return TAKERS[target](self._city, fields, record, geometry, changes)
        id_name = self._id_names.get(target)
        if id_name is None:
            id_name = fields.id_name(self._layer.records)
            self._id_names[target] = id_name
        id_text = as_text(record.attributes.get(id_name), changes) if id_name else ""
        return take_equipment(
            self._city,
            target,
            fields,
            record,
            geometry,
            id_text=id_text,
            tally=self._tally,
            changes=changes,
        )

    def _fields_of(self, target: str) -> Fields:
        fields = self._fields.get(target)
        if fields is None:
            named = self._choice.fields.get(target, {})
            defaults = self._choice.defaults.get(target, {})
            fields = Fields(self._layer, target, named, defaults)
            self._fields[target] = fields
        return fields
