"""Making and changing users, and the one-time secret of a bridge that has none yet."""

from __future__ import annotations

import asyncio
import getpass
import os
import re
from pathlib import Path

import msgspec

from backend_bridge.contract.journal import ConfigurationChange, ConfigurationEvent
from backend_bridge.contract.times import Clock
from backend_bridge.core.storage import Draft, User, UserStore
from backend_bridge.security.keys import write_private
from backend_bridge.security.passwords import Passwords, check_rules, new_secret
from backend_bridge.security.roles import Roles

ADMINISTRATOR = "administrator"
SECRET_FILE = "administrator.secret"  # noqa: S105 - a file's name, not a secret


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Say who changes users, for the journal: an account of the machine, by which tool."""

    user: str
    seat: str
    clock: Clock

    def note(self, change: ConfigurationChange, subject: str, **detail: str) -> Draft:
        """Return the entry that says so."""
        return Draft(
            user=self.user,
            seat=self.seat,
            at_ms=self.clock.now_ms(),
            event=ConfigurationEvent(change=change, subject=subject, detail=detail),
        )


def machine_user() -> str:
    """Return who runs a tool on this machine, as the journal names him: ``os:root``.

    ``sudo`` names the person behind it; who is root could say otherwise, which the machine's own
    log shows.
    """
    return f"os:{os.environ.get('SUDO_USER') or getpass.getuser()}"


_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


class UserError(Exception):
    """Say what is wrong with a user or a change to one, and what to do."""


async def ensure_administrator(
    users: UserStore, passwords: Passwords, data_directory: Path, clock: Clock
) -> Path | None:
    """Make the administrator of a bridge that has no user yet; return where the secret lies.

    The secret is 0600, works once (signing in with it asks for an own password) and is never
    logged. Returns ``None`` when there are users already.

    Raises:
        StorageError: the store refuses.
        KeyFileError: the secret's file cannot be written; no user was made.
    """
    if await users.users():
        return None
    secret = new_secret()
    path = data_directory / SECRET_FILE
    # The file first: a crash in between leaves no administrator whose secret nobody knows.
    await asyncio.to_thread(write_private, path, secret + "\n", mode=0o600)
    bridge = Author(user="bridge", seat="", clock=clock)
    await users.put_user(
        User(
            name=ADMINISTRATOR,
            display_name="Administrateur",
            password_hash=await passwords.hash(secret),
            roles=(ADMINISTRATOR,),
            must_change=True,
        ),
        bridge.note(ConfigurationChange.USER_ADDED, ADMINISTRATOR, roles=ADMINISTRATOR),
    )
    return path


async def add_user(
    users: UserStore,
    passwords: Passwords,
    roles: Roles,
    *,
    name: str,
    display_name: str,
    password: str,
    wanted_roles: tuple[str, ...],
    author: Author,
    must_change: bool = False,
) -> User:
    """Make a user, durably, and return it.

    Raises:
        UserError: bad or taken name, unknown role, no role.
        RequestError: the password breaks a rule.
        StorageError: the store refuses.
    """
    if not _NAME.fullmatch(name):
        raise UserError(
            f"{name!r} cannot name a user: use 1 to 64 small letters and digits, "
            "with '.', '-' or '_' between them, for example m.durand."
        )
    if await users.user(name) is not None:
        raise UserError(f"{name} exists already: 'beffroi users list' shows everybody.")
    check_roles(roles, wanted_roles)
    check_rules(name, password)
    user = User(
        name=name,
        display_name=display_name or name,
        password_hash=await passwords.hash(password),
        roles=wanted_roles,
        must_change=must_change,
    )
    roles_said = " ".join(wanted_roles)
    note = author.note(ConfigurationChange.USER_ADDED, name, roles=roles_said)
    await users.put_user(user, note)
    return user


async def set_password(
    users: UserStore,
    passwords: Passwords,
    *,
    name: str,
    password: str,
    author: Author,
    must_change: bool = False,
) -> None:
    """Give a user another password; its sessions end within a second.

    Raises:
        UserError: no such user.
        RequestError: the password breaks a rule.
        StorageError: the store refuses.
    """
    user = await known_user(users, name)
    check_rules(name, password)
    encoded = await passwords.hash(password)
    await users.put_user(
        msgspec.structs.replace(user, password_hash=encoded, must_change=must_change),
        author.note(ConfigurationChange.USER_PASSWORD, name),
    )


async def set_roles(
    users: UserStore, roles: Roles, *, name: str, wanted_roles: tuple[str, ...], author: Author
) -> None:
    """Give a user other roles; its sessions end within a second.

    Raises:
        UserError: no such user, unknown role, no role, or the last enabled administrator would
            be none any more.
        StorageError: the store refuses.
    """
    user = await known_user(users, name)
    check_roles(roles, wanted_roles)
    if user.enabled and ADMINISTRATOR not in wanted_roles:
        await _check_not_last(users, user)
    note = author.note(
        ConfigurationChange.USER_ROLES,
        name,
        roles=" ".join(wanted_roles),
        before=" ".join(user.roles),
    )
    await users.put_user(msgspec.structs.replace(user, roles=wanted_roles), note)


async def set_enabled(users: UserStore, *, name: str, enabled: bool, author: Author) -> None:
    """Let a user in or keep it out; when kept out its sessions end within a second.

    Raises:
        UserError: no such user, or the last enabled administrator would be kept out.
        StorageError: the store refuses.
    """
    user = await known_user(users, name)
    if not enabled:
        await _check_not_last(users, user)
    change = ConfigurationChange.USER_ENABLED if enabled else ConfigurationChange.USER_DISABLED
    await users.put_user(msgspec.structs.replace(user, enabled=enabled), author.note(change, name))


async def known_user(users: UserStore, name: str) -> User:
    """Return a user.

    Raises:
        UserError: no such user.
    """
    user = await users.user(name)
    if user is None:
        raise UserError(f"there is no user {name!r}: 'beffroi users list' shows everybody.")
    return user


async def _check_not_last(users: UserStore, user: User) -> None:
    if ADMINISTRATOR not in user.roles:
        return
    for other in await users.users():
        if other.enabled and ADMINISTRATOR in other.roles and other.name != user.name:
            return
    raise UserError(
        f"{user.name} is the last enabled administrator: give another user the role "
        f"'{ADMINISTRATOR}' first."
    )


def check_roles(roles: Roles, wanted: tuple[str, ...]) -> None:
    """Refuse no role at all and roles no file defines.

    Raises:
        UserError: with the roles there are.
    """
    unknown = roles.unknown(wanted)
    if unknown or not wanted:
        what = f"no role {', '.join(map(repr, unknown))}" if unknown else "a user needs a role"
        raise UserError(f"{what}: there are {', '.join(roles.keys())}.")
