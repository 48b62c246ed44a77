from __future__ import annotations

import contextlib
import sqlite3

import msgspec
import pytest

from backend_bridge.core.storage import StorageError, User
from backend_bridge.store import Store, StoreOpenError, StoreSettings, open_users
from tests.fakes.clock import ManualClock
from tests.unit.store.makers import HARD_NAME, note

_MARIE = User(
    name="marie",
    display_name="Marie É. 🚨",
    password_hash="$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
    roles=("lighting", "viewer"),
)


async def test_users_are_kept_replaced_and_listed_by_name(
    settings: StoreSettings, clock: ManualClock
) -> None:
    hard = User(name=HARD_NAME, display_name="", password_hash="", roles=(), enabled=False)
    async with Store.open(settings, clock) as store:
        assert await store.users.users() == []
        await store.users.put_user(_MARIE)
        await store.users.put_user(hard)
        changed = msgspec.structs.replace(_MARIE, roles=("supervisor",), must_change=True)
        await store.users.put_user(changed)
    async with Store.open(settings, clock) as store:
        assert await store.users.user("marie") == changed
        assert await store.users.user(HARD_NAME) == hard
        assert await store.users.user("Marie") is None
        assert await store.users.users() == [hard, changed]
        assert store.journal.head == 0


async def test_a_user_no_file_can_hold_is_refused(store: Store) -> None:
    for wrong in ({"name": "\ud800"}, {"roles": ("\ud800",)}):
        with pytest.raises(StorageError):
            await store.users.put_user(msgspec.structs.replace(_MARIE, **wrong))
    assert await store.users.users() == []
    assert store.storage_ok


async def test_a_tool_changes_users_while_the_bridge_runs(
    store: Store, settings: StoreSettings, clock: ManualClock
) -> None:
    await store.journal.append([note()])
    async with open_users(settings, clock) as users:
        await users.put_user(_MARIE)
    assert await store.users.user("marie") == _MARIE
    assert (await store.journal.append([note()]))[0].seq == 2


async def test_a_tool_makes_the_store_when_there_is_none(
    settings: StoreSettings, clock: ManualClock
) -> None:
    async with open_users(settings, clock) as users:
        await users.put_user(_MARIE)
    async with Store.open(settings, clock) as store:
        assert await store.users.users() == [_MARIE]


async def test_a_tool_does_not_migrate_under_a_running_bridge(
    store: Store, settings: StoreSettings, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(sqlite3.connect(settings.store_path)) as outside, outside:
        outside.execute("UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr("backend_bridge.store.schema._known", lambda _: {"0000", "0001"})
    with pytest.raises(StoreOpenError, match="Restart the bridge first"):
        async with open_users(settings, clock):
            pass


async def test_damaged_roles_are_said(store: Store, settings: StoreSettings) -> None:
    await store.users.put_user(_MARIE)
    with contextlib.closing(sqlite3.connect(settings.store_path)) as outside, outside:
        outside.execute("UPDATE users SET roles = x'c1'")
    with pytest.raises(StorageError, match="roles of user 'marie' are damaged"):
        await store.users.user("marie")
