"""The replica of what people do to the field: what is not over, and which override holds what."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.points import WayBack
from backend_bridge.contract.results import SituationResult
from console.state.acting import ENDED_KEPT, Acting, Replica

_OVER = (OverrideState.ENDED, OverrideState.REPLACED)


def _override(number: int, equipment: str, state: OverrideState) -> Override:
    return Override(
        id=f"K-{number}",
        equipment_id=equipment,
        equipment_kind="lamp",
        point_key="level",
        value=100,
        back=WayBack.PROGRAMME,
        owner="dubois",
        seat="police",
        reason="visite",
        since_ms=1,
        until_ms=2,
        state=state,
    )


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.sampled_from(["EP-1", "EP-2"]), st.sampled_from(OverrideState)
        )
    )
)
def test_a_point_is_held_only_by_an_open_override_of_its_own(
    said: list[tuple[int, str, OverrideState]],
) -> None:
    acting = Acting()
    latest: dict[str, Override] = {}
    for number, equipment, state in said:
        known = latest.get(f"K-{number}")
        place = known.equipment_id if known else equipment  # an override never moves
        override = _override(number, place, state)
        latest[override.id] = override
        acting.put_override(override)
        held = acting.override_of(place, "level")
        if held is not None:
            assert latest[held.id].state not in _OVER
            assert held.equipment_id == place
        if state not in _OVER:
            assert held is override
    open_ids = {key for key, override in latest.items() if override.state not in _OVER}
    assert {override.id for override in acting.overrides} == open_ids


def test_a_new_situation_replaces_everything() -> None:
    acting = Acting()
    acting.put_override(_override(1, "EP-1", OverrideState.ACTIVE))
    kept = _override(2, "EP-2", OverrideState.STUCK)
    acting.replace(SituationResult(seq=1, alarms=(), incidents=(), service=(), overrides=(kept,)))
    assert acting.override_of("EP-1", "level") is None
    assert acting.override_of("EP-2", "level") is kept


def test_what_ended_stays_findable_for_a_while_latest_first() -> None:
    replica: Replica[Override] = Replica(lambda item: item.id, lambda item: item.state not in _OVER)
    for number in range(ENDED_KEPT + 3):
        item = _override(number, "EP-1", OverrideState.ACTIVE)
        replica.put(item)
        replica.put(msgspec.structs.replace(item, state=OverrideState.ENDED))
    assert len(replica) == 0
    assert len(replica.ended) == ENDED_KEPT
    assert replica.ended[0].id == f"K-{ENDED_KEPT + 2}"
    assert replica.get("K-0") is None
