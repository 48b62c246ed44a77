"""Whether what the screen shows is the present, and if not, how far it is behind."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from backend_bridge.contract.wire import LIVE_WINDOW_S
from console.state.feed import FeedStatus


class LinkWord(enum.StrEnum):
    """Say in one word how the link does; the strip's text is ``link.<word>``."""

    LIVE = "live"
    BEHIND = "behind"
    """Beats arrive, the replica is late."""
    LOADING = "loading"
    """Signed in, and the first picture is not complete yet."""
    LOST = "lost"
    """No beat within the window, or no connection while somebody is signed in."""
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"
    """The bridge will not have this console: key, version."""
    CONNECTING = "connecting"
    """Never connected since the start."""


@dataclass(frozen=True, slots=True)
class Liveness:
    """Tell the state of the link at one moment of this machine's steady clock.

    Attributes:
        live: beats arrive and the replica misses nothing older than the live window.
        since_mono_s: since when ``word`` is what it is.
        beat_age_s: seconds since the bridge's loop was last heard, ``None`` for never.
        last_live_ms: UTC ms (bridge's clock) when it was last live, ``None`` for never: the cover's
            "not live since".
        revisions_behind: point revisions announced and not here; ``entries_behind`` likewise for
            the journal; ``seconds_behind`` since when, 0 while caught up.
        skew_ms: bridge's wall clock minus this machine's, ``None`` before a hello.
        newer_entries: journal entries here that a newer version wrote and nobody here can read.
        storage_ok: false while nothing is recorded; ``storage_fault`` says why: ``full``,
            ``unreachable``, ``failed``, empty from an older bridge.
        protocol: version the bridge speaks, ``major.minor``; empty before a hello.
        text_key: what the link itself says about it, empty for nothing; with ``params``.
    """

    live: bool = False
    word: LinkWord = LinkWord.CONNECTING
    since_mono_s: float = 0.0
    beat_age_s: float | None = None
    last_live_ms: int | None = None
    revisions_behind: int = 0
    entries_behind: int = 0
    seconds_behind: float = 0.0
    skew_ms: float | None = None
    storage_ok: bool = True
    storage_fault: str = ""
    bridge_lag_ms: float = 0.0
    bridge: str = ""
    address: str = ""
    newer_entries: int = 0
    protocol: str = ""
    text_key: str = ""
    params: Mapping[str, str | int | float] = field(default_factory=dict)


def judge(
    status: FeedStatus, mono_s: float, now_ms: int, before: Liveness, *, bridge_now_ms: int
) -> Liveness:
    """Return the liveness at ``mono_s`` from what the link last said.

    Works also when the link's own thread is dead: then beats simply grow old.
    """
    beat_age_s = None if status.last_beat_mono_s is None else mono_s - status.last_beat_mono_s
    behind_s = (
        0.0 if status.behind_since_mono_s is None else max(0.0, mono_s - status.behind_since_mono_s)
    )
    word = _word(status, beat_age_s, behind_s)
    live = word is LinkWord.LIVE
    skew_ms = None if status.bridge_ahead_ms is None else bridge_now_ms - float(now_ms)
    return Liveness(
        live=live,
        word=word,
        since_mono_s=before.since_mono_s if word is before.word else mono_s,
        beat_age_s=beat_age_s,
        last_live_ms=bridge_now_ms if live else before.last_live_ms,
        revisions_behind=status.revisions_behind,
        entries_behind=status.entries_behind,
        seconds_behind=behind_s,
        skew_ms=skew_ms,
        storage_ok=status.storage_ok,
        storage_fault=status.storage_fault,
        bridge_lag_ms=status.bridge_lag_ms,
        bridge=status.bridge,
        address=status.address,
        newer_entries=status.newer_entries,
        protocol=status.protocol,
        text_key=status.text_key,
        params=status.params,
    )


def _word(status: FeedStatus, beat_age_s: float | None, behind_s: float) -> LinkWord:
    if status.phase == "refused":
        return LinkWord.REFUSED
    if status.phase == "signed_out":
        return LinkWord.SIGNED_OUT
    if status.phase == "connecting":
        return LinkWord.LOST if status.session is not None else LinkWord.CONNECTING
    if beat_age_s is None or beat_age_s > LIVE_WINDOW_S:
        # A session without its first beat is still loading; one whose beats stopped is lost.
        first = beat_age_s is None and status.phase == "loading"
        return LinkWord.LOADING if first else LinkWord.LOST
    if status.phase == "loading":
        return LinkWord.LOADING
    return LinkWord.BEHIND if behind_s > LIVE_WINDOW_S else LinkWord.LIVE
