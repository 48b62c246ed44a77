"""The filtered queue against a naive one, and its steps against a plain list."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.journal import AlarmEvent, Event, IncidentEvent
from backend_bridge.contract.results import SituationResult
from console.state.change import Change
from console.state.folding import fold, matches, words
from console.state.queue import SCOPES, Queue
from console.state.sorted_index import STEPPED, Step
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city
from tests.unit.console.test_sorted_index import replay

PLACES = ("Rue de Longvic", "Bd de l’Université", "Allée du Château", "Œuvre")


def describe(item: Incident) -> tuple[str, str, str]:
    return item.id, item.place, item.owner


def open_events(versions: dict[int, int]) -> st.SearchStrategy[Event]:
    def make(
        number: int,
        state: IncidentState,
        severity: Severity,
        owner: str,
        place: str,
        opened_ms: int,
    ) -> Event:
        versions[number] = versions.get(number, 0) + 1
        return IncidentEvent(
            change=IncidentChange.OPENED,
            incident=incident(
                number,
                version=versions[number],
                state=state,
                severity=severity,
                owner=owner,
                place=place,
                opened_ms=opened_ms,
                alarm_ids=(f"AL-{number}",),
            ),
        )

    return st.builds(
        make,
        st.integers(1, 8),
        st.sampled_from(IncidentState),
        st.sampled_from(Severity),
        st.sampled_from(["", "mireille", "paul"]),
        st.sampled_from(PLACES),
        st.integers(0, 4),
    )


ALARM_EVENTS = st.builds(
    lambda number, active, acknowledged: AlarmEvent(
        change=AlarmChange.RAISED, alarm=alarm(number, active=active, acknowledged=acknowledged)
    ),
    st.integers(1, 8),
    st.booleans(),
    st.booleans(),
)
VERSIONS: dict[int, int] = {}
WISHES = st.tuples(
    st.sampled_from(SCOPES), st.sampled_from(["", "rue", "rue longvic", "UNIVERSITE", "oeuvre"])
)


@settings(max_examples=80)
@given(st.lists(st.one_of(open_events(VERSIONS), ALARM_EVENTS, WISHES), max_size=40))
def test_queue_equals_a_naive_filter_and_sort(
    happenings: list[Event | tuple[str, str]],
) -> None:
    desk = Desk()
    desk.feed(catalogue=small_city())
    queue = Queue(desk.world, describe)
    rows: list[str] = []

    def take(steps: list[Step] | None) -> None:
        if steps is None:
            rows[:] = list(queue)
        for step in steps or ():
            replay(rows, step)

    def follow(change: Change) -> None:
        take(queue.update(change.incidents))

    desk.world.subscribe(follow)
    for happening in happenings:
        if isinstance(happening, tuple):
            take(queue.set_scope(happening[0]))
            take(queue.set_text(happening[1]))
        else:
            desk.feed(events=[happening])
        assert rows == list(queue) == naive(desk, queue)
        assert queue.counts["open"] + queue.counts["closed"] == len(desk.world.incidents)
        assert desk.world.incidents.of_equipment("EP-0001") == list(desk.world.incidents)


def naive(desk: Desk, queue: Queue) -> list[str]:
    world = desk.world
    wanted = words(queue.text)

    def shown(item: Incident) -> bool:
        closed = item.state is IncidentState.CLOSED
        fits = {
            "open": not closed,
            "free": not closed and not item.owner,
            "mine": not closed and item.owner == "mireille",
            "closed": closed,
        }[queue.scope]
        return fits and matches(fold(" ".join(describe(item))), wanted)

    found = [item for item in world.incidents if shown(item)]
    return [
        item.id
        for item in sorted(found, key=lambda i: (world.incidents.queue_key(i, world.alarms), i.id))
    ]


def test_unacknowledged_stands_before_acknowledged_and_old_before_new() -> None:
    desk = Desk()
    queue = Queue(desk.world, describe)

    def follow(_: Change) -> None:
        queue.rebuild()

    desk.world.subscribe(follow)
    desk.feed(
        situation=SituationResult(
            seq=1,
            alarms=(alarm(1, acknowledged=True), alarm(2), alarm(3)),
            incidents=(
                incident(1, opened_ms=1, alarm_ids=("AL-1",)),
                incident(2, opened_ms=3, alarm_ids=("AL-2",)),
                incident(3, opened_ms=2, alarm_ids=("AL-3",)),
                incident(4, opened_ms=9, severity=Severity.URGENT),
            ),
            service=(),
        )
    )
    assert list(queue) == ["INC-4", "INC-3", "INC-2", "INC-1"]


def test_many_rows_are_replaced_as_a_whole() -> None:
    desk = Desk()
    queue = Queue(desk.world, describe)
    many = tuple(incident(number) for number in range(STEPPED + 1))
    desk.feed(situation=SituationResult(seq=1, alarms=(), incidents=many, service=()))
    assert queue.rebuild() is None
    assert len(queue) == STEPPED + 1


def test_texts_are_folded_ahead_of_the_first_filter_and_again_when_they_change() -> None:
    desk = Desk()
    desk.feed(
        catalogue=small_city(),
        situation=SituationResult(
            seq=1, alarms=(), incidents=tuple(incident(n) for n in range(3)), service=()
        ),
    )
    described: list[str] = []

    def noted(item: Incident) -> tuple[str, str, str]:
        described.append(item.id)
        return describe(item)

    queue = Queue(desk.world, noted)
    assert described == []
    while len(described) < 3:
        queue.prepare()
    assert described == ["INC-0", "INC-1", "INC-2"]
    queue.set_text("allée")
    assert len(described) == 3
    desk.feed(
        events=[
            IncidentEvent(
                change=IncidentChange.ASSIGNED, incident=incident(1, version=2, place="Allée")
            )
        ]
    )
    queue.update(["INC-1"])
    assert list(queue) == ["INC-1"]
    assert described[3:] == ["INC-1"]


def test_folding() -> None:
    assert fold("  Bd de l’Université\u00a0×  RUE ") == "bd de l'universite × rue"
    assert fold("Œuvre ÆON Straße") == "oeuvre aeon strasse"
    assert matches(fold("Château d’Eau"), words("eau chateau"))
    assert not matches(fold("Château"), words("chateau rue"))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
