"""Serve MJPEG addresses as H.264 over RTSP with GStreamer. Run by Debian's own Python.

Imports nothing of ours. One line of JSON on standard input says what to serve; ``ready``,
``refused <why>`` or ``absent <why>`` answers; the end of standard input ends it.
"""

import json
import sys
import threading
from typing import Any

LATENCY_MS = 200
PIPELINE = (
    "( souphttpsrc location={source} is-live=true do-timestamp=true timeout=10 retries=0"
    " ! multipartdemux boundary=picture single-stream=true ! image/jpeg,framerate=0/1 ! jpegdec"
    " ! videoconvert ! video/x-raw,format=I420"
    " ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=1500 key-int-max=24"
    " ! video/x-h264,profile=baseline ! rtph264pay name=pay0 pt=96 config-interval=1 )"
)


def serve(setup: Any) -> str:  # noqa: ANN401 - JSON
    """Run the server until standard input ends; return why it could not."""
    try:
        import gi  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - may be absent

        gi.require_version("Gst", "1.0")
        gi.require_version("GstRtspServer", "1.0")
        from gi.repository import (  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
            GLib,
            Gst,
            GstRtspServer,
        )
    except (ImportError, ValueError) as error:
        return f"absent {error}"
    Gst.init(None)
    needed = ("souphttpsrc", "multipartdemux", "jpegdec", "x264enc", "rtph264pay")
    missing = [name for name in needed if Gst.ElementFactory.find(name) is None]
    if missing:
        return f"absent GStreamer lacks {' '.join(missing)}"
    server = GstRtspServer.RTSPServer()
    server.set_address(setup["host"])
    server.set_service(str(setup["port"]))
    mounts = server.get_mount_points()
    for path, source in setup["mounts"].items():
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(PIPELINE.format(source=source))
        factory.set_shared(True)  # one drawing and one encoder, however many watch
        factory.set_latency(LATENCY_MS)
        mounts.add_factory(path, factory)
    loop = GLib.MainLoop()
    if server.attach(None) == 0:
        return f"refused the port is taken ({setup['port']})"
    # sessions of watchers that vanished would keep their drawing alive
    GLib.timeout_add_seconds(2, lambda: server.get_session_pool().cleanup() >= 0)
    print(f"ready {server.get_bound_port()}", flush=True)  # noqa: T201 - to whoever started it

    def until_closed() -> None:
        sys.stdin.read()
        loop.quit()

    threading.Thread(target=until_closed, daemon=True).start()
    loop.run()
    return ""


if __name__ == "__main__":
    problem = serve(json.loads(sys.stdin.readline()))
    if problem:
        print(problem, flush=True)  # noqa: T201 - to whoever started it
        sys.exit(1)
