"""The campaigns: each does harm to a town and says in one line what it did.

What must hold when it is over is not here but in :mod:`tests.faults.play`, the same for all.
"""

from __future__ import annotations

from collections import Counter

from backend_bridge.contract.wire import LIVE_WINDOW_S
from tests.faults import looks
from tests.faults.listing import Campaigns, said
from tests.faults.play import NEAR, NEAR_COUNT, Play
from tests.faults.proxy import BACK, TO
from tests.faults.town import CONSOLES_WAY

LINK_DELAY_S = 0.2
"""Below the 0.5 s a device is given to answer."""
CONSOLE_DELAY_S = 0.4
TROUBLE_S = 5.0
NOT_LIVE_WITHIN_S = LIVE_WINDOW_S + 3.0
COMMANDED = 4
"""Links on which commands are asked for while they are troubled."""
KILLED_AFTER_S = 0.04
"""At most, after commands were asked for; all are confirmed in twice that."""


CAMPAIGNS = Campaigns()


def _done(play: Play) -> str:
    counts = play.town.proxy.ask("counts")
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))


# -- field links --------------------------------------------------------------------------------


@CAMPAIGNS.add("field-delayed")
def field_delayed(play: Play) -> str:
    """Answers come late, but in time: nothing is lost, commands are confirmed."""
    links = play.some_links()
    play.trouble(links, BACK, delay_s=LINK_DELAY_S)
    fates = play.command(links[:COMMANDED])
    play.wait(TROUBLE_S)
    play.need(set(fates) == {"confirmed"}, f"commands over slow links ended {said(fates)}")
    return f"{len(links)} links slow ({_done(play)}); commands: {said(fates)}"


@CAMPAIGNS.add("field-dropped")
def field_dropped(play: Play) -> str:
    """A third of what goes either way is swallowed."""
    links = play.some_links()
    play.trouble(links, TO, BACK, drop=0.33)
    fates = play.command(links[:COMMANDED])
    play.wait(TROUBLE_S)
    return f"{len(links)} links swallow ({_done(play)}); commands: {said(fates)}"


@CAMPAIGNS.add("field-cut", short=True)
def field_cut(play: Play) -> str:
    """Connections are reset, and each new one is."""
    links = play.some_links()
    play.cut(links)
    orders = play.orders(links[:COMMANDED])
    asking = play.answer_aside(orders, via=NEAR)
    shown_s = play.unheard(links)
    asking.join()
    fates = Counter(order.fate for order in orders)
    fates += play.command(links[:COMMANDED])
    play.need("confirmed" not in fates, f"commands over cut links ended {said(fates)}")
    return f"{len(links)} links cut, shown in {shown_s:.1f} s; commands: {said(fates)}"


@CAMPAIGNS.add("field-corrupted")
def field_corrupted(play: Play) -> str:
    """Half of the answers are altered.

    Only answers: Modbus/TCP has no check of its own, so nobody can tell that a well-formed request
    was altered on its way to the device.
    """
    links = play.some_links()
    play.trouble(links, BACK, corrupt=0.5)
    fates = play.command(links[:COMMANDED])
    play.wait(TROUBLE_S)
    return f"{len(links)} links alter ({_done(play)}); commands: {said(fates)}"


@CAMPAIGNS.add("field-frozen")
def field_frozen(play: Play) -> str:
    """Connected, and nothing goes through."""
    links = play.some_links()
    play.trouble(links, TO, BACK, frozen=True)
    orders = play.orders(links[:COMMANDED])
    asking = play.answer_aside(orders, via=NEAR)
    shown_s = play.unheard(links)
    asking.join()
    fates = Counter(order.fate for order in orders)
    play.need("confirmed" not in fates, f"commands over frozen links ended {said(fates)}")
    return f"{len(links)} links frozen, shown in {shown_s:.1f} s; commands: {said(fates)}"


# -- console links ------------------------------------------------------------------------------


@CAMPAIGNS.add("console-delayed")
def console_delayed(play: Play) -> str:
    """Everything arrives late; the picture is late, never wrong."""
    play.trouble([CONSOLES_WAY], TO, BACK, delay_s=CONSOLE_DELAY_S)
    stirred = play.stir()
    fates = play.command(stirred[:COMMANDED], via=NEAR)
    play.wait(TROUBLE_S)
    play.need(set(fates) == {"confirmed"}, f"commands over a slow line ended {said(fates)}")
    return f"{NEAR_COUNT} consoles slow ({_done(play)}); commands: {said(fates)}"


@CAMPAIGNS.add("console-dropped")
def console_dropped(play: Play) -> str:
    """A twentieth of what goes either way is swallowed: the streams lose their thread."""
    play.trouble([CONSOLES_WAY], TO, BACK, drop=0.05)
    stirred = play.stir()
    fates = play.command(stirred[:COMMANDED], via=NEAR)
    play.wait(TROUBLE_S)
    return f"{NEAR_COUNT} consoles' lines swallow ({_done(play)}); commands: {said(fates)}"


@CAMPAIGNS.add("console-cut", short=True)
def console_cut(play: Play) -> str:
    """Connections are reset, and each new one is; commands were on their way."""
    orders = play.orders(play.some_links()[:COMMANDED])
    asking = play.answer_aside(orders, via=NEAR)
    play.wait(play.dice.uniform(0.0, KILLED_AFTER_S))
    play.cut([CONSOLES_WAY])
    asking.join()
    play.stir()
    late_s = play.until(lambda: not play.live(NEAR), "cut consoles to say so", NOT_LIVE_WITHIN_S)
    fates = Counter(order.fate for order in orders)
    return f"{NEAR_COUNT} consoles cut off, said in {late_s:.1f} s; commands: {said(fates)}"


@CAMPAIGNS.add("console-corrupted", short=True)
def console_corrupted(play: Play) -> str:
    """A tenth of what goes either way is altered: nothing altered is ever believed."""
    play.trouble([CONSOLES_WAY], TO, BACK, corrupt=0.1)
    stirred = play.stir()
    fates = play.command(stirred[:COMMANDED], via=NEAR)
    play.wait(TROUBLE_S)
    return f"{NEAR_COUNT} consoles' lines alter ({_done(play)}); commands: {said(fates)}"


@CAMPAIGNS.add("console-frozen")
def console_frozen(play: Play) -> str:
    """Connected, and nothing goes through: the picture must not pass for the present."""
    play.trouble([CONSOLES_WAY], TO, BACK, frozen=True)
    play.stir()
    late_s = play.until(lambda: not play.live(NEAR), "frozen consoles to say so", NOT_LIVE_WITHIN_S)
    fates = play.command(play.some_links()[:COMMANDED], via=NEAR)
    play.wait(TROUBLE_S)
    play.need("confirmed" not in fates, f"commands over a frozen line ended {said(fates)}")
    return f"{NEAR_COUNT} consoles frozen, said in {late_s:.1f} s; commands: {said(fates)}"


# -- many at once -------------------------------------------------------------------------------


@CAMPAIGNS.add("backbone")
def backbone(play: Play) -> str:
    """The backbone is cut and comes back: one row, whatever hangs on it."""
    begun = play.town.burst(burst="backbone_cut", how="silent", seed=play.dice.randrange(10**6))
    uplink = max(play.town.uplinks().items(), key=lambda item: len(item[1]))
    shown_s = play.unheard(uplink[1], 30.0)
    rows = _rows_of_a_lost_network(play)
    play.town.burst(burst="backbone_return")
    return (
        f"{begun['links']} links behind {uplink[0]} silent, shown in {shown_s:.1f} s, {rows}; back"
    )


@CAMPAIGNS.add("one-uplink", short=True)
def one_uplink(play: Play) -> str:
    """Every link behind one uplink is cut: thousands of children, one alarm row."""
    uplink, links = max(play.town.uplinks().items(), key=lambda item: len(item[1]))
    play.cut(links)
    shown_s = play.unheard(links, 30.0)
    rows = _rows_of_a_lost_network(play)
    return f"{len(links)} links behind {uplink} cut, shown in {shown_s:.1f} s, {rows}"


def _rows_of_a_lost_network(play: Play) -> str:
    def one_row() -> bool:
        rules = Counter(alarm["rule"] for alarm in play.alarms())
        return rules["uplink_lost"] == 1 and not rules["link_lost"]

    def words() -> str:
        return str(Counter(alarm["rule"] for alarm in play.alarms()))

    try:
        play.until(one_row, "one row", 15.0)
    finally:
        rows = play.alarms()
    play.need(len(rows) == 1, f"a lost network has more than its own row: {words()}")
    return f"1 alarm row for {rows[0]['children']:,} children"


@CAMPAIGNS.add("dusk", short=True)
def dusk(play: Play) -> str:
    """It dawns, then gets dark, over the whole city within seconds."""
    lamps = []
    for burst in ("dawn", "dusk"):
        begun = play.town.burst(burst=burst, within_s=3.0, seed=play.dice.randrange(10**6))
        lamps.append(begun["lamps"])
        play.until(lambda: not play.town.health()["bursts"], f"the end of {burst}")
    return f"{lamps[0]:,} lamps off and {lamps[1]:,} on, each in 3 s"


@CAMPAIGNS.add("twenty-consoles")
def twenty_consoles(play: Play) -> str:
    """Eighteen more consoles come while lamps change, and see what all see."""
    play.open("crowd")
    play.town.burst(burst="dawn", within_s=3.0)
    play.until(lambda: not play.town.health()["bursts"], "the end of dawn")
    play.town.burst(burst="dusk", within_s=3.0)
    count = sum(play.live(name) for name in play.consoles)
    wrong = looks.check_consoles(play)
    play.need(not wrong, wrong)
    play.shut("crowd")
    return f"{count} consoles followed a dawn and a dusk, all equal"


# -- devices that deceive -----------------------------------------------------------------------


@CAMPAIGNS.add("deaf-device", short=True)
def deaf_device(play: Play) -> str:
    """Devices acknowledge commands and do nothing: never called done."""
    links = play.some_links(0.1)
    for link in links:
        play.town.fault(link=link, fault="writes_ignored")
    fates = play.command(links[:COMMANDED])
    play.need(set(fates) <= {"failed", "unknown"}, f"commands to deaf devices ended {said(fates)}")
    return f"{len(links)} cabinets accept and do nothing; commands: {said(fates)}"


@CAMPAIGNS.add("replaced-device")
def replaced_device(play: Play) -> str:
    """Another device answers at the address: said, shown as lost, never commanded."""
    links = play.some_links(0.1)
    for link in links:
        play.town.fault(link=link, fault="replaced")
    shown_s = play.unheard(links)
    fates = play.command(links[:COMMANDED])
    play.need("confirmed" not in fates, f"commands to strangers ended {said(fates)}")
    told = {play.town.links[link] for link in links}
    play.until(lambda: told <= {alarm["equipment"] for alarm in play.alarms()}, "an alarm for each")
    return f"{len(links)} cabinets replaced, shown in {shown_s:.1f} s; commands: {said(fates)}"
