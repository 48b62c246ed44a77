"""Every message survives the wire; hostile bytes raise one error and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend_bridge.contract.journal import SessionChange, SessionEvent
from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import RESULT_OF, Result
from backend_bridge.contract.wire import (
    MAX_FRAME_BYTES,
    MAX_REQUEST_BYTES,
    ClientMessage,
    FrameError,
    JournalBatch,
    Message,
    PointsBatch,
    ServerMessage,
    SignIn,
    decode_client,
    decode_server,
    encode,
)
from backend_bridge.server.journal_flow import _JournalFrame
from backend_bridge.server.points_flow import _PointsFrame
from tests.unit.contract.strategies import values

DECODERS: list[Callable[[bytes], object]] = [decode_client, decode_server]


@given(values(ClientMessage))
@settings(deadline=None)
def test_client_messages_survive_the_wire(message: ClientMessage) -> None:
    assert decode_client(encode(message)) == message


@given(values(ServerMessage))
@settings(deadline=None)
def test_server_messages_survive_the_wire(message: ServerMessage) -> None:
    found = decode_server(encode(message))
    assert found == message
    assert repr(found) == repr(message)  # 1, 1.0 and True are equal and are not the same value


@given(st.binary(max_size=300))
@example(b"\x81\xa5epoch\xa2\xff\xff")
@example(b"\x81\xa1x" + b"\x91" * 60_000)
@example(b"\xdf\xff\xff\xff\xff")
def test_hostile_bytes_raise_only_a_frame_error(frame: bytes) -> None:
    for decode in DECODERS:
        with pytest.raises(FrameError):
            decode(frame)


@given(st.data(), values(ServerMessage) | values(ClientMessage))
@settings(deadline=None)
def test_damaged_messages_raise_only_a_frame_error(
    data: st.DataObject, message: ClientMessage | ServerMessage
) -> None:
    frame = bytearray(encode(message))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(frame) - 1))
        frame[at] = data.draw(st.integers(0, 255))
    cut = bytes(frame[: data.draw(st.integers(0, len(frame)))])
    for decode in DECODERS:
        for damaged in (bytes(frame), cut):
            try:
                decode(damaged)
            except FrameError:
                continue


@pytest.mark.parametrize(
    ("decode", "limit"), [(decode_client, MAX_REQUEST_BYTES), (decode_server, MAX_FRAME_BYTES)]
)
def test_frames_above_the_limit_are_not_even_looked_at(
    decode: Callable[[bytes], object], limit: int
) -> None:
    with pytest.raises(FrameError, match=f"{limit} allowed"):
        decode(b"\x00" * (limit + 1))


def test_unknown_fields_are_ignored_everywhere() -> None:
    change = PointChange(3, 50, Quality.GOOD, 1, 0)
    batch = PointsBatch(
        id=1, epoch="e", utc_ms=1, after=0, upto=1, head=1, catalogue="c",
        changes=[change], heard=[],
    )  # fmt: skip
    raw = msgspec.msgpack.decode(encode(batch))
    raw["colour"] = {"deep": [1, 2]}
    raw["changes"][0].append("a field of a newer minor version")
    assert decode_server(msgspec.msgpack.encode(raw)) == batch


def test_every_request_names_its_result() -> None:
    assert set(RESULT_OF) == set(get_args(Request))
    assert set(RESULT_OF.values()) == set(get_args(Result))


def test_tags_are_distinct_within_each_direction() -> None:
    for union in (ClientMessage, ServerMessage, Request, Result):
        tags = [kind.__struct_config__.tag for kind in get_args(union)]
        assert len(set(tags)) == len(tags)


def test_every_message_carries_id_epoch_and_time() -> None:
    for kind in (*get_args(ClientMessage), *get_args(ServerMessage)):
        assert issubclass(kind, Message)


def test_no_repr_shows_a_password() -> None:
    shown = repr(
        SignIn(id=1, epoch="e", utc_ms=1, user="u", password="one-secret", seat="s",
               new_password="two-secret")
    )  # fmt: skip
    assert "secret" not in shown


@given(values(PointsBatch))
@settings(deadline=None, max_examples=30)
def test_pre_encoded_points_frame_is_the_same_message(batch: PointsBatch) -> None:
    parts = {name: getattr(batch, name) for name in batch.__struct_fields__}
    for name in ("changes", "heard"):
        parts[name] = msgspec.Raw(msgspec.msgpack.encode(parts[name]))
    assert msgspec.msgpack.encode(_PointsFrame(**parts)) == encode(batch)


@given(values(JournalBatch))
@settings(deadline=None, max_examples=30)
def test_pre_encoded_journal_frame_is_the_same_message(batch: JournalBatch) -> None:
    parts = {name: getattr(batch, name) for name in batch.__struct_fields__}
    parts["entries"] = msgspec.Raw(msgspec.msgpack.encode(parts["entries"]))
    assert msgspec.msgpack.encode(_JournalFrame(**parts)) == encode(batch)


def test_session_events_carry_no_person() -> None:
    # Who is in the entry's user; the event itself must not repeat personal data.
    assert SessionEvent.__struct_fields__ == ("change", "console")
    assert SessionEvent(change=SessionChange.SIGNED_IN, console="c").console == "c"
