"""Tiles from files and from an address, with what can be wrong with each."""

from __future__ import annotations

import gzip
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from tests.fakes.tile_server import TileServer, png, tile_server
from ui.map.tiles.cache import TileCache
from ui.map.tiles.settings import parse_tiles
from ui.map.tiles.sources import (
    Address,
    TilesUnreachable,
    TilesUnusable,
    open_source,
)

RED = png(200, 30, 30)


def write_mbtiles(path: Path, body: bytes = RED, form: str = "png") -> None:
    """Write one tile, 5/16/11 counted from the north."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        file.execute(
            "CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)"
        )
        file.executemany(
            "INSERT INTO metadata VALUES (?, ?)", [("format", form), ("attribution", "© la ville")]
        )
        file.execute("INSERT INTO tiles VALUES (5, 16, 20, ?)", (body,))


def write_pmtiles(path: Path, body: bytes = RED, form: TileType = TileType.PNG) -> None:
    """Write one tile, 5/16/11."""
    packed = form is TileType.MVT
    with path.open("wb") as file:
        writer = Writer(file)  # type: ignore[no-untyped-call] # the library has no types
        writer.write_tile(zxy_to_tileid(5, 16, 11), body)  # type: ignore[no-untyped-call] # as above
        header = {
            "tile_type": form,
            "tile_compression": Compression.GZIP if packed else Compression.NONE,
            "min_lon_e7": 0,
            "min_lat_e7": 0,
            "max_lon_e7": 0,
            "max_lat_e7": 0,
            "center_zoom": 5,
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        writer.finalize(header, {"attribution": "© la ville"})  # type: ignore[no-untyped-call] # as above


WRITERS: dict[str, Callable[[Path], None]] = {"mbtiles": write_mbtiles, "pmtiles": write_pmtiles}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_gives_its_tile_its_zooms_and_whose_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"ville d'eau #1.{kind}"
    WRITERS[kind](path)
    source = open_source(parse_tiles({"source": str(path)}))
    assert source.tile(5, 16, 11) == RED
    assert source.tile(5, 16, 20) is None
    assert source.tile(6, 0, 0) is None
    assert (source.min_zoom, source.max_zoom) == (5, 5)
    assert source.attribution == "© la ville"
    source.close()


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"x.{kind}"
    wanted = parse_tiles({"source": str(path)})
    with pytest.raises(TilesUnusable, match="missing"):
        open_source(wanted)
    for content in (b"", b"nothing of the sort" * 100):
        path.write_bytes(content)
        with pytest.raises(TilesUnusable, match=r"damaged|no_pictures"):
            open_source(wanted)


def test_vector_tiles_are_refused_in_words(tmp_path: Path) -> None:
    write_mbtiles(tmp_path / "v.mbtiles", gzip.compress(b"mvt"), "pbf")
    write_pmtiles(tmp_path / "v.pmtiles", gzip.compress(b"mvt"), TileType.MVT)
    write_mbtiles(tmp_path / "w.mbtiles", b"not what its format says")
    for name in ("v.mbtiles", "v.pmtiles"):
        with pytest.raises(TilesUnusable, match="no_pictures"):
            open_source(parse_tiles({"source": str(tmp_path / name)}))
    source = open_source(parse_tiles({"source": str(tmp_path / "w.mbtiles")}))
    with pytest.raises(TilesUnusable, match="no_pictures"):
        source.tile(5, 16, 11)
    source.close()


@settings(max_examples=40)
@given(cut=st.integers(0, 500), flip=st.integers(0, 400), bit=st.integers(0, 7))
def test_a_damaged_file_raises_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int, bit: int
) -> None:
    for kind, write in WRITERS.items():
        path = tmp_path_factory.mktemp("damage") / f"x.{kind}"
        write(path)
        data = bytearray(path.read_bytes())
        data[flip % len(data)] ^= 1 << bit
        path.write_bytes(data[: len(data) - cut])
        try:
            source = open_source(parse_tiles({"source": str(path)}))
        except TilesUnusable:
            continue
        try:
            source.tile(5, 16, 11)
        except TilesUnusable:
            pass
        finally:
            source.close()


def address(server: TileServer, directory: Path, **more: object) -> Address:
    wanted = parse_tiles({"source": server.template, **more})
    source = open_source(wanted, TileCache(directory, wanted.cache_mb * 1_000_000))
    assert isinstance(source, Address)
    return source


def test_a_tile_outlives_its_server(tmp_path: Path) -> None:
    with tile_server() as server:
        source = address(server, tmp_path)
        assert source.tile(5, 16, 11) == server.body
        assert source.tile(5, 16, 11) == server.body
        assert server.asked == ["/5/16/11.png"], "the second came from the disk"
        server.stop()
        assert source.tile(5, 16, 11) == server.body
        with pytest.raises(TilesUnreachable):
            source.tile(5, 16, 12)


def test_an_old_tile_is_asked_for_again_and_shown_while_the_server_is_away(tmp_path: Path) -> None:
    with tile_server() as server:
        source = address(server, tmp_path, max_age_days=1)
        old = server.body
        source.tile(5, 16, 11)
        (kept,) = tmp_path.rglob("*.tile")
        before = time.time() - 2 * 86_400
        os.utime(kept, (before, before))
        server.body = RED
        assert source.tile(5, 16, 11) == RED
        os.utime(kept, (before, before))
        server.status = 500
        assert source.tile(5, 16, 11) == RED != old


def test_a_damaged_cached_tile_comes_from_the_server_again(tmp_path: Path) -> None:
    with tile_server() as server:
        source = address(server, tmp_path)
        source.tile(5, 16, 11)
        (kept,) = tmp_path.rglob("*.tile")
        kept.write_bytes(kept.read_bytes()[:40])
        assert source.tile(5, 16, 11) == server.body
        assert len(server.asked) == 2


@pytest.mark.parametrize(("status", "raised"), [(403, TilesUnreachable), (503, TilesUnreachable)])
def test_a_server_that_refuses_does_not_answer(
    tmp_path: Path, status: int, raised: type[Exception]
) -> None:
    with tile_server() as server:
        server.status = status
        with pytest.raises(raised, match=str(status)):
            address(server, tmp_path).tile(1, 0, 0)


def test_no_such_tile_is_no_failure_and_a_page_is_no_tile(tmp_path: Path) -> None:
    with tile_server() as server:
        source = address(server, tmp_path)
        server.status = 404
        assert source.tile(1, 0, 0) is None
        server.status, server.body = 200, b"<html>sign in first</html>"
        with pytest.raises(TilesUnusable, match="no_pictures"):
            source.tile(1, 0, 0)
        assert not list(tmp_path.rglob("*.tile"))


def test_offline_the_network_is_asked_for_nothing(tmp_path: Path) -> None:
    with tile_server() as server:
        address(server, tmp_path).tile(5, 16, 11)
        source = address(server, tmp_path, offline=True)
        assert source.tile(5, 16, 11) == server.body
        with pytest.raises(TilesUnreachable):
            source.tile(5, 16, 12)
        assert len(server.asked) == 1
