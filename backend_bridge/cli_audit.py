"""``beffroi admin audit``: check the audit chain, and take entries of it out for the auditor."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import csv
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge import config
from backend_bridge.backup import BackupError, extract_store
from backend_bridge.config import ConfigFileError, read_secret
from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.journal import ExportEvent
from backend_bridge.contract.times import SystemClock, from_ms
from backend_bridge.core.storage import AuditQuery, Draft, Seal, StorageError
from backend_bridge.security.anchors import AnchorError, read_anchors
from backend_bridge.security.users import machine_user
from backend_bridge.store import StoreSettings, open_journal_to_append
from backend_bridge.store.audit import Report, check_chain, open_journal, read_links
from backend_bridge.store.chain import Wrong
from backend_bridge.store.group import newest_seal
from backend_bridge.store.seal import KEY_FILE, Sealing, key_paths, read_keys

EXIT_BROKEN = 1
EXIT_USAGE = 2
EXIT_UNREADABLE = 4
_COLUMNS = (
    *("number", "time", "user", "seat", "event", "equipment", "details", "digest", "digest_before"),
)
_SEPARATOR = ";"
"""What spreadsheets of a French machine expect."""

_Actions = argparse._SubParsersAction


def add_to(actions: _Actions[argparse.ArgumentParser]) -> None:
    """Add ``audit`` to the actions of ``beffroi admin``."""
    audit = actions.add_parser("audit", help="the audit chain: verify, export")
    ways = audit.add_subparsers(dest="way", required=True)
    verify = ways.add_parser(
        "verify",
        help="check that no entry of the journal was changed, taken out, put in, moved or cut off",
        description="Exit code 0: whole. 1: broken, the first wrong link is named. 2: the question "
        "cannot be understood, or the anchors cannot be read. 4: the journal cannot be read.",
    )
    verify.add_argument("--backup", type=Path, help="check a backup instead of a data directory")
    verify.add_argument("--anchors", type=Path, help="directory that [audit] anchors names")
    verify.add_argument(
        "--key",
        type=Path,
        action="append",
        help="file with the key that seals the journal, or one that did; may be given several "
        f"times; without it those in the data directory, DIR/keys/{KEY_FILE}*",
    )
    verify.set_defaults(run=_guarded(_verify))
    export = ways.add_parser("export", help="write entries to FILE; that is journalled first")
    export.add_argument("file", type=Path, help="must not exist; .csv or .jsonl")
    export.add_argument("--reason", required=True, help="why; it stands in the journal")
    export.add_argument("--from", dest="since", help="2026-11-17 or 2026-11-17T08:00")
    export.add_argument("--to", dest="until", help="up to, without; like --from")
    export.add_argument("--user", default="", help="only what this account did")
    export.add_argument("--equipment", default="", help="only what concerns this equipment")
    export.add_argument("--event", default="", help="only these: command, stream, session …")
    export.set_defaults(run=_guarded(_export))
    for way in (verify, export):
        way.add_argument("--data", type=Path, help="the bridge's data directory")
        way.add_argument("--config", type=Path, help="the bridge's configuration file")


class _Refusal(Exception):  # noqa: N818 - never seen outside
    def __init__(self, text: str, code: int = EXIT_USAGE) -> None:
        super().__init__(text)
        self.code = code


def _guarded(work: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        try:
            return work(arguments)
        except _Refusal as error:
            return _refuse(error, error.code)
        except (AnchorError, ConfigFileError) as error:
            return _refuse(error, EXIT_USAGE)
        except (StorageError, BackupError, OSError) as error:
            return _refuse(error, EXIT_UNREADABLE)
        except SQLAlchemyError as error:
            text = " ".join(str(getattr(error, "orig", None) or error).split())
            return _refuse(f"the journal cannot be read: {text}", EXIT_UNREADABLE)

    return run


def _refuse(error: object, code: int) -> int:
    print(f"beffroi admin audit: {error}", file=sys.stderr)
    return code


def _settings(arguments: argparse.Namespace) -> tuple[StoreSettings, Path | None]:
    """Return where the journal is, and where its anchors are as far as somebody said."""
    if arguments.config is not None:
        given = config.load(
            arguments.config,
            os.environ,
            {"data": str(arguments.data)} if arguments.data else {},
        )
        url = read_secret(Path(given.store.url_file)) if given.store.url_file else ""
        anchors = Path(given.audit.anchors) if given.audit.anchors else None
        return StoreSettings(directory=Path(given.data), url=url), anchors
    if arguments.data is None:
        raise _Refusal(
            "which journal? Name the bridge's data directory with --data DIR, or its configuration "
            "with --config FILE."
        )
    return StoreSettings(directory=arguments.data), None


# -- verify ---------------------------------------------------------------------------------------


def _verify(arguments: argparse.Namespace) -> int:
    with contextlib.ExitStack() as stack:
        if arguments.backup is not None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="beffroi-audit-")))
            extract_store(arguments.backup, folder)
            settings, named = StoreSettings(directory=folder), None
            what = str(arguments.backup)
        else:
            settings, named = _settings(arguments)
            what = "PostgreSQL" if settings.url else str(settings.store_path)
        where = arguments.anchors or named
        anchors = read_anchors(where) if where is not None else []
        # a backup may hold keys too: they prove nothing of the backup they are in
        own = key_paths(settings.directory) if arguments.backup is None else []
        keys = read_keys(own if arguments.key is None else arguments.key)
        connection = stack.enter_context(open_journal(settings))
        newest = max((anchor.seq for anchor in anchors), default=0)
        if arguments.backup is not None:
            # a backup ends earlier than the anchors of today, as it should: only those it can hold
            tip = newest_seal(connection).seq
            anchors = [anchor for anchor in anchors if anchor.seq <= tip]
        report = check_chain(connection, anchors, keys)
    return _tell(what, report, anchors, newest)


def _tell(what: str, report: Report, anchors: list[Seal], newest: int) -> int:
    for found in report.breaks:
        print(f"{what}: entry {found.seq}: {found.wrong.value}: {found.detail}")
    if report.breaks:
        print(
            "The audit chain is broken. Change nothing: keep this store and the anchors as they "
            "are, copy both, and compare with a backup ('verify --backup') to see what stood there."
        )
        if any(found.wrong is Wrong.UNSEALED for found in report.breaks):
            print(
                "Unsealed: if the key was replaced (the journal says so: configuration audit_key), "
                "give the new one with --key; if an older program wrote since, set the key aside "
                "(keys/audit.seal_key.old) and start the bridge: it seals with another from there."
            )
        return EXIT_BROKEN
    assert report.tip is not None
    proven = report.seal.sealing is Sealing.PROVEN
    print(f"{what}: {report.tip.seq} entries, the chain holds.")
    if report.sealed_later:
        print(
            f"Entries 1 to {report.sealed_later} are older than the chain: they were sealed when "
            "the store was upgraded, as they were found."
        )
    print(_seal_words(report))
    if anchors:
        print(f"{len(anchors)} anchors fit, the newest of entry {max(a.seq for a in anchors)}.")
    elif newest:
        print("No anchor is as old as this backup: it was checked against itself only.")
    else:
        print(
            "No anchors were given: a whole older copy put in the place of this one may pass"
            + (", and so may what the seal would show. " if not proven else ". ")
            + "Give --anchors DIR."
        )
    return 0


def _seal_words(report: Report) -> str:
    """Return exactly what the seal proves."""
    seal, tip = report.seal, report.tip
    assert tip is not None
    match seal.sealing:
        case Sealing.PROVEN:
            before = (
                f" Entries 1 to {seal.since} are older than the key: it proves that they stand as "
                "it found them."
                if seal.since
                else ""
            )
            return (
                f"The seal of key {seal.key} is on entry {tip.seq}, the newest: nobody who cannot "
                "read that key changed, added, moved or took out an entry. It does not prove what "
                f"somebody who can read it did: the bridge's own user, and root.{before}"
            )
        case Sealing.NO_KEY:
            return (
                f"The seal of key {seal.key} was not checked, because no key was given: a journal "
                "forged after the newest anchor may pass. Give --key FILE."
            )
        case _:
            return (
                "There is no seal: an older program wrote this journal last. A journal forged "
                "after the newest anchor may pass."
            )


# -- export ---------------------------------------------------------------------------------------


def _export(arguments: argparse.Namespace) -> int:
    target: Path = arguments.file
    if target.suffix not in (".csv", ".jsonl"):
        raise _Refusal(f"{target} ends neither in .csv nor in .jsonl. Nothing was written.")
    if target.exists():
        raise _Refusal(f"{target} exists already. Nothing was written. Name another file.")
    if not arguments.reason.strip():
        raise _Refusal("--reason is empty: it says why the entries are taken out.")
    settings, _ = _settings(arguments)
    wanted = AuditQuery(
        user=arguments.user,
        equipment_id=arguments.equipment,
        event=arguments.event,
        from_ms=_ms(arguments.since),
        to_ms=_ms(arguments.until),
    )
    partial = target.with_name(target.name + ".partial")
    try:
        with open_journal(settings) as connection:
            rows = _write(partial, target.suffix, read_links(connection, wanted))
        digest = hashlib.sha256(partial.read_bytes()).hexdigest()
        asyncio.run(_journalled(settings, arguments, rows, digest))
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    print(f"{target}: {rows} entries, SHA-256 {digest}. The export stands in the journal.")
    return 0


def _ms(text: str | None) -> int:
    if not text:
        return 0
    try:
        # without an offset, the clock on this machine's wall is meant
        return round(datetime.fromisoformat(text).astimezone().timestamp() * 1000)
    except ValueError as error:
        raise _Refusal(f'"{text}" is no time; write 2026-11-17 or 2026-11-17T08:00.') from error


async def _journalled(
    settings: StoreSettings, arguments: argparse.Namespace, rows: int, digest: str
) -> None:
    """Say in the journal that entries are taken out; refused, nothing is kept."""
    clock = SystemClock()
    asked = {
        "user": arguments.user,
        "event": arguments.event,
        "from": arguments.since,
        "to": arguments.until,
    }
    filters = " ".join(f"{name}={value}" for name, value in asked.items() if value)
    event = ExportEvent(
        subject=f"audit {filters}".strip(),
        rows=rows,
        reason=arguments.reason.strip(),
        digest=digest,
        equipment_id=arguments.equipment,
    )
    async with open_journal_to_append(settings, clock) as journal:
        await journal.append(
            [Draft(user=machine_user(), seat="beffroi admin", at_ms=clock.now_ms(), event=event)]
        )


def _write(path: Path, suffix: str, links: Iterable[AuditLink]) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        write = _write_csv if suffix == ".csv" else _write_lines
        count = write(file, links)
        file.flush()
        os.fsync(file.fileno())
    return count


def _write_lines(file: IO[str], links: Iterable[AuditLink]) -> int:
    count = 0
    for link in links:
        file.write(msgspec.json.encode(link).decode("utf-8") + "\n")
        count += 1
    return count


def _write_csv(file: IO[str], links: Iterable[AuditLink]) -> int:
    writer = csv.writer(file, delimiter=_SEPARATOR)
    writer.writerow(_COLUMNS)
    count = 0
    for link in links:
        writer.writerow([_harmless(cell) for cell in _row(link)])
        count += 1
    return count


def _row(link: AuditLink) -> Iterator[str]:
    entry = link.entry
    details = msgspec.json.encode(entry.event).decode("utf-8")
    yield str(link.number)
    yield from_ms(entry.at_ms).isoformat(timespec="milliseconds")
    yield entry.user
    yield entry.seat
    yield str(entry.event.__struct_config__.tag)
    yield str(_named(msgspec.json.decode(details), "equipment_id"))
    yield details
    yield link.digest
    yield link.before


def _named(found: object, name: str) -> object:
    """Return the first value of a name in an event, however deep."""
    if isinstance(found, dict):
        if name in found:
            return found[name]
        for inner in found.values():
            if value := _named(inner, name):
                return value
    return ""


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking what somebody typed for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
