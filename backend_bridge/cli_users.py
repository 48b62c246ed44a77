"""``beffroi users``: who may sign in. Works beside a running bridge, which notices within 1 s."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path

from backend_bridge import config
from backend_bridge.config import ConfigFileError, read_secret
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.storage import StorageError, UserStore
from backend_bridge.security.cli_keys import DATA_VARIABLE
from backend_bridge.security.passwords import (
    MAX_PASSWORD_CHARACTERS,
    MIN_PASSWORD_CHARACTERS,
    Passwords,
)
from backend_bridge.security.roles import RoleError, Roles, load_roles
from backend_bridge.security.users import (
    Author,
    UserError,
    add_user,
    machine_user,
    set_enabled,
    set_password,
    set_roles,
)
from backend_bridge.store import StoreSettings, open_users

EXIT_REFUSED = 1
EXIT_CONFIG = 2
EXIT_STORE = 4
_RULES = {
    "error.password.too_short": f"use at least {MIN_PASSWORD_CHARACTERS} characters",
    "error.password.too_long": f"use at most {MAX_PASSWORD_CHARACTERS} characters",
    "error.password.too_common": "it is too common or too near the user's name",
}

_Work = Callable[[argparse.Namespace, UserStore, Roles], Awaitable[None]]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser(
        "users", help="people who may sign in: add, passwd, roles, list, disable, enable"
    )
    actions = parser.add_subparsers(dest="action", required=True)
    add = _action(actions, "add", "let a person sign in", _add)
    add.add_argument("--name", dest="display_name", default="", help="name as shown to people")
    passwd = _action(actions, "passwd", "give a person another password", _passwd)
    roles = _action(actions, "roles", "give a person other roles", _roles)
    _action(actions, "disable", "keep a person out, within a second", _disable)
    _action(actions, "enable", "let a person in again", _enable)
    listed = actions.add_parser("list", help="show everybody")
    listed.set_defaults(run=_run(_list))
    for action in (add, roles):
        action.add_argument(
            "--role", action="append", default=[], help="may be repeated; replaces all others"
        )
    for action in (add, passwd):
        action.add_argument(
            "--password-file", help="first line is the password; - for standard input"
        )
        action.add_argument(
            "--must-change", action="store_true", help="ask for an own one at the next sign-in"
        )
    for action in actions.choices.values():
        action.add_argument("--config", type=Path, help="the bridge's configuration file")
        action.add_argument(
            "--data", help=f"the bridge's data directory (default: ${DATA_VARIABLE})"
        )


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, work: _Work
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    parser.add_argument("user", help="name to sign in with, for example m.durand")
    parser.set_defaults(run=_run(work))
    return parser


def _run(work: _Work) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        try:
            settings, roles = _settings(arguments)
            asyncio.run(_with_users(work, arguments, settings, roles))
        except (ConfigFileError, RoleError) as error:
            return _refuse(error, EXIT_CONFIG)
        except StorageError as error:
            return _refuse(error, EXIT_STORE)
        except RequestError as error:
            reason = _RULES.get(error.text_key, error.text_key)
            return _refuse(f"this password is refused: {reason}. Nothing was changed.")
        except UserError as error:
            return _refuse(error)
        return 0

    return run


def _settings(arguments: argparse.Namespace) -> tuple[StoreSettings, Roles]:
    """Return where the users are and which roles there are."""
    data = arguments.data or ("" if arguments.config else os.environ.get(DATA_VARIABLE, ""))
    if arguments.config is not None:
        given = config.load(arguments.config, os.environ, {"data": data} if data else {})
        url = read_secret(Path(given.store.url_file)) if given.store.url_file else ""
        city = Path(given.roles) if given.roles else None
        return StoreSettings(directory=Path(given.data), url=url), load_roles(city)
    if not data:
        raise ConfigFileError(
            "The bridge's data directory is not known, so neither are its users. Name it with "
            f"--data DIR, give the bridge's --config FILE, or set {DATA_VARIABLE}."
        )
    if not Path(data).is_dir():
        raise ConfigFileError(
            f"There is no directory {data}: no bridge keeps its users there. Correct --data, or "
            "start the bridge once, which makes it."
        )
    return StoreSettings(directory=Path(data)), load_roles()


async def _with_users(
    work: _Work, arguments: argparse.Namespace, settings: StoreSettings, roles: Roles
) -> None:
    async with open_users(settings, SystemClock()) as users:
        await work(arguments, users, roles)


async def _add(arguments: argparse.Namespace, users: UserStore, roles: Roles) -> None:
    passwords = Passwords()
    try:
        await add_user(
            users,
            passwords,
            roles,
            name=arguments.user,
            display_name=arguments.display_name,
            password=await asyncio.to_thread(_password, arguments),
            wanted_roles=tuple(arguments.role),
            author=_author(),
            must_change=arguments.must_change,
        )
    finally:
        passwords.close()
    print(f"{arguments.user} may sign in as {', '.join(arguments.role)}.")


async def _passwd(arguments: argparse.Namespace, users: UserStore, _: Roles) -> None:
    passwords = Passwords()
    try:
        await set_password(
            users,
            passwords,
            name=arguments.user,
            password=await asyncio.to_thread(_password, arguments),
            author=_author(),
            must_change=arguments.must_change,
        )
    finally:
        passwords.close()
    print(f"{arguments.user} has another password and was signed out everywhere.")


async def _roles(arguments: argparse.Namespace, users: UserStore, roles: Roles) -> None:
    wanted = tuple(arguments.role)
    await set_roles(users, roles, name=arguments.user, wanted_roles=wanted, author=_author())
    print(f"{arguments.user} is now {', '.join(arguments.role)} and was signed out everywhere.")


async def _disable(arguments: argparse.Namespace, users: UserStore, _: Roles) -> None:
    await set_enabled(users, name=arguments.user, enabled=False, author=_author())
    print(f"{arguments.user} is kept out. A running bridge drops them within a second.")


async def _enable(arguments: argparse.Namespace, users: UserStore, _: Roles) -> None:
    await set_enabled(users, name=arguments.user, enabled=True, author=_author())
    print(f"{arguments.user} may sign in again.")


async def _list(_: argparse.Namespace, users: UserStore, __: Roles) -> None:
    for user in await users.users():
        state = "" if user.enabled else "  disabled"
        state += "  must change password" if user.must_change else ""
        print(f"{user.name:24} {user.display_name:32} {', '.join(user.roles)}{state}")


def _author() -> Author:
    return Author(user=machine_user(), seat="beffroi users", clock=SystemClock())


def _password(arguments: argparse.Namespace) -> str:
    """Read a password from where the arguments say, never from the command line itself."""
    if arguments.password_file == "-":  # noqa: S105 - the usual name of standard input
        return sys.stdin.readline().rstrip("\n")
    if arguments.password_file is not None:
        return read_secret(Path(arguments.password_file))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would show what is typed
            first = getpass.getpass(f"New password of {arguments.user}: ")
            again = getpass.getpass("Once more: ")
    except (getpass.GetPassWarning, EOFError) as error:
        raise UserError(
            "there is no terminal to type a password at. Nothing was changed. Give it with "
            "--password-file FILE, or --password-file - for standard input."
        ) from error
    if again != first:
        raise UserError("the two passwords differ. Nothing was changed; try again.")
    return first


def _refuse(error: object, code: int = EXIT_REFUSED) -> int:
    sys.stderr.write(f"beffroi users: {error}\n")
    return code
