"""One campaign at work on a town: what it may do, and what must hold when it is over."""

from __future__ import annotations

import itertools
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil

from tests.bench._talking import Talking
from tests.faults.town import Town

FAR, NEAR = "far", "near"
"""Consoles that reach the bridge directly, and those behind the proxy."""
FAR_COUNT, NEAR_COUNT, CROWD_COUNT = 1, 2, 18
VISITOR = FAR_COUNT + NEAR_COUNT + CROWD_COUNT
CONSOLES = VISITOR + 1
DEADLINE_S = 5.0
STEP_S = 0.1
FINAL = ("confirmed", "failed", "unknown")
"""Fates of what went to a device."""


class CampaignError(Exception):
    """Say that something was not as it must be while a campaign went on."""


@dataclass(slots=True)
class Asked:
    """A command that was asked for, on which link, and what was said of its fate.

    Attributes:
        counted: the device still has the counter it counted this in.
    """

    told: dict[str, Any]
    link: str
    fate: str = ""
    counted: bool = True


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
        self.writes: dict[str, int] = {}
        self.ended: Counter[str] = Counter()
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
        self.ended = Counter()
        self.writes = self.count_writes()
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

    def give_back(self) -> Counter[str]:
        """Command again, towards its programme, what a device did not do; return the fates."""
        failed = [each for each in self.asked if each.fate == "failed"]
        again = [self._order(each.link, each.told["equipment_id"], None) for each in failed]
        self.asked += again
        return self.answer(again) if again else Counter()

    def orders(self, links: Iterable[str], *, lamps: int = 2) -> list[Asked]:
        """Choose lamps and what each is told."""
        found = [
            self._order(link, lamp, self.dice.randint(10, 90))
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

    def answer_aside(self, orders: Sequence[Asked], *, via: str) -> threading.Thread:
        """Ask for orders while something else is done; those consoles are busy until it ends."""
        asking = threading.Thread(target=self.answer, args=(orders,), kwargs={"via": via})
        asking.start()
        return asking

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
        self.writes = dict.fromkeys(self.writes, 0)
        for each in self.asked:
            each.counted = False

    def memory(self) -> dict[str, float]:
        """Return the resident memory of bridge and consoles, MB."""
        assert self.town.bridge is not None
        processes = {"bridge": self.town.bridge.process.pid}
        processes |= {name: each.process.pid for name, each in self.consoles.items()}
        return {
            name: psutil.Process(pid).memory_info().rss / 1e6 for name, pid in processes.items()
        }

    def mend(self) -> None:
        """End whatever a campaign may have left behind."""
        self.town.proxy.ask("clear")
        self.town.clear()
        self.town.set_clock(0)

    def _order(self, link: str, lamp: str, value: int | None) -> Asked:
        told = {
            "key": f"campaign-{self._seed}-{next(self._numbers)}-{os.getpid()}",
            "equipment_id": lamp,
            "point_key": "level",
            "value": value,
            "deadline_ms": time.time_ns() // 1_000_000 + round(DEADLINE_S * 1000),
            "reason": "campagne",
        }
        return Asked(told, link)

    def _listed(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.consoles[FAR].ask("alarms")
        return found

    def count_writes(self) -> dict[str, int]:
        """Return how many commands each device has received."""
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
