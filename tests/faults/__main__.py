"""Run fault campaigns: ``python -m tests.faults [--only NAME …] [--seed N] [--size S] [--short]``.

Prints a row a campaign; ends with 1 when a row is not green. docs/faults.md says what must hold.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import psutil

from console.scenarios.stack import StackError
from tests.faults import campaigns, campaigns_machine, looks
from tests.faults.listing import Campaign
from tests.faults.play import CONSOLES, CampaignError, Play, Verdict
from tests.faults.town import Town

CAMPAIGNS = (*campaigns.CAMPAIGNS, *campaigns_machine.CAMPAIGNS)
SIZE, SHORT_SIZE = 0.3, 0.05
COLUMNS = ("campaign", "consoles", "field", "alarms", "audit", "writes", "memory")
"""The first says what went wrong while the campaign went on."""


def main(argv: list[str] | None = None) -> int:
    """Run the campaigns asked for."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    names = [each.name for each in CAMPAIGNS]
    parser.add_argument("--only", nargs="*", default=[], choices=names, metavar="NAME")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--size", type=float)
    parser.add_argument("--short", action="store_true", help="a handful, in a small city")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="where the logs are kept of what went wrong")
    options = parser.parse_args(argv)
    seed = secrets.randbelow(10_000) if options.seed is None else options.seed
    size = options.size or (SHORT_SIZE if options.short else SIZE)
    chosen = [
        each
        for each in CAMPAIGNS
        if (each.name in options.only if options.only else each.short or not options.short)
    ]
    print(f"fault campaigns: seed {seed}, size {size}", flush=True)
    verdicts = list(_run(chosen, seed=seed, size=size, keep=options.keep))
    if options.json is not None:
        options.json.write_text(json.dumps([asdict(each) for each in verdicts], indent=1), "utf-8")
    red = [each.name for each in verdicts if not each.green]
    print(f"{len(verdicts)} campaigns, not green: {', '.join(red) or 'none'}", flush=True)
    for name in red:
        print(f"again: make faults ONLY={name} SEED={seed} SIZE={size}", flush=True)
    return 1 if red else 0


def _run(chosen: list[Campaign], *, seed: int, size: float, keep: Path | None) -> Iterator[Verdict]:
    """Yield a verdict for each; after one that is not green the town is built anew."""
    left = list(chosen)
    while left:
        with _playing(seed, size, keep) as play:
            before, count, green = play.memory(), 0, True
            while left and green:
                verdict = judge(play, left.pop(0))
                print(row(verdict), flush=True)
                yield verdict
                count, green = count + 1, verdict.green
            if green:
                now = play.memory()
                sizes = [f"{name} {size:.0f} → {now[name]:.0f} MB" for name, size in before.items()]
                print(f"memory over {count} campaigns: {', '.join(sizes)}", flush=True)


@contextlib.contextmanager
def _playing(seed: int, size: float, keep: Path | None) -> Iterator[Play]:
    with (
        tempfile.TemporaryDirectory(prefix="beffroi-faults-") as folder,
        Town(Path(folder), size=size, seed=seed, consoles=CONSOLES) as town,
    ):
        play = Play(town, seed)
        try:
            looks.warm_up(play)
            yield play
        finally:
            play.close()
            for log in Path(folder).glob("*.log") if keep is not None else ():
                assert keep is not None
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(log, keep)


def judge(play: Play, campaign: Campaign) -> Verdict:
    """Do one campaign, mend everything, and look at what must hold."""
    verdict = Verdict(campaign.name, found=dict.fromkeys(COLUMNS, ""))
    start_s = time.monotonic()
    try:
        before = play.begin(campaign.name)
        try:
            verdict.did = campaign.run(play)
        except CampaignError as error:
            verdict.found["campaign"] = str(error)
        _look(play, verdict.found, before)
    except (CampaignError, StackError, RuntimeError, OSError, psutil.NoSuchProcess) as error:
        # a program that must live has ended, or answers no more
        verdict.found["campaign"] += f" {type(error).__name__}: {error}"
    verdict.seconds = time.monotonic() - start_s
    return verdict


def _look(play: Play, found: dict[str, str], before: dict[str, float]) -> None:
    """Mend everything; note what does not hold."""
    play.mend()
    found["consoles"] = looks.check_live(play)
    if not found["consoles"]:
        found["field"] = looks.check_field(play)
        tidied = looks.tidy(play)
        found["alarms"] = looks.check_alarms(play)
        found["consoles"] = looks.check_consoles(play)
        found["field"] = found["field"] or looks.check_field(play)
        found["writes"] = looks.check_writes(play) or tidied
    found["audit"] = looks.check_audit(play)
    found["memory"] = looks.check_memory(play, before)


def row(verdict: Verdict) -> str:
    """Return a verdict as a row, and what is wrong below it."""
    cells = " ".join(f"{name}={'no' if verdict.found[name] else 'yes'}" for name in COLUMNS)
    word = "green" if verdict.green else "RED"
    lines = [f"{verdict.name:<18} {verdict.seconds:6.1f} s  {cells}  {word}  {verdict.did}"]
    lines += [f"    {name}: {what}" for name, what in verdict.found.items() if what]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
