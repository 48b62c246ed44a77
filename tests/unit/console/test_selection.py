"""One selection for all panels."""

from __future__ import annotations

from console.state.selection import Selection


def test_selecting_tells_once_and_only_when_it_changed() -> None:
    selection = Selection()
    told: list[tuple[tuple[str, ...], str | None]] = []
    stop = selection.subscribe(lambda it: told.append((it.equipment_ids, it.incident_id)))
    selection.select_equipment(["EP-1", "EP-2", "EP-1"])
    selection.select_equipment(["EP-1", "EP-2"])
    selection.select_incident("INC-1")
    selection.select_incident("INC-2", ["EP-9"])
    selection.select(equipment_ids=(), incident_id=None)
    stop()
    selection.select_equipment(["EP-5"])
    assert told == [
        (("EP-1", "EP-2"), None),
        (("EP-1", "EP-2"), "INC-1"),
        (("EP-9",), "INC-2"),
        ((), None),
    ]
    assert selection.equipment_id == "EP-5"


def test_what_is_sought_is_told_and_chooses_nothing() -> None:
    selection = Selection()
    sought: list[str] = []
    end = selection.subscribe_sought(sought.append)
    selection.seek("EP-1")
    selection.seek("EP-1")
    end()
    selection.seek("EP-2")
    assert sought == ["EP-1", "EP-1"], "again is again: the map may have been moved since"
    assert selection.equipment_id is None
