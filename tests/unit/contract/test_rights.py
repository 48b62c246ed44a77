"""The grammar of rights: what each word reaches, and that no word reaches more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.rights import ANYWHERE, allows

_ACTIONS = st.sampled_from(["view", "operate", "manage"])
_KINDS = st.sampled_from(["lamp", "camera", "bollard"])
_SECTORS = st.sampled_from(["Centre", "Port", "Îlot @ 2"])
_RIGHT = st.builds(
    lambda action, kind, sector: f"{action}:{kind}@{sector}" if sector else f"{action}:{kind}",
    _ACTIONS,
    _KINDS | st.just("*"),
    _SECTORS | st.just(""),
)
_RIGHTS = st.frozensets(_RIGHT, max_size=6)


def _plainly(rights: frozenset[str], action: str, kind: str, sector: str) -> bool:
    """Say the same the slow way: is one of the rights one of the words that would do?"""
    enough = {f"{action}:{kind}", f"{action}:*"}
    enough |= {f"{action}:{kind}@{sector}", f"{action}:*@{sector}"}
    return bool(rights & enough)


@given(_RIGHTS, _ACTIONS, _KINDS, _SECTORS)
def test_a_right_reaches_its_kind_in_its_sector_and_nothing_else(
    rights: frozenset[str], action: str, kind: str, sector: str
) -> None:
    assert allows(rights, action, kind, sector) is _plainly(rights, action, kind, sector)


@given(_RIGHTS, _ACTIONS, _KINDS)
def test_where_no_sector_is_known_only_a_right_without_one_holds(
    rights: frozenset[str], action: str, kind: str
) -> None:
    assert allows(rights, action, kind) is bool(rights & {f"{action}:{kind}", f"{action}:*"})


@given(_RIGHTS, _ACTIONS, _KINDS)
def test_anywhere_asks_for_some_sector_or_other(
    rights: frozenset[str], action: str, kind: str
) -> None:
    named = {right.partition("@")[0] for right in rights}
    expected = bool(named & {f"{action}:{kind}", f"{action}:*"})
    assert allows(rights, action, kind, ANYWHERE) is expected


@given(_RIGHTS, _ACTIONS)
def test_what_concerns_no_kind_is_for_whoever_has_the_action_at_all(
    rights: frozenset[str], action: str
) -> None:
    assert allows(rights, action, "") is any(right.startswith(f"{action}:") for right in rights)


@given(_RIGHTS, _RIGHT, _ACTIONS, _KINDS, _SECTORS)
def test_another_right_never_takes_one_away(
    rights: frozenset[str], more: str, action: str, kind: str, sector: str
) -> None:
    if allows(rights, action, kind, sector):
        assert allows(rights | {more}, action, kind, sector)


@given(st.frozensets(st.text(max_size=12), max_size=4))
def test_a_word_that_is_no_right_gives_none_and_hurts_nobody(rights: frozenset[str]) -> None:
    assert not allows(rights, "operate", "lamp", "Centre") or any(
        right.startswith("operate:") for right in rights
    )


def test_a_right_over_every_kind_is_asked_for_by_its_star() -> None:
    assert allows({"manage:*"}, "manage", "*", "Port")
    assert allows({"manage:*@Port"}, "manage", "*", "Port")
    assert not allows({"manage:*@Port"}, "manage", "*", "Centre")
    assert not allows({"manage:lamp"}, "manage", "*", "Port")
