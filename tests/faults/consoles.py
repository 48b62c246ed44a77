"""Consoles without windows in a process of their own: real links, whole replicas.

``python -m tests.faults.consoles``; one JSON command a line, named as the methods. A thread
applies what comes, as a console's interface thread does, while commands are waited for.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import queue
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import (
    CommandResult,
    EndOverride,
    ExecuteCommand,
    SettleCommand,
)
from backend_bridge.contract.requests import AcknowledgeAlarm, CommentIncident, Request
from backend_bridge.contract.results import Result
from console.link.settings import load
from console.scenarios.stack import OPERATOR, PASSWORD
from tests.bench._talking import Command, obey
from tests.fakes.headless import HeadlessConsole
from tests.faults.replica import Difference, field_differences

APPLY_EACH_S = 0.02
TICK_EACH_S = 0.25
LOOK_EACH_S = 0.3
ANSWER_S = 25.0
SIGN_IN_S = 60.0
LONG_TEXT = "é" * 4_000
ASKED_AT_ONCE = 48
"""Requests on their way at a time from one console; a bridge takes 64."""


class Consoles:
    """Hold some consoles; their worlds are touched under the lock only."""

    def __init__(self) -> None:
        self._consoles: list[HeadlessConsole] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._apply, name="apply", daemon=True).start()

    def open(self, directories: Sequence[str], address: str) -> int:
        """Sign in on a console for each directory, all at a time; return how many there are.

        Args:
            address: where the bridge is for them, in place of what the directories say.
        """
        fresh = [_console(directory, address) for directory in directories]
        with self._lock:
            self._consoles += fresh
        for console in fresh:
            self._sign_in(console)
        return len(self._consoles)

    def live(self) -> int:
        """Return how many consoles would show their picture as the present."""
        with self._lock:
            return sum(console.following() for console in self._consoles)

    def compare(self, directory: str, address: str, limit_s: float) -> str:
        """Return in what a console differs from one that has just come, empty for in nothing."""
        with self._visitor(directory, address) as fresh:
            with self._lock:
                consoles = [each for each in self._consoles if each is not fresh]
            found = [Difference() for _ in consoles]
            end_s = time.monotonic() + limit_s
            while time.monotonic() < end_s:
                with self._lock:
                    for console, difference in zip(consoles, found, strict=True):
                        if console.following():
                            difference.look(console.world, fresh.world)
                if all(difference.none for difference in found):
                    return ""
                time.sleep(LOOK_EACH_S)
            return "; ".join(
                f"console {number}: {difference.said()}"
                for number, difference in enumerate(found)
                if not difference.none
            )

    def compare_field(self, truth_from: str, directory: str, address: str, limit_s: float) -> str:
        """Return in what a console that has just come differs from what the field says is so.

        Args:
            truth_from: the field's control address.
        """
        left: set[str] | None = None
        wrong: dict[str, str] = {}
        with self._visitor(directory, address) as fresh:
            end_s = time.monotonic() + limit_s
            while left is None or (left and time.monotonic() < end_s):
                truth = _get(truth_from + "/truth")
                with self._lock:
                    wrong = field_differences(fresh.world, truth, left)
                left = set(wrong)
                time.sleep(LOOK_EACH_S if left else 0)
        few = [f"{name} {what}" for name, what in sorted(wrong.items())[:3]]
        return f"{len(wrong)} points: {', '.join(few)}" if wrong else ""

    def execute(self, orders: Sequence[dict[str, Any]]) -> dict[str, str]:
        """Ask for commands from the first console, all at a time; return key → outcome or error."""
        console = self._consoles[0]
        with self._lock:
            epoch = console.world.epoch
        asked = {
            told["key"]: console.link.ask(ExecuteCommand(**{"epoch": epoch, **told}))
            for told in orders
        }
        return {key: _fate(future) for key, future in asked.items()}

    def fates(self, orders: Sequence[dict[str, Any]]) -> dict[str, str]:
        """Ask for commands again by their keys until the bridge says how each ended."""
        end_s = time.monotonic() + ANSWER_S
        found: dict[str, str] = {}
        left = list(orders)
        while left:
            for at in range(0, len(left), ASKED_AT_ONCE):
                found |= self.execute(left[at : at + ASKED_AT_ONCE])
            left = [told for told in left if _to_come(found[told["key"]])]
            if time.monotonic() > end_s:
                break
            time.sleep(LOOK_EACH_S if left else 0)
        return found

    def end_overrides(self) -> dict[str, str]:
        """Give everything back; return override id → outcome or error."""
        console = self._consoles[0]
        with self._lock:
            epoch, ids = console.world.epoch, [item.id for item in console.world.acting.overrides]
        return self._ask_all({each: EndOverride(override_id=each, epoch=epoch) for each in ids})

    def settle(self) -> dict[str, str]:
        """Say of every command of unknown fate that somebody looked; return key → word or error."""
        with self._lock:
            keys = [command.key for command in self._consoles[0].world.acting.to_check]
        return self._ask_all(
            {each: SettleCommand(key=each, reason="vu sur place") for each in keys}
        )

    def write_much(self) -> dict[str, int]:
        """Write long comments to an incident until the bridge refuses; return how often which word.

        Raises:
            ValueError: there is no incident.
        """
        with self._lock:
            incident = next((each.id for each in self._consoles[0].world.incidents), None)
        if incident is None:
            raise ValueError("there is no incident to write to")
        words: Counter[str] = Counter()
        end_s = time.monotonic() + ANSWER_S
        while set(words) <= {"done"} and time.monotonic() < end_s:
            keys = [f"much-{time.time_ns()}-{number}" for number in range(ASKED_AT_ONCE)]
            comments = {
                key: CommentIncident(incident_id=incident, text=LONG_TEXT, key=key) for key in keys
            }
            words += Counter(self._ask_all(comments).values())
        return dict(words)

    def acknowledge(self) -> dict[str, str]:
        """Acknowledge every alarm; return those that could not be, with the error."""
        with self._lock:
            ids = [alarm.id for alarm in self._consoles[0].world.alarms if not alarm.acknowledged]
        answers = self._ask_all({each: AcknowledgeAlarm(alarm_id=each) for each in ids})
        return {key: word for key, word in answers.items() if word != "done"}

    def alarms(self) -> list[dict[str, Any]]:
        """Return the active alarms that the first console lists."""
        with self._lock:
            return [
                {
                    "id": alarm.id,
                    "rule": alarm.rule,
                    "equipment": alarm.equipment_id,
                    "children": alarm.children,
                }
                for alarm in self._consoles[0].world.alarms
                if alarm.active
            ]

    def qualities(self, equipment: Sequence[str]) -> dict[str, str]:
        """Return the quality shown of each equipment's first point on the first console."""
        with self._lock:
            world = self._consoles[0].world
            found = ((each, world.equipment.get(each)) for each in equipment)
            return {
                each: world.quality(item.first_point).word
                for each, item in found
                if item is not None and len(world.points) > item.first_point
            }

    def _ask_all(self, requests: Mapping[str, Request]) -> dict[str, str]:
        link = self._consoles[0].link
        found: dict[str, str] = {}
        keys = list(requests)
        for at in range(0, len(keys), ASKED_AT_ONCE):
            asked = {key: link.ask(requests[key]) for key in keys[at : at + ASKED_AT_ONCE]}
            found |= {key: _fate(future) for key, future in asked.items()}
        return found

    @contextlib.contextmanager
    def _visitor(self, directory: str, address: str) -> Iterator[HeadlessConsole]:
        """Hold a console that came just now, and is applied like the others."""
        fresh = _console(directory, address)
        with self._lock:
            self._consoles.append(fresh)
        try:
            self._sign_in(fresh)
            yield fresh
        finally:
            with self._lock:
                self._consoles.remove(fresh)
            fresh.close()

    def _sign_in(self, console: HeadlessConsole) -> None:
        end_s = time.monotonic() + SIGN_IN_S
        while True:
            signing = console.link.sign_in(OPERATOR, PASSWORD, "supervisor")
            try:
                signing.result(SIGN_IN_S)
            except (RequestError, TimeoutError):
                if time.monotonic() > end_s:
                    raise
                time.sleep(LOOK_EACH_S)
                continue
            break
        while not self._following(console):
            if time.monotonic() > end_s:
                raise TimeoutError(f"no whole picture in {SIGN_IN_S} s: {console.world.liveness}")
            time.sleep(APPLY_EACH_S)

    def _following(self, console: HeadlessConsole) -> bool:
        with self._lock:
            return console.following()

    def _apply(self) -> None:
        ticked_s = 0.0
        while True:
            now_s = time.monotonic()
            ticks = now_s - ticked_s >= TICK_EACH_S
            with self._lock:
                for console in self._consoles:
                    with contextlib.suppress(queue.Empty):
                        console.world.apply(console.batches.get_nowait())
                    if ticks:
                        console.world.tick()
            if ticks:
                ticked_s = now_s
            time.sleep(APPLY_EACH_S)


def _console(directory: str, address: str) -> HeadlessConsole:
    settings = load(Path(directory))
    return HeadlessConsole(dataclasses.replace(settings, addresses=(address,)))


def _fate(future: Future[Result]) -> str:
    try:
        result = future.result(ANSWER_S)
    except RequestError as error:
        return f"{error.code.value}: {error.text_key}"
    except TimeoutError:
        return "no answer"
    if isinstance(result, CommandResult):
        record: CommandRecord = result.command
        return record.outcome.value
    return "done"


def _to_come(fate: str) -> bool:
    """Return whether the bridge was not asked, or has not written yet how a command ended."""
    code, _, key = fate.partition(": ")
    return code in ("timed_out", "unavailable") or "not_recorded" in key or "too_many" in key


def _get(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address, timeout=ANSWER_S) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def main() -> None:
    """Obey until standard input ends."""
    consoles = Consoles()
    commands: dict[str, Command] = {
        name: getattr(consoles, name)
        for name in (
            *("open", "live", "compare", "compare_field", "execute", "fates", "end_overrides"),
            *("write_much", "settle", "acknowledge", "alarms", "qualities"),
        )
    }
    obey(commands)


if __name__ == "__main__":
    main()
