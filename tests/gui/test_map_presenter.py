"""What the map decides, without Qt and without a page: frames, words, layers, overlay."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.incidents import IncidentState
from backend_bridge.contract.points import PointChange, ServiceMark, SourceHeard
from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.map import SPEC, frames
from console.panels.map.kinds import KindFileError, parse_kind, read_kinds
from tests.fakes.clock import ManualClock
from tests.gui.map_scene import Scene, alarm_on, incident_on, town

words = st.integers(0, 2**32 - 1)


# -- frames ---------------------------------------------------------------------------------------


@given(
    sequence=words,
    generation=words,
    points=st.lists(st.tuples(words, words), max_size=200),
    overlay=st.binary(max_size=200),
    full=st.booleans(),
    marks=st.lists(st.tuples(*[words] * frames.MARK_FIELDS), max_size=20),
)
def test_a_frame_is_read_back_as_written(
    sequence: int,
    generation: int,
    points: list[tuple[int, int]],
    overlay: bytes,
    full: bool,
    marks: list[tuple[int, ...]],
) -> None:
    frame = frames.Frame(
        sequence,
        generation,
        array("I", (place for place, _ in points)),
        array("I", (word for _, word in points)),
        overlay,
        full,
        marks=array("I", (field for mark in marks for field in mark)),
    )
    assert frames.decode(frames.encode(frame)) == frame


@given(st.binary(max_size=300))
def test_hostile_bytes_raise_only_the_frame_error(data: bytes) -> None:
    try:
        frames.decode(data)
    except frames.FrameFormatError:
        return
    assert data.startswith(frames.MAGIC)


@given(state=st.sampled_from(frames.STATES), aged=st.booleans(), level=st.integers(-50, 300))
def test_a_word_keeps_state_age_and_level(state: str, aged: bool, level: int) -> None:
    word = frames.word(state, aged=aged, level=level)
    assert frames.state_of(word) == state
    assert bool(word & frames.AGED_BIT) is aged
    assert word >> 8 == max(0, min(100, level))


class Page:
    """Take frames as the page does, and know what it has drawn."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.sequence = 0
        self.generation = 0
        self.words: dict[int, int] = {}
        self.overlay: dict[str, Any] = {}
        self.marks: dict[int, tuple[int, ...]] = {}
        self.frames = 0

    def take(self) -> frames.Frame | None:
        """Ask once; apply what comes."""
        data = self._scene.presenter.frame(self.sequence, self.generation)
        if data is None:
            return None
        frame = frames.decode(data)
        if frame.generation != self.generation:
            self.generation, self.sequence, self.words = frame.generation, 0, {}
            return self.take()
        self.words.update(zip(frame.positions, frame.words, strict=True))
        if frame.full:
            self.marks.clear()
        for at in range(0, len(frame.marks), frames.MARK_FIELDS):
            handle, *mark = frame.marks[at : at + frames.MARK_FIELDS]
            if mark[0]:
                self.marks[handle] = tuple(mark)
            else:
                del self.marks[handle]
        if frame.overlay:
            self.overlay = json.loads(frame.overlay)
        self.sequence = frame.sequence
        self.frames += 1
        return frame

    @property
    def chosen(self) -> set[int]:
        """Return the positions whose word says that they are chosen."""
        return {at for at, word in self.words.items() if word & frames.CHOSEN_BIT}

    def shows(self, equipment_id: str) -> str:
        """Return the state an equipment shows."""
        order = [
            item.id for item in self._scene.world.equipment.by_id.values() if item.kind != "feeder"
        ]
        return frames.state_of(self.words[order.index(equipment_id)])


@pytest.fixture
def scene() -> Scene:
    scene = Scene(town(3, 20), clock=ManualClock())
    scene.everything_good()
    return scene


@pytest.fixture
def page(scene: Scene) -> Page:
    page = Page(scene)
    page.take()
    return page


def test_first_frame_holds_everything_and_the_next_only_changes(scene: Scene, page: Page) -> None:
    assert len(page.words) == 63  # three cabinets, sixty lamps; feeders have no place of their own
    assert page.take() is None
    scene.set_levels([(scene.lamps[0], 0), (scene.lamps[1], 55)])
    frame = page.take()
    assert frame is not None
    assert not frame.full
    assert len(frame.positions) <= 2
    assert page.shows(scene.lamps[0].id) == "off"
    assert page.shows(scene.lamps[1].id) == "dimmed"


def test_a_change_that_looks_the_same_is_no_frame(scene: Scene, page: Page) -> None:
    lamp = scene.lamps[5]
    fault = lamp.first_point + 1
    scene.send(changes=[PointChange(fault, True, Quality.GOOD, 1, 0)])
    assert page.take() is None
    assert scene.presenter.unpainted_s() == 0


def test_a_page_that_was_reloaded_gets_everything_again(scene: Scene, page: Page) -> None:
    scene.set_levels([(scene.lamps[0], 0)])
    fresh = Page(scene)
    frame = fresh.take()
    assert frame is not None
    assert frame.full
    assert len(frame.positions) == 63
    assert fresh.overlay["chosen"] == 0


def test_changes_between_two_asks_are_one_frame(scene: Scene, page: Page) -> None:
    for level in (0, 30, 60, 100):
        scene.set_levels([(lamp, level) for lamp in scene.lamps])
    before = page.frames
    assert page.take() is not None
    assert page.take() is None
    assert page.frames == before + 1
    assert {page.shows(lamp.id) for lamp in scene.lamps} == {"on"}


@given(
    quality=st.sampled_from(list(Quality)),
    service=st.sampled_from([None, ServiceState.DISABLED, ServiceState.MAINTENANCE]),
    level=st.one_of(st.none(), st.booleans(), st.integers(-5, 130), st.floats(0, 100), st.text()),
    live=st.booleans(),
)
def test_a_lamp_never_shows_on_or_off_unless_that_is_known(
    quality: Quality, service: ServiceState | None, level: Any, live: bool
) -> None:
    scene = Scene(town(1, 8), clock=ManualClock())
    lamp = scene.lamps[0]
    scene.send(changes=[PointChange(lamp.first_point, level, quality, 1, 0)])
    if service is not None:
        mark = ServiceMark(equipment_id=lamp.id, state=service, by="x", reason="y", since_ms=1)
        scene.situation(service=[mark])
    scene.status.lost = not live
    scene.world.tick()
    page = Page(scene)
    page.take()
    shown = page.shows(lamp.id)
    if service is not None:
        assert shown == service.value
    elif quality is Quality.GOOD and not live:
        assert shown == "stale"
    elif quality is not Quality.GOOD:
        assert shown == quality.word
    elif isinstance(level, bool):
        assert shown == ("on" if level else "off")
    elif isinstance(level, int | float):
        rounded = round(level)
        assert shown == ("off" if rounded <= 0 else "on" if rounded >= 100 else "dimmed")
    else:
        assert shown == "unknown"


def test_a_cabinet_shows_its_least_trusted_point(scene: Scene, page: Page) -> None:
    cabinet = scene.cabinets[0]
    assert page.shows(cabinet.id) == "good"
    scene.send(changes=[PointChange(cabinet.first_point, False, Quality.BAD, 1, 0)])
    page.take()
    assert page.shows(cabinet.id) == "bad"
    scene.send(changes=[PointChange(cabinet.first_point + 1, 0.0, Quality.UNAVAILABLE, 1, 0)])
    page.take()
    assert page.shows(cabinet.id) == "unavailable"


def test_random_changes_leave_page_and_world_equal(scene: Scene, page: Page) -> None:
    chance = random.Random(11)
    for step in range(200):
        lamp = chance.choice(scene.lamps)
        quality = chance.choice(list(Quality))
        scene.send(
            changes=[PointChange(lamp.first_point, chance.choice([0, 50, 100]), quality, step, 0)]
        )
        if chance.random() < 0.4:
            page.take()
    page.take()
    for lamp in scene.lamps:
        change = scene.world.points.state[lamp.first_point]
        shown = page.shows(lamp.id)
        if change.quality is Quality.GOOD:
            assert shown == {0: "off", 100: "on"}.get(int(change.value or 0), "dimmed")
        else:
            assert shown == change.quality.word
    counts = scene.presenter.legend()
    assert sum(counts.values()) == 60
    for state in frames.STATES:
        if state != "good":
            assert counts[state] == sum(page.shows(lamp.id) == state for lamp in scene.lamps)


# -- overlay --------------------------------------------------------------------------------------


def test_closed_incidents_leave_the_map(scene: Scene, page: Page) -> None:
    cabinet = scene.cabinets[1]
    opened = incident_on(cabinet, 1, owner="claire")
    scene.situation(
        incidents=[opened, incident_on(cabinet, 2, state=IncidentState.CLOSED, closed_ms=5)]
    )
    page.take()
    assert [item["id"] for item in page.overlay["incidents"]] == ["INC-0001"]
    assert "claire" in page.overlay["incidents"][0]["line"]
    assert scene.presenter.rows()[0].count == 1


def test_selecting_on_the_map_is_selecting_everywhere(scene: Scene, page: Page) -> None:
    selected: list[tuple[str, ...]] = []
    scene.selection.subscribe(lambda selection: selected.append(selection.equipment_ids))
    scene.presenter.select([0])
    scene.presenter.select([1], add=True)
    scene.presenter.select([10_000, -3])
    cabinet, lamp = scene.cabinets[0].id, scene.lamps[0].id
    assert selected == [(cabinet,), (cabinet, lamp), ()]
    scene.selection.select_equipment([scene.lamps[3].id, "nowhere"])
    page.take()
    assert len(page.chosen) == 1
    assert page.overlay["chosen"] == 2


def test_adding_what_is_chosen_already_takes_it_away(scene: Scene, page: Page) -> None:
    scene.presenter.select([1, 2, 3])
    scene.presenter.select([2], add=True)
    page.take()
    assert page.chosen == {1, 3}
    scene.presenter.select([1, 4], add=True)
    frame = page.take()
    assert frame is not None
    assert list(frame.positions) == [4], "only what changed is sent"
    assert page.chosen == {1, 3, 4}
    scene.presenter.select([], add=True)
    assert len(scene.selection.equipment_ids) == 3


def test_choosing_ten_thousand_lamps_of_a_whole_city() -> None:
    scene = Scene(town(450, 76))
    scene.everything_good()
    page = Page(scene)
    page.take()
    for first in (0, 5_000, 10_000):
        scene.presenter.select(range(first, first + 10_000))
        assert page.take() is not None
        assert page.chosen == set(range(first, first + 10_000))


def test_an_incident_brings_its_equipment(scene: Scene) -> None:
    scene.situation(incidents=[incident_on(scene.cabinets[2])])
    scene.presenter.select_incident("INC-0001")
    assert scene.selection.incident_id == "INC-0001"
    assert scene.selection.equipment_ids == (scene.cabinets[2].id,)
    scene.presenter.select_incident("INC-9999")
    assert scene.selection.incident_id == "INC-0001"


# -- layers and ages ------------------------------------------------------------------------------


def test_layers_tell_count_alarm_and_age(scene: Scene) -> None:
    clock = scene.clock
    assert isinstance(clock, ManualClock)
    scene.situation(alarms=[alarm_on(scene.lamps[0], Severity.LOW)])
    rows = {row.key: row for row in scene.presenter.rows()}
    assert rows["lamp"].count == 60
    assert rows["lamp"].alarm == (Severity.LOW, AlarmState.UNACKNOWLEDGED)
    assert rows["cabinet"].alarm is None
    assert "feeder" not in rows
    assert rows["lamp"].age == pytest.approx(0.0, abs=0.01)
    clock.advance(1.25)
    assert {row.key: row for row in scene.presenter.rows()}["lamp"].age == pytest.approx(0.5)
    scene.send(heard=[SourceHeard(0, clock.now_ms())])
    assert {row.key: row for row in scene.presenter.rows()}["lamp"].age == pytest.approx(0.0)


def test_a_layer_without_one_good_value_has_no_age(scene: Scene) -> None:
    scene.set_quality(scene.lamps, Quality.UNAVAILABLE)
    assert {row.key: row for row in scene.presenter.rows()}["lamp"].age is None


def test_hidden_layers_are_kept_in_the_persons_settings(scene: Scene) -> None:
    scene.presenter.set_visible("lamp", visible=False)
    scene.presenter.set_visible("cabinet", visible=False)
    scene.presenter.set_visible("lamp", visible=True)
    assert scene.settings == {"hidden": ["cabinet"]}
    assert [row.key for row in scene.presenter.rows() if not row.visible] == ["cabinet"]


def test_unpainted_changes_grow_old_until_the_page_says_painted(scene: Scene, page: Page) -> None:
    clock = scene.clock
    assert isinstance(clock, ManualClock)
    scene.presenter.note_painted(page.sequence)
    assert scene.presenter.unpainted_s() == 0
    scene.set_levels([(scene.lamps[0], 42)])
    clock.advance(1)
    assert scene.presenter.unpainted_s() == 1
    page.take()
    clock.advance(1)
    assert scene.presenter.unpainted_s() == 2
    scene.presenter.note_painted(page.sequence)
    assert scene.presenter.unpainted_s() == 0


def test_listeners_hear_and_a_closed_presenter_is_silent(scene: Scene) -> None:
    told: list[int] = []
    end = scene.presenter.subscribe(lambda: told.append(1))
    scene.set_levels([(scene.lamps[0], 42)])
    assert told == [1]
    end()
    scene.set_levels([(scene.lamps[0], 43)])
    assert told == [1]
    scene.presenter.subscribe(lambda: told.append(2))
    scene.presenter.close()
    scene.set_levels([(scene.lamps[0], 44)])
    assert told == [1]


def test_labels_are_short_where_the_cabinet_is_named_anyway(scene: Scene) -> None:
    labels = scene.presenter.labels()
    assert labels[0] == "EP-0001"
    assert labels[1] == "D1-01"


def test_no_catalogue_is_an_empty_map() -> None:
    scene = Scene(None, clock=ManualClock())
    page = Page(scene)
    page.take()
    assert page.words == {}
    scene.send(catalogue=town(1, 8))
    page.take()
    assert len(page.words) == 9


# -- how kinds are shown --------------------------------------------------------------------------


def test_every_kind_file_of_the_product_is_right() -> None:
    kinds = read_kinds()
    assert kinds["lamp"].symbol == "lamp"
    assert kinds["feeder"].symbol == "none"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"symbol": "lamp", "order": 1}, "icon must be given"),
        ({"symbol": "lamp", "order": "1", "icon": "x"}, "order must be given, as int"),
        ({"symbol": "lamp", "order": 1, "icon": "x", "colour": "red"}, "unknown 'colour'"),
        ({"symbol": "star", "order": 1, "icon": "x"}, "symbol must be one of"),
    ],
)
def test_a_wrong_kind_file_says_what_is_wrong(values: dict[str, Any], said: str) -> None:
    with pytest.raises(KindFileError, match=said):
        parse_kind("star.toml", values)


# -- the rest -------------------------------------------------------------------------------------


def test_presenter_runs_with_qt_blocked() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from tests.gui.map_scene import Scene, town\n"
        "scene = Scene(town(2, 10)); scene.everything_good()\n"
        "assert scene.presenter.frame(0, 1)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert SPEC.view == "ui.map.view:MapView"


def test_a_dusk_of_ten_thousand_lamps_is_one_frame_a_turn() -> None:
    scene = Scene(town(450, 76))
    scene.everything_good()
    page = Page(scene)
    page.take()
    lamps = scene.lamps[:10_000]
    now = scene.clock.now_ms()
    changes = [PointChange(lamp.first_point, 20, Quality.GOOD, now, 0) for lamp in lamps]
    for level in (20, 30, 40):
        changes = [PointChange(c.index, level, Quality.GOOD, now, 0) for c in changes]
        scene.send(changes=changes)
        page_frame = scene.presenter.frame(page.sequence, page.generation)
        assert page_frame is not None
        seen = frames.decode(page_frame)
        assert len(seen.positions) == 10_000
        page.sequence = seen.sequence
