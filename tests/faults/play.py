"""One campaign at work on a town: what it may do, and what must hold when it is over."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil

from tests.bench._talking import Talking
from tests.faults.town import CONSOLES_WAY, Town

FAR, NEAR = "far", "near"
"""Consoles that reach the bridge directly, and those behind the proxy."""
FAR_COUNT, NEAR_COUNT, CROWD_COUNT = 1, 2, 18
VISITOR = FAR_COUNT + NEAR_COUNT + CROWD_COUNT
CONSOLES = VISITOR + 1
DEADLINE_S = 5.0
SETTLE_S = 90.0
MEMORY_SHARE = 1.10
MEMORY_S = 45.0
STEP_S = 0.1
FINAL = ("confirmed", "failed", "unknown")
"""Fates of what went to a device."""


class CampaignError(Exception):
    """Say that something was not as it must be while a campaign went on."""


@dataclass(slots=True)
class Asked:
    """A command that was asked for, on which link, and what was said of its fate."""

    told: dict[str, Any]
    link: str
    fate: str = ""


@dataclass(slots=True)
class Verdict:
    """What was found after a campaign; an empty text is as it must be."""

    name: str
    did: str = ""
    seconds: float = 0.0
    found: dict[str, str] = field(default_factory=dict)

    @property
    def green(self) -> bool:
        """Return whether all is as it must be."""
        return not any(self.found.values())


class Play:
    """Hold the town, the consoles and the dice of a campaign.

    Args:
        seed: what is chosen, of the campaign's own.
    """

    def __init__(self, town: Town, seed: int) -> None:
        self.town = town
        self._seed = seed
        self._numbers = itertools.count()
        self.consoles: dict[str, Talking] = {}
        self.dice = random.Random(seed)
        self.asked: list[Asked] = []
        self._writes: dict[str, int] = {}
        self._ended: Counter[str] = Counter()
        self._rung: set[str] = set()
        self._troubled_s = 0.0
        self._lamps = self._find_lamps()
        self.open(FAR)
        self.open(NEAR)

    def close(self) -> None:
        """End the consoles."""
        for console in self.consoles.values():
            console.end()

    # -- what a campaign does -------------------------------------------------------------------

    def begin(self, name: str) -> dict[str, float]:
        """Begin a campaign: its dice, its commands, the devices' counters; return the memory."""
        self.dice = random.Random(f"{self._seed}/{name}")
        self.asked = []
        self._ended = Counter()
        self._writes = self._count_writes()
        self._rung = {alarm["id"] for alarm in self._listed()}
        self.town.proxy.ask("counts")
        self._troubled_s = time.monotonic()
        return self.memory()

    def open(self, which: str) -> None:
        """Start a process of consoles, and sign in there."""
        first, count, address = {
            FAR: (0, FAR_COUNT, self.town.wire),
            NEAR: (FAR_COUNT, NEAR_COUNT, self.town.near),
            "crowd": (FAR_COUNT + NEAR_COUNT, CROWD_COUNT, self.town.wire),
        }[which]
        talking = self.consoles[which] = Talking("tests.faults.consoles")
        directories = self.town.directories[first : first + count]
        talking.ask("open", directories=directories, address=address)

    def shut(self, which: str) -> None:
        """End a process of consoles as its person would."""
        self.consoles.pop(which).end()

    def some_links(self, share: float = 0.33) -> list[str]:
        """Choose cabinets, three at least."""
        cabinets = sorted(self._lamps)
        count = min(len(cabinets), max(3, round(share * len(cabinets))))
        return sorted(self.dice.sample(cabinets, count))

    def trouble(self, names: Sequence[str], *sides: str, **what: object) -> None:
        """Let the proxy trouble ways."""
        self._troubled_s = time.monotonic()
        self.town.proxy.ask("trouble", names=names, sides=sides, **what)

    def cut(self, names: Sequence[str]) -> None:
        """Let the proxy cut ways."""
        self._troubled_s = time.monotonic()
        self.town.proxy.ask("cut", names=names)

    def command(self, links: Iterable[str], *, lamps: int = 2, via: str = FAR) -> Counter[str]:
        """Command some lamps behind each link, all at once; return how often which fate."""
        return self.answer(self.orders(links, lamps=lamps), via=via)

    def orders(self, links: Iterable[str], *, lamps: int = 2) -> list[Asked]:
        """Choose lamps and what each is told."""
        until_ms = time.time_ns() // 1_000_000 + round(DEADLINE_S * 1000)
        found = [
            Asked(
                {
                    "key": f"campaign-{self._seed}-{next(self._numbers)}-{os.getpid()}",
                    "equipment_id": lamp,
                    "point_key": "level",
                    "value": self.dice.randint(10, 90),
                    "deadline_ms": until_ms,
                    "reason": "campagne",
                },
                link,
            )
            for link in links
            for lamp in self.dice.sample(self._lamps[link], min(lamps, len(self._lamps[link])))
        ]
        self.asked += found
        return found

    def answer(self, orders: Sequence[Asked], *, via: str = FAR) -> Counter[str]:
        """Ask for orders and wait for what is said of each."""
        fates = self.consoles[via].ask("execute", orders=[each.told for each in orders])
        for each in orders:
            each.fate = fates[each.told["key"]]
        return Counter(each.fate for each in orders)

    def stir(self) -> list[str]:
        """Let the photocells of some cabinets err, so that there is something to miss."""
        links = self.some_links(0.2)
        for link in links:
            self.town.fault(link=link, fault="photocell_light")
        return links

    def unheard(self, links: Iterable[str], limit_s: float = 15.0) -> float:
        """Wait until a console shows nothing behind these links as good.

        Returns:
            The seconds since the trouble began.
        """
        roots = [self.town.links[link] for link in links]

        def none_good() -> bool:
            shown = self.consoles[FAR].ask("qualities", equipment=roots)
            return "good" not in shown.values() and len(shown) == len(roots)

        self.until(none_good, "what is lost to be shown so", limit_s)
        return time.monotonic() - self._troubled_s

    def live(self, which: str) -> int:
        """Return how many of these consoles show their picture as the present."""
        found: int = self.consoles[which].ask("live")
        return found

    def alarms(self) -> list[dict[str, Any]]:
        """Return the active alarms that a console lists and did not when the campaign began."""
        return [alarm for alarm in self._listed() if alarm["id"] not in self._rung]

    @contextmanager
    def stopped(self, process: int) -> Iterator[None]:
        """Stop a process, then let it go on."""
        self._troubled_s = time.monotonic()
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process, signal.SIGCONT)

    def wait(self, seconds: float) -> None:
        """Let a trouble last."""
        time.sleep(seconds)

    def until(self, seen: Callable[[], object], what: str, limit_s: float = 20.0) -> float:
        """Wait for something; return the seconds.

        Raises:
            CampaignError: it was not so in time.
        """
        start_s = time.monotonic()
        while not seen():
            if time.monotonic() - start_s > limit_s:
                raise CampaignError(f"waited {limit_s:.0f} s for {what}")
            time.sleep(STEP_S)
        return time.monotonic() - start_s

    def need(self, condition: object, what: str) -> None:
        """Say what must be so.

        Raises:
            CampaignError: it is not.
        """
        if not condition:
            raise CampaignError(what)

    def field_began_again(self) -> None:
        """Take note that the devices' counters began again."""
        self._writes = dict.fromkeys(self._writes, 0)

    # -- what must hold -------------------------------------------------------------------------

    def memory(self) -> dict[str, float]:
        """Return the resident memory of bridge and consoles, MB."""
        assert self.town.bridge is not None
        processes = {"bridge": self.town.bridge.process.pid}
        processes |= {name: each.process.pid for name, each in self.consoles.items()}
        return {
            name: psutil.Process(pid).memory_info().rss / 1e6 for name, pid in processes.items()
        }

    def warm_up(self) -> None:
        """Let everything that comes and goes do so once, before memory is measured.

        What Python and libc keep of it for the next time is no leak; what grows each time is.
        """
        for _ in range(2):
            self.check_field()
            self.check_consoles()
            self.cut([CONSOLES_WAY])
            for burst in ("dawn", "dusk"):
                self.town.burst(burst=burst, within_s=1.0)
                self.until(lambda: not self.town.health()["bursts"], f"the end of {burst}")
            self.mend()
            self.check_live()
            self.check_consoles()

    def mend(self) -> None:
        """End whatever a campaign may have left behind."""
        self.town.proxy.ask("clear")
        self.town.clear()
        self.town.set_clock(0)

    def check_live(self) -> str:
        """Return who does not follow the bridge again, empty for nobody."""
        for name, count in ((FAR, FAR_COUNT), (NEAR, NEAR_COUNT)):
            try:
                self.until(lambda: self.live(name) >= count, f"{name} consoles", SETTLE_S)  # noqa: B023 - called before the next turn
            except CampaignError as error:
                return str(error)
        return ""

    def check_field(self) -> str:
        """Return in what a console that just came differs from the field."""
        found: str = self.consoles[FAR].ask(
            "compare_field",
            truth_from=self.town.control,
            directory=self.town.directories[VISITOR],
            address=self.town.wire,
            limit_s=SETTLE_S,
        )
        return found

    def check_consoles(self) -> str:
        """Return in what consoles differ from one that just came."""
        found = {
            name: each.ask(
                "compare",
                directory=self.town.directories[VISITOR],
                address=self.town.wire,
                limit_s=SETTLE_S,
            )
            for name, each in self.consoles.items()
        }
        return "; ".join(f"{name}: {what}" for name, what in found.items() if what)

    def tidy(self) -> str:
        """Give back what is overridden, settle what is unknown, acknowledge all.

        Returns:
            What of it could not be done.
        """
        ended = self.consoles[FAR].ask("end_overrides")
        links = {each.told["key"]: each.link for each in self.asked}
        self._ended = Counter(links.get(key, "") for key in ended)
        left = {key: fate for key, fate in ended.items() if fate != "done"}
        settled = self.consoles[FAR].ask("settle")
        left |= {key: word for key, word in settled.items() if word not in (*FINAL, "done")}
        left |= self.consoles[FAR].ask("acknowledge")
        return "; ".join(f"{key}: {fate}" for key, fate in list(left.items())[:3])

    def check_writes(self) -> str:
        """Ask again for every command, then compare what devices counted with what was asked."""
        late = max((each.told["deadline_ms"] for each in self.asked), default=0)
        time.sleep(max(0.0, late / 1000 - time.time()))
        again = self.consoles[FAR].ask("fates", orders=[each.told for each in self.asked])
        wrong = []
        least, most = Counter[str](), Counter[str]()
        for each in self.asked:
            fate = again[each.told["key"]]
            if fate != each.fate and each.fate in FINAL:
                wrong.append(f"{each.told['key']}: {each.fate}, later {fate}")
            least[each.link] += "confirmed" in (fate, each.fate)
            # refused or expired: the bridge's own word that nothing went to the field
            most[each.link] += fate.partition(":")[0] not in ("refused", "expired")
        now = self._count_writes()
        for link, before in self._writes.items():
            written = now[link] - before
            if not least[link] <= written <= most[link] + self._ended[link]:
                wrong.append(
                    f"{link} was written {written} times, for {least[link]} to {most[link]} "
                    f"commands and {self._ended[link]} ways back"
                )
        return "; ".join(wrong[:3])

    def check_audit(self) -> str:
        """Return what is wrong with the audit chain."""
        words = ("-m", "backend_bridge.cli", "admin", "audit", "verify", "--data")
        done = subprocess.run(
            [sys.executable, *words, str(self.town.data)],
            capture_output=True,
            text=True,
            check=False,
        )
        return "" if not done.returncode else (done.stdout + done.stderr).strip()

    def check_memory(self, before: dict[str, float]) -> str:
        """Return whose memory does not come back."""
        end_s = time.monotonic() + MEMORY_S
        while True:
            now = self.memory()
            grown = {
                name: size
                for name, size in now.items()
                if name in before and size > before[name] * MEMORY_SHARE
            }
            if not grown or time.monotonic() > end_s:
                break
            time.sleep(1.0)
        return "; ".join(
            f"{name} {before[name]:.0f} → {size:.0f} MB" for name, size in grown.items()
        )

    def _listed(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.consoles[FAR].ask("alarms")
        return found

    def _count_writes(self) -> dict[str, int]:
        return {name: link["writes"] for name, link in self.town.truth()["links"].items()}

    def _find_lamps(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for link, root in self.town.links.items():
            if not root.startswith("EP-"):
                continue
            truth = self.town.truth(link)["equipment"]
            lamps = sorted(each for each, entry in truth.items() if "held" in entry["values"])
            if lamps:
                found[link] = lamps
        return found
