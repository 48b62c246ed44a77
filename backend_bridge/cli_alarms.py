"""``beffroi alarms``: check a directory of alarm rules, and run it over what was kept."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from backend_bridge import config
from backend_bridge.config import ConfigFileError, read_secret
from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.times import SystemClock, from_ms
from backend_bridge.core.settings import SettingsError
from backend_bridge.core.storage import Appearance, StorageError
from backend_bridge.services.alarms import (
    AlarmFiles,
    Rule,
    Ways,
    incident_of,
    load_alarm_files,
)
from backend_bridge.services.alarms.history import BUCKET_MS, HOUR_MS, chatter
from backend_bridge.services.alarms.replay import (
    Replay,
    Replayed,
    Ring,
    by_rule,
    patience_s,
    rang,
)
from backend_bridge.services.alarms.watched import hanging, looks_at
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import load_kinds
from backend_bridge.services.tables import INCIDENTS_FILE, shipped_rules
from backend_bridge.store import StoreSettings
from backend_bridge.store.past import Past, Span
from backend_bridge.territory import Territory, TerritoryError, library, load

EXIT_MISTAKES = 1
EXIT_UNKNOWN = 3
"""Nothing was kept of the span: there is no verdict."""
EXIT_STORE = 4
_LIMIT = 10
"""Alarms in ten minutes above which a person no longer follows (EEMUA 191)."""
_WORST = 10
_WIDEST_BAR = 40
_GAPS_NAMED = 5
_GAP_MS = 60_000
"""Shorter than the reports' minutes: a bridge that began anew at once."""


class _Bridge(NamedTuple):
    """Whose past is replayed, and by which rules."""

    store: StoreSettings
    territory: Path
    rules: Path


class _Run(NamedTuple):
    """What a replay found, and when history was being kept."""

    found: Replayed
    did: tuple[Ring, ...]
    kept: Sequence[Span]
    patient: Sequence[Rule]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand to the umbrella program."""
    parser = subparsers.add_parser("alarms", help="alarm rules: check them, replay the past")
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="name every mistake in a directory of rules")
    check.add_argument("rules", type=Path, help="directory of *.toml rule files")
    check.add_argument("--territory", type=Path, help="city whose kinds they must fit")
    check.set_defaults(run=_check)
    replay = actions.add_parser(
        "replay",
        help="say what a directory of rules would have rung; the bridge may be running",
        description="Exit code 0: there is a verdict. 1: rules, territory or question are wrong. "
        "3: nothing was kept of that time, so there is no verdict. 4: the past cannot be read.",
    )
    replay.add_argument("rules", type=Path, nargs="?", help="default: the bridge's own rules")
    replay.add_argument("--config", type=Path, help="the bridge's configuration: all of the below")
    replay.add_argument("--territory", type=Path, help="directory of the city")
    replay.add_argument("--data", type=Path, help="the bridge's data directory")
    replay.add_argument("--from", dest="since", type=_moment, help="ISO time, UTC unless it says")
    replay.add_argument("--to", dest="until", type=_moment, help="ISO time; default now")
    replay.add_argument("--hours", type=float, default=24.0, help="without --from: so long before")
    replay.set_defaults(run=_replay)


def _check(arguments: argparse.Namespace) -> int:
    try:
        territory = load(arguments.territory) if arguments.territory is not None else None
        shipped = tuple(rule.kind for rule in library.kinds().values())
        kinds = shipped if territory is None else territory.kinds
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
    for line in _silent(files.rules, territory) if territory is not None else ():
        print(f"{arguments.rules}: {line}")
    return 0


def _silent(rules: Sequence[Rule], territory: Territory) -> Iterator[str]:
    """Say which rules this city can never ring: no mistake of theirs, but nobody expects it."""
    facts = Facts(territory.catalogue, territory.links, territory.link_roots)
    present = {item.kind for item in territory.equipment}
    for kind in sorted({rule.kind for rule in rules if rule.kind} - present):
        keys = ", ".join(rule.key for rule in rules if rule.kind == kind)
        yield f"cannot ring here, this city has no {kind}: {keys}"
    read: set[tuple[str, str]] = set()
    for link in territory.links:
        named = [(bound.equipment_id, bound.point_key) for bound in link.points]
        meters = territory.link_meters.get(link.id, ())
        named += [(meter.equipment_id, meter.point_key) for meter in meters]
        read |= {(facts.place(equipment_id)[0], key) for equipment_id, key in named}
    for rule in rules:
        if rule.kind not in present:
            continue
        for kind, point in sorted(looks_at(facts, rule) - read):
            yield f'rule "{rule.key}" cannot ring here: no link of this city reads {kind}.{point}'
        below = hanging(facts, [rule])
        for above in {where.kind for where in rule.while_ if where.kind}:
            if not any(facts.place(top)[0] == above for _, top in below):
                yield f'rule "{rule.key}" cannot ring here: no {rule.kind} hangs on a {above}'


def _replay(arguments: argparse.Namespace) -> int:
    until_ms = arguments.until or SystemClock().now_ms()
    since_ms = arguments.since or until_ms - round(arguments.hours * HOUR_MS)
    if since_ms >= until_ms:
        return _refuse(SettingsError(["--from must lie before --to"]))
    span = Span(since_ms, until_ms)
    try:
        bridge = _bridge(arguments)
        territory = load(bridge.territory)
        files = load_alarm_files(bridge.rules, territory.kinds)
        run = _run(files, territory, Past(bridge.store), span)
    except (SettingsError, TerritoryError) as error:
        return _refuse(error)
    except ConfigFileError as error:
        return _refuse(SettingsError([str(error)]))
    except StorageError as error:
        print(f"beffroi alarms: {error}", file=sys.stderr)
        return EXIT_STORE
    if run is None:
        print(_nothing_kept(span))
        return EXIT_UNKNOWN
    print("\n".join(_report(run, span)))
    return 0


def _bridge(arguments: argparse.Namespace) -> _Bridge:
    """Return whose past is asked for; what the command line names goes before the configuration.

    Raises:
        SettingsError: the question names no data or no territory.
        ConfigFileError: the configuration cannot be used.
    """
    given = {name: str(getattr(arguments, name)) for name in ("data", "territory")}
    given = {name: value for name, value in given.items() if value != "None"}
    if arguments.config is None:
        if len(given) < 2:
            raise SettingsError(
                ["whose past? Name the bridge's --config FILE, or both --territory and --data"]
            )
        store = StoreSettings(directory=arguments.data)
        return _Bridge(store, arguments.territory, arguments.rules or shipped_rules())
    settings = config.load(arguments.config, os.environ, given)
    url = read_secret(Path(settings.store.url_file)) if settings.store.url_file else ""
    rules = Path(settings.rules) if settings.rules else shipped_rules()
    store = StoreSettings(directory=Path(settings.data), url=url)
    return _Bridge(store, Path(settings.territory), arguments.rules or rules)


def _run(files: AlarmFiles, territory: Territory, past: Past, span: Span) -> _Run | None:
    """Return what would have rung, ``None`` where nothing was kept of the span."""
    kept = past.kept(span)
    replay = Replay(
        files,
        Facts(territory.catalogue, territory.links, territory.link_roots),
        territory.links,
        Ways(territory.uplinks, territory.uplink_of),
        territory.allowed_ages_s,
        from_ms=span.from_ms,
        standing=past.standing(span),
    )
    found = replay.run(
        past.before(span),
        past.samples(span),
        past.entries(span),
        span.to_ms,
        unseen_ms=[run.to_ms for run in kept if run.to_ms < span.to_ms],
    )
    if not kept or not found.samples:
        return None
    patient = [rule for rule in files.rules if patience_s(rule) and rule.key not in found.blind]
    return _Run(found, tuple(rang(past.entries(span))), kept, patient)


def _nothing_kept(span: Span) -> str:
    return (
        f"{_text(span.from_ms)} to {_text(span.to_ms)}: no point history was kept of this time, so "
        "nobody can say what would have rung. History is kept while the bridge runs, as long as "
        "[store] history_bytes has room; ask for a later time."
    )


def _report(run: _Run, span: Span) -> list[str]:
    would, did = run.found.rings, run.did
    hours = sum(map(_hours, run.kept))
    rate = f"{len(would) / max(hours, 1 / 6) / 6:.1f} per ten minutes"
    quiet = f"kept quiet by design {run.found.quiet}"
    return [
        f"{_text(span.from_ms)} to {_text(span.to_ms)} ({_hours(span):.1f} h)",
        f"would have rung {len(would)} ({rate}), rang {len(did)}; {quiet}",
        _peak(would),
        "",
        *_known(run, span),
        "",
        f"{'rule':<28}{'would':>8}{'rang':>8}",
        *(
            f"{key:<28}{'-' if key in run.found.blind else new:>8}{old:>8}"
            for key, (new, old) in by_rule(would, did).items()
        ),
        "",
        *_by_hour(would, span),
        "",
        *_worst(would),
    ]


def _known(run: _Run, span: Span) -> list[str]:
    """Say what the verdict stands on."""
    found, hours = run.found, sum(map(_hours, run.kept))
    known = f"known at the beginning: {found.known} of {found.watched} watched points"
    lines = [
        f"history was kept for {_lasted(hours)} of {_lasted(_hours(span))}{_gaps(run.kept, span)}",
        f"{known}; each of the others from its first change on",
    ]
    if run.patient:
        slowest = max(run.patient, key=patience_s)
        needs_s = patience_s(slowest)
        lines.append(
            "delays, counts and rates begin with the history: until "
            f"{_text(run.kept[0].from_ms + round(needs_s * 1000))} a rule may be silent that rang "
            f"({slowest.key} looks back {_lasted(needs_s / 3600)})"
        )
    if found.blind:
        lines.append(f"no verdict, nothing was kept of what they look at: {', '.join(found.blind)}")
    return lines


def _hours(span: Span) -> float:
    return (span.to_ms - span.from_ms) / HOUR_MS


def _lasted(hours: float) -> str:
    return f"{hours:.1f} h" if hours >= 2 else f"{hours * 60:.0f} min"


def _gaps(kept: Sequence[Span], span: Span) -> str:
    ends = [span.from_ms, *(one.to_ms for one in kept)]
    starts = [*(one.from_ms for one in kept), span.to_ms]
    gaps = [
        f"{_text(end)} to {_text(start)}"
        for end, start in zip(ends, starts, strict=True)
        if start - end >= _GAP_MS
    ]
    if not gaps:
        return ""
    more = f" and {len(gaps) - _GAPS_NAMED} more" if len(gaps) > _GAPS_NAMED else ""
    return f"; unknown: {', '.join(gaps[:_GAPS_NAMED])}{more}"


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


def _by_hour(rings: Iterable[Ring], span: Span) -> list[str]:
    counts = Counter(ring.at_ms // HOUR_MS for ring in rings)
    most = max(counts.values(), default=1)
    lines = ["hour (UTC)          would"]
    for hour in range(span.from_ms // HOUR_MS, (span.to_ms - 1) // HOUR_MS + 1):
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
