"""Road weather for the coordinator of the snow plan: pavement first, coldest first."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.points import Equipment, Scalar
from backend_bridge.contract.quality import Quality
from console.panels.base import BasePresenter
from console.panels.rows import Trend, ValueText
from console.panels.spec import PanelContext, PanelSpec
from console.panels.trends import TrendFollower
from console.panels.values import value_text
from console.state.change import Change

KIND = "weather_station"
ROAD, AIR, DEW = "road_c", "air_c", "dew_point_c"
LOWEST_C, HIGHEST_C = -6.0, 4.0
"""Ends of the bar: where salt stops working to where nobody worries."""
NEAR_FREEZING_C = 1.0
TREND_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class StationRow:
    """One station; texts are finished.

    Attributes:
        fraction: pavement temperature on the bar, 0 to 1; ``None`` without a sure value.
        zero: where 0 °C stands on it.
        surface: state of the pavement in words.
        severity: how much that state matters: 0 not, 1 frost possible, 2 frost or ice.
        mark: quality or service word when the pavement temperature may not be believed.
    """

    id: str
    place: str
    fraction: float | None
    zero: float
    road: str
    air: str
    dew: str
    surface: str
    severity: int
    age: str
    mark: str
    said: str


def surface_of(road_c: float, dew_c: float | None, *, wet: bool | None, ice: bool | None) -> str:
    """Return the word of a pavement's state from what a station measures.

    ``ice`` as the station itself says; ``frost`` where moisture freezes as it falls out of the air
    (pavement at or below both 0 °C and the dew point); ``freezing`` where a wet pavement is near
    0 °C; otherwise ``wet``, ``dry``, or ``unknown`` without a sensor that says.
    """
    if ice:
        return "ice"
    if dew_c is not None and road_c <= 0.0 and road_c <= dew_c:
        return "frost"
    if wet and road_c <= NEAR_FREEZING_C:
        return "freezing"
    if wet is None:
        return "unknown"
    return "wet" if wet else "dry"


SEVERITY = {"ice": 2, "frost": 2, "freezing": 1}


class StationsPresenter(BasePresenter):
    """Decide the rows: coldest pavement first, stations that cannot be believed last."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._trends = TrendFollower(context, self._words, self._tell, span_s=TREND_S)
        self._stations: tuple[Equipment, ...] = ()
        self._points: dict[int, str] = {}
        self.rows: tuple[StationRow, ...] = ()
        self._chosen = ""
        self._learn()

    @property
    def headline(self) -> str:
        """Return how many stations there are, and how many pavements freeze."""
        cold = sum(1 for row in self.rows if row.severity == 2)
        stations = self._words.plural("winter.stations.count", len(self.rows))
        return self._words.text("winter.stations.headline", stations=stations, cold=cold)

    @property
    def scale(self) -> tuple[float, float]:
        """Return the two ends of the bar, °C."""
        return LOWEST_C, HIGHEST_C

    @property
    def trend(self) -> Trend | None:
        """Return the chosen station's pavement temperature of the last twelve hours."""
        return self._trends.trend

    @property
    def chosen(self) -> str:
        """Return the id of the station whose trend shows, empty for none."""
        return self._chosen

    def choose(self, station_id: str) -> None:
        """Show a station's trend, and choose it in every panel."""
        self._follow(station_id)
        self._context.selection.select_incident(None, (station_id,))

    def close(self) -> None:
        """Unsubscribe from everything."""
        super().close()
        self._trends.close()

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._learn()
        touched = any(index in self._points for index in change.points)
        if touched or change.second or change.flipped or change.service or change.catalogue:
            self._trends.tick()
            self._renew()
            self._tell()

    def _learn(self) -> None:
        equipment = self._world.equipment
        self._stations = tuple(item for item in equipment.by_id.values() if item.kind == KIND)
        self._points = {
            index: item.id for item in self._stations for index, _ in equipment.points_of(item.id)
        }
        self._renew()
        if self._chosen not in {item.id for item in self._stations}:
            self._chosen = ""
        if not self._chosen and self.rows:
            self._follow(self.rows[0].id)

    def _follow(self, station_id: str) -> None:
        item = self._world.equipment.get(station_id)
        if item is not None and item.kind == KIND:
            self._chosen = station_id
            self._trends.follow(item)
            self._trends.show(item, ROAD)

    def _renew(self) -> None:
        rows = [(self._coldness(item), self._row(item)) for item in self._stations]
        rows.sort(key=lambda pair: pair[0])
        self.rows = tuple(row for _, row in rows)

    def _coldness(self, item: Equipment) -> tuple[bool, float, str]:
        road_c = self._sure(item, ROAD)
        return (road_c is None, 0.0 if road_c is None else road_c, item.id)

    def _row(self, item: Equipment) -> StationRow:
        words = self._words
        road_c, dew_c = self._sure(item, ROAD), self._sure(item, DEW)
        road = self._value(item, ROAD)
        surface = "unknown"
        if road_c is not None:
            surface = surface_of(
                road_c, dew_c, wet=self._flag(item, "wet"), ice=self._flag(item, "ice")
            )
        service = self._world.service_state(item.id).value
        quality = Quality.UNKNOWN if road is None else road.quality
        mark = service if service != "in_service" else quality.word
        note = "" if road is None else road.note
        said = words.text(f"winter.surface.{surface}") if road_c is not None else note
        place = item.place or item.name
        road_text = _written(road)
        return StationRow(
            id=item.id,
            place=f"{place}, {item.commune}" if item.commune else place,
            fraction=None if road_c is None else _on_bar(road_c),
            zero=_on_bar(0.0),
            road=road_text,
            air=_written(self._value(item, AIR)),
            dew=_written(self._value(item, DEW)),
            surface=said,
            severity=SEVERITY.get(surface, 0),
            age="" if road is None else road.age,
            mark="" if mark == "good" else mark,
            said=f"{item.id} · {place} · {road_text}\u00a0°C · {said}",
        )

    def _value(self, item: Equipment, key: str) -> ValueText | None:
        for index, definition in self._world.equipment.points_of(item.id):
            if definition.key == key:
                return value_text(self._world, self._words, item, index, definition)
        return None

    def _read(self, item: Equipment, key: str) -> Scalar:
        """Return a value that may be believed now, ``None`` otherwise."""
        index = self._world.equipment.point_index(item.id, key)
        if index is None or self._world.quality(index) is not Quality.GOOD:
            return None
        return self._world.points.value(index)

    def _sure(self, item: Equipment, key: str) -> float | None:
        value = self._read(item, key)
        return float(value) if isinstance(value, int | float) else None

    def _flag(self, item: Equipment, key: str) -> bool | None:
        value = self._read(item, key)
        return value if isinstance(value, bool) else None


def _written(value: ValueText | None) -> str:
    return "" if value is None else value.text


def _on_bar(celsius: float) -> float:
    return (celsius - LOWEST_C) / (HIGHEST_C - LOWEST_C)


SPEC = PanelSpec(
    id="stations",
    title_key="winter.stations.title",
    icon="mdi6.snowflake-thermometer",
    presenter=StationsPresenter,
    view="ui.winter.stations:StationsView",
    topics=("points",),
    preferred_screen="board",
)
