"""Leave to watch cameras: tickets that expire, and who held them when."""

from backend_bridge.services.streams.service import Source, StreamService

__all__ = ["Source", "StreamService"]
