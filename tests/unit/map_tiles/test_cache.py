"""The disk cache of tiles: whole or not at all, bounded, silent when the disk fails."""

from __future__ import annotations

import os
import time
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.map.tiles.cache import TileCache


def only_file(directory: Path) -> Path:
    (found,) = (path for path in directory.rglob("*") if path.is_file())
    return found


@given(st.binary(min_size=0, max_size=3_000))
def test_what_is_kept_is_found_again(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    cache = TileCache(tmp_path_factory.mktemp("tiles"), 1_000_000)
    assert cache.put(14, 8421, 5702, body)
    kept = cache.get(14, 8421, 5702)
    assert kept is not None
    assert kept.body == body
    assert cache.get(14, 8421, 5703) is None


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "foreign"])
def test_a_damaged_file_is_removed_and_asked_for_again(tmp_path: Path, damage: str) -> None:
    cache = TileCache(tmp_path, 1_000_000)
    cache.put(1, 0, 1, b"\x89PNG" + bytes(500))
    path = only_file(tmp_path)
    data = bytearray(path.read_bytes())
    if damage == "flipped":
        data[300] ^= 1
    elif damage == "cut":
        data = data[:-1]
    elif damage == "empty":
        data = bytearray()
    else:
        data = bytearray(b"\x89PNG" + bytes(500))
    path.write_bytes(data)
    assert cache.get(1, 0, 1) is None
    assert not path.exists()


def test_a_writer_that_died_leaves_nothing_that_is_read(tmp_path: Path) -> None:
    cache = TileCache(tmp_path, 1_000_000)
    with mock.patch.object(Path, "replace", side_effect=OSError("killed")):
        assert not cache.put(1, 0, 1, b"abc")
    assert cache.get(1, 0, 1) is None
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
    left = tmp_path / "1" / "0" / "1.9-9.part"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"half")
    os.utime(left, (time.time() - 7_200,) * 2)
    TileCache(tmp_path, 1_000_000).put(1, 0, 0, b"abc")
    assert not left.exists(), "what a dead writer left is removed when the cache is measured"


def test_the_cache_keeps_its_bound_and_the_tiles_in_use(tmp_path: Path) -> None:
    cache = TileCache(tmp_path, 20_000)
    for x in range(60):
        assert cache.put(10, x, 0, bytes(1_000))
        used = tmp_path / "10" / "0" / "0.tile"
        assert cache.get(10, 0, 0) is not None, "the one read all the time stays"
        os.utime(used, (time.time() + x + 1, used.stat().st_mtime))
    total = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert total <= 20_000
    assert cache.get(10, 59, 0) is not None or cache.get(10, 58, 0) is not None


def test_a_full_disk_keeps_nothing_and_raises_nothing(tmp_path: Path) -> None:
    cache = TileCache(tmp_path, 1_000_000)
    full = OSError(28, "No space left on device")
    with mock.patch.object(Path, "write_bytes", side_effect=full):
        assert not cache.put(1, 0, 0, b"abc")
    assert cache.get(1, 0, 0) is None
    assert cache.put(1, 0, 0, b"abc"), "there is room again"


def test_a_directory_that_cannot_be_made_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "tiles").write_text("a file in the way")
    cache = TileCache(tmp_path / "tiles", 1_000_000)
    assert not cache.put(1, 0, 0, b"abc")
    assert cache.get(1, 0, 0) is None
