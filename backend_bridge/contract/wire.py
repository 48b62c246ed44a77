"""The wire: one ROUTER/DEALER pair, one MessagePack frame a message, three flows.

Normative text: ``docs/protocol.md``. Unknown fields are ignored by both sides; a message that does
not decode is answered with ``bad_request`` (bridge) or dropped and counted (console).
"""

from __future__ import annotations

import msgspec

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.points import PointChange, SourceHeard
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.tolerant import legible

PROTOCOL_MAJOR = 1
"""Another major is refused with both versions named."""
PROTOCOL_MINOR = 3
"""Another minor works; a console says so once."""
DEFAULT_PORT = 7461
"""TCP port of a bridge that is not told another."""
BEAT_PERIOD_S = 0.5
"""Seconds between two beats of the bridge's own loop."""
LIVE_WINDOW_S = 1.5
"""Seconds without a beat after which a console is no longer live."""
UNHEARD_BEATS = 10
"""Beats sent to a console since its last message, after which they pause until it speaks."""
SILENCE_S = 60.0
"""Seconds without a message after which a session is over (``lost``)."""
PULL_WAIT_S = 1.0
"""Longest wait of a pull; the answer is then empty."""
REQUESTS_IN_FLIGHT = 64
"""Most unanswered requests of one console; the next is refused."""
REQUEST_TIMEOUT_S = 120.0
"""Seconds after which an unanswered request is answered with ``timed_out``."""
POINTS_PER_BATCH = 10_000
"""Most changes in one batch; the rest follows at the next pull."""
ENTRIES_PER_BATCH = 500
"""Most journal entries in one batch."""
MAX_FRAME_BYTES = 16 * 1024 * 1024
"""Largest frame either side accepts."""
MAX_REQUEST_BYTES = 64 * 1024
"""Largest frame a bridge accepts from a console."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Carry what every message has: an id, the bridge epoch it belongs to, the sender's UTC ms.

    ``epoch`` is empty in a console's hello. A reply repeats the id of what it answers.
    """

    id: int
    epoch: str
    utc_ms: int


class Hello(Message, frozen=True, kw_only=True, tag="hello"):
    """Console → bridge, first on every connection."""

    major: int
    minor: int
    software: str


class SignIn(Message, frozen=True, kw_only=True, tag="sign_in"):
    """Console → bridge: a person takes a seat.

    ``new_password``, when not empty, replaces the password in the same breath; asked for by the
    failure ``error.sign_in.must_change``.
    """

    user: str
    password: str
    seat: str
    new_password: str = ""

    def __repr__(self) -> str:
        # A log line or a failing assertion must never show a password.
        return f"SignIn(id={self.id}, user={self.user!r}, seat={self.seat!r})"


class HandOver(Message, frozen=True, kw_only=True, tag="hand_over"):
    """Console → bridge: another person relieves who is signed in here, at the same seat.

    Ends every pull of the session. Answered by :class:`SignedIn`, the newcomer's, or by a failure:
    then the session before goes on.

    Attributes:
        user: who comes, with ``password``.
        incidents: ids of the leaver's incidents that the newcomer takes over.
        shown: how many each section of the brief showed, the read receipt.
    """

    user: str
    password: str
    incidents: tuple[str, ...] = ()
    shown: dict[str, int] = {}

    def __repr__(self) -> str:
        return f"HandOver(id={self.id}, user={self.user!r}, incidents={len(self.incidents)})"


class SignOut(Message, frozen=True, kw_only=True, tag="sign_out"):
    """Console → bridge: nothing more may reach this person."""


class PullPoints(Message, frozen=True, kw_only=True, tag="pull_points"):
    """Console → bridge: whatever changed after revision ``after``; 0 asks for everything.

    One outstanding at most. The answer waits until something changed or a second passed.
    """

    after: int


class PullJournal(Message, frozen=True, kw_only=True, tag="pull_journal"):
    """Console → bridge: committed entries after sequence ``after``.

    One outstanding at most. The answer waits until something was committed or a second passed.
    """

    after: int


class Ask(Message, frozen=True, kw_only=True, tag="ask"):
    """Console → bridge: one request; many may be in flight."""

    request: Request


class Welcome(Message, frozen=True, kw_only=True, tag="welcome"):
    """Bridge → console: versions agree, the key is known, nobody is signed in yet."""

    major: int
    minor: int
    software: str
    bridge: str
    console: str


class SignedIn(Message, frozen=True, kw_only=True, tag="signed_in"):
    """Bridge → console: the session exists.

    ``rights`` are ``action:kind`` words (``view:lamp``, ``operate:*``, ``manage:incident``).
    ``incidents`` are those that changed hands in a hand-over.
    """

    session: str
    user: str
    display_name: str
    seat: str
    rights: tuple[str, ...]
    catalogue: str
    incidents: tuple[str, ...] = ()


class SignedOut(Message, frozen=True, kw_only=True, tag="signed_out"):
    """Bridge → console: the session ended; ``text_key`` says why. Carries no state."""

    text_key: str


class PointsBatch(Message, frozen=True, kw_only=True, tag="points"):
    """Bridge → console: the latest state of what changed in revisions ``after`` < r ≤ ``upto``.

    Caught up when ``upto`` equals ``head``. ``catalogue`` names the catalogue the indexes belong
    to.
    """

    after: int
    upto: int
    head: int
    catalogue: str
    changes: list[PointChange]
    heard: list[SourceHeard]


class JournalBatch(Message, frozen=True, kw_only=True, tag="journal"):
    """Bridge → console: entries after ``after`` up to ``upto``, oldest first, nothing skipped.

    Entries the session may not see are left out; ``upto`` still passes them.
    """

    after: int
    upto: int
    head: int
    entries: list[JournalEntry]


class Answer(Message, frozen=True, kw_only=True, tag="answer"):
    """Bridge → console: the one final result of a request."""

    result: Result


class Failure(Message, frozen=True, kw_only=True, tag="failure"):
    """Bridge → console: the one coded error of a request, sign-in or hello."""

    code: ErrorCode
    text_key: str
    params: dict[str, str | int | float] = {}


class Beat(Message, frozen=True, kw_only=True, tag="beat"):
    """Bridge → signed-in console, every :data:`BEAT_PERIOD_S` from the bridge's own loop.

    ``head`` and ``journal_head`` tell how far behind the console is; ``lag_ms`` is how late the
    bridge's loop ran; ``storage_ok`` is false while the disk refuses to be written, and
    ``storage_fault`` then says why: ``full``, ``unreachable`` (a database server) or ``failed``;
    ``people`` is another number whenever somebody took or left a seat.
    """

    head: int
    journal_head: int
    lag_ms: float
    storage_ok: bool
    storage_fault: str = ""
    people: int = 0


ClientMessage = Hello | SignIn | HandOver | SignOut | PullPoints | PullJournal | Ask
ServerMessage = (
    Welcome | SignedIn | SignedOut | PointsBatch | JournalBatch | Answer | Failure | Beat
)

_encoder = msgspec.msgpack.Encoder()
_client_decoder = msgspec.msgpack.Decoder(ClientMessage)
_server_decoder = msgspec.msgpack.Decoder(ServerMessage)


# msgspec lets invalid UTF-8 through as Python's own error, and deep nesting as RecursionError.
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class FrameError(ValueError):
    """Say that a frame is not a message of this protocol."""


def encode(message: ClientMessage | ServerMessage) -> bytes:
    """Return the frame of a message."""
    return _encoder.encode(message)


def decode_client(frame: bytes | memoryview) -> ClientMessage:
    """Return what a console sent.

    Raises:
        FrameError: too large, not MessagePack, or not one of the client's messages.
    """
    if len(frame) > MAX_REQUEST_BYTES:
        raise FrameError(f"frame of {len(frame)} bytes, {MAX_REQUEST_BYTES} allowed")
    try:
        message: ClientMessage = _client_decoder.decode(frame)
    except _UNREADABLE as error:
        raise FrameError(str(error)) from error
    return message


def decode_server(frame: bytes | memoryview) -> ServerMessage:
    """Return what a bridge sent; journal entries of a newer version stand as ``NewerEvent``.

    Raises:
        FrameError: too large, not MessagePack, or not one of the server's messages.
    """
    if len(frame) > MAX_FRAME_BYTES:
        raise FrameError(f"frame of {len(frame)} bytes, {MAX_FRAME_BYTES} allowed")
    try:
        message: ServerMessage = _server_decoder.decode(frame)
    except _UNREADABLE as error:
        try:
            message = msgspec.convert(legible(frame), ServerMessage)
        except _UNREADABLE:
            raise FrameError(str(error)) from error
    return message
