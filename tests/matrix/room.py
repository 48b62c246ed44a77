"""A whole bridge on the city of two sectors, somebody of each role at a console of his own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import zmq.asyncio

from backend_bridge.assembly import Bridge
from backend_bridge.config import BridgeConfig, HttpConfig, WireConfig
from backend_bridge.contract.times import SystemClock
from backend_bridge.contract.wire import Answer, Failure, SignedIn, Welcome
from backend_bridge.core.storage import User
from backend_bridge.security import keys
from backend_bridge.security.enrolments import enroll
from backend_bridge.security.passwords import Passwords
from backend_bridge.store import Store, StoreSettings
from backend_bridge.territory import Territory
from tests.fakes.waiting import until
from tests.matrix.asks import (
    LASTING,
    refusal,
)
from tests.matrix.city import history, town
from tests.matrix.table import CENTRE_FILE, ROLES
from tests.wire.rig import CHEAP, PASSWORD, Console, expect


class Room:
    """A running bridge and one raw console for each role."""

    def __init__(self, bridge: Bridge, territory: Territory) -> None:
        self.bridge = bridge
        self.territory = territory
        self.consoles: dict[str, Console] = {}

    async def asked(self, role: str, request: Any) -> str:
        """Ask as a role; return the text key of what was refused, empty when nothing was."""
        lasts = isinstance(request, LASTING)
        try:
            return refusal(await self.consoles[role].ask(request, 0.3 if lasts else 5.0))
        except TimeoutError:
            if lasts:
                return ""
            raise

    def roles(self, *, allowed: bool, action: str, kind: str, sector: str) -> Iterator[str]:
        """Yield the roles the table allows (or does not) to do this."""
        for role, may in ROLES.items():
            if may.reaches(action, kind, sector) is allowed:
                yield role


@asynccontextmanager
async def running(directory: Path) -> AsyncIterator[Room]:
    """Run a bridge on the city of two sectors, somebody of each role signed in."""
    territory = town(directory)
    roles = directory / "roles"
    roles.mkdir()
    (roles / "centre.toml").write_text(CENTRE_FILE, "utf-8")
    data = directory / "data"
    await _prepare(territory, data)
    settings = BridgeConfig(
        data=str(data),
        territory=str(directory),
        roles=str(roles),
        wire=WireConfig(address="tcp://127.0.0.1:0"),
        http=HttpConfig(address="127.0.0.1:0"),
    )
    bridge = Bridge(settings, territory)
    pairs = {role: keys.generate() for role in ROLES}
    (data / "keys" / "enrolled").mkdir(parents=True)
    for role, pair in pairs.items():
        enroll(data / "keys" / "enrolled", f"console-{role.replace('_', '-')}", pair.public)
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(bridge.run(stop, lambda _: ready.set()))
    context = zmq.asyncio.Context()
    room = Room(bridge, territory)
    readers: list[asyncio.Task[None]] = []
    try:
        async with asyncio.timeout(20):
            await until(lambda: ready.is_set() or serving.done(), timeout_s=15)
        bridge_key = keys.ensure_bridge_pair(data / "keys").public
        for role, pair in pairs.items():
            console = Console(context, bridge_key, pair)
            console.connect(bridge.wire_address)
            readers.append(asyncio.create_task(console.read()))
            expect(await console.hello(), Welcome)
            expect(await console.sign_in(role, seat=role), SignedIn)
            room.consoles[role] = console
        yield room
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
        for console in room.consoles.values():
            console.socket.close(linger=0)
        context.destroy(linger=0)
        stop.set()
        async with asyncio.timeout(10):
            await serving


async def _prepare(territory: Territory, data: Path) -> None:
    clock, passwords = SystemClock(), Passwords(CHEAP)
    try:
        encoded = await passwords.hash(PASSWORD)
        async with Store.open(StoreSettings(directory=data), clock) as store:
            for role in ROLES:
                await store.users.put_user(
                    User(name=role, display_name=role, password_hash=encoded, roles=(role,))
                )
            await store.journal.append(list(history(territory, clock.now_ms())))
    finally:
        passwords.close()


def result_of(answer: Answer | Failure, kind: type[Any]) -> Any:
    """Return the result of an answer, which must be of this class."""
    assert isinstance(answer, Answer), answer
    assert isinstance(answer.result, kind)
    return answer.result
