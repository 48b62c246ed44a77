"""Commands: the only door to the field."""

from backend_bridge.commands.gateway import CommandGateway
from backend_bridge.commands.needs import GatewaySettings

__all__ = ["CommandGateway", "GatewaySettings"]
