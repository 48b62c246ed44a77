"""Who gets nothing: strangers, revoked keys, disabled users, people who signed out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import SessionChange, SessionEvent
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.wire import (
    Beat,
    Failure,
    Hello,
    PullJournal,
    PullPoints,
    SignedIn,
    SignedOut,
    SignIn,
    Welcome,
)
from backend_bridge.security.enrolments import revoke
from backend_bridge.security.limiter import LimiterSettings
from tests.fakes.waiting import until
from tests.wire.rig import PASSWORD, Console, Rig, expect, rig

GRACE_S = 1.0
"""What the contract gives a revoke to bite."""


async def changing(bridge: Rig) -> None:
    """Change points for ever, as a city does."""
    value = 0
    while True:
        value += 1
        bridge.table.apply(0, [(index, value, Quality.GOOD) for index in range(12)])
        await asyncio.sleep(0.02)


def session_changes(bridge: Rig) -> list[tuple[str, str, str, str]]:
    return [
        (entry.event.change.value, entry.user, entry.seat, entry.event.console)
        for entry in bridge.journal.log
        if isinstance(entry.event, SessionEvent)
    ]


async def test_strangers_key_gets_no_message_at_all(
    tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events.append("console_key_refused")
    async with rig(tmp_path) as bridge:
        await bridge.add_user("claire")
        bridge.task(changing(bridge))
        stranger = await bridge.console("inconnu", enrolled=False)
        known = await bridge.seated()
        stranger.try_to_say(Hello(id=1, epoch="", utc_ms=1, major=1, minor=0, software="raw"))
        stranger.try_to_say(
            SignIn(id=2, epoch=bridge.server.epoch, utc_ms=1, user="claire", password=PASSWORD,
                   seat="s")
        )  # fmt: skip
        await until(lambda: bridge.server.counters.strangers_refused)
        await until(lambda: len(known.of(Beat)) >= 3)
        assert stranger.frames == []
        assert bridge.server.counters.peers == 1


async def test_key_enrolled_for_one_console_does_not_speak_for_another(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        first = await bridge.console("pupitre-1")
        second = await bridge.console("pupitre-2")
        assert expect(await first.hello(), Welcome).console == "pupitre-1"
        assert expect(await second.hello(), Welcome).console == "pupitre-2"


async def test_routing_id_of_another_console_gives_nothing_of_its_session(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as bridge:
        victim = await bridge.seated(routing_id=b"same")
        thief = await bridge.console("pupitre-2", routing_id=b"same")
        thief.epoch = victim.epoch
        thief.try_to_say(PullPoints(**thief.head(), after=0))
        beats = len(victim.of(Beat))
        await until(lambda: len(victim.of(Beat)) > beats + 1)
        assert thief.frames == []
        # The id is free again: whoever takes it now is another peer, with no session.
        victim.socket.close(linger=0)
        await until(lambda: bridge.server.counters.lost == 1)
        late = await bridge.console("pupitre-3", routing_id=b"same")
        late.epoch = victim.epoch
        await late.hello()
        refused = expect(await late.exchange(PullPoints(**late.head(), after=0)), Failure)
        assert refused.text_key == "error.session.none"
        assert late.state_bytes() == 0


async def _revoke_key(bridge: Rig, _: Console) -> None:
    revoke(bridge.enrolled, "pupitre-1")


async def _replace_key(bridge: Rig, _: Console) -> None:
    # The same name with another key: who sits there now is not who connected.
    from backend_bridge.security.enrolments import enroll  # noqa: PLC0415 - this case only
    from backend_bridge.security.keys import generate  # noqa: PLC0415 - this case only

    revoke(bridge.enrolled, "pupitre-1")
    enroll(bridge.enrolled, "pupitre-1", generate().public)


async def _disable_user(bridge: Rig, _: Console) -> None:
    user = bridge.users.by_name["claire"]
    bridge.users.by_name["claire"] = msgspec.structs.replace(user, enabled=False)


async def _change_roles(bridge: Rig, _: Console) -> None:
    user = bridge.users.by_name["claire"]
    bridge.users.by_name["claire"] = msgspec.structs.replace(user, roles=("cabinets",))


async def _remove_user(bridge: Rig, _: Console) -> None:
    del bridge.users.by_name["claire"]


async def _sign_out(_: Rig, console: Console) -> None:
    await console.sign_out()


@pytest.mark.parametrize(
    ("end", "change", "reason"),
    [
        (_revoke_key, SessionChange.REVOKED, "session.ended.key_revoked"),
        (_replace_key, SessionChange.REVOKED, "session.ended.key_revoked"),
        (_disable_user, SessionChange.REVOKED, "session.ended.user_disabled"),
        (_change_roles, SessionChange.REVOKED, "session.ended.user_changed"),
        (_remove_user, SessionChange.REVOKED, "session.ended.user_disabled"),
        (_sign_out, SessionChange.SIGNED_OUT, "session.ended.signed_out"),
    ],
)
async def test_ended_session_gets_not_one_byte_of_state_while_connected(
    tmp_path: Path,
    end: Callable[[Rig, Console], Awaitable[None]],
    change: SessionChange,
    reason: str,
) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        bridge.task(changing(bridge))
        # Pulls are outstanding and beats are flowing when it ends.
        await console.say(PullJournal(**console.head(), after=0))
        batch = await console.points(0)
        await console.say(PullPoints(**console.head(), after=batch.upto))
        await until(lambda: console.of(Beat))
        await end(bridge, console)
        await asyncio.sleep(GRACE_S)
        before = console.state_bytes()
        # It goes on asking as if nothing had happened.
        for _ in range(3):
            await console.say(PullPoints(**console.head(), after=0))
            await console.say(PullJournal(**console.head(), after=0))
            await asyncio.sleep(0.25)
        assert console.state_bytes() == before
        assert [message.text_key for message in console.of(SignedOut)] == [reason]
        assert session_changes(bridge)[-1] == (change.value, "claire", "pupitre", "pupitre-1")


async def test_revoked_console_gets_no_answer_whatever_it_says(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        revoke(bridge.enrolled, "pupitre-1")
        await until(lambda: console.of(SignedOut))
        before = len(console.frames)
        heard = bridge.server.counters.frames_in
        await console.say(Hello(id=9, epoch="", utc_ms=1, major=1, minor=0, software="raw"))
        await console.socket.send(b"garbage")
        await until(lambda: bridge.server.counters.frames_in == heard + 2)
        assert len(console.frames) == before


async def test_revoked_then_enrolled_again_must_say_hello_and_sign_in_again(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        path = bridge.enrolled / "pupitre-1.key"
        text = path.read_text()
        path.unlink()
        await until(lambda: console.of(SignedOut))
        path.write_text(text)
        await until(lambda: bridge.server._enrolments.names() == ["pupitre-1"])
        refused = expect(await console.exchange(PullPoints(**console.head(), after=0)), Failure)
        assert (refused.code, refused.text_key) == (ErrorCode.CONFLICT, "error.hello.missing")
        await console.hello()
        assert isinstance(await console.sign_in("claire"), SignedIn)


async def test_nothing_is_served_before_hello_or_sign_in(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.console()
        console.epoch = bridge.server.epoch
        early = expect(await console.exchange(PullPoints(**console.head(), after=0)), Failure)
        assert early.text_key == "error.hello.missing"
        await console.hello()
        unsigned = expect(await console.exchange(PullPoints(**console.head(), after=0)), Failure)
        assert (unsigned.code, unsigned.text_key) == (ErrorCode.REFUSED, "error.session.none")
        assert console.state_bytes() == 0


async def test_wrong_password_and_unknown_user_look_the_same_and_are_written_down(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as bridge:
        await bridge.add_user("claire")
        console = await bridge.console()
        await console.hello()
        wrong = expect(await console.sign_in("claire", "not the password"), Failure)
        nobody = expect(await console.sign_in("my secret typed here", "oops"), Failure)
        assert wrong.code is ErrorCode.REFUSED
        assert (wrong.text_key, wrong.params) == (nobody.text_key, nobody.params)
        assert session_changes(bridge) == [
            ("sign_in_refused", "claire", "pupitre", "pupitre-1"),
            # A name nobody has may be a password in the wrong field: it is not kept.
            ("sign_in_refused", "unknown", "pupitre", "pupitre-1"),
        ]


async def test_guessing_is_slowed_down_per_user_and_per_console(tmp_path: Path) -> None:
    limits = LimiterSettings(free=2, first_wait_s=30.0)
    async with rig(tmp_path, limits=limits) as bridge:
        await bridge.add_user("claire")
        await bridge.add_user("denis")
        guesser = await bridge.console("pupitre-1")
        await guesser.hello()
        for _ in range(3):
            await guesser.sign_in("claire", "guess-guess-guess")
        slowed = expect(await guesser.sign_in("claire"), Failure)
        assert slowed.text_key == "error.sign_in.wait"
        assert 25 <= slowed.params["seconds"] <= 30  # type: ignore[operator]  # a number here
        assert expect(await guesser.sign_in("denis"), Failure).text_key == "error.sign_in.wait"
        elsewhere = await bridge.console("pupitre-2")
        await elsewhere.hello()
        assert expect(await elsewhere.sign_in("claire"), Failure).text_key == "error.sign_in.wait"
        assert isinstance(await elsewhere.sign_in("denis"), SignedIn)
        # Attempts that were not even looked at do not flood the journal.
        refused = [item for item in session_changes(bridge) if item[0] == "sign_in_refused"]
        assert len(refused) == 3


async def test_one_time_password_must_be_replaced_to_get_in(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        await bridge.add_user("administrator", must_change=True)
        console = await bridge.console()
        await console.hello()
        asked = expect(await console.sign_in("administrator"), Failure)
        assert asked.text_key == "error.sign_in.must_change"
        short = expect(await console.sign_in("administrator", new_password="short"), Failure)
        assert short.text_key == "error.password.too_short"
        chosen = "un-mot-de-passe-choisi"
        assert isinstance(await console.sign_in("administrator", new_password=chosen), SignedIn)
        await console.sign_out()
        assert isinstance(await console.sign_in("administrator"), Failure)
        assert isinstance(await console.sign_in("administrator", chosen), SignedIn)


async def test_console_that_vanishes_is_noticed_and_written_down(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        console.socket.close(linger=0)
        await until(lambda: session_changes(bridge)[-1][0] == "lost")
        assert bridge.server.counters.peers == 0
        assert bridge.server.counters.lost == 1


async def test_sign_in_works_while_the_disk_refuses(
    tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events.append("session_not_in_journal")
    async with rig(tmp_path) as bridge:
        bridge.journal.full = True
        console = await bridge.seated()
        bridge.table.apply(0, [(0, 1, Quality.GOOD)])
        assert (await console.points(0)).changes
