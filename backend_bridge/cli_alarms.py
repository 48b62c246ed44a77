"""``beffroi alarms``: check a directory of alarm rules, and run it over what was kept."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.points import EquipmentKind
from backend_bridge.contract.times import SystemClock, from_ms
from backend_bridge.core.settings import SettingsError
from backend_bridge.core.storage import Appearance, StorageError
from backend_bridge.services.alarms import AlarmFiles, Ways, incident_of, load_alarm_files
from backend_bridge.services.alarms.history import BUCKET_MS, HOUR_MS, chatter
from backend_bridge.services.alarms.replay import Replay, Ring, by_rule, rang
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import load_kinds
from backend_bridge.services.tables import INCIDENTS_FILE, shipped_rules
from backend_bridge.store import StoreSettings
from backend_bridge.store.past import Past, Span
from backend_bridge.territory import Territory, TerritoryError, library, load

EXIT_MISTAKES = 1
EXIT_STORE = 4
_LIMIT = 10
"""Alarms in ten minutes above which a person no longer follows (EEMUA 191)."""
_WORST = 10
_WIDEST_BAR = 40


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("alarms", help="alarm rules: check them, replay the past")
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="name every mistake in a directory of rules")
    check.add_argument("rules", type=Path, help="directory of *.toml rule files")
    check.add_argument("--territory", type=Path, help="city whose kinds they must fit")
    check.set_defaults(run=_check)
    replay = actions.add_parser(
        "replay", help="say what a directory of rules would have rung; the bridge may be running"
    )
    replay.add_argument("rules", type=Path, nargs="?", help="default: the rules that are shipped")
    replay.add_argument("--territory", type=Path, required=True, help="directory of the city")
    replay.add_argument("--data", type=Path, required=True, help="the bridge's data directory")
    replay.add_argument("--from", dest="since", type=_moment, help="ISO time, UTC unless it says")
    replay.add_argument("--to", dest="until", type=_moment, help="ISO time; default now")
    replay.add_argument("--hours", type=float, default=24.0, help="without --from: so long before")
    replay.set_defaults(run=_replay)


def _check(arguments: argparse.Namespace) -> int:
    try:
        kinds: Sequence[EquipmentKind]
        if arguments.territory is not None:
            kinds = load(arguments.territory).kinds
        else:
            kinds = tuple(rule.kind for rule in library.kinds().values())
        files = load_alarm_files(arguments.rules, kinds)
        if (arguments.rules / INCIDENTS_FILE).exists():
            load_kinds(arguments.rules, incident_of(files.rules))
    except (SettingsError, TerritoryError) as error:
        return _refuse(error)
    if not files.rules:
        return _refuse(SettingsError([f"{arguments.rules}: no rule in any *.toml file"]))
    urgent = Counter(rule.severity for rule in files.rules)
    shares = ", ".join(f"{urgent[each]} {each.name.lower()}" for each in Severity)
    print(f"{arguments.rules}: {len(files.rules)} rules ({shares}), {len(files.designs)} designs.")
    return 0


def _replay(arguments: argparse.Namespace) -> int:
    until_ms = arguments.until or SystemClock().now_ms()
    since_ms = arguments.since or until_ms - round(arguments.hours * HOUR_MS)
    if since_ms >= until_ms:
        return _refuse(SettingsError(["--from must lie before --to"]))
    try:
        territory = load(arguments.territory)
        files = load_alarm_files(arguments.rules or shipped_rules(), territory.kinds)
        would, quiet, did = _run(files, territory, arguments.data, Span(since_ms, until_ms))
    except (SettingsError, TerritoryError) as error:
        return _refuse(error)
    except StorageError as error:
        print(f"beffroi alarms: {error}", file=sys.stderr)
        return EXIT_STORE
    print("\n".join(_report(would, quiet, did, since_ms, until_ms)))
    return 0


def _run(
    files: AlarmFiles, territory: Territory, data: Path, span: Span
) -> tuple[tuple[Ring, ...], int, tuple[Ring, ...]]:
    past = Past(StoreSettings(directory=data))
    replay = Replay(
        files,
        Facts(territory.catalogue, territory.links, territory.link_roots),
        territory.links,
        Ways(territory.uplinks, territory.uplink_of),
        territory.allowed_ages_s,
        from_ms=span.from_ms,
    )
    found = replay.run(past.before(span), past.samples(span), past.entries(span), span.to_ms)
    return found.rings, found.quiet, tuple(rang(past.entries(span)))


def _report(
    would: Sequence[Ring], quiet: int, did: Sequence[Ring], since_ms: int, until_ms: int
) -> list[str]:
    hours = (until_ms - since_ms) / HOUR_MS
    rate = f"{len(would) / hours / 6:.1f} per ten minutes"
    return [
        f"{_text(since_ms)} to {_text(until_ms)} ({hours:.1f} h)",
        f"would have rung {len(would)} ({rate}), rang {len(did)}; kept quiet by design {quiet}",
        _peak(would),
        "",
        f"{'rule':<28}{'would':>8}{'rang':>8}",
        *(f"{key:<28}{new:>8}{old:>8}" for key, (new, old) in by_rule(would, did).items()),
        "",
        *_by_hour(would, since_ms, until_ms),
        "",
        *_worst(would),
    ]


def _peak(rings: Iterable[Ring]) -> str:
    periods = Counter(ring.at_ms // BUCKET_MS for ring in rings)
    over = sum(count > _LIMIT for count in periods.values())
    if not periods:
        return "nothing would have rung"
    period, most = max(periods.items(), key=lambda item: (item[1], -item[0]))
    return (
        f"most in ten minutes: {most}, from {_text(period * BUCKET_MS)}; "
        f"above {_LIMIT} in {over} periods of ten minutes"
    )


def _by_hour(rings: Iterable[Ring], since_ms: int, until_ms: int) -> list[str]:
    counts = Counter(ring.at_ms // HOUR_MS for ring in rings)
    most = max(counts.values(), default=1)
    lines = ["hour (UTC)          would"]
    for hour in range(since_ms // HOUR_MS, (until_ms - 1) // HOUR_MS + 1):
        count = counts[hour]
        bar = "#" * -(-count * _WIDEST_BAR // most)
        lines.append(f"{_text(hour * HOUR_MS):<18}{count:>7} {bar}".rstrip())
    return lines


def _worst(rings: Sequence[Ring]) -> list[str]:
    counts = Counter(ring.equipment_id for ring in rings)
    rules = Counter((ring.equipment_id, ring.rule) for ring in rings)
    chattering = chatter(Appearance(r.at_ms, r.equipment_id, "", r.rule) for r in rings)
    lines = [f"{'worst equipment':<28}{'would':>8}{'chatter':>9}  mostly"]
    for key in sorted(counts, key=lambda key: (-counts[key], key))[:_WORST]:
        rule = min((-count, rule) for (owner, rule), count in rules.items() if owner == key)[1]
        lines.append(f"{key:<28}{counts[key]:>8}{chattering[key]:>9}  {rule}")
    return lines


def _text(at_ms: int) -> str:
    return from_ms(at_ms).strftime("%Y-%m-%d %H:%M")


def _moment(text: str) -> int:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return round(found.timestamp() * 1000)


def _refuse(error: SettingsError | TerritoryError) -> int:
    lines = [str(error)] if isinstance(error, TerritoryError) else error.problems
    for line in lines:
        print(f"beffroi alarms: {line}", file=sys.stderr)
    return EXIT_MISTAKES
