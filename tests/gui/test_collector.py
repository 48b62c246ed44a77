"""Garbage that holds Qt objects dies on the interface's thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.app_collector import Collector, keep_out

KNOTS = 5_000
"""More than a generation holds: the next look collects."""


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    was_on = gc.isenabled()
    gc.enable()
    collector = Collector()
    collector.start()
    yield collector
    collector.stop()
    if not was_on:
        gc.disable()


class Knot:
    """Something only the collector can free; notes on which thread that happens."""

    def __init__(self, died_on: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: died_on.append(threading.get_ident()))


def test_knots_die_on_the_interfaces_thread(collector: Collector, qtbot: QtBot) -> None:
    died_on: list[int] = []
    for _ in range(KNOTS):
        Knot(died_on)

    def allocate() -> None:
        kept = [[number] for number in range(200_000)]
        assert kept

    other = threading.Thread(target=allocate)
    other.start()
    other.join()
    assert died_on == [], "another thread's allocations collect nothing"
    qtbot.waitUntil(lambda: len(died_on) == KNOTS)
    assert set(died_on) == {threading.get_ident()}


def test_stopped_it_gives_the_automatic_collector_back(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_nothing_due_collects_nothing(collector: Collector) -> None:
    gc.collect()
    assert collector.collect_due() is None


def test_what_was_kept_out_is_given_back(collector: Collector) -> None:
    keep_out()
    assert gc.get_freeze_count() > 0
    collector.release()
    assert gc.get_freeze_count() == 0
