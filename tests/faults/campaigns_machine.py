"""The campaigns against the machine: processes, clock, disk, and a storm of alarms."""

from __future__ import annotations

import contextlib
import json
import os
import urllib.error
import urllib.request
from collections import Counter

from tests.bench._talking import Talking
from tests.faults.campaigns import (
    COMMANDED,
    KILLED_AFTER_S,
    NOT_LIVE_WITHIN_S,
    TROUBLE_S,
)
from tests.faults.listing import Campaigns, said
from tests.faults.play import FAR, NEAR, Play

CLOCK_JUMP_S = 7200
ALARMS_PER_S = 500
STORM_S = 10
BALLAST = 1 << 20
KILLED_LINKS = 16
"""Three commands for each: fewer than a bridge takes from a console at a time."""
CAMPAIGNS = Campaigns()


@CAMPAIGNS.add("clock-jump")
def clock_jump(play: Play) -> str:
    """The bridge's wall clock is set two hours ahead, and back again."""
    if not play.town.set_clock(CLOCK_JUMP_S):
        return "not possible here without a C compiler"
    play.stir()
    play.wait(TROUBLE_S)
    ahead = play.live(FAR) + play.live(NEAR)
    play.need(ahead, "no console follows a bridge whose clock was set ahead")
    play.town.set_clock(0)
    play.wait(TROUBLE_S)
    links = play.some_links()[:COMMANDED]
    fates = play.command(links)
    play.need(set(fates) == {"confirmed"}, f"commands after the clock was set: {said(fates)}")
    return f"clock {CLOCK_JUMP_S:+} s and back; commands after: {said(fates)}"


@CAMPAIGNS.add("disk-full", short=True)
def disk_full(play: Play) -> str:
    """Nothing can be written: commands are refused before anything goes to the field."""
    if play.town.disk is None:
        return "not possible here: tests may not mount a disk"
    ballast = play.town.disk / "ballast"
    broken = play.some_links()[0]
    play.town.fault(link=broken, fault="dead")
    play.until(play.alarms, "an alarm")
    play.town.clear(link=broken)
    try:
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(BALLAST)):
                pass
        # the journal's file has room of its own left: only much fills it
        words = play.consoles[FAR].ask("write_much")
        play.until(lambda: not _storage_ok(play), "the full disk to be said")
        links = play.some_links()
        play.town.fault(link=links[-1], fault="dead")
        play.unheard(links[-1:])
        fates = play.command(links[:COMMANDED])
        play.need("confirmed" not in fates, f"commands on a full disk ended {said(fates)}")
    finally:
        ballast.unlink(missing_ok=True)
    back_s = play.until(lambda: _storage_ok(play), "the disk again")
    kept = words.get("done", 0)
    return (
        f"disk full after {kept} comments, commands: {said(fates)}; "
        f"written again after {back_s:.1f} s"
    )


def _storage_ok(play: Play) -> bool:
    try:
        with urllib.request.urlopen(play.town.http + "/health", timeout=10) as answer:
            health = json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            health = json.load(error)
    return bool(health["storage_ok"])


@CAMPAIGNS.add("bridge-stopped")
def bridge_stopped(play: Play) -> str:
    """The bridge stands still: every console says so."""
    assert play.town.bridge is not None
    with play.stopped(play.town.bridge.process.pid):
        late_s = play.until(
            lambda: not play.live(FAR) and not play.live(NEAR),
            "consoles to say that the bridge stands still",
            NOT_LIVE_WITHIN_S,
        )
        play.stir()
        play.wait(TROUBLE_S)
    return f"stopped for {late_s + TROUBLE_S:.0f} s, said by every console in {late_s:.1f} s"


@CAMPAIGNS.add("bridge-killed", short=True)
def bridge_killed(play: Play) -> str:
    """The bridge dies while commands are under way, and is started again."""
    orders = play.orders(play.some_links()[:KILLED_LINKS], lamps=3)
    asking = play.answer_aside(orders, via=FAR)
    play.wait(play.dice.uniform(0.0, KILLED_AFTER_S))
    assert play.town.bridge is not None
    play.town.bridge.kill()
    play.stir()
    asking.join()
    play.until(lambda: not play.live(FAR), "a console to say so", NOT_LIVE_WITHIN_S)
    play.town.start_bridge()
    fates = Counter(order.fate for order in orders)
    return f"killed under {len(orders)} commands: {said(fates)}"


@CAMPAIGNS.add("field-stopped")
def field_stopped(play: Play) -> str:
    """Every device stands still: nothing is shown as good."""
    assert play.town.field is not None
    with play.stopped(play.town.field.process.pid):
        shown_s = play.unheard(play.town.links, 20.0)
    return f"every device silent, shown in {shown_s:.1f} s"


@CAMPAIGNS.add("field-killed")
def field_killed(play: Play) -> str:
    """Every device loses its power and comes back with its own programme."""
    play.command(play.some_links()[:COMMANDED])
    assert play.town.field is not None
    play.town.field.kill()
    shown_s = play.unheard(play.town.links, 20.0)
    play.town.start_field()
    play.field_began_again()
    return f"every device gone, shown in {shown_s:.1f} s, started again"


@CAMPAIGNS.add("console-stopped")
def console_stopped(play: Play) -> str:
    """A console's process stands still while the city changes."""
    with play.stopped(play.consoles[NEAR].process.pid):
        stirred = play.stir()
        play.wait(2 * TROUBLE_S)
        play.need(play.live(FAR), "a stopped console holds up another")
    return f"stopped for {2 * TROUBLE_S:.0f} s while {len(stirred)} cabinets changed"


@CAMPAIGNS.add("console-killed")
def console_killed(play: Play) -> str:
    """A console's process dies; another takes its place."""
    play.consoles[NEAR].process.kill()
    play.shut(NEAR)
    play.stir()
    play.wait(TROUBLE_S / 2)
    play.need(play.live(FAR), "a dead console holds up another")
    play.open(NEAR)
    return "killed, and started again while the city changed"


@CAMPAIGNS.add("alarm-storm")
def alarm_storm(play: Play) -> str:
    """Somebody types while 500 alarms a second arrive: no letter lost, no focus moved."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with Talking("tests.bench._alarm_console", environment=environment) as window:
        seen = window.ask("live", rate=ALARMS_PER_S, seconds=STORM_S)
    for what in ("lost", "stolen", "missing"):
        play.need(not seen[what], f"{what}: {seen[what]} of {seen['typed']} letters")
    return f"{seen['sent']:,} alarms while {seen['typed']} letters were typed, all there"
