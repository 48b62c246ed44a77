"""OpenCV, and nothing but OpenCV: open a stream, take its pictures, put them into shared memory.

The only module that imports cv2; only the worker imports this one.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # a bad stream is a state, not a log
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")

import cv2
import numpy as np
from numpy.typing import NDArray

from console.video.frames import PIXEL_BYTES, FrameWriter

# Read by OpenCV when it opens a stream: RTSP over TCP as control rooms run it, and no look at a
# stream before its first picture: H.264 opens in 0.12 s instead of 0.8 (GStreamer's server); what
# is left is the wait for its next key frame. Not "nobuffer": it throws away what was looked at,
# the first key frame included.
_OPTIONS = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
_QUICK = "rtsp_transport;tcp|flags;low_delay|probesize;4096|analyzeduration;1|fpsprobesize;0"
_PATIENT = "rtsp_transport;tcp|flags;low_delay|probesize;131072|analyzeduration;500000"
_given = os.environ.get(_OPTIONS)

OPEN_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 5.0
_KEY = ord("I")
Image = NDArray[np.uint8]
"""``(H, W, 3)`` uint8, blue, green, red."""

cv2.setNumThreads(1)  # many streams share the cores; none gets a pool of its own


class Capture:
    """One connection to a stream. Its thread's own.

    Args:
        address: URL of the stream, http, rtsp, or a file's path in tests.
    """

    def __init__(self, address: str) -> None:
        if hasattr(cv2, "ipp"):  # Intel's, where OpenCV was built with it; it is told for a thread
            # half the time to scale a picture, for one grey level at most
            cv2.ipp.setUseIPP_NotExact(True)
        self._capture = _open(address, _QUICK)
        if self.is_open and not self._capture.get(cv2.CAP_PROP_FRAME_WIDTH):
            self._capture.release()  # its description does not say how large it is: look at it
            self._capture = _open(address, _PATIENT)
        self._image: Image | None = None

    @property
    def is_open(self) -> bool:
        """Return whether there is a stream."""
        return self._capture.isOpened()

    @property
    def exact(self) -> bool:
        """Return whether each picture is coded by itself (MJPEG), not against those before."""
        code = int(self._capture.get(cv2.CAP_PROP_FOURCC))
        return code.to_bytes(4, "little", signed=False).upper() == b"MJPG"

    @property
    def key(self) -> bool:
        """Return whether the latest picture is coded by itself."""
        return int(self._capture.get(cv2.CAP_PROP_FRAME_TYPE)) == _KEY

    def read(self) -> Image | None:
        """Wait for the next picture and return it, ``None`` when the stream has ended.

        The array is the capture's own, overwritten by the next call.
        """
        taken, image = self._capture.read(self._image)
        if not taken or image.ndim != 3:
            return None
        self._image = image.astype(np.uint8, copy=False)
        return self._image

    def close(self) -> None:
        """Hang up."""
        self._capture.release()


def _open(address: str, options: str) -> cv2.VideoCapture:
    # the whole process's: two threads at once may exchange theirs, which costs time, nothing else
    os.environ[_OPTIONS] = options if _given is None else _given
    return cv2.VideoCapture(
        address,
        cv2.CAP_FFMPEG,
        [
            *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(1000 * OPEN_TIMEOUT_S)),
            *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(1000 * READ_TIMEOUT_S)),
            *(cv2.CAP_PROP_N_THREADS, 1),  # frame threads would each hold a picture back
        ],
    )


def write(image: Image, output: FrameWriter, decoded_s: float) -> None:
    """Scale a picture to fit an output, never beyond its own size, and publish it there."""
    height, width = image.shape[:2]
    box = output.size
    share = min(1.0, box.width / width, box.height / height)
    if share < 1.0:
        fitted = (max(1, round(width * share)), max(1, round(height * share)))
        image = _scaled(image, fitted)
        width, height = fitted
    with output.begin(width, height) as view:
        pixels = np.frombuffer(view, np.uint8).reshape(height, width, PIXEL_BYTES)
        cv2.cvtColor(image, cv2.COLOR_BGR2BGRA, dst=pixels)
        del pixels  # the view cannot be released while an array looks at it
    output.publish(width, height, decoded_s)


def _scaled(image: Image, fitted: tuple[int, int]) -> Image:
    """Return a picture at this width and height, smaller than its own.

    Halved by area as often as that leaves enough, then linear: lines of text stay readable, at a
    seventh of what area costs for a share that is no half.
    """
    width, height = fitted
    while image.shape[1] >= 2 * width and image.shape[0] >= 2 * height:
        half = (image.shape[1] // 2, image.shape[0] // 2)
        image = cv2.resize(image, half, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    if image.shape[1::-1] == fitted:
        return image
    return cv2.resize(image, fitted, interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)
