"""The one right reply passes, whole or in pieces; anything else is a ProtocolError at once."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.quality import Quality
from backend_bridge.core.errors import ProtocolError
from backend_bridge.drivers.modbus.frames import (
    EXCEPTIONS,
    exception_quality,
    exception_text,
    reply_size,
)


def frame(body: bytes, *, tid: int = 7, protocol: int = 0, unit: int = 1) -> bytes:
    return struct.pack(">HHHB", tid, protocol, len(body) + 1, unit) + body


READ = frame(struct.pack(">BHH", 3, 100, 4))
READ_REPLY = frame(bytes([3, 8]) + bytes(8))
COILS = frame(struct.pack(">BHH", 1, 0, 9))
COILS_REPLY = frame(bytes([1, 2, 0xFF, 0x01]))
WRITE = frame(struct.pack(">BHH", 6, 1100, 40))
WRITES = frame(struct.pack(">BHHBHH", 16, 1100, 2, 4, 1, 2))
WRITES_REPLY = frame(struct.pack(">BHH", 16, 1100, 2))
PAIRS = [(READ, READ_REPLY), (COILS, COILS_REPLY), (WRITE, WRITE), (WRITES, WRITES_REPLY)]


@pytest.mark.parametrize(("request_", "reply"), PAIRS)
def test_right_reply_is_recognised_however_it_is_cut(request_: bytes, reply: bytes) -> None:
    assert [reply_size(request_, reply[:end]) for end in range(len(reply))] == [0] * len(reply)
    assert reply_size(request_, reply) == len(reply)


@pytest.mark.parametrize(("request_", "reply"), PAIRS)
def test_exception_reply_is_recognised(request_: bytes, reply: bytes) -> None:
    refusal = frame(bytes([reply[7] | 0x80, 2]))

    assert reply_size(request_, refusal) == 9


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (frame(bytes([3, 8]) + bytes(8), tid=8), "another request"),
        (frame(bytes([3, 8]) + bytes(8), protocol=1), "another request or protocol"),
        (frame(bytes([3, 8]) + bytes(8), unit=2), "unit 2"),
        (frame(bytes([4, 8]) + bytes(8)), "function 4"),
        (frame(bytes([3, 6]) + bytes(8)), "counts 6"),
        (frame(bytes([3, 6]) + bytes(6)), "counts 6"),
        (frame(bytes([3, 8]) + bytes(9)), "bytes long"),
        (frame(bytes([0x83, 2, 0])), "bytes long"),
        (READ_REPLY + b"\0", "more than"),
        (struct.pack(">HHHB", 7, 0, 1, 1), "claims"),
        (struct.pack(">HHHB", 7, 0, 300, 1), "claims"),
    ],
)
def test_wrong_reply_is_refused_with_its_reason(reply: bytes, said: str) -> None:
    with pytest.raises(ProtocolError, match=said):
        reply_size(READ, reply)


def test_write_answered_with_another_value_is_refused() -> None:
    with pytest.raises(ProtocolError, match="other content"):
        reply_size(WRITE, frame(struct.pack(">BHH", 6, 1100, 41)))


@given(data=st.binary(max_size=400), request_=st.sampled_from([pair[0] for pair in PAIRS]))
def test_any_bytes_are_a_reply_incomplete_or_a_protocol_error(data: bytes, request_: bytes) -> None:
    try:
        size = reply_size(request_, data)
    except ProtocolError:
        return
    assert size in (0, len(data))


@given(at=st.integers(0, 16), flip=st.integers(1, 255))
def test_one_spoiled_byte_of_the_head_never_passes(at: int, flip: int) -> None:
    head = min(at, 8)
    spoiled = READ_REPLY[:head] + bytes([READ_REPLY[head] ^ flip]) + READ_REPLY[head + 1 :]

    try:
        size = reply_size(READ, spoiled)
    except ProtocolError:
        return
    # a longer announced length only waits for bytes that never come
    assert size == 0


def test_every_exception_has_words_and_a_quality() -> None:
    assert all(str(code) in exception_text(code) for code in (*EXCEPTIONS, 99))
    assert {exception_quality(code) for code in (5, 6, 10, 11)} == {Quality.UNAVAILABLE}
    assert {exception_quality(code) for code in (1, 2, 3, 4, 99)} == {Quality.BAD}
