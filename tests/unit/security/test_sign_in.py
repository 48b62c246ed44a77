"""Passwords, users, the limiter and the authenticator, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import ConfigurationChange, ConfigurationEvent
from backend_bridge.core.storage import User
from backend_bridge.security import passwords as passwords_module
from backend_bridge.security.limiter import Limiter, LimiterSettings
from backend_bridge.security.passwords import (
    Argon2Parameters,
    Passwords,
    check_rules,
    new_secret,
)
from backend_bridge.security.roles import Role, Roles
from backend_bridge.security.sessions import Attempt, SignInRefusedError, UserAuthenticator
from backend_bridge.security.users import (
    ADMINISTRATOR,
    Author,
    UserError,
    add_user,
    ensure_administrator,
    set_enabled,
    set_password,
    set_roles,
)
from tests.fakes.clock import ManualClock
from tests.fakes.memory_users import MemoryUsers

GOOD = "lampe-bleue-du-parc"
ANNE = Author(user="os:anne", seat="beffroi users", clock=ManualClock())
ROLES = Roles(
    [
        Role(key="viewer", title="v", rights=frozenset({"view:*"})),
        Role(key=ADMINISTRATOR, title="a", rights=frozenset({"view:*", "configure:*"})),
        Role(key="nothing", title="n", rights=frozenset()),
    ]
)


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(Argon2Parameters(time_cost=1, memory_kib=8))
    yield made
    made.close()


async def test_hash_verifies_and_never_holds_the_password(passwords: Passwords) -> None:
    encoded = await passwords.hash(GOOD)
    assert encoded.startswith("$argon2id$")
    assert GOOD not in encoded
    assert await passwords.verify(encoded, GOOD)
    assert not await passwords.verify(encoded, GOOD + "x")
    assert not await passwords.verify("not a hash", GOOD)
    assert not await passwords.verify(None, GOOD)


async def test_two_ways_to_type_one_password_are_one(passwords: Passwords) -> None:
    encoded = await passwords.hash("e\u0301te\u0301 a\u0300 la plage")
    assert await passwords.verify(encoded, "été à la plage")


async def test_unknown_user_costs_a_real_hash(passwords: Passwords) -> None:
    recorder = _Recorder()
    passwords._hasher = recorder
    assert not await passwords.verify(None, GOOD)
    assert [encoded.split("$")[1] for encoded in recorder.verified] == ["argon2id"]


class _Recorder(argon2.PasswordHasher):
    """Remember what was verified against."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's own name
        self.verified.append(str(hash))
        return super().verify(hash, password)


async def test_loop_goes_on_while_a_hash_is_computed() -> None:
    slow = Passwords(Argon2Parameters(time_cost=3, memory_kib=65_536))
    try:
        hashing = asyncio.ensure_future(slow.hash(GOOD))
        turns = 0
        while not hashing.done():
            turns += 1
            await asyncio.sleep(0.001)
        assert turns > 5
    finally:
        slow.close()


async def test_flood_of_sign_ins_is_told_to_come_back(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords_module, "MAX_WAITING_HASHES", 4)
    results = await asyncio.gather(
        *(passwords.hash(GOOD) for _ in range(10)), return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, RequestError)]
    assert len(refused) == 6
    assert {error.code for error in refused} == {ErrorCode.UNAVAILABLE}
    assert await passwords.hash(GOOD)


@pytest.mark.parametrize(
    ("name", "password", "reason"),
    [
        ("claire", "court", "error.password.too_short"),
        ("claire", "x" * 257, "error.password.too_long"),
        ("claire", "azertyuiop123", "error.password.too_common"),
        ("claire", "ababababababab", "error.password.too_common"),
        ("claire.durand", "Claire.Durand1", "error.password.too_common"),
    ],
)
def test_weak_passwords_are_refused_with_their_rule(name: str, password: str, reason: str) -> None:
    with pytest.raises(RequestError) as caught:
        check_rules(name, password)
    assert caught.value.text_key == reason


def test_long_plain_words_are_a_good_password() -> None:
    check_rules("claire", GOOD)


def test_secrets_are_long_distinct_and_pass_the_rules() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    for secret in made:
        check_rules(ADMINISTRATOR, secret)


def test_failures_beyond_the_free_ones_double_the_wait_up_to_a_cap() -> None:
    clock = ManualClock()
    limiter = Limiter(LimiterSettings(free=2, first_wait_s=1, longest_wait_s=5), clock)
    waits = []
    for _ in range(6):
        limiter.failed("k")
        waits.append(limiter.wait_s("k"))
    assert waits == [0, 0, 1, 2, 4, 5]
    clock.advance(4)
    assert limiter.wait_s("k") == 1
    limiter.succeeded("k")
    assert limiter.wait_s("k") == 0


def test_failures_are_forgotten_after_a_quiet_time() -> None:
    clock = ManualClock()
    limiter = Limiter(LimiterSettings(free=0), clock)
    limiter.failed("k")
    clock.advance(901)
    assert limiter.wait_s("k") == 0
    assert len(limiter) == 0


@given(st.lists(st.integers(0, 50), max_size=200))
def test_memory_of_failures_is_bounded(keys: list[int]) -> None:
    limiter = Limiter(LimiterSettings(remembered=10), ManualClock())
    for key in keys:
        limiter.failed(str(key))
    assert len(limiter) <= 10
    if keys:
        assert limiter._failures[str(keys[-1])].in_a_row >= 1


def test_siege_does_not_overflow() -> None:
    limiter = Limiter(LimiterSettings(), ManualClock())
    for _ in range(5_000):
        limiter.failed("k")
    assert limiter.wait_s("k") == 60


async def user(passwords: Passwords, name: str = "claire", **more: Any) -> User:
    fields = {"display_name": name, "roles": ("viewer",), **more}
    return User(name=name, password_hash=await passwords.hash(GOOD), **fields)


def attempt(name: str = "claire", password: str = GOOD, **more: str) -> Attempt:
    fields = {"seat": "pupitre", "console": "pupitre-1", **more}
    return Attempt(user=name, password=password, **fields)


async def test_attempts_at_once_do_not_outrun_the_limit(passwords: Passwords) -> None:
    users = MemoryUsers(await user(passwords))
    limits = LimiterSettings(free=3, first_wait_s=60)
    authenticator = UserAuthenticator(users, ROLES, passwords, ManualClock(), limits=limits)
    results = await asyncio.gather(
        *(authenticator.sign_in(attempt(password=f"guess {n}")) for n in range(20)),
        return_exceptions=True,
    )
    looked_at = [r for r in results if isinstance(r, SignInRefusedError) and not r.slowed]
    assert len(looked_at) == 4


async def test_session_holds_rights_of_all_roles_and_hides_no_secret(passwords: Passwords) -> None:
    both = await user(passwords, roles=("viewer", ADMINISTRATOR))
    authenticator = UserAuthenticator(MemoryUsers(both), ROLES, passwords, ManualClock())
    session = await authenticator.sign_in(attempt())
    assert session.caller.rights == {"view:*", "configure:*"}
    assert GOOD not in repr(session) + repr(attempt())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"enabled": False}, "error.sign_in.disabled"),
        ({"roles": ("nothing",)}, "error.sign_in.no_role"),
        ({"roles": ("gone",)}, "error.sign_in.no_role"),
        ({"must_change": True}, "error.sign_in.must_change"),
    ],
)
async def test_right_password_is_not_always_enough(
    passwords: Passwords, changes: dict[str, Any], reason: str
) -> None:
    users = MemoryUsers(await user(passwords, **changes))
    authenticator = UserAuthenticator(users, ROLES, passwords, ManualClock())
    with pytest.raises(SignInRefusedError) as caught:
        await authenticator.sign_in(attempt())
    assert caught.value.text_key == reason
    # None of these tells anything to somebody who does not know the password.
    with pytest.raises(SignInRefusedError) as caught:
        await authenticator.sign_in(attempt(password="guess"))
    assert caught.value.text_key == "error.sign_in.wrong"


@pytest.mark.parametrize("fields", [{"seat": ""}, {"seat": "x" * 65}, {"seat": "a\nb"}])
async def test_malformed_attempts_are_bad_requests(
    passwords: Passwords, fields: dict[str, str]
) -> None:
    authenticator = UserAuthenticator(MemoryUsers(), ROLES, passwords, ManualClock())
    with pytest.raises(RequestError) as caught:
        await authenticator.sign_in(attempt(**fields))
    assert caught.value.code is ErrorCode.BAD_REQUEST


async def test_unreachable_users_are_unavailable_and_revoke_nobody(passwords: Passwords) -> None:
    users = MemoryUsers(await user(passwords))
    authenticator = UserAuthenticator(users, ROLES, passwords, ManualClock())
    session = await authenticator.sign_in(attempt())
    users.broken = True
    assert await authenticator.revoked(session) == ""
    with pytest.raises(RequestError) as caught:
        await authenticator.sign_in(attempt())
    assert caught.value.code is ErrorCode.UNAVAILABLE


async def test_a_store_that_is_away_slows_nobody_down(passwords: Passwords) -> None:
    users = MemoryUsers(await user(passwords))
    authenticator = UserAuthenticator(users, ROLES, passwords, ManualClock())
    users.broken = True
    for _ in range(10):
        with pytest.raises(RequestError) as caught:
            await authenticator.sign_in(attempt())
        assert caught.value.code is ErrorCode.UNAVAILABLE
    users.broken = False
    assert (await authenticator.sign_in(attempt())).caller.user


async def test_first_start_makes_one_administrator_and_a_secret_only_its_owner_reads(
    tmp_path: Path, passwords: Passwords
) -> None:
    users = MemoryUsers()
    path = await ensure_administrator(users, passwords, tmp_path, ManualClock())
    assert path == tmp_path / "administrator.secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert await ensure_administrator(users, passwords, tmp_path, ManualClock()) is None
    authenticator = UserAuthenticator(users, ROLES, passwords, ManualClock(), secret_file=path)
    secret = path.read_text().strip()
    with pytest.raises(SignInRefusedError, match="must_change"):
        await authenticator.sign_in(attempt(ADMINISTRATOR, secret))
    await authenticator.sign_in(attempt(ADMINISTRATOR, secret, new_password=GOOD))
    assert not path.exists()
    with pytest.raises(SignInRefusedError, match="wrong"):
        await authenticator.sign_in(attempt(ADMINISTRATOR, secret))


async def test_users_are_added_changed_and_kept_out(passwords: Passwords) -> None:
    users = MemoryUsers()
    made = await add_user(
        users, passwords, ROLES,
        name="m.durand", display_name="", password=GOOD, wanted_roles=("viewer",),
        author=ANNE,
    )  # fmt: skip
    assert made.display_name == "m.durand"
    authenticator = UserAuthenticator(users, ROLES, passwords, ManualClock())
    session = await authenticator.sign_in(attempt("m.durand"))
    await set_password(users, passwords, name="m.durand", password=GOOD + "-2", author=ANNE)
    assert await authenticator.revoked(session) == "session.ended.user_changed"
    await set_enabled(users, name="m.durand", enabled=False, author=ANNE)
    assert await authenticator.revoked(session) == "session.ended.user_disabled"
    said = [
        (note.user, note.event.change, note.event.subject, note.event.detail)
        for note in users.notes
        if isinstance(note.event, ConfigurationEvent)
    ]
    assert said == [
        ("os:anne", ConfigurationChange.USER_ADDED, "m.durand", {"roles": "viewer"}),
        ("os:anne", ConfigurationChange.USER_PASSWORD, "m.durand", {}),
        ("os:anne", ConfigurationChange.USER_DISABLED, "m.durand", {}),
    ]


async def test_impossible_users_are_refused_with_what_to_do(passwords: Passwords) -> None:
    users = MemoryUsers(await user(passwords))

    async def add(name: str, *roles: str) -> None:
        await add_user(
            users, passwords, ROLES,
            name=name, display_name="", password=GOOD, wanted_roles=roles,
            author=ANNE,
        )  # fmt: skip

    with pytest.raises(UserError, match="cannot name a user"):
        await add("Élise Dupont", "viewer")
    with pytest.raises(UserError, match="exists already"):
        await add("claire", "viewer")
    with pytest.raises(UserError, match="there are administrator, nothing, viewer"):
        await add("denis", "vewer")
    with pytest.raises(UserError, match="needs a role"):
        await add("denis")
    with pytest.raises(UserError, match="no user 'denis'"):
        await set_password(users, passwords, name="denis", password=GOOD, author=ANNE)


async def test_last_administrator_cannot_be_kept_out(passwords: Passwords) -> None:
    users = MemoryUsers(await user(passwords, "ariane", roles=(ADMINISTRATOR,)))
    with pytest.raises(UserError, match="last enabled administrator"):
        await set_enabled(users, name="ariane", enabled=False, author=ANNE)
    with pytest.raises(UserError, match="last enabled administrator"):
        await set_roles(users, ROLES, name="ariane", wanted_roles=("viewer",), author=ANNE)
    await users.put_user(await user(passwords, "bruno", roles=(ADMINISTRATOR,)))
    await set_enabled(users, name="ariane", enabled=False, author=ANNE)
    assert not users.by_name["ariane"].enabled
