"""A backup is whole or not there; a restore happens whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from backend_bridge.backup import MANIFEST, BackupError, Manifest, back_up, read_manifest, restore
from backend_bridge.contract.times import SystemClock
from backend_bridge.store.files import exclusive

CLOCK = SystemClock()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    (path / "keys" / "enrolled").mkdir(parents=True)
    (path / "keys" / "bridge.key_secret").write_text("secret")
    (path / "keys" / "enrolled" / "mur é.key").write_text("public")
    _note(path, "first")
    return path


@pytest.fixture
def backup(data: Path, tmp_path: Path) -> Path:
    target = tmp_path / "copy.zip"
    back_up(data, target, CLOCK)
    return target


def test_restore_brings_back_store_and_keys_and_keeps_what_was_there(
    data: Path, backup: Path
) -> None:
    _note(data, "second")
    shutil.rmtree(data / "keys")
    manifest, aside = restore(backup, data, CLOCK)
    assert sorted(manifest.files) == [
        "keys/bridge.key_secret", "keys/enrolled/mur é.key", "store.sqlite",
    ]  # fmt: skip
    assert _notes(data) == ["first"]
    assert (data / "keys" / "bridge.key_secret").read_text() == "secret"
    assert (data / "keys" / "bridge.key_secret").stat().st_mode & 0o077 == 0
    assert aside is not None
    assert _notes(aside) == ["first", "second"]


def test_restore_into_an_empty_directory(backup: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "other"
    _, aside = restore(backup, fresh, CLOCK)
    assert aside is None
    assert _notes(fresh) == ["first"]


def test_backup_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to copy"):
        back_up(tmp_path, tmp_path / "copy.zip", CLOCK)
    assert list(tmp_path.iterdir()) == []


def test_backup_never_overwrites(data: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        back_up(data, backup, CLOCK)
    assert backup.read_bytes() == before


def test_restore_is_refused_while_a_bridge_holds_the_directory(data: Path, backup: Path) -> None:
    with (
        exclusive(data / "store.sqlite"),
        pytest.raises(BackupError, match=f"process {os.getpid()}"),
    ):
        restore(backup, data, CLOCK)
    assert _notes(data) == ["first"]


def test_half_written_backup_changes_nothing(data: Path, backup: Path) -> None:
    content = backup.read_bytes()
    for length in (0, 10, len(content) // 2, len(content) - 1):
        backup.write_bytes(content[:length])
        _unchanged(backup, data, "nothing was restored")


def test_changed_store_is_noticed_before_anything_is_touched(data: Path, backup: Path) -> None:
    manifest = read_manifest(backup)
    _rewrite(backup, manifest, dict.fromkeys(manifest.files, b"x"))
    _unchanged(backup, data, "SHA-256 differs")


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "keys/../../evil", "other.txt"])
def test_names_outside_a_backup_are_refused(data: Path, backup: Path, name: str) -> None:
    manifest = read_manifest(backup)
    forged = msgspec.structs.replace(manifest, files={**manifest.files, name: "0"})
    _rewrite(backup, forged, {name: b"x"})
    _unchanged(backup, data, "which no backup holds")


def test_other_format_names_the_program_that_wrote_it(data: Path, backup: Path) -> None:
    newer = msgspec.structs.replace(read_manifest(backup), format=2, version="9.9")
    _rewrite(backup, newer, {})
    _unchanged(backup, data, "written by Beffroi 9.9")


def _unchanged(backup: Path, data: Path, words: str) -> None:
    with pytest.raises(BackupError, match=words):
        restore(backup, data, CLOCK)
    assert _notes(data) == ["first"]
    assert (data / "keys" / "bridge.key_secret").read_text() == "secret"
    left = {path.name for path in data.iterdir()} - {"store.sqlite.lock"}
    assert left == {"keys", "store.sqlite"}


def _rewrite(backup: Path, manifest: Manifest, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, msgspec.json.encode(manifest))


def _note(directory: Path, text: str) -> None:
    with closing(sqlite3.connect(directory / "store.sqlite")) as connection, connection:
        connection.execute("create table if not exists note (text)")
        connection.execute("insert into note values (?)", (text,))


def _notes(directory: Path) -> list[str]:
    with closing(sqlite3.connect(directory / "store.sqlite")) as connection:
        return [text for (text,) in connection.execute("select text from note order by rowid")]
