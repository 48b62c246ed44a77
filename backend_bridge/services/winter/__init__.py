"""Winter maintenance: what people say of the plough circuits."""

from backend_bridge.services.winter.circuits import CircuitService

__all__ = ["CircuitService"]
