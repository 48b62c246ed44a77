"""The rules of the conversation: versions, epochs, garbage, limits, beats."""

from __future__ import annotations

import asyncio
import errno
import socket
from pathlib import Path

import hypothesis
import msgspec
import pytest
import zmq
from hypothesis import strategies as st

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.requests import GetTrend
from backend_bridge.contract.wire import (
    MAX_REQUEST_BYTES,
    PROTOCOL_MAJOR,
    PROTOCOL_MINOR,
    UNHEARD_BEATS,
    Beat,
    Failure,
    PullPoints,
    SignedIn,
    Welcome,
    encode,
)
from backend_bridge.server import wire
from backend_bridge.server.settings import WireError, WireSettings
from backend_bridge.server.wire import WireServer
from tests.fakes.waiting import until
from tests.wire.rig import Rig, expect, rig


async def test_hello_names_the_bridge_and_its_epoch(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.console()
        welcome = expect(await console.hello(), Welcome)
        assert welcome.bridge == "essai"
        assert welcome.console == "pupitre-1"
        assert welcome.epoch == bridge.server.epoch
        assert abs(welcome.utc_ms - bridge.clock.now_ms()) < 5_000


async def test_another_major_is_refused_with_both_versions_named(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.console()
        refused = expect(await console.hello(major=2, minor=7), Failure)
        assert (refused.code, refused.text_key) == (
            ErrorCode.REFUSED,
            "error.version.other_major",
        )
        bridge_version = f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR}"
        assert refused.params == {"bridge": bridge_version, "console": "2.7"}
        console.epoch = bridge.server.epoch
        assert expect(await console.sign_in("claire"), Failure).text_key == "error.hello.missing"


class _Launch(msgspec.Struct, frozen=True, kw_only=True, tag="launch_drone"):
    camera: str


async def test_request_of_a_newer_console_is_refused_by_its_name(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        asked = console.ask(_Launch(camera="C-1"))  # type: ignore[arg-type]  # of a version to come
        refused = expect(await asked, Failure)
        assert (refused.code, refused.text_key) == (
            ErrorCode.UNAVAILABLE,
            "error.request.no_service",
        )
        assert refused.params == {"request": "launch_drone"}
        # one that is known and wrong in itself is not a newer one's
        wrong = GetTrend(equipment_id=4, point_key="p", from_ms=0, to_ms=1)  # type: ignore[arg-type]
        assert expect(await console.ask(wrong), Failure).text_key == "error.frame.unread"


async def test_first_beat_comes_with_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "BEAT_PERIOD_S", 3600.0)
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire")
        await until(lambda: console.of(Beat))
        assert [type(message) for message in console.messages[1:3]] == [SignedIn, Beat]
        await console.sign_out()
        expect(await console.sign_in("claire"), SignedIn)
        await until(lambda: len(console.of(Beat)) == 2)


async def test_newer_minor_is_welcome(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.console()
        assert isinstance(await console.hello(minor=99), Welcome)


async def test_message_of_another_epoch_is_refused(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        console.epoch = "the epoch before"
        refused = expect(await console.exchange(PullPoints(**console.head(), after=0)), Failure)
        assert (refused.code, refused.text_key) == (ErrorCode.CONFLICT, "error.epoch.changed")


async def test_each_start_has_its_own_epoch(tmp_path: Path) -> None:
    epochs = set()
    for start in range(3):
        async with rig(tmp_path / str(start)) as bridge:
            epochs.add(bridge.server.epoch)
    assert len(epochs) == 3


async def test_second_hello_ends_the_session_before_it(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        await console.hello()
        refused = expect(await console.exchange(PullPoints(**console.head(), after=0)), Failure)
        assert refused.text_key == "error.session.none"


async def test_request_of_an_unknown_kind_is_refused_under_its_own_id(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        frame = encode(PullPoints(id=77, epoch=console.epoch, utc_ms=1, after=0))
        await console.socket.send(frame.replace(b"pull_points", b"pull_pointz"))
        await until(lambda: console.of(Failure))
        failure = console.of(Failure)[0]
        assert (failure.id, failure.code) == (77, ErrorCode.BAD_REQUEST)


async def test_unknown_fields_are_ignored(tmp_path: Path) -> None:
    import msgspec  # noqa: PLC0415 - only here are messages made by hand

    async with rig(tmp_path) as bridge:
        console = await bridge.console()
        hello = {
            "type": "hello", "id": 1, "epoch": "", "utc_ms": 1, "major": 1, "minor": 3,
            "software": "raw", "colour": "blue",
        }  # fmt: skip
        await console.socket.send(msgspec.msgpack.encode(hello))
        await until(lambda: console.of(Welcome))


async def test_garbage_is_counted_answered_and_never_stops_the_bridge(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        loop = asyncio.get_running_loop()
        sent = 0

        async def send(parts: list[bytes]) -> None:
            await console.socket.send_multipart(parts)

        @hypothesis.settings(
            max_examples=60, deadline=None,
            suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
        )  # fmt: skip
        @hypothesis.given(st.lists(st.binary(max_size=200), min_size=1, max_size=4))
        def throw(parts: list[bytes]) -> None:
            nonlocal sent
            sent += 1
            asyncio.run_coroutine_threadsafe(send(parts), loop).result(5)

        before = bridge.server.counters.frames_in
        await asyncio.to_thread(throw)
        await until(lambda: bridge.server.counters.frames_in == before + sent)
        assert bridge.server.counters.garbage == sent
        await until(lambda: len(console.of(Failure)) == sent)
        assert {failure.code for failure in console.of(Failure)} == {ErrorCode.BAD_REQUEST}
        assert (await console.points(0)).changes == []


async def test_bare_tcp_garbage_does_not_disturb(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        host, _, port = bridge.server.address.removeprefix("tcp://").rpartition(":")
        for blob in (b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 100, bytes(range(256)) * 40):
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(blob)
            await writer.drain()
            writer.close()
        beats = len(console.of(Beat))
        await until(lambda: len(console.of(Beat)) > beats + 1)
        assert (await console.points(0)).head == bridge.table.head


async def test_too_large_a_frame_ends_only_its_own_connection(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        loud = await bridge.seated(name="pupitre-1")
        calm = await bridge.seated("denis", name="pupitre-2")
        await loud.socket.send(b"x" * (MAX_REQUEST_BYTES + 1))
        await until(lambda: bridge.server.counters.lost == 1)
        assert (await calm.points(0)).head == bridge.table.head


async def test_second_pull_while_one_is_held_is_a_conflict(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        await console.say(PullPoints(**console.head(), after=0))
        refused = expect(await console.exchange(PullPoints(**console.head(), after=0)), Failure)
        assert (refused.code, refused.text_key) == (ErrorCode.CONFLICT, "error.pull.outstanding")


@pytest.mark.parametrize("after", [-1, 10_000])
async def test_pull_after_what_never_was_is_a_bad_request(tmp_path: Path, after: int) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        refused = expect(await console.exchange(PullPoints(**console.head(), after=after)), Failure)
        assert (refused.code, refused.text_key) == (ErrorCode.BAD_REQUEST, "error.pull.after")


async def test_beats_come_only_to_signed_in_consoles_and_tell_the_heads(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        waiting = await bridge.console("pupitre-2")
        await waiting.hello()
        console = await bridge.seated()
        await until(lambda: len(console.of(Beat)) >= 2)
        beat = console.of(Beat)[-1]
        assert (beat.head, beat.journal_head) == (bridge.table.head, bridge.journal.head)
        assert beat.storage_ok
        assert beat.lag_ms >= 0
        assert waiting.of(Beat) == []


async def test_beats_pause_for_a_console_that_says_nothing_and_resume(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        await until(lambda: len(console.of(Beat)) == UNHEARD_BEATS, timeout_s=8)
        await asyncio.sleep(1.2)
        assert len(console.of(Beat)) == UNHEARD_BEATS
        await console.points(0)
        await until(lambda: len(console.of(Beat)) > UNHEARD_BEATS)


async def test_port_in_use_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        server = _server(tmp_path, address)
        with pytest.raises(WireError, match="taken by another program") as caught:
            server.open()
        assert address in str(caught.value)
        assert caught.value.__cause__.errno == errno.EADDRINUSE  # type: ignore[union-attr]  # set


@pytest.mark.parametrize(
    ("address", "words"),
    [("tcp://192.0.2.1:7461", "no address of this machine"), ("nonsense", "cannot be listened")],
)
async def test_address_that_cannot_be_had_says_what_to_do(
    tmp_path: Path, address: str, words: str
) -> None:
    with pytest.raises(WireError, match=words):
        _server(tmp_path, address).open()


async def test_secret_key_open_to_others_stops_the_start(tmp_path: Path) -> None:
    server = _server(tmp_path, "tcp://127.0.0.1:0")
    (tmp_path / "keys" / "bridge.key_secret").chmod(0o644)
    with pytest.raises(WireError, match="chmod 600"):
        server.open()


async def test_bridge_keeps_its_key_over_restarts(tmp_path: Path) -> None:
    async with rig(tmp_path) as first:
        public = first.bridge_pair.public
        pair_console = await first.console()
        await pair_console.hello()
    again = Rig(tmp_path)
    assert again.bridge_pair.public == public
    await again.close()


def _server(directory: Path, address: str) -> WireServer:
    made = Rig(directory)
    made.passwords.close()
    made._context.destroy(linger=0)
    return WireServer(
        WireSettings(key_directory=made.key_directory, address=address),
        table=made.table,
        catalogue=made.catalogue,
        journal=made.journal,
        bus=made.bus,
        handlers={},
        authenticator=made.server._desk._authenticator,
        enrolments=made.server._enrolments,
        clock=made.clock,
    )


def test_pyzmq_brings_curve() -> None:
    assert zmq.has("curve")
