"""What must hold after every campaign; each look returns what does not, empty for nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter

from tests.faults.play import (
    FAR,
    FAR_COUNT,
    FINAL,
    NEAR,
    NEAR_COUNT,
    VISITOR,
    CampaignError,
    Play,
)
from tests.faults.town import CONSOLES_WAY

SETTLE_S = 90.0
MEMORY_SHARE = 1.10
MEMORY_S = 45.0
WARM_CUTS = 3
"""Of six cuts in a row the first made a process of consoles 5 MB larger, the last 0.3 MB."""


def warm_up(play: Play) -> None:
    """Let everything that comes and goes do so once, before memory is measured.

    What Python and libc keep of it for the next time is no leak; what grows each time is.
    """
    play.begin("warm-up")
    for _ in range(2):
        check_field(play)
        check_consoles(play)
    for _ in range(WARM_CUTS):
        play.cut([CONSOLES_WAY, *play.town.links])
        play.unheard(play.town.links, SETTLE_S)
        play.mend()
        check_live(play)
        check_field(play)
    for burst in ("dawn", "dusk"):
        play.town.burst(burst=burst, within_s=1.0)
        play.until(lambda: not play.town.health()["bursts"], f"the end of {burst}")
    check_consoles(play)
    check_alarms(play)


def check_live(play: Play) -> str:
    """Return who does not follow the bridge again, empty for nobody."""
    for name, count in ((FAR, FAR_COUNT), (NEAR, NEAR_COUNT)):
        try:
            play.until(lambda: play.live(name) >= count, f"{name} consoles", SETTLE_S)  # noqa: B023 - called before the next turn
        except CampaignError as error:
            return str(error)
    return ""


def check_field(play: Play) -> str:
    """Return in what a console that just came differs from the field."""
    found: str = play.consoles[FAR].ask(
        "compare_field",
        truth_from=play.town.control,
        directory=play.town.directories[VISITOR],
        address=play.town.wire,
        limit_s=SETTLE_S,
    )
    return found


def check_consoles(play: Play) -> str:
    """Return in what consoles differ from one that just came."""
    found = {
        name: each.ask(
            "compare",
            directory=play.town.directories[VISITOR],
            address=play.town.wire,
            limit_s=SETTLE_S,
        )
        for name, each in play.consoles.items()
    }
    return "; ".join(f"{name}: {what}" for name, what in found.items() if what)


def tidy(play: Play) -> str:
    """Give back what is overridden and settle what is unknown; return what could not be."""
    ended = play.consoles[FAR].ask("end_overrides")
    links = {each.told["key"]: each.link for each in play.asked}
    play.ended = Counter(links.get(key, "") for key in ended)
    left = {key: fate for key, fate in ended.items() if fate != "done"}
    left |= {word: f"{n} of what had failed" for word, n in play.give_back().items()}
    left.pop("confirmed", None)
    settled = play.consoles[FAR].ask("settle")
    left |= {key: word for key, word in settled.items() if word not in (*FINAL, "done")}
    return "; ".join(f"{key}: {fate}" for key, fate in list(left.items())[:3])


def check_alarms(play: Play) -> str:
    """Return which alarms do not return although all is mended, or cannot be acknowledged."""
    try:
        play.until(lambda: not play.alarms(), "alarms to return", SETTLE_S)
    except CampaignError as error:
        rules = Counter(alarm["rule"] for alarm in play.alarms())
        return f"{error}: {dict(rules)}"
    left = play.consoles[FAR].ask("acknowledge")
    return "; ".join(f"{key}: {fate}" for key, fate in list(left.items())[:3])


def check_writes(play: Play) -> str:
    """Ask again for every command, then compare what devices counted with what was asked."""
    late = max((each.told["deadline_ms"] for each in play.asked), default=0)
    time.sleep(max(0.0, late / 1000 - time.time()))
    again = play.consoles[FAR].ask("fates", orders=[each.told for each in play.asked])
    wrong = []
    least, most = Counter[str](), Counter[str]()
    for each in play.asked:
        fate = again[each.told["key"]]
        if fate != each.fate and each.fate in FINAL:
            wrong.append(f"{each.told['key']}: {each.fate}, later {fate}")
        least[each.link] += each.counted and "confirmed" in (fate, each.fate)
        # refused or expired: the bridge's own word that nothing went to the field
        most[each.link] += fate.partition(":")[0] not in ("refused", "expired")
    now = play.count_writes()
    for link, before in play.writes.items():
        written = now[link] - before
        if not least[link] <= written <= most[link] + play.ended[link]:
            wrong.append(
                f"{link} was written {written} times, for {least[link]} to {most[link]} "
                f"commands and {play.ended[link]} ways back"
            )
    return "; ".join(wrong[:3])


def check_audit(play: Play) -> str:
    """Return what is wrong with the audit chain."""
    words = ("-m", "backend_bridge.cli", "admin", "audit", "verify", "--data")
    done = subprocess.run(
        [sys.executable, *words, str(play.town.data)],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if not done.returncode else (done.stdout + done.stderr).strip()


def check_memory(play: Play, before: dict[str, float]) -> str:
    """Return whose memory does not come back."""
    end_s = time.monotonic() + MEMORY_S
    while True:
        now = play.memory()
        grown = {
            name: size
            for name, size in now.items()
            if name in before and size > before[name] * MEMORY_SHARE
        }
        if not grown or time.monotonic() > end_s:
            break
        time.sleep(1.0)
    return "; ".join(f"{name} {before[name]:.0f} → {size:.0f} MB" for name, size in grown.items())
