"""Whether a picture hangs, told from what real encoders make of it; their seconds pass at once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from console.video.protocol import Facts
from console.video.states import StreamState, judge
from console.video.worker.decoder import Capture
from console.video.worker.keys import FRESH, KeyPictures
from console.video.worker.looking import Look
from tests.fakes.peers import require_peer

WIDTH, HEIGHT, FPS = 320, 192, 10
HANGS_S = 6.0
"""When the camera of each story begins to repeat its last picture."""
SECONDS = {0: 16, 1: 36, 2: 36, 10: 60}
"""How long a story lasts, by the seconds between its key pictures."""
Image = NDArray[np.uint8]
Frame = NDArray[np.int16]


def street() -> Image:
    """Return a street by night: lit fronts, a dark road, nothing that moves."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    fronts = 40 + 25 * np.sin(columns / 7) * np.sin(rows / 5) + 30 * (rows < HEIGHT // 2)
    return np.repeat(np.clip(fronts, 0, 255)[:, :, None], 3, axis=2).astype(np.uint8)


def pictures(story: str, seconds: int) -> Iterator[Image]:
    """Give a camera's pictures: ``quiet`` and live, ``hangs``, or ``drawn`` and still."""
    lots, scene = np.random.default_rng(5), street()
    grain = lots.normal(0, 1.2, (2 * HEIGHT, 2 * WIDTH, 1))
    shown = scene
    for number in range(seconds * FPS):
        if story == "quiet" or (story == "hangs" and number < HANGS_S * FPS):
            top, left = lots.integers(0, HEIGHT), lots.integers(0, WIDTH)
            noise = grain[top : top + HEIGHT, left : left + WIDTH]
            shown = np.clip(scene + noise, 0, 255).astype(np.uint8)
        picture = shown.copy()
        picture[2:10, 4 : 10 + 10 * (number // FPS % 10)] = 240  # its clock goes on
        yield picture


def coded(peer: str, story: str, gop_s: int, path: Path) -> None:
    """Have a story coded: by ffmpeg or GStreamer as H.264, or as MJPEG."""
    raw = ("-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS))
    made: dict[str, tuple[str, ...]] = {
        "ffmpeg": (
            *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency"),
            *("-b:v", "600k", "-g", str(gop_s * FPS), "-pix_fmt", "yuv420p"),
        ),
        "mjpeg": ("-c:v", "mjpeg", "-q:v", "5", "-pix_fmt", "yuvj420p"),
    }
    words: tuple[str, ...]
    if peer == "gstreamer":
        shape = f"width={WIDTH} height={HEIGHT} framerate={FPS}/1"
        words = ("gst-launch-1.0", "-q", "fdsrc", "!", "rawvideoparse", "format=bgr")
        words += (*shape.split(), "!", "videoconvert", "!", "x264enc", "tune=zerolatency")
        words += ("speed-preset=ultrafast", "bitrate=600", f"key-int-max={gop_s * FPS}", "!")
        words += ("h264parse", "!", "mp4mux", "!", "filesink", f"location={path}")
    else:
        words = ("ffmpeg", "-v", "error", "-y", *raw, "-i", "-", *made[peer], str(path))
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for picture in pictures(story, SECONDS[gop_s]):
            process.stdin.write(picture.tobytes())
        process.stdin.close()
        assert process.wait(60) == 0


def frozen_from(path: Path, seconds: int) -> list[float]:
    """Return the seconds at which a recorded stream begins to be called frozen."""
    capture = Capture(str(path))
    look, found, number = Look(exact=capture.exact), list[float](), 0
    before = StreamState.LIVE
    while (image := capture.read()) is not None:
        number += 1
        now_s = 100 + number / FPS
        look.at(image, now_s, key=capture.key)
        facts = Facts("c", True, 0, now_s, 0.1, look.changed_s, patience_s=look.patience_s)
        state = judge(facts, now_s).state
        assert state in (StreamState.LIVE, StreamState.FROZEN)
        if state is StreamState.FROZEN and before is not state:
            found.append(now_s - 100)
        before = state
    capture.close()
    assert number == seconds * FPS
    return found if before is StreamState.FROZEN else [*found, -1.0]


@pytest.mark.parametrize(
    ("peer", "gop_s", "by_s"),
    [
        *(("mjpeg", 0, 9.0), ("ffmpeg", 1, 30.0), ("ffmpeg", 2, 30.0), ("ffmpeg", 10, 50.0)),
        *(("gstreamer", 1, 30.0), ("gstreamer", 2, 30.0), ("gstreamer", 10, 50.0)),
    ],
)
def test_hanging_camera_is_told_from_a_quiet_one(
    peer: str, gop_s: int, by_s: float, tmp_path: Path
) -> None:
    # an encoder that keeps to a bit rate takes some ten seconds to find what it spends on a picture
    # that does not change any more; only then its key pictures come again
    require_peer("ffmpeg")
    require_peer("gst-launch-1.0")
    said = {}
    for story in ("quiet", "hangs", "drawn"):
        coded(peer, story, gop_s, tmp_path / f"{story}.mkv")
        said[story] = frozen_from(tmp_path / f"{story}.mkv", SECONDS[gop_s])
    assert said["quiet"] == [-1.0], "live to its end, however little stirs"
    assert len(said["hangs"]) == 1, "told once, and for good"
    assert HANGS_S + 8 - 1 / FPS <= said["hangs"][0] <= HANGS_S + by_s
    assert len(said["drawn"]) == 1, "the same picture for ever, which is what is said"


def frame(grey: int) -> Frame:
    return np.full((9, 16), grey, np.int16)


def test_how_long_none_may_change_is_learnt_from_the_intervals_of_key_pictures() -> None:
    keys = KeyPictures()
    assert keys.shows_change(frame(1), 10.0, key=True)
    assert keys.patience_s == 30.0, "nothing is known yet"
    keys.shows_change(frame(2), 12.0, key=True)
    assert keys.patience_s == 5.0
    keys.shows_change(frame(2), 16.0, key=False)
    assert keys.patience_s == 10.0, "a camera may spare key pictures while nothing moves"
    keys.shows_change(frame(3), 32.0, key=True)
    assert keys.patience_s == 30.0, "too seldom to wait for"
    assert KeyPictures(5.0).patience_s == 5.0, "what another decoder has learnt holds at first"


def test_a_key_picture_that_came_before_is_doubted_until_several_are_new() -> None:
    keys = KeyPictures()
    changes = [keys.shows_change(frame(n), float(n), key=True) for n in range(1, 4)]
    assert changes == [True] * 3
    changes = [keys.shows_change(frame(g), 10.0 + n, key=True) for n, g in enumerate((2, 3, 9, 2))]
    assert changes == [False] * 4, "to and fro between qualities of one picture"
    after = [keys.shows_change(frame(20 + n), 20.0 + n, key=True) for n in range(FRESH)]
    assert after == [False] * (FRESH - 1) + [True]


def test_between_key_pictures_only_movement_counts_and_after_long_the_least_change() -> None:
    keys = KeyPictures()
    keys.shows_change(frame(50), 10.0, key=True)
    assert not keys.shows_change(frame(90), 10.1, key=False), "still mending what was coarse"
    assert not keys.shows_change(frame(52), 10.6, key=False)
    assert not keys.shows_change(frame(60), 11.1, key=False), "better coded"
    assert keys.shows_change(frame(120), 11.6, key=False), "somebody"
    keys.shows_change(frame(120), 22.6, key=False)
    assert keys.shows_change(frame(121), 23.1, key=False), "nothing is mended after so long"
    assert not keys.shows_change(frame(121), 23.6, key=False)
